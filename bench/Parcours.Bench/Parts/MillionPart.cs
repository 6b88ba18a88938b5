using Parcours.Bench.Contenders;
using Parcours.Bench.Figures;
using Parcours.Bench.Load;
using Parcours.Bench.Machine;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Parts;

/// <summary>What a stimulus costs among very many who wait, against what it costs among few.</summary>
static class MillionPart
{
    const int Few = 10_000, Visits = 50_000;

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

    static async Task<(StimulusCost Near, StimulusCost Far, double PeakMiB)> StimulateAsync(Bench bench, Installation installation, int contacts, CancellationToken cancellationToken)
    {
        await using var server = await ParcoursServer.StartAsync(installation, bench.Sink.Port, cancellationToken);
        using var watch = new Watch(server.Processes);
        Task<StimulusCost> SendAsync(int round, Func<long, long> numberAt) => Stimuli.SendAsync(server, round, numberAt, contacts, Math.Min(Visits, bench.Options.N), cancellationToken);

        // Compiled and warm first, among contacts who are not asked again.
        await SendAsync(1, place => contacts - 1 - place);
        var near = await SendAsync(2, place => place);
        var far = await SendAsync(3, new Shuffle(contacts, 7).At);
        var inside = (await server.GetAsync("journeys/waiting/statistics", cancellationToken)).GetProperty("inProgress").GetInt64();
        return inside == contacts ? (near, far, watch.PeakMiB()) : throw new InvalidOperationException(FormattableString.Invariant($"Of {contacts:N0} who should wait {inside:N0} do."));
    }
}
