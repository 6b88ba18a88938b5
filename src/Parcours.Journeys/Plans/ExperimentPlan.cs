using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Experiments;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Plans;

/// <summary>What a plan knows of an experiment at one of its points.</summary>
/// <param name="Trial">Equal for versions that ask the same of the same paths: their figures are one experiment's. Another one begins anew.</param>
/// <param name="Paths">By their names, in order; the first is the base that the others are compared with.</param>
/// <param name="HoldOut">Whether some are held out.</param>
/// <param name="Goal">What counts as success.</param>
/// <param name="Within">How long after the arrival.</param>
/// <param name="Automatic">Whether the engine chooses the winner.</param>
public sealed record ExperimentPlan(uint Trial, ImmutableArray<string> Paths, bool HoldOut, CompiledActivity Goal, Duration Within, bool Automatic, ExperimentRules Rules)
{
    internal Listeners Listeners { get; } = new(Goal.Hears);
}

/// <summary>Which path an experiment's later arrivals take: a dial of the journey, changed by control entries only (Semantics 6.2, 6.3, 6.13).</summary>
/// <param name="Path">Null: taken back by a person, so that the engine chooses none by itself either.</param>
/// <param name="By">Who has chosen; null: the engine.</param>
public sealed record ExperimentWinner(string Point, uint Trial, string? Path, Instant At, string? By);
