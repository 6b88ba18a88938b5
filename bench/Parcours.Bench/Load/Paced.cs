using System.Diagnostics;
using Parcours.Bench.Contenders;
using Parcours.Bench.Machine;
using Parcours.Bench.Mail;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Load;

/// <summary>Contacts who enter one by one at an even pace, whatever the answers take: the latency of a system that is not busy.</summary>
static class Paced
{
    const int Connections = 8;

    /// <param name="perSecond">Events.</param>
    /// <param name="batch">So many events a request.</param>
    /// <param name="isTagged">Where the acknowledgement does not bound the first action: asked of one event of each sample, again and again, until it is true.</param>
    public static async Task<PacedFigures> RunAsync(IContender contender, MailSink sink, People people, int count, int perSecond, long firstNumber, CancellationToken cancellationToken, int batch = 1, Func<People, long, CancellationToken, Task<bool>>? isTagged = null)
    {
        var requests = Burst.Requests(contender, people, People.SignedUp, count, place => firstNumber + place, batch);
        sink.Expect(firstNumber + count);
        var before = await contender.FinishedAsync(cancellationToken);
        await contender.FirstActionAsync(cancellationToken);
        using var watch = new Watch(contender.Processes);
        var other = new OtherWork([Environment.ProcessId, .. contender.Processes]);
        var (begun, ended) = (new long[requests.Count], new long[requests.Count]);
        var start = Stopwatch.GetTimestamp() + Stopwatch.Frequency / 20;
        using var sending = new CancellationTokenSource();
        var sampling = isTagged is null ? Task.FromResult<List<double>>([]) : Task.Run(() => SampleAsync(isTagged), cancellationToken);
        var threads = Enumerable.Range(0, Connections).Select(connection => Task.Factory.StartNew(() => Send(connection), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Task.WhenAll(threads);
        await sending.CancelAsync();
        var tagged = await sampling;
        await Burst.WaitAsync(contender, before, count, cancellationToken);
        var (cpu, others) = (watch.Cpu(), other.Cores());
        await Task.Delay(Burst.StragglersWithin(count), cancellationToken);

        var mailbox = sink.Mailbox;
        var acknowledged = Enumerable.Range(0, requests.Count).Select(request => Stopwatch.GetElapsedTime(begun[request], ended[request]).TotalMilliseconds).ToList();
        var mailed = Enumerable.Range(0, count).Where(place => mailbox.Of(firstNumber + place) > 0).Select(place => Stopwatch.GetElapsedTime(begun[place / batch], mailbox.FirstAt(firstNumber + place)).TotalMilliseconds).ToList();
        var (lost, twice) = mailbox.Tally(Enumerable.Range(0, count).Select(place => firstNumber + place));
        var first = tagged.Count > 0 && Percentiles.Of(tagged) is var seen ? (seen.Half, seen.Most) : await contender.FirstActionAsync(cancellationToken);
        return new PacedFigures(Percentiles.Of(acknowledged), Percentiles.Of(mailed), first, cpu / count * 1000, lost, twice, mailbox.Wrong, others);

        void Send(int connection)
        {
            using var line = Burst.Connect(contender, connection);
            for (var request = connection; request < requests.Count; request += Connections)
            {
                var due = start + (long)((double)request * batch * Stopwatch.Frequency / perSecond);
                // Behind an answer that came late, the wait counts too; a timer that fires late does not.
                var late = Stopwatch.GetTimestamp() >= due;
                while (!late && Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } left)
                    Thread.Sleep(left);
                Volatile.Write(ref begun[request], late ? due : Stopwatch.GetTimestamp());
                if (!contender.TookAll(line.Post(requests[request])))
                    throw new IOException("An event was not taken.");
                ended[request] = Stopwatch.GetTimestamp();
            }
        }

        // The latest that has been sent off, a moment later the then latest: some hundred of them, so that looking costs the contender little.
        async Task<List<double>> SampleAsync(Func<People, long, CancellationToken, Task<bool>> isThere)
        {
            var (samples, request) = (new List<double>(), 0);
            while (!sending.IsCancellationRequested)
            {
                while (request < requests.Count && Volatile.Read(ref begun[request]) == 0 && !sending.IsCancellationRequested)
                    await Task.Delay(1, cancellationToken);
                if (request >= requests.Count || sending.IsCancellationRequested)
                    break;
                while (!await isThere(people, firstNumber + (long)request * batch, cancellationToken))
                    if (Stopwatch.GetElapsedTime(begun[request]).TotalSeconds > 30)
                        return [double.PositiveInfinity];
                samples.Add(Stopwatch.GetElapsedTime(begun[request]).TotalMilliseconds);
                await Task.Delay(20, cancellationToken);
                while (request < requests.Count && Volatile.Read(ref begun[request]) != 0)
                    request++;
            }

            return samples;
        }
    }
}

/// <param name="Acknowledged">Milliseconds until an event was acknowledged.</param>
/// <param name="FirstAction">As the contender itself says; null: the acknowledgement bounds it.</param>
sealed record PacedFigures(Percentiles Acknowledged, Percentiles Mail, (double Half, double Most)? FirstAction, double CpuPerThousand, long Lost, long Twice, long Wrong, double OtherCores)
{
    public string Tally => FormattableString.Invariant($"{Lost}/{Twice}/{Wrong}");
}
