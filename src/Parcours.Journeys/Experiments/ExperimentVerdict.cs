using System.Collections.Immutable;

namespace Parcours.Journeys.Experiments;

/// <summary>How many met one path, and how many of them reached the goal.</summary>
public readonly record struct ArmFigures(string Name, long Exposed, long Converted)
{
    public double Rate => Exposed == 0 ? 0 : (double)Converted / Exposed;
}

/// <summary>One path as judged.</summary>
/// <param name="AgainstBase">Null for the base itself.</param>
/// <param name="ChanceToBeBest">Of all paths, the hold-out aside: 0 to 1.</param>
public sealed record ArmVerdict(ArmFigures Figures, Estimate Rate, RateComparison? AgainstBase, double ChanceToBeBest);

/// <summary>What can be said of an experiment.</summary>
/// <param name="Arms">The paths; the first is the base.</param>
/// <param name="HoldOut">Null where nobody is held out.</param>
/// <param name="Effect">All paths together against the hold-out: what they bring about at all.</param>
/// <param name="Leader">The path with the highest rate; null while nobody has reached the goal.</param>
/// <param name="Winner">The path that may be called the winner now; null: none.</param>
public sealed record ExperimentVerdict(ImmutableArray<ArmVerdict> Arms, ArmVerdict? HoldOut, RateComparison? Effect, bool EnoughPeople, bool EnoughTime, string? Leader, string? Winner);
