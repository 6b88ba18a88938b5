using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Points;
using Parcours.Journeys.StartingPoints;
using Parcours.Journeys.Tests.Conditions;
using Parcours.Journeys.Tests.Machine;
using Parcours.Journeys.Tests.Points;

namespace Parcours.Journeys.Tests.Definitions;

/// <summary>The tables of docs/journeys.md, "Every kind at a glance": made from the types, their checks and their tests.</summary>
public sealed class TableOfKindsTests
{
    const string Write = "PARCOURS_WRITE_KINDS=1 dotnet test --project tests/Parcours.Journeys.Tests --filter-class \"*TableOfKindsTests\"";
    const string Begins = "<!-- kinds: written by TableOfKindsTests -->\n";
    const string Ends = "<!-- kinds: end -->\n";

    /// <summary>Points and starting points have a class of tests by their name; these are where the others are proved.</summary>
    static readonly Dictionary<Type, (Type Class, string Test)> Proofs = new()
    {
        [typeof(EventActivity)] = (typeof(WaitForPointTests), nameof(WaitForPointTests.An_awaited_event_ends_the_wait_and_others_do_not)),
        [typeof(TagAddedActivity)] = (typeof(WaitForPointTests), nameof(WaitForPointTests.Every_activity_ends_the_wait_when_it_happens)),
        [typeof(TagRemovedActivity)] = (typeof(WaitForPointTests), nameof(WaitForPointTests.Every_activity_ends_the_wait_when_it_happens)),
        [typeof(ListEnteredActivity)] = (typeof(WaitForPointTests), nameof(WaitForPointTests.Every_activity_ends_the_wait_when_it_happens)),
        [typeof(ListLeftActivity)] = (typeof(WaitForPointTests), nameof(WaitForPointTests.Every_activity_ends_the_wait_when_it_happens)),
        [typeof(SegmentEnteredActivity)] = (typeof(WaitForPointTests), nameof(WaitForPointTests.Every_activity_ends_the_wait_when_it_happens)),
        [typeof(SegmentLeftActivity)] = (typeof(WaitForPointTests), nameof(WaitForPointTests.Every_activity_ends_the_wait_when_it_happens)),
        [typeof(PropertyBecomesActivity)] = (typeof(WaitForPointTests), nameof(WaitForPointTests.Every_activity_ends_the_wait_when_it_happens)),
        [typeof(JourneyLeftActivity)] = (typeof(StartingPoints.JourneyLeftStartTests), nameof(StartingPoints.JourneyLeftStartTests.It_begins_when_the_other_journey_ends)),
        [typeof(MessageActivity)] = (typeof(FeedbackTests), nameof(FeedbackTests.A_wait_hears_what_the_contact_does_with_the_message_of_a_point)),
        [typeof(Condition.All)] = (typeof(ConditionPropertyTests), nameof(ConditionPropertyTests.At_every_interesting_instant_the_answer_is_that_of_the_whole_history)),
        [typeof(Condition.Any)] = (typeof(ConditionPropertyTests), nameof(ConditionPropertyTests.At_every_interesting_instant_the_answer_is_that_of_the_whole_history)),
        [typeof(Condition.Not)] = (typeof(ConditionPropertyTests), nameof(ConditionPropertyTests.At_every_interesting_instant_the_answer_is_that_of_the_whole_history)),
        [typeof(Condition.Property)] = (typeof(EvaluationTests), nameof(EvaluationTests.A_value_is_compared_by_its_type)),
        [typeof(Condition.Field)] = (typeof(IfPointTests), nameof(IfPointTests.A_condition_over_the_starting_event_decides_and_its_leaves_are_put_on_record)),
        [typeof(Condition.Tag)] = (typeof(ConditionPropertyTests), nameof(ConditionPropertyTests.At_every_interesting_instant_the_answer_is_that_of_the_whole_history)),
        [typeof(Condition.List)] = (typeof(ConditionPropertyTests), nameof(ConditionPropertyTests.At_every_interesting_instant_the_answer_is_that_of_the_whole_history)),
        [typeof(Condition.Segment)] = (typeof(EvaluationTests), nameof(EvaluationTests.A_segment_is_read_as_stored)),
        [typeof(Condition.Journey)] = (typeof(PositionTests), nameof(PositionTests.Who_waits_at_a_point_is_in_the_segment_that_asks_for_it_until_it_goes_on)),
        [typeof(Condition.Consent)] = (typeof(ConditionPropertyTests), nameof(ConditionPropertyTests.At_every_interesting_instant_the_answer_is_that_of_the_whole_history)),
        [typeof(Condition.Event)] = (typeof(AggregateTests), nameof(AggregateTests.Nothing_bought_for_thirty_days_begins_thirty_days_after_the_last_purchase_to_the_microsecond)),
        [typeof(Condition.Message)] = (typeof(MessageTests), nameof(MessageTests.A_point_whose_outcome_is_branched_on_waits_for_it_and_conditions_ask_what_became_of_messages)),
        [typeof(Condition.Time)] = (typeof(TimeConditionTests), nameof(TimeConditionTests.It_holds_on_its_days_between_its_times)),
        [typeof(Condition.LastMessages)] = (typeof(LastMessagesTests), nameof(LastMessagesTests.It_holds_once_so_many_were_sent_and_none_was_opened)),
    };

