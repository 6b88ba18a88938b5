using System.Diagnostics;
using Parcours.Bench.Figures;
using Parcours.Bench.Limits;
using Parcours.Bench.Load;
using Parcours.Bench.Machine;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Parts;

/// <summary>What this machine allows at all: each thing alone, by the barest program that does it.</summary>
static class LimitsPart
{
    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        Console.WriteLine("limits:");
        var (options, report) = (bench.Options, bench.Report);
        var disk = new OtherWork(Environment.ProcessId);
        report.Add("limits", "4 KiB appended and on the disk", Repeat(options, () => Synced(options.Folder)), "/s", null, disk.Cores());

        var writes = new OtherWork(Environment.ProcessId);
        WriteLimit.Run(options.Folder, 10_000, 1_000);
        foreach (var group in new[] { 100, 1_000 })
            report.Add("limits", FormattableString.Invariant($"SQLite FULL, the journey's 4.5 rows alone, groups of {group:N0}"), Repeat(options, () => WriteLimit.Run(options.Folder, options.N, group)), "/s", null, writes.Cores());

        foreach (var connections in new[] { 1, 8 })
        {
            var sent = new List<(double PerSecond, double CpuMicroseconds)>();
            var other = new OtherWork(Environment.ProcessId);
            for (var attempt = 0; attempt <= options.Passes; attempt++)
                sent.Add(await SmtpLimit.RunAsync(bench.Sink, options.N / 2, connections, cancellationToken));
            report.Add("limits", $"SMTP, bare pipelined sender, {connections} connections", sent.Skip(1).Select(pass => pass.PerSecond), "/s", null, other.Cores());
            report.Add("limits", $"SMTP, the same: CPU of the sender a message", sent.Skip(1).Select(pass => pass.CpuMicroseconds), "µs");
        }

        await using var kestrel = new KestrelLimit();
        await kestrel.ReadyAsync(cancellationToken);
        var requests = Burst.Requests(kestrel, new People(Ids.Random, 0), People.SignedUp, Math.Min(options.N, 50_000), number => number);
        var all = Enumerable.Repeat(requests, Math.Max(1, options.N * 10 / requests.Count / Burst.Batch)).SelectMany(request => request).ToList();
        Burst.Post(kestrel, all);
        var (others, cpu, began) = (new OtherWork([Environment.ProcessId, .. kestrel.Processes]), Proc.Cpu(kestrel.Processes), Stopwatch.GetTimestamp());
        Burst.Post(kestrel, all);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var events = (double)all.Count * Burst.Batch;
        report.Add("limits", "Kestrel, batches of 100 parsed and dropped, events", events / seconds, "/s", null, others.Cores());
        report.Add("limits", "Kestrel, the same: CPU an event", (Proc.Cpu(kestrel.Processes) - cpu) * 1e6 / events, "µs");
    }

    static List<double> Repeat(Options options, Func<double> measure) => [.. Enumerable.Range(0, options.Passes).Select(_ => measure())];

    static double Synced(string folder)
    {
        var path = Path.Combine(folder, "synced");
        var count = 0;
        var began = Stopwatch.GetTimestamp();
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1))
            for (var page = new byte[4096]; Stopwatch.GetElapsedTime(began).TotalSeconds < 1; count++)
            {
                file.Write(page);
                file.Flush(flushToDisk: true);
            }
        File.Delete(path);
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
