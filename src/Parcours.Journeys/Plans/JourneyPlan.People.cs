using System.Collections.Immutable;
using Parcours.Journeys.Definitions;

namespace Parcours.Journeys.Plans;

public sealed partial class JourneyPlan
{
    string?[]? _waits;

    /// <summary>Who comes over from older versions, and where to.</summary>
    public ImmutableArray<PeopleRule> People { get; init; } = [];

    /// <summary>What becomes of those who stand there in an older version.</summary>
    internal PeopleRule? RuleFor(int version, string point)
    {
        foreach (var rule in People)
            if (rule.Point == point && (rule.Version ?? version) == version)
                return rule;
        return null;
    }

    /// <summary>What a point of this version does, as text: equal where a newer version changed no more than where it leads and what it is called.</summary>
    // Two threads may both make it: they make the same.
    internal string WaitOf(int point) => (_waits ??= new string?[Points.Length])[point] ??= PointText.Of(Definition.Points[Points[point].Id]);
}
