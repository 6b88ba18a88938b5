using Parcours.Bench.Contenders;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Load;

/// <summary>Very many contacts who come before anything is measured.</summary>
static class Crowd
{
    const int Slice = 100_000, Batch = 1_000;

    /// <summary>One event each, in order; completes when all are acknowledged.</summary>
    /// <returns>Seconds that it took to send.</returns>
    public static double Enter(IContender contender, People people, string @event, long count)
    {
        var seconds = 0.0;
        for (var first = 0L; first < count; first += Slice)
        {
            var from = first;
            var requests = Burst.Requests(contender, people, @event, Math.Min(Slice, count - first), place => from + place, Batch);
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            Burst.Post(contender, requests);
            seconds += System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        return seconds;
    }
}
