using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Tests.Conditions;

public sealed class EvaluationTests
{
    static readonly Instant Now = Instant.FromUtc(2026, 6, 15, 12, 0);

    static Contact Anna()
    {
        var contact = new Contact(ContactId.Create(1, 0, 0), Now);
        contact.Apply(new ContactEdit.SetProperty("city", Value.Of("Lyon")), Now, Origin.Live);
        contact.Apply(new ContactEdit.SetProperty("age", Value.Of(33m)), Now, Origin.Live);
        contact.Apply(new ContactEdit.SetProperty("born", Value.Of(new LocalDate(1993, 6, 20))), Now, Origin.Live);
        contact.Apply(new ContactEdit.SetProperty("likes", Value.Of(["tea", "Jazz"])), Now, Origin.Live);
        contact.Apply(new ContactEdit.SetProperty("renews", Value.Of("2026-06-20T08:00:00Z")), Now, Origin.Live);
        contact.Apply(new ContactEdit.AddTag("friend"), Now, Origin.Live);
        return contact;
    }

    static void Remember(Contact contact, CompiledCondition condition, ContactEvent occurred)
    {
        foreach (var aggregate in condition.Aggregates)
            if (aggregate.Matches(occurred))
                contact.Memory[aggregate.Id] = aggregate.Add(contact.Memory.GetValueOrDefault(aggregate.Id), occurred, Now);
    }

    /// <summary>Semantics 11.3: the tree as it was, with what decided.</summary>
    [Fact]
    public void An_explanation_shows_each_part_with_what_was_wanted_and_what_was_found()
    {
        var condition = ConditionCompiler.Compile(Condition.FromJson("""
            {"kind":"all","of":[
              {"kind":"property","name":"age","is":"greaterThan","value":30},
              {"kind":"not","of":{"kind":"tag","name":"friend"}},
              {"kind":"property","name":"renews","is":"withinNext","duration":"P7D"},
              {"kind":"event","events":["bought"],"function":"sum","property":"total","is":"atLeast","value":100,"window":{"last":"P30D"}}]}
            """));
        var contact = Anna();
        Remember(contact, condition, new ContactEvent { Name = "bought", OccurredAt = Now - Duration.FromDays(1), ReceivedAt = Now, Properties = EventProperties.Parse("""{"total":120.50}""") });

        var told = condition.Explain(new(contact, Now));

        Assert.Equal(("all", false, null), (told.Kind, told.Holds, told.FlipsAt));
        Assert.Equal(
            [
                ("property", "age", "greaterThan 30", "33", true, null),
                ("not", "", "", "", false, null),
                ("property", "renews", "withinNext P7D", "2026-06-20T08:00:00Z", true, Instant.FromUtc(2026, 6, 20, 8, 0)),
                ("event", "bought", "sum(total) atLeast 100 in P30D", "120.50", true, Now + Duration.FromDays(29)),
            ],
            told.Parts.Select(part => (part.Kind, part.Subject, part.Expected, part.Actual, part.Holds, part.FlipsAt)));
        Assert.Equal(("tag", "friend", true), told.Parts[1].Parts.Select(part => (part.Kind, part.Subject, part.Holds)).Single());
    }

    /// <summary>Semantics 7.5: a segment is read as stored and never flips here.</summary>
    [Fact]
    public void A_segment_is_read_as_stored()
    {
        var condition = ConditionCompiler.Compile(new Condition.Segment("vip"));
        var contact = Anna();
        contact.SegmentFlips["vip"] = Now + Duration.FromDays(1);
        Assert.Equal(new Truth(false, null), condition.Evaluate(new(contact, Now)));

        contact.Segments.Add("vip");
        Assert.Equal(new Truth(true, null), condition.Evaluate(new(contact, Now)));
        Assert.Equal(["vip"], condition.Dependencies.Segments);
    }

    /// <summary>Semantics 7.6: where very many changes lie ahead, FlipsAt may be early and is never late.</summary>
    [Fact]
    public void A_timer_of_a_crowded_window_fires_early_and_arms_anew_until_the_flip()
    {
        var condition = ConditionCompiler.Compile(Condition.FromJson("""{"kind":"event","events":["bought"],"function":"sum","property":"total","is":"lessThan","value":1,"window":{"last":"P30D"}}"""));
        var contact = Anna();
        for (var index = 0; index < 300; index++)
            Remember(contact, condition, new ContactEvent { Name = "bought", OccurredAt = Now - Duration.FromHours(index), ReceivedAt = Now, Properties = EventProperties.Parse("""{"total":1}""") });

        var (now, fired) = (Now, 0);
        Truth truth;
        while (!(truth = condition.Evaluate(new(contact, now))).Holds)
            (now, fired) = (truth.FlipsAt!.Value, fired + 1);

        Assert.Equal(Now + Duration.FromDays(30), now);
        Assert.InRange(fired, 2, 10);
    }

    [Theory]
    [InlineData("""{"kind":"property","name":"city","is":"equals","value":"lyon"}""", true)]
    [InlineData("""{"kind":"property","name":"city","is":"equals","value":"lyon","ignoreCase":false}""", false)]
    [InlineData("""{"kind":"property","name":"street","is":"notEquals","value":"x"}""", true)]
    [InlineData("""{"kind":"property","name":"street","is":"equals","value":"x"}""", false)]
    [InlineData("""{"kind":"property","name":"likes","is":"contains","value":"jazz"}""", true)]
    [InlineData("""{"kind":"property","name":"likes","is":"equals","value":["jazz","tea"]}""", true)]
    [InlineData("""{"kind":"property","name":"likes","is":"in","values":["coffee","tea"]}""", true)]
    [InlineData("""{"kind":"property","name":"age","is":"equals","value":"33"}""", false)]
    [InlineData("""{"kind":"property","name":"renews","is":"before","value":{"date":"2026-06-21"}}""", true)]
    [InlineData("""{"kind":"property","name":"born","is":"equals","value":{"date":"1993-06-20"}}""", true)]
    public void A_value_is_compared_by_its_type(string json, bool holds) =>
        Assert.Equal(holds, ConditionCompiler.Compile(Condition.FromJson(json)).Holds(new(Anna(), Now)));

