using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Experiments;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Points;

namespace Parcours.Engine.Catalogues;

/// <summary>An experiment of a journey as it stands.</summary>
/// <param name="Began">When the first version that asks the same went live.</param>
/// <param name="Runs">Until its winner was chosen, or until now.</param>
/// <param name="Winner">What was decided; null: nothing so far. Its path is null where it was taken back.</param>
public sealed record ExperimentReport(string Point, ExperimentPlan Plan, Instant Began, Duration Runs, ExperimentVerdict Verdict, ExperimentWinner? Winner)
{
    /// <summary>The figures by path, over all versions that ask the same.</summary>
    internal static ExperimentReport Of(LiveJourney journey, string point, ExperimentPlan plan, IReadOnlyDictionary<CounterKey, long> exposed,
        IReadOnlyDictionary<CounterKey, long> converted, Instant now)
    {
        var began = journey.BeganAt(point, plan.Trial);
        var versions = journey.Versions.Values.Where(version => version.IndexOf(point) is >= 0 and var index && version.Points[index].Experiment?.Trial == plan.Trial).Select(version => version.Version).ToHashSet();
        var winner = journey.Winners.FirstOrDefault(one => one.Point == point && one.Trial == plan.Trial);
        var runs = (winner?.Path is null ? now : winner.At) - began;
        var arms = plan.Paths.Select(Figures).ToImmutableArray();
        return new(point, plan, began, runs, ExperimentStatistics.Judge(arms, plan.HoldOut ? Figures(ExperimentPoint.HeldOut) : null, plan.Rules, runs), winner);

        ArmFigures Figures(string path) => new(path, Sum(exposed, path), Sum(converted, path));

        long Sum(IReadOnlyDictionary<CounterKey, long> counters, string path) =>
            counters.Where(counter => counter.Key.Point == point && counter.Key.Edge == path && versions.Contains(counter.Key.Version)).Sum(counter => counter.Value);
    }
}
