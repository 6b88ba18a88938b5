using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Tests.Conditions;

/// <summary>What authors do wrong is told, all at once, with stable codes and the place.</summary>
public sealed class ConditionCheckTests
{
    static readonly ConditionScope Known = new()
    {
        HasEvent = false,
        MessagePoints = new HashSet<string> { "welcome" },
        PropertyTypes = new Dictionary<string, ValueKind> { ["age"] = ValueKind.Number, ["born"] = ValueKind.Date, ["name"] = ValueKind.Text, ["likes"] = ValueKind.Texts },
        Segments = new HashSet<string> { "vip" },
        Topics = new HashSet<string> { "news" },
    };

    [Theory]
    [InlineData("""{"kind":"all","of":[]}""", "condition.empty", "/if/of")]
    [InlineData("""{"kind":"not","of":{"kind":"any","of":[]}}""", "condition.empty", "/if/of/of")]
    [InlineData("""{"kind":"tag","name":" "}""", "condition.name", "/if/name")]
    [InlineData("""{"kind":"property","name":"name","is":"greaterThan","value":"x"}""", "condition.type", "/if/value")]
    [InlineData("""{"kind":"property","name":"name","is":"greaterThan","value":3}""", "condition.type", "/if/value")]
    [InlineData("""{"kind":"property","name":"age","is":"startsWith","value":"3"}""", "condition.type", "/if/value")]
    [InlineData("""{"kind":"property","name":"age","is":"withinLast","duration":"P1D"}""", "condition.type", "/if/is")]
    [InlineData("""{"kind":"property","name":"age","is":"before","value":3}""", "condition.type", "/if/value")]
    [InlineData("""{"kind":"property","name":"age","is":"equals"}""", "condition.value", "/if/value")]
    [InlineData("""{"kind":"property","name":"age","is":"in"}""", "condition.value", "/if/values")]
    [InlineData("""{"kind":"property","name":"age","is":"known","value":1}""", "condition.unused", "/if/value")]
    [InlineData("""{"kind":"property","name":"age","is":"between","values":[1,2,3]}""", "condition.values", "/if/values")]
    [InlineData("""{"kind":"property","name":"age","is":"between","values":[5,2]}""", "condition.contradiction", "/if/values")]
    [InlineData("""{"kind":"property","name":"age","is":"did"}""", "condition.comparison", "/if/is")]
    [InlineData("""{"kind":"property","name":"name","is":"withinLast","duration":"PT0S"}""", "condition.duration", "/if/duration")]
    [InlineData("""{"kind":"property","name":"name","is":"withinLast"}""", "condition.value", "/if/duration")]
    [InlineData("""{"kind":"property","name":"born","is":"withinLast","duration":"P9D"}""", "condition.flipsTogether", "/if")]
    [InlineData("""{"kind":"property","name":"shoe","is":"known"}""", "condition.property.unknown", "/if/name")]
    [InlineData("""{"kind":"segment","name":"nobody"}""", "condition.segment.unknown", "/if/name")]
    [InlineData("""{"kind":"consent","channel":"email","topic":"nothing","is":"given"}""", "condition.topic.unknown", "/if/topic")]
    [InlineData("""{"kind":"journey","journey":""}""", "condition.name", "/if/journey")]
    [InlineData("""{"kind":"journey","journey":"welcome","point":" "}""", "condition.name", "/if/point")]
    [InlineData("""{"kind":"field","name":"total","is":"known"}""", "condition.field", "/if")]
    [InlineData("""{"kind":"time","days":["monday"]}""", "condition.time", "/if")]
    [InlineData("""{"kind":"message","point":"thanks","is":"sent"}""", "condition.message.point", "/if/point")]
    [InlineData("""{"kind":"message","point":"welcome","is":"sent","link":"a"}""", "condition.unused", "/if/link")]
    [InlineData("""{"kind":"event","events":[]}""", "condition.empty", "/if/events")]
    [InlineData("""{"kind":"event","events":["e",""]}""", "condition.name", "/if/events/1")]
    [InlineData("""{"kind":"event","events":["e"],"where":{"kind":"tag","name":"t"}}""", "condition.where", "/if/where")]
    [InlineData("""{"kind":"event","events":["e"],"where":{"kind":"field","name":"f","is":"withinLast","duration":"P1D"}}""", "condition.where", "/if/where/is")]
    [InlineData("""{"kind":"event","events":["e"],"window":{"last":"-P1D"}}""", "condition.duration", "/if/window/last")]
    [InlineData("""{"kind":"event","events":["e"],"window":{"last":"P1831D"}}""", "condition.duration", "/if/window/last")]
    [InlineData("""{"kind":"event","events":["e"],"window":{}}""", "condition.window", "/if/window")]
    [InlineData("""{"kind":"event","events":["e"],"window":{"last":"P1D","from":"2026-01-01T00:00:00Z"}}""", "condition.window", "/if/window")]
    [InlineData("""{"kind":"event","events":["e"],"window":{"from":"2026-01-02T00:00:00Z","to":"2026-01-01T00:00:00Z"}}""", "condition.window", "/if/window")]
    [InlineData("""{"kind":"event","events":["e"],"function":"sum","is":"atLeast","value":1}""", "condition.name", "/if/property")]
    [InlineData("""{"kind":"event","events":["e"],"function":"count","property":"p","is":"atLeast","value":1}""", "condition.unused", "/if/property")]
    [InlineData("""{"kind":"event","events":["e"],"is":"atLeast","value":"many"}""", "condition.type", "/if/value")]
    [InlineData("""{"kind":"event","events":["e"],"is":"atLeast","value":1000001}""", "condition.limit", "/if/value")]
    [InlineData("""{"kind":"event","events":["e"],"function":"last","is":"greaterThan","value":5}""", "condition.type", "/if/value")]
    [InlineData("""{"kind":"all","of":[{"kind":"tag","name":"a"},{"kind":"not","of":{"kind":"tag","name":"a"}}]}""", "condition.contradiction", "/if")]
    [InlineData("""{"kind":"all","of":[{"kind":"property","name":"name","is":"known"},{"kind":"property","name":"name","is":"unknown"}]}""", "condition.contradiction", "/if")]
    [InlineData("""{"kind":"all","of":[{"kind":"property","name":"name","is":"equals","value":"a"},{"kind":"property","name":"name","is":"equals","value":"b"}]}""", "condition.contradiction", "/if")]
    [InlineData("""{"kind":"all","of":[{"kind":"property","name":"age","is":"greaterThan","value":5},{"kind":"property","name":"age","is":"lessThan","value":5}]}""", "condition.contradiction", "/if")]
    [InlineData("""{"kind":"all","of":[{"kind":"event","events":["e"],"is":"did"},{"kind":"event","events":["e"],"is":"didNot"}]}""", "condition.contradiction", "/if")]
    public void A_mistake_is_told_with_its_code_and_place(string json, string code, string path)
    {
        var problem = Assert.Single(ConditionCompiler.Check(Condition.FromJson(json), "/if", "p1", Known));

        Assert.Equal((code, path, "p1"), (problem.Code, problem.Path, problem.Point));
        Assert.EndsWith(".", problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"time","days":[]}""", "window.days", "/if/days")]
    [InlineData("""{"kind":"time","from":"09:00"}""", "window.times", "/if/until")]
    [InlineData("""{"kind":"time"}""", "window.times", "/if/days")]
    [InlineData("""{"kind":"time","days":["monday"],"zone":"Mars"}""", "zone.unknown", "/if/zone")]
    public void A_time_in_a_journey_that_is_none_is_told(string json, string code, string path)
    {
        var problem = Assert.Single(ConditionCompiler.Check(Condition.FromJson(json), "/if", "p1", Known with { HasEvent = true }));

        Assert.Equal((code, path), (problem.Code, problem.Path));
    }

    [Fact]
    public void What_has_errors_is_not_compiled()
    {
        var refused = Assert.Throws<ArgumentException>(() => ConditionCompiler.Compile(Condition.FromJson("""{"kind":"any","of":[{"kind":"property","name":"n","is":"in"}]}""")));

        Assert.Contains("/of/0/values", refused.Message, StringComparison.Ordinal);
        Assert.Contains("condition.value", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var condition = Condition.FromJson("""{"kind":"any","of":[{"kind":"tag","name":""},{"kind":"property","name":"age","is":"equals"},{"kind":"all","of":[]}]}""");

        Assert.Equal(["/of/0/name", "/of/1/value", "/of/2/of"], ConditionCompiler.Check(condition, "").Select(problem => problem.Path));
    }

    [Theory]
    [InlineData("""{"kind":"all","of":[{"kind":"property","name":"age","is":"atLeast","value":5},{"kind":"property","name":"age","is":"atMost","value":5}]}""")]
    [InlineData("""{"kind":"all","of":[{"kind":"property","name":"name","is":"equals","value":"a"},{"kind":"property","name":"name","is":"equals","value":"A"}]}""")]
    [InlineData("""{"kind":"all","of":[{"kind":"property","name":"name","is":"unknown"},{"kind":"property","name":"name","is":"notEquals","value":"A"}]}""")]
    [InlineData("""{"kind":"all","of":[{"kind":"property","name":"likes","is":"contains","value":"a"},{"kind":"property","name":"likes","is":"contains","value":"b"}]}""")]
    [InlineData("""{"kind":"all","of":[{"kind":"event","events":["e"],"is":"did","window":{"last":"P5D"}},{"kind":"event","events":["e"],"is":"didNot","window":{"last":"P3D"}}]}""")]
    public void What_can_hold_is_no_contradiction(string json) => Assert.Empty(ConditionCompiler.Check(Condition.FromJson(json), "", null, Known));

    /// <summary>Semantics 16.4.</summary>
    [Fact]
    public void Fifty_levels_are_possible_and_fifty_one_are_not()
    {
        static Condition Nested(int levels) => Enumerable.Range(1, levels - 1).Aggregate((Condition)new Condition.Tag("t"), (inner, _) => new Condition.All([inner]));

        Assert.Empty(ConditionCompiler.Check(Condition.FromJson(Nested(50).ToJson()), ""));
        Assert.Equal("condition.depth", Assert.Single(ConditionCompiler.Check(Condition.FromJson(Nested(51).ToJson()), "")).Code);
        Assert.Equal("condition.depth", Assert.Single(ConditionCompiler.Check(Nested(5_000), "")).Code);
    }

    /// <summary>Semantics 11.3: one bit a leaf.</summary>
    [Fact]
    public void Sixty_four_leaves_are_possible_and_sixty_five_are_not()
    {
        static Condition Wide(int leaves) => new Condition.Any([.. Enumerable.Range(0, leaves).Select(index => new Condition.Tag($"t{index}"))]);

        Assert.Empty(ConditionCompiler.Check(Wide(64), ""));
        Assert.Equal("condition.leaves", Assert.Single(ConditionCompiler.Check(Wide(65), "")).Code);
        var contact = new Contact(ContactId.Create(1, 0, 0), default);
        contact.Apply(new ContactEdit.AddTag("t63"), default, Origin.Live);
        Assert.Equal(1UL << 63, ConditionCompiler.Compile(Wide(64)).LeafBits(new ConditionContext(contact, default)));
    }

    [Theory]
    [InlineData("""{"kind":"weather","name":"x"}""")]
    [InlineData("""{"kind":"tag","name":"x","colour":"red"}""")]
    [InlineData("""{"kind":"tag"}""")]
    [InlineData("""{"kind":"tag","name":null}""")]
    [InlineData("""{"kind":"tag","name":"x","name":"y"}""")]
    [InlineData("""{"kind":"property","name":"x","is":"nearly","value":1}""")]
    [InlineData("""{"kind":"property","name":"x","is":3,"value":1}""")]
    [InlineData("""{"kind":"property","name":"x","is":"equals","value":{"money":5}}""")]
    [InlineData("""{"kind":"property","name":"x","is":"equals","value":{"date":"2026-02-30"}}""")]
    [InlineData("""{"kind":"property","name":"x","is":"withinLast","duration":"P1M"}""")]
    [InlineData("""{"kind":"all","of":null}""")]
    [InlineData("null")]
    public void What_is_no_condition_is_refused_by_name(string json) => Assert.Throws<System.Text.Json.JsonException>(() => Condition.FromJson(json));

    [Fact]
    public void An_unknown_field_is_named_and_placed()
    {
        var refused = Assert.Throws<System.Text.Json.JsonException>(() => Condition.FromJson("""{"kind":"all","of":[{"kind":"tag","name":"x","colour":"red"}]}"""));

        Assert.Contains("colour", refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("$.of[0]", refused.Path, StringComparison.Ordinal);
    }
}
