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

    public static async Task<PacedFigures> RunAsync(IContender contender, MailSink sink, People people, int count, int perSecond, long firstNumber, CancellationToken cancellationToken)
    {
        var requests = Burst.Requests(contender, people, People.SignedUp, count, place => firstNumber + place, batch: 1);
        sink.Expect(firstNumber + count);
        var before = await contender.FinishedAsync(cancellationToken);
        await contender.FirstActionAsync(cancellationToken);
        using var watch = new Watch(contender.Processes);
        var other = new OtherWork([Environment.ProcessId, .. contender.Processes]);
        var (begun, ended) = (new long[count], new long[count]);
        var start = Stopwatch.GetTimestamp() + Stopwatch.Frequency / 20;
        var threads = Enumerable.Range(0, Connections).Select(connection => Task.Factory.StartNew(() => Send(connection), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Task.WhenAll(threads);
        await Burst.WaitAsync(contender, before, count, cancellationToken);
        var (cpu, others) = (watch.Cpu(), other.Cores());
        await Task.Delay(Burst.StragglersWithin(count), cancellationToken);

        var mailbox = sink.Mailbox;
        var acknowledged = Enumerable.Range(0, count).Select(place => Stopwatch.GetElapsedTime(begun[place], ended[place]).TotalMilliseconds).ToList();
        var mailed = Enumerable.Range(0, count).Where(place => mailbox.Of(firstNumber + place) > 0).Select(place => Stopwatch.GetElapsedTime(begun[place], mailbox.FirstAt(firstNumber + place)).TotalMilliseconds).ToList();
        var (lost, twice) = mailbox.Tally(Enumerable.Range(0, count).Select(place => firstNumber + place));
        return new PacedFigures(Percentiles.Of(acknowledged), Percentiles.Of(mailed), await contender.FirstActionAsync(cancellationToken), cpu / count * 1000, lost, twice, mailbox.Wrong, others);

        void Send(int connection)
        {
            using var line = Burst.Connect(contender, connection);
            for (var place = connection; place < count; place += Connections)
            {
                var due = start + place * Stopwatch.Frequency / perSecond;
                // Behind an answer that came late, the wait counts too; a timer that fires late does not.
                var late = Stopwatch.GetTimestamp() >= due;
                while (!late && Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } left)
                    Thread.Sleep(left);
                begun[place] = late ? due : Stopwatch.GetTimestamp();
                if (!contender.TookAll(line.Post(requests[place])))
                    throw new IOException("An event was not taken.");
                ended[place] = Stopwatch.GetTimestamp();
            }
        }
    }
}

/// <param name="Acknowledged">Milliseconds until an event was acknowledged.</param>
/// <param name="FirstAction">As the contender itself says; null: the acknowledgement bounds it.</param>
sealed record PacedFigures(Percentiles Acknowledged, Percentiles Mail, (double Half, double Most)? FirstAction, double CpuPerThousand, long Lost, long Twice, long Wrong, double OtherCores)
{
    public string Tally => FormattableString.Invariant($"{Lost}/{Twice}/{Wrong}");
}
