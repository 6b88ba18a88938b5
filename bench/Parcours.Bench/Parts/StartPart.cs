using Parcours.Bench.Contenders;
using Parcours.Bench.Figures;

namespace Parcours.Bench.Parts;

/// <summary>From exec to the first 200 of <c>/readyz</c>.</summary>
static class StartPart
{
    const int Tries = 7;

    public static async Task RunAsync(Bench bench, Million million, CancellationToken cancellationToken)
    {
        Console.WriteLine("start:");
        // The program's files come from the disk the first time, which is not the program's own.
        await StartsAsync(bench, () => Installation.New(bench.Options.Program, bench.FolderOf("start")), 1, cancellationToken);
        var empty = await StartsAsync(bench, () => Installation.New(bench.Options.Program, bench.FolderOf("start")), Tries, cancellationToken);
        bench.Clear("start");
        bench.Report.Add("start", "exec to /readyz, empty folder", empty, "s", Bar.Most(1, 0.4));
        var full = await million.InstallationAsync(cancellationToken);
        bench.Report.Add("start", FormattableString.Invariant($"exec to /readyz, {bench.Options.Known:N0} contacts"), await StartsAsync(bench, () => full, Tries, cancellationToken), "s", Bar.Most(1, 0.4));
    }

    static async Task<List<double>> StartsAsync(Bench bench, Func<Installation> installation, int tries, CancellationToken cancellationToken)
    {
        var seconds = new List<double>();
        for (var attempt = 0; attempt < tries; attempt++)
        {
            await using var server = await ParcoursServer.StartAsync(installation(), bench.Sink.Port, cancellationToken);
            seconds.Add(server.ReadyAfter.TotalSeconds);
        }

        return seconds;
    }
}
