using NodaTime;

namespace Parcours.Journeys.Experiments;

/// <summary>When a winner may be called.</summary>
/// <param name="LeastPeople">On each path.</param>
/// <param name="LeastTime">From when the experiment went live.</param>
/// <param name="Confidence">From 0.5 to below 1: how sure it must be, all comparisons together.</param>
public sealed record ExperimentRules(long LeastPeople, Duration LeastTime, double Confidence);
