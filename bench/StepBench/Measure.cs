using System.Diagnostics;
using System.Globalization;

namespace StepBench;

/// <summary>Repeats a step until it is compiled well, then in rounds, and tells what it costs at the least: noise only adds. Rounds are shorter than what the system gives a thread at a time, so that some are left alone.</summary>
static class Measure
{
    public const int Rounds = 300;
    static readonly TimeSpan Warm = TimeSpan.FromSeconds(0.7), Round = TimeSpan.FromMilliseconds(2);

    /// <param name="times">How many things one step does; figures are one thing's.</param>
    public static void Step<T>(string name, Func<T> step, int times = 1)
    {
        var began = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(began) < Warm; count++)
            GC.KeepAlive(step());
        var repeats = Math.Max(1, (int)(count * (Round / Warm)));
        var (least, bytes) = (double.MaxValue, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            began = Stopwatch.GetTimestamp();
            for (var repeat = 0; repeat < repeats; repeat++)
                GC.KeepAlive(step());
            least = Math.Min(least, Stopwatch.GetElapsedTime(began).TotalNanoseconds);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-52} {least / repeats / times,10:N0} {bytes / (double)repeats / times,10:N0}"));
    }
}
