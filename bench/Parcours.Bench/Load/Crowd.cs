using System.Diagnostics;
using Parcours.Bench.Contenders;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Load;

/// <summary>Very many contacts who do one thing, in order, before anything is measured.</summary>
static class Crowd
{
    const int Slice = 100_000, Batch = 1_000;

    /// <summary>One event each; completes when all are acknowledged.</summary>
    /// <param name="takesPart">Null: all numbers below the count.</param>
    /// <returns>Seconds that it took to send.</returns>
    public static double Enter(IContender contender, People people, string @event, long count, Func<long, bool>? takesPart = null)
    {
        var seconds = 0.0;
        for (var first = 0L; first < count; first += Slice)
        {
            var numbers = new List<long>(Slice);
            for (var number = first; number < Math.Min(count, first + Slice); number++)
                if (takesPart is null || takesPart(number))
                    numbers.Add(number);
            if (numbers.Count == 0)
                continue;
            var requests = Burst.Requests(contender, people, @event, numbers.Count, place => numbers[(int)place], Batch);
            var began = Stopwatch.GetTimestamp();
            Burst.Post(contender, requests);
            seconds += Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        return seconds;
    }
}
