using System.ComponentModel;
using System.Text.Json;
using Parcours.Journeys.Conditions;

namespace Parcours.Journeys.Definitions;

/// <summary>A segment as an author writes it: <c>{"name", "description", "condition"}</c>.</summary>
public sealed record SegmentDefinition
{
    [Description("The segment's key, by which journeys and other segments name it.")]
    public required string Name { get; init; }

    [Description("Who is in it, in words.")]
    public string? Description { get; init; }

    [Description("Who is in it.")]
    public required Condition Condition { get; init; }
}

/// <summary>What the check of a segment came to.</summary>
/// <param name="Definition">Null when the document has problems of form.</param>
public sealed record CheckedSegment(SegmentDefinition? Definition, IReadOnlyList<Problem> Problems)
{
    public bool IsSound => Definition is not null && Problems.All(problem => problem.Severity != Severity.Error);
}

/// <summary>Check for errors of a segment: every problem at once. Never throws, whatever it is given.</summary>
/// <remarks>Whether segments name each other in a circle shows only over all of them, under the catalogue's lock (Semantics 6.1, 7.5).</remarks>
public static class SegmentCheck
{
    static readonly JourneyDefinition NoJourney = new() { Format = JourneyDefinition.CurrentFormat, Id = "", Name = "", Start = [], Points = [] };

    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    public static CheckedSegment Check(ReadOnlyMemory<byte> json, IReferences references)
    {
        var (definition, problems) = DocumentReader.Read<SegmentDefinition>(json, JourneyJson.Compact, (document, shape) =>
        {
            var type = JourneyJson.Compact.GetTypeInfo(typeof(SegmentDefinition));
            var readable = ReadableJson.Of(document, type);
            if (readable.Document?.Deserialize(type) is SegmentDefinition rest)
                shape.Problems.AddRange(readable.Told(Meaning(rest, references)));
        });
        if (definition is not null)
            problems.AddRange(Meaning(definition, references));
        return new(definition, problems);
    }

    static List<Problem> Meaning(SegmentDefinition definition, IReferences references)
    {
        var problems = new List<Problem>();
        var check = new CheckContext(NoJourney, references, new HashSet<string>(), problems, []);
        check.Named(definition.Name, "name");
        check.Condition(definition.Condition, "condition", ConditionPlace.Segment);
        return problems;
    }

    /// <summary>What a condition names, whether it is there or not.</summary>
    internal static IReadOnlyList<Use> Uses(Condition condition)
    {
        var uses = new List<Use>();
        new CheckContext(NoJourney, AnyReferences.Instance, new HashSet<string>(), [], uses).Condition(condition, "condition", ConditionPlace.Segment);
        return [.. uses.Distinct()];
    }
}