    [Fact]
    public void A_date_begins_at_midnight_of_the_zone()
    {
        var condition = ConditionCompiler.Compile(Condition.FromJson("""{"kind":"property","name":"born","is":"longerAgoThan","duration":"P1D"}"""));
        var paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

        Assert.Equal(Instant.FromUtc(1993, 6, 20, 22, 0), condition.Evaluate(new(Anna(), Instant.FromUtc(1993, 6, 20, 0, 0), Zone: paris)).FlipsAt);
        Assert.Equal(Instant.FromUtc(1993, 6, 21, 0, 0), condition.Evaluate(new(Anna(), Instant.FromUtc(1993, 6, 20, 0, 0))).FlipsAt);
    }

    [Theory]
    [InlineData("1993-06-20", "2026-06-20", true)]
    [InlineData("1993-06-20", "2026-06-19", false)]
    [InlineData("2026-06-20", "2026-06-20", false)]
    [InlineData("2004-02-29", "2027-02-28", true)]
    [InlineData("2004-02-29", "2028-02-28", false)]
    [InlineData("2004-02-29", "2028-02-29", true)]
    public void An_anniversary_is_one_day_long_in_the_zone(string date, string day, bool holds)
    {
        var condition = ConditionCompiler.Compile(Condition.FromJson("""{"kind":"property","name":"born","is":"anniversary"}"""));
        var paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
        var anna = new Contact(ContactId.Create(1, 0, 0), Now);
        anna.Properties["born"] = new(Value.Of(NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value), Now);
        var midnight = paris.AtStartOfDay(NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value).ToInstant();

        Assert.Equal(holds, condition.Holds(new(anna, midnight, Zone: paris)));
        Assert.Equal(holds, condition.Holds(new(anna, midnight + Duration.FromMinutes(1_439), Zone: paris)));
        if (!holds)
            return;
        Assert.Equal(new Truth(true, paris.AtStartOfDay(NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value.PlusDays(1)).ToInstant()), condition.Evaluate(new(anna, midnight, Zone: paris)));
        Assert.Equal(new Truth(false, midnight), condition.Evaluate(new(anna, midnight - Duration.FromSeconds(1), Zone: paris)));
        var soon = ConditionCompiler.Compile(Condition.FromJson("""{"kind":"property","name":"born","is":"anniversaryWithinNext","duration":"P7D"}"""));
        Assert.Equal(new Truth(false, midnight - Duration.FromDays(7)), soon.Evaluate(new(anna, midnight - Duration.FromDays(9), Zone: paris)));
        Assert.Equal(new Truth(true, midnight), soon.Evaluate(new(anna, midnight - Duration.FromDays(7), Zone: paris)));
        Assert.False(soon.Holds(new(anna, midnight, Zone: paris)));
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        var condition = ConditionCompiler.Compile(Condition.FromJson("""
            {"kind":"any","of":[
              {"kind":"all","of":[{"kind":"property","name":"city","is":"contains","value":"YO"},{"kind":"property","name":"age","is":"between","values":[40,50]}]},
              {"kind":"property","name":"likes","is":"contains","value":"rock"},
              {"kind":"property","name":"born","is":"withinLast","duration":"P30D"},
              {"kind":"property","name":"born","is":"after","value":{"dateTime":"2020-01-01T00:00:00Z"}},
              {"kind":"property","name":"renews","is":"withinLast","duration":"P3D"},
              {"kind":"property","name":"born","is":"anniversaryWithinNext","duration":"PT1H"},
              {"kind":"not","of":{"kind":"tag","name":"friend"}},
              {"kind":"list","name":"l"}, {"kind":"segment","name":"s"},
              {"kind":"consent","channel":"email","topic":"news","is":"given"},
              {"kind":"message","point":"m","is":"opened"},
              {"kind":"field","name":"total","is":"greaterThan","value":9},
              {"kind":"event","events":["bought"],"is":"atLeast","value":5,"window":{"last":"P30D"}},
              {"kind":"event","events":["bought"],"is":"atLeast","value":5},
              {"kind":"event","events":["bought"],"function":"sum","property":"total","is":"atLeast","value":500,"window":{"last":"P30D"}},
              {"kind":"event","events":["bought"],"function":"max","property":"total","is":"atLeast","value":500},
              {"kind":"event","events":["bought"],"function":"distinct","property":"total","is":"atLeast","value":5,"window":{"last":"P30D"}},
              {"kind":"event","events":["bought"],"function":"first","property":"total","is":"atLeast","value":500},
              {"kind":"event","events":["bought"],"function":"last","is":"longerAgoThan","duration":"P5D"}]}
            """));
        var contact = Anna();
        var bought = new ContactEvent { Name = "bought", OccurredAt = Now, ReceivedAt = Now, Properties = EventProperties.Parse("""{"total":3}""") };
        for (var index = 0; index < 3; index++)
            Remember(contact, condition, bought with { OccurredAt = Now - Duration.FromDays(index) });
        var context = new ConditionContext(contact, Now, bought, null, DateTimeZoneProviders.Tzdb["Europe/Paris"]);
        for (var times = 0; times < 200; times++)
            Assert.False(condition.Holds(context));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var times = 0; times < 1_000; times++)
            condition.Holds(context);
        // Not quite nothing: the runtime may grow a cache of its own once.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }
}
