using System.Globalization;
using NodaTime;
using Parcours.Configuration;
using Parcours.Engine.Ports;
using Parcours.Storage.Postgres;

namespace Parcours.Cli;

/// <summary><c>parcours nodes</c>: who serves a PostgreSQL database, and what waits there.</summary>
static class NodesCommand
{
    public static async Task<int> RunAsync(Settings settings, Terminal terminal, CancellationToken cancellationToken)
    {
        if (settings.Database is not { } database)
            throw new CommandException($"Nodes are those of a PostgreSQL database: name it with {Setting.Database.Option}. A data folder of SQLite has one process.");
        await using var store = await PostgresStore.OpenAsync(database, new PostgresStoreOptions { Time = TimeProvider.System, Connections = 2 }, cancellationToken);
        var nodes = await store.Queries.NodesAsync(cancellationToken);
        var now = Instant.FromDateTimeOffset(store.Clock.GetUtcNow());
        var work = await store.Queries.WorkAsync(now, cancellationToken);
        foreach (var node in nodes)
            terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{node.Name}  {node.Address}  {node.Version}  since {node.StartedAt:uuuu-MM-dd HH:mm:ss}  works on {node.Owned.Size} partitions{(node.Leads ? ", leads" : "")}: {Waiting([.. work.Where(part => node.Owned.Contains(part.Partition))], now)}"));
        var free = work.Where(part => !nodes.Any(node => node.Owned.Contains(part.Partition))).ToList();
        if (free.Count > 0)
            terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Nobody works on {free.Count} partitions: {Waiting(free, now)}"));
        return 0;
    }

    static string Waiting(List<PartitionWork> parts, Instant now)
    {
        if (parts.Count == 0)
            return "nothing waits";
        var waiting = Api.WaitingView.Of(parts, now);
        return string.Create(CultureInfo.InvariantCulture, $"{waiting.Entries} entries (the oldest for {waiting.LagSeconds:0.0} s), {waiting.Timers} timers and {waiting.Messages} messages wait, {waiting.OnTheirWay} messages are on their way");
    }
}
