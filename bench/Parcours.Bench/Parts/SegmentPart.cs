using System.Diagnostics;
using Parcours.Bench.Contenders;
using Parcours.Bench.Figures;
using Parcours.Bench.Load;
using Parcours.Bench.Machine;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Parts;

/// <summary>A new segment with a behavioural condition over very many contacts and five times as many events, while events come in.</summary>
static class SegmentPart
{
    const int Rounds = 5;
    const string Twice = """{"name":"regulars","condition":{"kind":"event","events":["bought"],"is":"atLeast","value":2,"window":{"last":"P30D"}}}""";

    public static async Task RunAsync(Bench bench, Million million, CancellationToken cancellationToken)
    {
        var (known, report) = (bench.Options.Known, bench.Report);
        Console.WriteLine("segment:");
        var installation = await million.InstallationAsync(cancellationToken);
        await using var server = await ParcoursServer.StartAsync(installation, bench.Sink.Port, cancellationToken);
        // In round r every contact whose number leaves less than r, divided by five, buys; the others visit.
        for (var round = 0; round < Rounds; round++)
        {
            var people = new People(Ids.Random, 100 + round);
            var bought = round;
            Crowd.Enter(server, people, People.Bought, known, number => number % Rounds < bought);
            Crowd.Enter(server, people, People.Visited, known, number => number % Rounds >= bought);
        }

        var regulars = Enumerable.Range(0, known).LongCount(number => Rounds - 1 - number % Rounds >= 2);
        using var watch = new Watch(server.Processes);
        var other = new OtherWork([Environment.ProcessId, .. server.Processes]);
        using var stop = new CancellationTokenSource();
        var trickle = Task.Factory.StartNew(() => Trickle(server, known, stop.Token), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var began = Stopwatch.GetTimestamp();
        await server.SendAsync(HttpMethod.Put, "segments/regulars", Twice, cancellationToken);
        var shown = new HashSet<double>();
        while (true)
        {
            var segment = await server.GetAsync("segments/regulars", cancellationToken);
            if (!segment.GetProperty("filling").GetBoolean())
                break;
            shown.Add(segment.GetProperty("filled").GetDouble());
            await Task.Delay(50, cancellationToken);
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await stop.CancelAsync();
        var waits = await trickle;
        var members = (await server.GetAsync("segments/regulars", cancellationToken)).GetProperty("members").GetInt64();
        var others = other.Cores();
        report.Add("segment", FormattableString.Invariant($"filled over {known:N0} contacts and {(long)known * (Rounds + 1):N0} events"), seconds, "s", Bar.Most(10), others);
        report.Add("segment", "members that are not as they should be", Math.Abs(members - regulars), "", Bar.Most(0));
        report.Add("segment", "steps of progress that were shown", shown.Count, "");
        report.Add("segment", "events taken in meanwhile, 1,000 a second offered", waits.Count * Burst.Batch / seconds, "/s");
        report.Add("segment", "batch of 100 acknowledged meanwhile, half", Percentiles.Of(waits).Half, "ms", null, others);
        report.Add("segment", "batch of 100 acknowledged meanwhile, longest", Percentiles.Of(waits).Max, "ms", null, others);
        report.Add("segment", "CPU of the server meanwhile", watch.Cpu(), "s");
        report.Add("segment", "peak memory (PSS) meanwhile", watch.PeakMiB(), "MiB");
    }

    /// <summary>A batch each tenth of a second.</summary>
    /// <returns>Milliseconds that each took to be acknowledged.</returns>
    static List<double> Trickle(ParcoursServer server, int known, CancellationToken cancellationToken)
    {
        var waits = new List<double>();
        using var line = Burst.Connect(server, 0);
        var shuffle = new Shuffle(known, 11);
        for (var batch = 0; !cancellationToken.IsCancellationRequested; batch++)
        {
            var first = (long)batch * Burst.Batch;
            var request = Burst.Requests(server, new People(Ids.Random, 10_000 + batch), People.Visited, Math.Min(Burst.Batch, known), place => shuffle.At((first + place) % known))[0];
            var began = Stopwatch.GetTimestamp();
            if (!server.TookAll(line.Post(request)))
                throw new IOException("A batch was not taken while the segment was filled.");
            waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            cancellationToken.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(Math.Max(0, 100 - waits[^1])));
        }

        return waits;
    }
}
