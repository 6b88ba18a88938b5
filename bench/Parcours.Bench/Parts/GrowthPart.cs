using System.Diagnostics;
using Parcours.Bench.Contenders;
using Parcours.Bench.Figures;
using Parcours.Bench.Load;
using Parcours.Bench.Machine;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Parts;

/// <summary>The same questions to installations that differ in nothing but how many contacts wait in them, on both stores.</summary>
static class GrowthPart
{
    const string Part = "growth";
    const int Visits = 50_000, Timers = 2_000, PerSecond = 100, Asked = 20;
    static readonly TimeSpan Wait = TimeSpan.FromSeconds(5); // As timer.json says.

    static readonly (string Said, string Path)[] Screens =
    [
        ("home", "journeys"),
        ("map", "journeys/waiting/statistics"),
        ("queue", "journeys/waiting/points/wait/queue?limit=50"),
        ("contacts", "contacts?limit=50"),
    ];

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        Console.WriteLine("growth:");
        await OverAsync(bench, "SQLite", size => StartAsync(bench, size, cancellationToken), cancellationToken);
        try
        {
            await using var postgres = await PostgresServer.StartAsync(bench.Options.Statements, cancellationToken);
            await OverAsync(bench, "PostgreSQL", async size => await ParcoursNodes.StartAsync(postgres, bench.Options.Program, bench.FolderOf($"{Part}-{size}"), 1, bench.Sink.Port, cancellationToken), cancellationToken);
        }
        catch (PeerMissingException missing)
        {
            bench.Report.Note($"Growth on PostgreSQL skipped: {missing.Message}");
        }
    }

    static async Task<IContender> StartAsync(Bench bench, int size, CancellationToken cancellationToken) =>
        await ParcoursServer.StartAsync(Installation.New(bench.Options.Program, bench.FolderOf($"{Part}-{size}")), bench.Sink.Port, cancellationToken);

    static async Task OverAsync(Bench bench, string store, Func<int, Task<IContender>> start, CancellationToken cancellationToken)
    {
        var costs = new List<StimulusCost>();
        foreach (var size in bench.Options.Growth)
        {
            await using (var contender = await start(size))
                costs.Add(await MeasureAsync(bench, FormattableString.Invariant($"{store}, {size:N0}"), contender, size, cancellationToken));
            bench.Clear($"{Part}-{size}");
        }

        if (costs.Count > 1)
            bench.Report.Add(Part, FormattableString.Invariant($"{store}: a stimulus among {bench.Options.Growth[^1]:N0}, times one among {bench.Options.Growth[0]:N0}"), costs[^1].Cpu / costs[0].Cpu, "×", Bar.Most(1.5));
    }

    static async Task<StimulusCost> MeasureAsync(Bench bench, string said, IContender contender, int size, CancellationToken cancellationToken)
    {
        var report = bench.Report;
        var server = contender as ParcoursServer ?? ((ParcoursNodes)contender).First;
        await server.SetUpAsync(cancellationToken);
        await server.PublishAsync("waiting", Documents.Read("waiting"), cancellationToken);
        await server.PublishAsync("timer", Documents.Read("timer"), cancellationToken);
        using var watch = new Watch(contender.Processes);
        var entered = Crowd.Enter(contender, new People(Ids.Random, 0), People.Joined, size);
        await contender.CaughtUpAsync(cancellationToken);
        report.Add(Part, $"{said}: enter and wait", size / entered, "/s");

        // Compiled and warm first.
        var visits = Math.Min(Visits, bench.Options.N);
        await Stimuli.SendAsync(contender, 1, place => size - 1 - place, size, visits, cancellationToken);
        var cost = await Stimuli.SendAsync(contender, 2, new Shuffle(size, 7).At, size, visits, cancellationToken);
        report.Add(Part, $"{said}: CPU a thousand stimuli, contacts at random", cost.Cpu, "s", null, cost.Others);

        await TimersAsync(bench, said, contender, size, cancellationToken);

        var began = Stopwatch.GetTimestamp();
        await server.SendAsync(HttpMethod.Put, "segments/pro", """{"name":"pro","condition":{"kind":"property","name":"plan","is":"equals","value":"pro"}}""", cancellationToken);
        while ((await server.GetAsync("segments/pro", cancellationToken)).GetProperty("filling").GetBoolean())
            await Task.Delay(20, cancellationToken);
        report.Add(Part, $"{said}: a segment filled", Stopwatch.GetElapsedTime(began).TotalSeconds, "s");

        foreach (var (screen, path) in Screens)
        {
            var waits = new List<double>();
            await server.GetAsync(path, cancellationToken);
            for (var time = 0; time < Asked; time++)
            {
                began = Stopwatch.GetTimestamp();
                await server.GetAsync(path, cancellationToken);
                waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            report.Add(Part, $"{said}: what the {screen} asks, half", Percentiles.Of(waits).Half, "ms");
        }

        report.Add(Part, $"{said}: peak memory (PSS)", watch.PeakMiB(), "MiB");
        return cost;
    }

    /// <summary>How late mails come that are due five seconds after their event, with all the others waiting.</summary>
    static async Task TimersAsync(Bench bench, string said, IContender contender, int size, CancellationToken cancellationToken)
    {
        var requests = Burst.Requests(contender, new People(Ids.Random, 0), People.SignedUp, Timers, place => size + 2 * place, batch: 1);
        bench.Sink.Expect(size + 2L * Timers);
        var begun = new long[Timers];
        using (var line = Burst.Connect(contender, 0))
        {
            var start = Stopwatch.GetTimestamp();
            for (var place = 0; place < Timers; place++)
            {
                while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), start + place * Stopwatch.Frequency / PerSecond) is { Ticks: > 0 } left)
                    Thread.Sleep(left);
                begun[place] = Stopwatch.GetTimestamp();
                if (!contender.TookAll(line.Post(requests[place])))
                    throw new IOException("An event was not taken.");
            }
        }

        await Task.Delay(Wait + TimeSpan.FromSeconds(3), cancellationToken);
        var mailbox = bench.Sink.Mailbox;
        var late = Enumerable.Range(0, Timers).Where(place => mailbox.Of(size + 2 * place) > 0).Select(place => (Stopwatch.GetElapsedTime(begun[place], mailbox.FirstAt(size + 2 * place)) - Wait).TotalMilliseconds).ToList();
        bench.Report.Add(Part, $"{said}: mails of timers that did not come, or came twice", Timers - late.Count + Enumerable.Range(0, Timers).Count(place => mailbox.Of(size + 2 * place) > 1), "", Bar.Most(0));
        bench.Report.Add(Part, $"{said}: timers late, the mail's way included, half", Percentiles.Of(late).Half, "ms");
        bench.Report.Add(Part, $"{said}: timers late, the mail's way included, 99 of 100", Percentiles.Of(late).Most, "ms", Bar.Most(100));
    }
}
