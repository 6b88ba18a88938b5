using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NodaTime;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Definitions;

/// <summary>What a check came to.</summary>
/// <param name="Definition">Null when the document has problems of form (malformed, unknown or missing fields, values that cannot be read), so that it is no definition at all.</param>
/// <param name="Problems">All of them, in the order of the document's parts.</param>
public sealed record CheckedJourney(JourneyDefinition? Definition, IReadOnlyList<Problem> Problems)
{
    /// <summary>Whether it may go live: there may be warnings.</summary>
    public bool IsSound => Definition is not null && Problems.All(problem => problem.Severity != Severity.Error);

    /// <summary>What its readable parts name.</summary>
    public IReadOnlyList<Use> Uses { get; init; } = [];
}

/// <summary>Check for errors: every problem of a definition at once. Never throws, whatever it is given.</summary>
public static partial class JourneyCheck
{
    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}$")]
    private static partial Regex JourneyIdPattern();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
    private static partial Regex PointIdPattern();

    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    public static CheckedJourney Check(ReadOnlyMemory<byte> json, IReferences references) => Check(json, references, JourneyJson.Compact);

    /// <inheritdoc cref="Check(ReadOnlyMemory{byte}, IReferences)"/>
    public static CheckedJourney Check(JsonElement json, IReferences references) => Check(json, references, JourneyJson.Compact);

    /// <summary>The problems of a definition that is well-formed already.</summary>
    public static IReadOnlyList<Problem> Check(JourneyDefinition definition, IReferences references)
    {
        var problems = new List<Problem>();
        Meaning(definition, references, definition.Points.Keys, problems, []);
        return problems;
    }

    /// <summary>What a definition names, whether it is there or not.</summary>
    internal static IReadOnlyList<Use> Uses(JourneyDefinition definition)
    {
        var uses = new List<Use>();
        Meaning(definition, AnyReferences.Instance, definition.Points.Keys, [], uses);
        return [.. uses.Distinct()];
    }

    internal static CheckedJourney Check(ReadOnlyMemory<byte> json, IReferences references, JsonSerializerOptions options)
    {
        var uses = new List<Use>();
        return Check(DocumentReader.Read<JourneyDefinition>(json, options, (document, shape) => Rest(document, shape.Problems, uses, references, options)), uses, references);
    }

    internal static CheckedJourney Check(JsonElement json, IReferences references, JsonSerializerOptions options)
    {
        var uses = new List<Use>();
        return Check(DocumentReader.Read<JourneyDefinition>(json, options, (document, shape) => Rest(document, shape.Problems, uses, references, options)), uses, references);
    }

    static CheckedJourney Check((JourneyDefinition? Definition, List<Problem> Problems) read, List<Use> uses, IReferences references)
    {
        var (definition, problems) = read;
        if (definition is not null)
            Meaning(definition, references, definition.Points.Keys, problems, uses);
        return new(definition, problems) { Uses = [.. uses.Distinct()] };
    }

    /// <summary>What is wrong with the parts that can be read, of a document that cannot be read as a whole.</summary>
    static void Rest(JsonElement json, List<Problem> problems, List<Use> uses, IReferences references, JsonSerializerOptions options)
    {
        var type = options.GetTypeInfo(typeof(JourneyDefinition));
        var readable = ReadableJson.Of(json, type);
        if (readable.Document?.Deserialize(type) is JourneyDefinition rest)
            Meaning(rest, references, json.GetProperty("points").EnumerateObject().Select(point => point.Name), problems, uses, readable);
    }

    /// <param name="readable">Where the definition is what could be read of a document.</param>
    static void Meaning(JourneyDefinition definition, IReferences references, IEnumerable<string> ids, List<Problem> problems, List<Use> uses, ReadableJson? readable = null)
    {
        var (told, whole) = (new List<Problem>(), readable is null or { IsWhole: true });
        var check = new CheckContext(definition, references, ids.ToHashSet(StringComparer.Ordinal), told, uses);
        Head(check, definition);
        Settings(check.At("/settings"), definition.Settings ?? new());
        Start(check, definition, whole);
        foreach (var (id, point) in definition.Points)
        {
            var at = check.At($"/points/{Pointer.Escape(id)}", id);
            Id(at, id, PointIdPattern(), "", "letters, digits, hyphens and underscores, at most 64");
            point.Check(at);
        }
        MapCheck.Check(check, definition, whole);
        problems.AddRange(readable?.Told(told) ?? told);
    }

    static void Head(CheckContext check, JourneyDefinition definition)
    {
        if (definition.Format != JourneyDefinition.CurrentFormat)
            check.Error(ProblemCodes.FormatUnknown, "format", $"The format {definition.Format} is not known; this version of Parcours reads {JourneyDefinition.CurrentFormat}.", ("format", $"{definition.Format}"));
        Id(check, definition.Id, JourneyIdPattern(), "id", "lower-case letters, digits and hyphens, at most 64");
        check.Named(definition.Name, "name");
        for (var index = 0; index < definition.Labels?.Count; index++)
            check.Named(definition.Labels[index], $"labels/{index}");
        if (definition.Map is { ValueKind: not JsonValueKind.Object })
            check.Error(ProblemCodes.FieldType, "map", "The map is an object.", ("expected", "object"));
    }

    static void Id(CheckContext check, string id, Regex pattern, string field, string rule)
    {
        if (!pattern.IsMatch(id))
            check.Error(ProblemCodes.IdInvalid, field, $"'{id}' is no id: {rule}.", ("id", id));
    }

    static void Start(CheckContext check, JourneyDefinition definition, bool whole)
    {
        if (whole && definition.Start.Count == 0)
            check.Error(ProblemCodes.StartNone, "start", "Nothing brings a contact in; add a starting point (kind hand, if people or programs do).");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < definition.Start.Count; index++)
        {
            var start = definition.Start[index];
            var at = check.At($"/start/{index}", place: start.Id);
            Id(at, start.Id, PointIdPattern(), "id", "letters, digits, hyphens and underscores, at most 64");
            if (check.Points.Contains(start.Id) || !seen.Add(start.Id))
                at.Error(ProblemCodes.IdTaken, "id", $"'{start.Id}' is taken by another point or starting point.", ("id", start.Id));
            start.Check(at);
        }
    }

    static void Settings(CheckContext check, JourneySettings settings)
    {
        check.Condition(settings.Eligibility, "eligibility", ConditionPlace.Entrance);
        check.Condition(settings.Exclusions, "exclusions", ConditionPlace.Entrance);
        check.Condition(settings.Goal, "goal", ConditionPlace.Inside);
        var exits = settings.Exits ?? [];
        for (var index = 0; index < exits.Count; index++)
        {
            check.Named(exits[index].Name, $"exits/{index}/name");
            check.Condition(exits[index].When, $"exits/{index}/when", ConditionPlace.Inside);
        }
        check.Unique(exits.Select((exit, index) => (exit.Name, $"exits/{index}/name")));
        if (settings.StartsAt is { } from && settings.EndsAt is { } to && to <= from)
            check.Error(ProblemCodes.EndBeforeStart, "endsAt", "The journey ends before it starts.");
        if (settings.TimeZone is { } zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
            check.Error(ProblemCodes.ZoneUnknown, "timeZone", $"'{zone}' is no time zone; use an IANA name such as Europe/Paris.", ("zone", zone));
        if (settings.EventKey is { } key)
            check.Named(key, "eventKey");
        if (settings.EntryRate is { Most: < 1 or > EntryRate.MostMax } rate)
            check.Error(ProblemCodes.EntryRate, "entryRate/most", "Say how many may enter: a whole number from 1 to 1,000,000.", ("most", rate.Most.ToString(CultureInfo.InvariantCulture)));
        ReEntries(check, settings.ReEntry);
        if (settings.Email?.Topic is { } topic)
            check.Topic(topic, "email/topic");
        if (settings.Email?.ExpiresAfter is { } expiresAfter)
            check.Wait(expiresAfter, "email/expiresAfter");
        settings.Email?.Window?.Check(check, "email/window", settings.Email.ExpiresAfter);
    }

    static void ReEntries(CheckContext check, ReEntrySetting? reEntry)
    {
        if (reEntry is { Kind: ReEntry.AfterInterval, Interval: null })
            check.Error(ProblemCodes.IntervalMissing, "reEntry/interval", "Say after which interval a contact may come again.");
        else if (reEntry is { Kind: not ReEntry.AfterInterval, Interval: not null })
            check.Error(ProblemCodes.IntervalUnused, "reEntry/interval", "Only re-entry afterInterval has an interval; remove it, or change the kind.");
        else if (reEntry?.Interval is { } interval)
            check.Wait(interval, "reEntry/interval");
    }
}
