using System.Diagnostics;
using Parcours.Bench.Contenders;
using Parcours.Bench.Figures;
using Parcours.Bench.Load;
using Parcours.Bench.Machine;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Parts;

/// <summary>What a stimulus costs among very many who wait, against what it costs among few.</summary>
static class MillionPart
{
    const int Few = 10_000, Stimuli = 50_000;

    public static async Task RunAsync(Bench bench, Million million, CancellationToken cancellationToken)
    {
        var (options, report) = (bench.Options, bench.Report);
        Console.WriteLine("million:");
        var (few, many) = (Math.Min(Few, options.Known), options.Known);
        var (small, _, _) = await million.MakeAsync("few", few, cancellationToken);
        var (nearFew, farFew, _) = await StimulateAsync(bench, small, few, cancellationToken);
        bench.Clear("few");
        var (nearMany, farMany, peak) = await StimulateAsync(bench, await million.InstallationAsync(cancellationToken), many, cancellationToken);

        var all = FormattableString.Invariant($"{many:N0}");
        report.Add("million", $"{all} enter and wait", million.PerSecond, "/s");
        report.Add("million", $"peak memory (PSS) while {all} enter", million.PeakMiB, "MiB", Bar.Most(500));
        report.Add("million", $"peak memory (PSS) of stimuli among {all} who wait", peak, "MiB", Bar.Most(500));
        report.Add("million", FormattableString.Invariant($"CPU a thousand stimuli, contacts in order, of few ({few:N0})"), nearFew.Cpu, "s", null, nearFew.Others);
        report.Add("million", $"CPU a thousand stimuli, contacts in order, of {all}", nearMany.Cpu, "s", null, nearMany.Others);
        report.Add("million", "the latter, times the former", nearMany.Cpu / nearFew.Cpu, "×", Bar.Most(1.3));
        report.Add("million", FormattableString.Invariant($"CPU a thousand stimuli, contacts at random, of few ({few:N0})"), farFew.Cpu, "s", null, farFew.Others);
        report.Add("million", $"CPU a thousand stimuli, contacts at random, of {all}", farMany.Cpu, "s", null, farMany.Others);
        report.Add("million", "the latter, times the former (scattered)", farMany.Cpu / farFew.Cpu, "×", Bar.Most(1.3));
        report.Add("million", $"stimuli, contacts in order, of {all}", nearMany.PerSecond, "/s", null, nearMany.Others);
        report.Add("million", $"stimuli, contacts at random, of {all}", farMany.PerSecond, "/s", null, farMany.Others);
    }

    static async Task<(Cost Near, Cost Far, double PeakMiB)> StimulateAsync(Bench bench, Installation installation, int contacts, CancellationToken cancellationToken)
    {
        await using var server = await ParcoursServer.StartAsync(installation, bench.Sink.Port, cancellationToken);
        using var watch = new Watch(server.Processes);
        Cost Send(int message, Func<long, long> numberAt, int count)
        {
            // Rounds over the contacts have message ids of their own.
            var requests = new List<byte[]>();
            for (var sent = 0; sent < count; sent += contacts)
                requests.AddRange(Burst.Requests(server, new People(Ids.Random, message * 1_000L + sent / contacts), People.Visited, Math.Min(contacts, count - sent), numberAt));
            GC.Collect();
            var (cpu, other, began) = (Proc.Cpu(server.Processes), new OtherWork([Environment.ProcessId, .. server.Processes]), Stopwatch.GetTimestamp());
            Burst.Post(server, requests);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            return new Cost((Proc.Cpu(server.Processes) - cpu) / count * 1000, count / seconds, other.Cores());
        }

        // Compiled and warm first, among contacts who are not asked again.
        var stimuli = Math.Min(Stimuli, bench.Options.N);
        Send(1, place => contacts - 1 - place, stimuli);
        var near = Send(2, place => place, stimuli);
        var far = Send(3, new Shuffle(contacts, 7).At, stimuli);
        var inside = (await server.GetAsync("journeys/waiting/statistics", cancellationToken)).GetProperty("inProgress").GetInt64();
        return inside == contacts ? (near, far, watch.PeakMiB()) : throw new InvalidOperationException(FormattableString.Invariant($"Of {contacts:N0} who should wait {inside:N0} do."));
    }

    /// <param name="Cpu">Seconds of the server, a thousand stimuli.</param>
    sealed record Cost(double Cpu, double PerSecond, double Others);
}
