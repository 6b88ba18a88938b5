using System.Diagnostics;
using System.Globalization;
using Parcours.Bench.Limits;
using Parcours.Bench.Machine;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Engine;

/// <summary>The engine alone: no HTTP, no SMTP, no other process. For work on the engine; the bars are about the whole path.</summary>
static class EngineRun
{
    const int Batch = 100, Callers = 4, WarmUp = 200;

    public static async Task RunAsync(Options options, CancellationToken cancellationToken)
    {
        Console.WriteLine(Invariant($"engine alone, N = {options.N:N0}, {Callers} callers with {Batch} a batch, load average {Proc.LoadAverage()}"));
        Console.WriteLine("                            net/s     of limit   CPU us  alloc B  commits  gen 0/1/2   peak MiB  lost/twice/wrong  other cores");
        // What runs first pays for the compiler.
        WriteLimit.Run(options.Folder, 10_000, 1_000);
        foreach (var kind in options.Kinds)
        {
            foreach (var group in new[] { 100, 1_000 })
                Console.WriteLine(Invariant($"limit, groups of {group,-6:N0} {WriteLimit.Run(options.Folder, options.N, group),12:N0}"));
            await RunAsync(options, kind, cancellationToken);
        }
    }

    static async Task RunAsync(Options options, LoadKind kind, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(options.Folder, "engine");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var returning = kind == LoadKind.Returning;
        await using (var engine = await EngineUnderTest.StartAsync(folder, returning, cancellationToken))
        {
            var ids = kind == LoadKind.Ordered ? Ids.Ordered : Ids.Random;
            var contacts = returning ? options.Known : WarmUp + (long)options.N * options.Passes;
            if (returning)
                await engine.SubmitAsync(new People(ids, -1), People.Known, options.Known, number => number, 1_000, Callers, cancellationToken);
            engine.Mail.Expect(contacts);
            await PassAsync(engine, new People(ids, 0), WarmUp, Numbers(0, 0), cancellationToken);
            for (var pass = 1; pass <= options.Passes; pass++)
            {
                engine.Mail.Expect(contacts);
                var limit = WriteLimit.Run(options.Folder, options.N, 1_000);
                var run = await PassAsync(engine, new People(ids, pass), options.N, Numbers(pass, WarmUp + (long)(pass - 1) * options.N), cancellationToken);
                Console.WriteLine(Invariant($"{kind.ToString().ToLowerInvariant(),-12} pass {pass,-5} {run.NetPerSecond,10:N0} {run.NetPerSecond / limit,11:N2} {run.CpuMicroseconds,8:N1} {run.AllocatedBytes,8:N0} {run.Commits,8:N0} {run.Collections,10} {run.PeakMiB,9:N0}  {run.Tally,16} {run.OtherCores,11:N2}"));
            }

            // Of returning contacts each pass has an order of its own; of others each has new numbers.
            Func<long, long> Numbers(int pass, long first) => returning ? new Shuffle(options.Known, pass).At : place => first + place;
        }

        Directory.Delete(folder, recursive: true);
    }

    static async Task<Pass> PassAsync(EngineUnderTest engine, People people, int count, Func<long, long> numberAt, CancellationToken cancellationToken)
    {
        var mails = Enumerable.Range(0, count).LongCount(place => People.GetsMail(numberAt(place)));
        // Making the events is the load's work, not the engine's: what it costs alone is taken off.
        GC.Collect();
        var (cpuBefore, bytesBefore) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(true));
        for (var first = 0L; first < count; first += Batch)
            EngineUnderTest.Make(people, People.SignedUp, first, Math.Min(Batch, count - first), numberAt);
        var (loadCpu, loadBytes) = (Environment.CpuUsage.TotalTime - cpuBefore, GC.GetTotalAllocatedBytes(true) - bytesBefore);
        GC.Collect();
        Proc.ForgetPeak(Environment.ProcessId);

        var other = new OtherWork(Environment.ProcessId);
        var (ended, figures) = (await engine.EndedAsync(cancellationToken), engine.Figures);
        (cpuBefore, bytesBefore) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(true));
        int[] collections = [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];
        var began = Stopwatch.GetTimestamp();
        await engine.SubmitAsync(people, People.SignedUp, count, numberAt, Batch, Callers, cancellationToken);
        while (engine.Figures.MessagesSent - figures.MessagesSent < mails || engine.Figures.TimersFired - figures.TimersFired < count - mails)
        {
            if (Stopwatch.GetElapsedTime(began).TotalSeconds > 300)
                throw new TimeoutException(Invariant($"After 5 minutes {engine.Figures.MessagesSent - figures.MessagesSent} of {mails} mails were sent, and {engine.Figures.TimersFired - figures.TimersFired} of {count - mails} had waited."));
            await Task.Delay(5, cancellationToken);
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var cpu = Environment.CpuUsage.TotalTime - cpuBefore - loadCpu;
        var bytes = GC.GetTotalAllocatedBytes(true) - bytesBefore - loadBytes;
        var finished = await engine.EndedAsync(cancellationToken) - ended;
        var numbers = Enumerable.Range(0, count).Select(place => numberAt(place)).ToList();
        return new Pass(
            finished / (seconds - 1),
            cpu.TotalMicroseconds / count,
            bytes / (double)count,
            engine.Figures.Commits - figures.Commits,
            string.Join('/', collections.Select((before, generation) => GC.CollectionCount(generation) - before)),
            Proc.PeakRssMiB(Environment.ProcessId),
            string.Create(CultureInfo.InvariantCulture, $"{numbers.Count(number => People.GetsMail(number) && engine.Mail.Of(number) == 0) + count - finished}/{numbers.Count(number => engine.Mail.Of(number) > (People.GetsMail(number) ? 1 : 0))}/{engine.Mail.Wrong}"),
            other.Cores());
    }

    static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <param name="NetPerSecond">Enrolments a second, without the one second that half of them wait.</param>
    /// <param name="CpuMicroseconds">Of the process, an enrolment.</param>
    /// <param name="AllocatedBytes">Managed, an enrolment.</param>
    /// <param name="Tally">Lost, twice, to the wrong person.</param>
    sealed record Pass(double NetPerSecond, double CpuMicroseconds, double AllocatedBytes, long Commits, string Collections, double PeakMiB, string Tally, double OtherCores);
}
