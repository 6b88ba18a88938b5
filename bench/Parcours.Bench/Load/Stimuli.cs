using System.Diagnostics;
using Parcours.Bench.Contenders;
using Parcours.Bench.Machine;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Load;

/// <summary>Visits of contacts who wait for something else: what a stimulus costs.</summary>
static class Stimuli
{
    /// <param name="round">Names the messages: another each time.</param>
    /// <param name="contacts">So many wait; who comes more than once has message ids of its own each time.</param>
    public static async Task<StimulusCost> SendAsync(IContender contender, int round, Func<long, long> numberAt, int contacts, int count, CancellationToken cancellationToken)
    {
        var requests = new List<byte[]>();
        for (var sent = 0; sent < count; sent += contacts)
            requests.AddRange(Burst.Requests(contender, new People(Ids.Random, round * 1_000L + sent / contacts), People.Visited, Math.Min(contacts, count - sent), numberAt));
        GC.Collect();
        var (cpu, other, began) = (Proc.Cpu(contender.Processes), new OtherWork([Environment.ProcessId, .. contender.Processes]), Stopwatch.GetTimestamp());
        await Task.Factory.StartNew(() => Burst.Post(contender, requests), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await contender.CaughtUpAsync(cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return new((Proc.Cpu(contender.Processes) - cpu) / count * 1000, count / seconds, other.Cores());
    }
}

/// <param name="Cpu">Seconds of the contender, a thousand stimuli.</param>
sealed record StimulusCost(double Cpu, double PerSecond, double Others);
