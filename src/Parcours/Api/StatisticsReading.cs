using NodaTime;
using Parcours.Journeys.Machine;

namespace Parcours.Api;

/// <summary>Counters as statistics. Pure.</summary>
static class StatisticsReading
{
    public static JourneyStatistics Of(IReadOnlyDictionary<CounterKey, long> counters, Instant asOf)
    {
        var started = Sum(counters, CounterKind.Started);
        var ended = ByEdge(counters, CounterKind.Ended);
        return new(
            asOf.ToApi(), started, started - ended.Values.Sum(), ended.Values.Sum(), ended,
            [.. counters.Keys.Where(key => key.Kind is CounterKind.Started or CounterKind.Ended or CounterKind.MovedIn or CounterKind.MovedOut).Select(key => key.Version).Distinct().Order().Select(version => Version(counters, version))],
            [.. counters.Keys.Where(key => key.Kind is CounterKind.Arrived).Select(key => key.Point).Distinct().Order(StringComparer.Ordinal).Select(point => Point(counters, point))],
            ByEdge(counters, CounterKind.Refused));
    }

    static VersionStatistics Version(IReadOnlyDictionary<CounterKey, long> all, int version)
    {
        var counters = all.Where(pair => pair.Key.Version == version).ToDictionary();
        var (started, movedIn, movedOut) = (Sum(counters, CounterKind.Started), Sum(counters, CounterKind.MovedIn), Sum(counters, CounterKind.MovedOut));
        var ended = ByEdge(counters, CounterKind.Ended);
        return new(version, started, movedIn, movedOut, started + movedIn - movedOut - ended.Values.Sum(), ended);
    }

    static PointStatistics Point(IReadOnlyDictionary<CounterKey, long> all, string point)
    {
        var counters = all.Where(pair => pair.Key.Point == point).ToDictionary();
        var arrived = Sum(counters, CounterKind.Arrived);
        var left = ByEdge(counters, CounterKind.Left);
        return new(point, arrived, arrived - left.Values.Sum(), left, Messages(counters));
    }

    static SortedDictionary<string, long>? Messages(IReadOnlyDictionary<CounterKey, long> counters)
    {
        var decided = Sum(counters, CounterKind.MessageDecided);
        if (decided == 0)
            return null;
        var settled = ByEdge(counters, CounterKind.MessageSettled);
        var messages = new SortedDictionary<string, long>(settled, StringComparer.Ordinal) { ["decided"] = decided, ["waiting"] = decided - settled.Values.Sum() };
        foreach (var (edge, count) in ByEdge(counters, CounterKind.MessageFeedback))
            messages[edge] = count;
        return messages;
    }

    static long Sum(IReadOnlyDictionary<CounterKey, long> counters, CounterKind kind) => counters.Where(pair => pair.Key.Kind == kind).Sum(pair => pair.Value);

    static SortedDictionary<string, long> ByEdge(IReadOnlyDictionary<CounterKey, long> counters, CounterKind kind)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (key, count) in counters)
            if (key.Kind == kind)
                sums[key.Edge] = sums.GetValueOrDefault(key.Edge) + count;
        return sums;
    }
}
