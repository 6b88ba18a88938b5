using Parcours.Engine.Ports;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>Which of a live journey's versions still matter: the newest, where contacts enter, and those where somebody is inside or a message waits.</summary>
public static class JourneysInUse
{
    /// <summary>A version of the journey that matters and names this.</summary>
    /// <returns>Null: none does.</returns>
    public static async ValueTask<JourneyPlan?> NamingAsync(LiveJourney journey, UsedKind kind, string name, IStoreQueries queries, CancellationToken cancellationToken)
    {
        // Whoever is still inside of one that has ended only leaves.
        if (journey.Status == JourneyStatus.Ended)
            return null;
        var naming = journey.Versions.Values.Where(plan => plan.Uses.Any(use => use.Is(kind, name))).ToList();
        if (naming.Count == 0)
            return null;
        if (naming.Find(plan => plan.Version == journey.Newest) is { } newest)
            return newest;
        var counters = await queries.CountersAsync(null, journey.Id, cancellationToken);
        return naming.Find(plan => IsOccupied(counters, plan.Version));
    }

    static bool IsOccupied(IReadOnlyDictionary<CounterKey, long> counters, int version)
    {
        var (inside, unsent) = (0L, 0L);
        foreach (var (key, count) in counters)
            if (key.Version == version)
                switch (key.Kind)
                {
                    case CounterKind.Started or CounterKind.MovedIn: inside += count; break;
                    case CounterKind.Ended or CounterKind.MovedOut: inside -= count; break;
                    case CounterKind.MessageDecided: unsent += count; break;
                    case CounterKind.MessageSettled: unsent -= count; break;
                }
        return inside > 0 || unsent > 0;
    }
}