    /// <summary>What is told of every part alike stands above the tables.</summary>
    static readonly string[] OfAll = ["json.", "format.", "field.", "kind.", "id.", "target.", "point.", "loop.", "condition.leaves", "condition.depth", "condition.missing"];

    [Fact]
    public void The_tables_in_the_documents_are_those_of_the_program()
    {
        var file = Repository.PathOf("docs/journeys.md");
        var text = File.ReadAllText(file).Replace("\r", "", StringComparison.Ordinal);
        var (from, to) = (text.IndexOf(Begins, StringComparison.Ordinal) + Begins.Length, text.IndexOf(Ends, StringComparison.Ordinal));
        Assert.True(from >= Begins.Length && to >= from, $"docs/journeys.md has lost the lines {Begins.Trim()} and {Ends.Trim()}, between which the tables of all kinds stand.");
        var (written, made) = (text[from..to], Tables());
        if (Environment.GetEnvironmentVariable("PARCOURS_WRITE_KINDS") == "1")
            File.WriteAllText(file, text[..from] + (written = made) + text[to..]);

        var (old, now) = (written.Split('\n'), made.Split('\n'));
        Assert.True(written == made, $"A kind, a field, a problem code or a test is another than docs/journeys.md says. Look whether it should be; then write the tables anew:\n  {Write}\n"
            + string.Concat(old.Except(now).Select(line => $"- {line}\n")) + string.Concat(now.Except(old).Select(line => $"+ {line}\n")));
    }

    /// <summary>The codes of conditions are found by their mistakes, so each needs one.</summary>
    [Fact]
    public void Every_code_of_a_condition_is_made_by_a_mistake()
    {
        var shown = Evidence.Where(row => row.Family == typeof(Condition)).Select(row => row.Code).ToHashSet();
        var sources = string.Concat(Directory.GetFiles(Repository.PathOf("src/Parcours.Journeys/Conditions"), "ConditionCheck*.cs").Select(File.ReadAllText));
        var codes = System.Text.RegularExpressions.Regex.Matches(sources, "\"(condition\\.[a-zA-Z.]+)\"").Select(match => match.Groups[1].Value).ToHashSet();

        codes.ExceptWith(OfAll);
        Assert.True(codes.IsSubsetOf(shown), $"No mistake in ConditionCheckTests or JourneyCheckTests is told by {string.Join(", ", codes.Except(shown))}: add one, then write the tables anew:\n  {Write}");
    }

    static string Tables()
    {
        var schema = JsonElement.Parse(JourneySchema.Write()).GetProperty("$defs");
        var text = new StringBuilder();
        Table(text, "Starting points", typeof(StartingPoint), schema.GetProperty("startingPoint"), ["kind", "id", "name", "filter", "takesImports", "next"]);
        Table(text, "Points", typeof(JourneyPoint), schema.GetProperty("point"), ["kind", "name", "note"]);
        Table(text, "Activities", typeof(Activity), schema.GetProperty("activity"), ["kind"]);
        Table(text, "Conditions", typeof(Condition), schema.GetProperty("condition"), ["kind"]);
        return text.ToString();
    }

