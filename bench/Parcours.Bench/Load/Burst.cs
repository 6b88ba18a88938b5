using System.Diagnostics;
using Parcours.Bench.Contenders;
using Parcours.Bench.Machine;
using Parcours.Bench.Mail;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Load;

/// <summary>Contacts who enter as fast as they are acknowledged, in requests of many over a few connections, until the last has finished.</summary>
static class Burst
{
    public const int Batch = 100, Connections = 4;
    static readonly TimeSpan LooksEach = TimeSpan.FromMilliseconds(20), StuckAfter = TimeSpan.FromSeconds(30);

    /// <summary>How long to listen for mails that come once too often.</summary>
    public static TimeSpan StragglersWithin(int count) => TimeSpan.FromSeconds(count < 1_000 ? 0.2 : 1.5);

    /// <summary>Posts one event for each place, and waits until each is acknowledged.</summary>
    /// <returns>When each request was begun, by <see cref="Stopwatch"/>.</returns>
    public static long[] Post(IContender contender, IReadOnlyList<byte[]> requests)
    {
        var begun = new long[requests.Count];
        var taken = -1;
        Exception? failure = null;
        var threads = Enumerable.Range(0, Connections).Select(connection => new Thread(() =>
        {
            try
            {
                using var line = Connect(contender, connection);
                while (failure is null && Interlocked.Increment(ref taken) is var index && index < requests.Count)
                {
                    begun[index] = Stopwatch.GetTimestamp();
                    if (!contender.TookAll(line.Post(requests[index])))
                        throw new IOException("A request was answered, but not all of it was taken.");
                }
            }
            catch (Exception broken) when (broken is IOException or System.Net.Sockets.SocketException)
            {
                Interlocked.CompareExchange(ref failure, broken, null);
            }
        })
        { Name = "load" }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return failure is null ? begun : throw new InvalidOperationException($"The load on {contender.Name} broke off.", failure);
    }

    public static HttpConnection Connect(IContender contender, int connection) =>
        new(contender.PortOf(connection), contender.Path, contender.Authorizations is { Count: > 0 } keys ? keys[connection % keys.Count] : null);

    /// <summary>The requests for so many places, made before anything is measured.</summary>
    public static List<byte[]> Requests(IContender contender, People people, string @event, long count, Func<long, long> numberAt, int batch = Batch)
    {
        var requests = new List<byte[]>();
        for (var first = 0L; first < count; first += batch)
            requests.Add(HttpConnection.Request(contender.Body(people, @event, Places(first, Math.Min(batch, count - first)).Select(numberAt))));
        return requests;
    }

    static IEnumerable<long> Places(long first, long count)
    {
        for (var place = first; place < first + count; place++)
            yield return place;
    }

    /// <summary>Until so many more have finished, or nothing has moved for long.</summary>
    /// <returns>How many have.</returns>
    public static async Task<long> WaitAsync(IContender contender, long before, long count, CancellationToken cancellationToken)
    {
        var (finished, moved) = (0L, Stopwatch.GetTimestamp());
        while (finished < count && Stopwatch.GetElapsedTime(moved) < StuckAfter)
        {
            await Task.Delay(LooksEach, cancellationToken);
            var now = await contender.FinishedAsync(cancellationToken) - before;
            if (now != finished)
                (finished, moved) = (now, Stopwatch.GetTimestamp());
        }

        return finished;
    }

    /// <param name="contacts">Above the highest number that enters.</param>
    public static async Task<BurstFigures> RunAsync(IContender contender, MailSink sink, People people, int count, Func<long, long> numberAt, long contacts, CancellationToken cancellationToken)
    {
        var requests = Requests(contender, people, People.SignedUp, count, numberAt);
        sink.Expect(contacts);
        GC.Collect();
        var before = await contender.FinishedAsync(cancellationToken);
        using var watch = new Watch(contender.Processes);
        var other = new OtherWork([Environment.ProcessId, .. contender.Processes]);
        var began = Stopwatch.GetTimestamp();
        var begun = await Task.Factory.StartNew(() => Post(contender, requests), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var ingest = Stopwatch.GetElapsedTime(began);
        var finished = await WaitAsync(contender, before, count, cancellationToken);
        var took = Stopwatch.GetElapsedTime(began);
        var (cpu, peak, others) = (watch.Cpu(), watch.PeakMiB(), other.Cores());
        // Who comes twice comes late.
        await Task.Delay(StragglersWithin(count), cancellationToken);
        var mailbox = sink.Mailbox;
        if (mailbox.Count > 0 && Stopwatch.GetElapsedTime(began, mailbox.LatestAt) is var mailed && mailed > took && mailed < took + StragglersWithin(count))
            took = mailed;

        var waits = new List<double>();
        for (var place = 0; place < count; place++)
            if (mailbox.Of(numberAt(place)) > 0)
                waits.Add(Stopwatch.GetElapsedTime(begun[place / Batch], mailbox.FirstAt(numberAt(place))).TotalMilliseconds);
        var (lost, twice) = mailbox.Tally(Places(0, count).Select(numberAt));
        return new BurstFigures(count, finished, ingest.TotalSeconds, took.TotalSeconds, cpu, peak, lost, twice, mailbox.Wrong, Percentiles.Of(waits), others);
    }
}

/// <param name="Finished">Enrolments that ended.</param>
/// <param name="IngestSeconds">Until the last event was acknowledged.</param>
/// <param name="Seconds">Until the last enrolment had ended, and the last mail was at the sink.</param>
/// <param name="CpuSeconds">Of the contender's processes.</param>
/// <param name="PeakMiB">Of the contender's processes, shared pages once.</param>
/// <param name="Mail">Milliseconds from an event to its mail.</param>
/// <param name="OtherCores">What neither the contender nor load and sink used.</param>
sealed record BurstFigures(int Count, long Finished, double IngestSeconds, double Seconds, double CpuSeconds, double PeakMiB, long Lost, long Twice, long Wrong, Percentiles Mail, double OtherCores)
{
    public double IngestPerSecond => Count / IngestSeconds;
    public double PerSecond => Finished / Seconds;

    /// <summary>Enrolments a second, without the one second that half of them wait.</summary>
    public double NetPerSecond => Finished / (Seconds - 1);
    public double CpuPerThousand => CpuSeconds / Finished * 1000;
    public string Tally => FormattableString.Invariant($"{Lost + Count - Finished}/{Twice}/{Wrong}");
    public bool IsWhole => Finished == Count && Lost == 0 && Twice == 0 && Wrong == 0;
}
