using NodaTime;
using Parcours.Journeys.Machine;

namespace Parcours.Api;

/// <summary>Counters as statistics. Pure.</summary>
static class StatisticsReading
{
    /// <summary>What has come about since the counters stood as <paramref name="before"/>; who is inside, who waits and who has failed are those of now.</summary>
    public static JourneyStatistics Since(IReadOnlyDictionary<CounterKey, long> all, Instant asOf, int? only, Instant from, IReadOnlyDictionary<CounterKey, long> before)
    {
        var now = Of(all, asOf, only);
        var since = Of(all.ToDictionary(pair => pair.Key, pair => pair.Value - before.GetValueOrDefault(pair.Key)), asOf, only);
        var (points, inside) = (now.Points.ToDictionary(point => point.Point), now.Versions.ToDictionary(version => version.Version, version => version.InProgress));
        return since with
        {
            From = from.ToApi(),
            InProgress = now.InProgress,
            Points = [.. since.Points.Select(point => point with { Waiting = points[point.Point].Waiting, Failed = points[point.Point].Failed })],
            Versions = [.. since.Versions.Select(version => version with { InProgress = inside[version.Version] })],
        };
    }

    /// <param name="only">Of this version alone; null: of all.</param>
    public static JourneyStatistics Of(IReadOnlyDictionary<CounterKey, long> all, Instant asOf, int? only = null)
    {
        var counters = only is { } wanted ? all.Where(pair => pair.Key.Version == wanted).ToDictionary() : all;
        var started = Sum(counters, CounterKind.Started);
        var ended = ByEdge(counters, CounterKind.Ended);
        var moved = Sum(counters, CounterKind.MovedIn) - Sum(counters, CounterKind.MovedOut);
        return new(
            asOf.ToApi(), started, started + moved - ended.Values.Sum(), ended.Values.Sum(), ended, ByPoint(counters, CounterKind.Started),
            [.. counters.Keys.Where(key => key.Kind is CounterKind.Started or CounterKind.Ended or CounterKind.MovedIn or CounterKind.MovedOut).Select(key => key.Version).Distinct().Order().Select(version => Version(counters, version))],
            [.. counters.Keys.Where(key => key.Kind is CounterKind.Arrived or CounterKind.Failed).Select(key => key.Point).Distinct().Order(StringComparer.Ordinal).Select(point => Point(counters, point, only is null))],
            ByEdge(all, CounterKind.Refused));
    }

    static VersionStatistics Version(IReadOnlyDictionary<CounterKey, long> all, int version)
    {
        var counters = all.Where(pair => pair.Key.Version == version).ToDictionary();
        var (started, movedIn, movedOut) = (Sum(counters, CounterKind.Started), Sum(counters, CounterKind.MovedIn), Sum(counters, CounterKind.MovedOut));
        var ended = ByEdge(counters, CounterKind.Ended);
        return new(version, started, movedIn, movedOut, started + movedIn - movedOut - ended.Values.Sum(), ended);
    }

    /// <param name="whole">Of all versions: who came from one into another at the same point has neither left it nor arrived there.</param>
    static PointStatistics Point(IReadOnlyDictionary<CounterKey, long> all, string point, bool whole)
    {
        var counters = all.Where(pair => pair.Key.Point == point).ToDictionary();
        var arrived = Sum(counters, CounterKind.Arrived);
        var left = ByEdge(counters, CounterKind.Left);
        if (whole && left.Remove("carried", out var carried))
            arrived -= carried;
        return new(point, arrived, arrived - left.Values.Sum(), left, Messages(counters)) { Failed = Sum(counters, CounterKind.Failed) };
    }

    static SortedDictionary<string, long>? Messages(IReadOnlyDictionary<CounterKey, long> counters)
    {
        var decided = Sum(counters, CounterKind.MessageDecided);
        // In a period there are those, too, that were decided before it and read in it.
        if (decided == 0 && counters.All(static pair => pair.Value == 0 || pair.Key.Kind is not (CounterKind.MessageSettled or CounterKind.MessageFeedback)))
            return null;
        var settled = ByEdge(counters, CounterKind.MessageSettled);
        var messages = new SortedDictionary<string, long>(settled, StringComparer.Ordinal) { ["decided"] = decided, ["waiting"] = decided - settled.Values.Sum() };
        foreach (var (edge, count) in ByEdge(counters, CounterKind.MessageFeedback))
            messages[edge] = count;
        return messages;
    }

    static long Sum(IReadOnlyDictionary<CounterKey, long> counters, CounterKind kind) => counters.Where(pair => pair.Key.Kind == kind).Sum(pair => pair.Value);

    static SortedDictionary<string, long> ByPoint(IReadOnlyDictionary<CounterKey, long> counters, CounterKind kind)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (key, count) in counters)
            if (key.Kind == kind)
                sums[key.Point] = sums.GetValueOrDefault(key.Point) + count;
        return sums;
    }

    static SortedDictionary<string, long> ByEdge(IReadOnlyDictionary<CounterKey, long> counters, CounterKind kind)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (key, count) in counters)
            if (key.Kind == kind)
                sums[key.Edge] = sums.GetValueOrDefault(key.Edge) + count;
        return sums;
    }
}