    static void Table(StringBuilder text, string title, Type family, JsonElement schema, string[] common)
    {
        text.Append("\n### ").Append(title).Append(" at a glance\n\n| kind | fields | codes | proved by |\n|---|---|---|---|\n");
        foreach (var line in family.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false))
        {
            var kind = (string)line.TypeDiscriminator!;
            var form = schema.GetProperty("oneOf").EnumerateArray().Single(one => one.GetProperty("properties").GetProperty("kind").GetProperty("const").GetString() == kind);
            var needed = form.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(name => name.GetString()!).ToHashSet() : [];
            var fields = form.GetProperty("properties").EnumerateObject().Select(field => field.Name).Except(common).Select(name => needed.Contains(name) ? $"**`{name}`**" : $"`{name}`");
            text.Append("| `").Append(kind).Append("` | ").AppendJoin(", ", fields).Append(" | ").AppendJoin(", ", Codes(family, line.DerivedType, kind).Select(code => $"`{code}`"))
                .Append(" | ").Append(Proof(family, line.DerivedType, kind)).Append(" |\n");
        }
    }

    static IEnumerable<string> Codes(Type family, Type type, string kind) =>
        (family == typeof(Condition) ? new HashSet<string>() : ReachedCodes.Of(type))
            .Concat(Evidence.Where(row => row.Family == family && row.Kind == kind).Select(row => row.Code))
            .Where(code => !OfAll.Any(start => code.StartsWith(start, StringComparison.Ordinal))).Distinct().Order(StringComparer.Ordinal);

    static string Proof(Type family, Type type, string kind)
    {
        var (tests, test) = family == typeof(JourneyPoint) || family == typeof(StartingPoint)
            ? typeof(TableOfKindsTests).Assembly.GetTypes().Single(one => one.Name == $"{type.Name}Tests") is var own ? (own, FirstTest(own)) : default
            : Proofs.TryGetValue(type, out var known) ? known
            : throw new InvalidOperationException($"Name the test that proves '{kind}' in {nameof(TableOfKindsTests)}.{nameof(Proofs)}, then write the tables anew:\n  {Write}");
        Assert.True(tests.GetMethod(test)?.GetCustomAttributes<FactAttribute>().Any() == true, $"{tests.Name}.{test}, which proves '{kind}', is no test.");
        var folder = Repository.PathOf("tests/Parcours.Journeys.Tests");
        var file = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).First(path => File.ReadAllText(path).Contains($"class {tests.Name}\n", StringComparison.Ordinal) || File.ReadAllText(path).Contains($"class {tests.Name}\r", StringComparison.Ordinal));
        return $"[{tests.Name}](../tests/Parcours.Journeys.Tests/{Path.GetRelativePath(folder, file).Replace('\\', '/')}): {test.Replace('_', ' ')}";
    }

    static string FirstTest(Type tests) => tests.GetMethods().OrderBy(method => method.MetadataToken).First(method => method.GetCustomAttributes<FactAttribute>().Any()).Name;

    static readonly IReadOnlyList<(Type Family, string Kind, string Code)> Evidence = [.. Shown()];

    /// <summary>Every mistake of the tests of checks: which kind it is of, and the code that tells it.</summary>
    static IEnumerable<(Type Family, string Kind, string Code)> Shown()
    {
        foreach (var (code, path, json) in JourneyCheckTests.Mistakes.Select(row => row.Data))
            if (TryParse(json.Replace('\'', '"')) is { } document && KindAt(document, path, null) is { } found)
                yield return (found.Family, found.Kind, code);
        foreach (var row in typeof(ConditionCheckTests).GetMethod(nameof(ConditionCheckTests.A_mistake_is_told_with_its_code_and_place))!.GetCustomAttributes<InlineDataAttribute>())
            if (row.Data is [string json, string code, string path] && KindAt(JsonElement.Parse(json), path["/if".Length..], typeof(Condition)) is { } found)
                yield return (found.Family, found.Kind, code);
    }

    static JsonElement? TryParse(string json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The innermost part around a place that has a kind.</summary>
    static (Type Family, string Kind)? KindAt(JsonElement at, string path, Type? family)
    {
        (Type, string)? found = null;
        Look();
        foreach (var step in path.Split('/').Skip(1))
        {
            family = step switch { "start" => typeof(StartingPoint), "points" => typeof(JourneyPoint), "activities" => typeof(Activity), "condition" or "filter" or "where" or "when" or "goal" or "eligibility" or "of" => typeof(Condition), _ => family };
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out var member))
                at = member;
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index) && index < at.GetArrayLength())
                at = at[index];
            else
                break;
            Look();
        }
        return found;

        void Look()
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String && family is not null)
                found = (family, kind.GetString()!);
        }
    }
}
