using System.ComponentModel;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using NodaTime;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Points;
using Parcours.Journeys.StartingPoints;

namespace Parcours.Journeys.Tests.Definitions;

/// <summary>Adding a point is one file and one line in the catalogue; these ask for what belongs to it.</summary>
public sealed partial class CatalogueOfPointsTests
{
    [GeneratedRegex("^### (?<what>activity )?`(?<kind>[A-Za-z]+)`\n(?<text>.*?)(?=^##)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex("^```json\n(?<json>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    static readonly string Document = File.ReadAllText(Repository.PathOf("docs/journeys.md"));

    static IEnumerable<(Type Type, string Kind)> Kinds(Type family) =>
        family.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(line => (line.DerivedType, (string)line.TypeDiscriminator!));

    [Theory]
    [InlineData(typeof(JourneyPoint))]
    [InlineData(typeof(StartingPoint))]
    [InlineData(typeof(Activity))]
    public void Every_kind_has_a_line_in_the_catalogue_and_a_description(Type family)
    {
        var written = family.Assembly.GetTypes().Where(type => type.IsSubclassOf(family) && !type.IsAbstract);

        Assert.Equal(written.Select(type => type.Name).Order(), Kinds(family).Select(kind => kind.Type.Name).Order());
        Assert.All(Kinds(family), kind => Assert.NotNull(kind.Type.GetCustomAttribute<DescriptionAttribute>(inherit: false)));
        Assert.All(Kinds(family), kind => Assert.StartsWith(kind.Kind, kind.Type.Name, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(typeof(JourneyPoint), "Points")]
    [InlineData(typeof(StartingPoint), "StartingPoints")]
    public void Every_kind_has_a_file_and_tests_of_its_name(Type family, string folder) =>
        Assert.All(Kinds(family), kind =>
        {
            Assert.True(File.Exists(Repository.PathOf($"src/Parcours.Journeys/{folder}/{kind.Type.Name}.cs")));
            var tests = Assert.Single(typeof(CatalogueOfPointsTests).Assembly.GetTypes(), type => type.Name == $"{kind.Type.Name}Tests");
            Assert.Contains(tests.GetMethods(), method => method.GetCustomAttributes<FactAttribute>().Any());
        });

    static IEnumerable<(bool IsActivity, string Kind, string Json)> Examples =>
        from Match section in Section().Matches(Document.Replace("\r", "", StringComparison.Ordinal) + "\n##")
        from Match example in Example().Matches(section.Groups["text"].Value)
        select (section.Groups["what"].Success, section.Groups["kind"].Value, example.Groups["json"].Value);

    [Fact]
    public void Every_kind_is_described_with_an_example()
    {
        var shown = Examples.Select(example => $"{(example.IsActivity ? "activity " : "")}{example.Kind}").ToHashSet();

        Assert.Empty(Kinds(typeof(JourneyPoint)).Concat(Kinds(typeof(StartingPoint))).Select(kind => kind.Kind).Except(shown));
        Assert.Empty(Kinds(typeof(Activity)).Select(kind => $"activity {kind.Kind}").Except(shown));
    }

    [Fact]
    public void Every_example_in_the_documents_is_sound_and_compiles()
    {
        var points = Kinds(typeof(JourneyPoint)).Select(kind => kind.Kind).ToHashSet();
        var document = Example().Match(Document).Groups["json"].Value;

        Compiles(document, "");
        Assert.All(Examples, example => Compiles(
            example.IsActivity ? Around("""{"kind":"hand","id":"in","next":"p"}""", $$"""{"kind":"waitFor","activities":[{{example.Json}}]}""")
            : points.Contains(example.Kind) ? Around("""{"kind":"hand","id":"in","next":"p"}""", example.Json)
            : Around(example.Json, """{"kind":"end","outcome":"completed"}"""), example.Kind));
    }

    static readonly Dictionary<string, UsedKind> Naming = new()
    {
        ["tag"] = UsedKind.Tag,
        ["list"] = UsedKind.List,
        ["addToList"] = UsedKind.List,
        ["segment"] = UsedKind.Segment,
        ["journey"] = UsedKind.Journey,
        ["content"] = UsedKind.Content,
        ["topic"] = UsedKind.Topic,
        ["pool"] = UsedKind.Pool,
        ["action"] = UsedKind.Action,
        ["property"] = UsedKind.Property,
        ["event"] = UsedKind.Event,
        ["events"] = UsedKind.Event,
        ["assignee"] = UsedKind.User,
        ["to"] = UsedKind.User,
        ["team"] = UsedKind.Team,
        ["toTeams"] = UsedKind.Team,
        ["signWith"] = UsedKind.Secret,
        ["secret"] = UsedKind.Secret,
    };

    static IEnumerable<(UsedKind Kind, string Name)> Named(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Named),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(field => Naming.TryGetValue(field.Name, out var kind) ? Texts(field.Value).Select(name => (kind, name)) : Named(field.Value)),
        _ => [],
    };

    // Values that a property takes may be called so, too: those are objects, numbers, or texts that are no names.
    static IEnumerable<string> Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
        _ => [],
    };

    /// <summary>Semantics 6.1: what is named is known to be used, of every kind that is described.</summary>
    [Fact]
    public void Every_kind_notes_what_its_example_names()
    {
        var points = Kinds(typeof(JourneyPoint)).Select(kind => kind.Kind).ToHashSet();
        Assert.All(Examples, example =>
        {
            using var json = JsonDocument.Parse(example.Json);
            var journey = example.IsActivity ? Around("""{"kind":"hand","id":"in","next":"p"}""", $$"""{"kind":"waitFor","activities":[{{example.Json}}]}""")
                : points.Contains(example.Kind) ? Around("""{"kind":"hand","id":"in","next":"p"}""", example.Json) : Around(example.Json, """{"kind":"end","outcome":"completed"}""");
            var uses = JourneyUses.Of(Encoding.UTF8.GetBytes(journey)).Select(use => (use.Kind, use.Name)).ToHashSet();

            // What the value of a property is changed to or from is no name of a user.
            Assert.Empty(Named(json.RootElement).Where(named => named.Kind != UsedKind.User || named.Name.Contains('@', StringComparison.Ordinal)).Except(uses));
        });
    }

    // Examples lead to points that are not there: every such target becomes an end, and a point whose message is asked for sends one.
    static string Around(string start, string point)
    {
        var targets = Regex.Matches(start + point, "\"(next|then|else|onTimeout|onHoldOut|missed|onFailure|onEmpty|rest|otherwise|target|beyond)\": ?\"(?<id>[^\"]+)\"").Select(match => match.Groups["id"].Value).Where(id => id != "p").Distinct();
        var staged = point.Contains("\"kind\": \"stage\"", StringComparison.Ordinal);
        var ends = string.Concat(targets.Select(id => $",\"{id}\":{(staged ? "{\"kind\":\"addTag\",\"tag\":\"t\"}" : "{\"kind\":\"end\",\"outcome\":\"completed\"}")}"));
        var sender = Regex.Match(point, "\"point\": ?\"(?<id>[^\"]+)\"") is { Success: true } asked ? asked.Groups["id"].Value : null;
        var sends = sender is null ? "" : $",\"{sender}\":{{\"kind\":\"sendEmail\",\"content\":\"hello\",\"purpose\":\"transactional\",\"next\":\"p\"}}";
        return "{\"format\":1,\"id\":\"example\",\"name\":\"Example\"," + (staged ? "\"settings\":{\"stageProperty\":\"stage\"}," : "") + "\"start\":[" + start + ",{\"kind\":\"hand\",\"id\":\"other\",\"next\":\"" + (sender ?? "p") + "\"}],\"points\":{\"p\":" + point + ends + sends + "}}";
    }

    static void Compiles(string json, string kind)
    {
        var read = JourneyCheck.Check(Encoding.UTF8.GetBytes(json), AnyReferences.Instance);

        Assert.True(read.IsSound, $"{kind}: {string.Join(" ", read.Problems.Select(problem => $"{problem.Path} {problem.Text}"))}\n{json}");
        Assert.Contains($"\"kind\": \"{kind}\"".Trim(), kind.Length == 0 ? "\"kind\": \"\"" : json, StringComparison.Ordinal);
        JourneyCompiler.Compile(read.Definition!, 1, DateTimeZone.Utc);
    }

    /// <summary>A point of these tests alone: a record, and one line in the catalogue.</summary>
    public sealed record WavePoint : StraightPoint
    {
        public required string To { get; init; }
        public override string Explain() => $"waves to {To}";
        protected internal override void Check(CheckContext check) => check.Named(To, "to");
        protected internal override PlanPoint Compile(CompileContext compile) => new Plan { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

        sealed class Plan : PlanPoint
        {
            public override Move Enter(StepContext context) => Move.Follow(0);
        }
    }

    [Fact]
    public void A_point_that_nobody_knew_is_read_checked_and_compiled_by_its_own_file_and_its_line()
    {
        var options = new JsonSerializerOptions(JourneyJson.Compact) { TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { AddLine } } };
        static void AddLine(JsonTypeInfo type)
        {
            if (type.Type == typeof(JourneyPoint))
                type.PolymorphismOptions!.DerivedTypes.Add(new(typeof(WavePoint), "wave"));
        }
        CheckedJourney Read(string to) =>
            JourneyCheck.Check(Encoding.UTF8.GetBytes("{'format':1,'id':'j','name':'J','start':[{'kind':'hand','id':'in','next':'p'}],'points':{'p':{'kind':'wave','to':".Replace('\'', '"') + to + "}}}"), AnyReferences.Instance, options);

        Assert.Equal(["name.empty", "target.none"], Read("\"\"").Problems.Select(problem => problem.Code));
        Assert.Equal("field.type", Read("1").Problems[0].Code);
        var plan = JourneyCompiler.Compile(Read("\"Ada\"").Definition!, 1, DateTimeZone.Utc);

        Assert.Equal(Move.Follow(0), plan.Points[0].Enter(null!));
        Assert.Equal("waves to Ada", plan.Definition.Points["p"].Explain());
    }
}
