using Parcours.Bench.Contenders;
using Parcours.Bench.Load;
using Parcours.Bench.Machine;
using Parcours.Bench.Reference;

namespace Parcours.Bench.Parts;

/// <summary>A data folder with very many contacts, all of whom wait in a journey: made once a run, when a part first asks for it.</summary>
sealed class Million(Bench bench)
{
    Installation? _installation;

    /// <summary>The most memory that the server had while they entered, in MiB; not a number before that.</summary>
    public double PeakMiB { get; private set; } = double.NaN;

    /// <summary>How many entered a second.</summary>
    public double PerSecond { get; private set; } = double.NaN;

    public async Task<Installation> InstallationAsync(CancellationToken cancellationToken)
    {
        if (_installation is not null)
            return _installation;
        var known = bench.Options.Known;
        Console.WriteLine(FormattableString.Invariant($"  ({known:N0} contacts enter and wait)"));
        var (installation, seconds, peak) = await MakeAsync("million", known, cancellationToken);
        (PeakMiB, PerSecond) = (peak, known / seconds);
        return _installation = installation;
    }

    public async Task<(Installation Installation, double Seconds, double PeakMiB)> MakeAsync(string name, int contacts, CancellationToken cancellationToken)
    {
        var installation = Installation.New(bench.Options.Program, bench.FolderOf(name));
        await using var server = await ParcoursServer.StartAsync(installation, bench.Sink.Port, cancellationToken);
        await server.SetUpAsync(cancellationToken);
        await server.PublishAsync("waiting", Documents.Read("waiting"), cancellationToken);
        using var watch = new Watch(server.Processes);
        var seconds = Crowd.Enter(server, new People(Ids.Random, 0), People.Joined, contacts);
        var inside = (await server.GetAsync("journeys/waiting/statistics", cancellationToken)).GetProperty("inProgress").GetInt64();
        return inside == contacts ? (installation, seconds, watch.PeakMiB()) : throw new InvalidOperationException(FormattableString.Invariant($"{contacts:N0} contacts were sent, and {inside:N0} wait."));
    }

    public void Clear()
    {
        if (_installation is not null)
            bench.Clear("million");
    }
}
