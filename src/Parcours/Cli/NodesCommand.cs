using System.Globalization;
using Parcours.Configuration;
using Parcours.Storage.Postgres;

namespace Parcours.Cli;

/// <summary><c>parcours nodes</c>: who serves a PostgreSQL database.</summary>
static class NodesCommand
{
    public static async Task<int> RunAsync(Settings settings, Terminal terminal, CancellationToken cancellationToken)
    {
        if (settings.Database is not { } database)
            throw new CommandException($"Nodes are those of a PostgreSQL database: name it with {Setting.Database.Option}. A data folder of SQLite has one process.");
        await using var store = await PostgresStore.OpenAsync(database, new PostgresStoreOptions { Time = TimeProvider.System, Connections = 2 }, cancellationToken);
        foreach (var node in await store.Queries.NodesAsync(cancellationToken))
            terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{node.Name}  {node.Address}  {node.Version}  since {node.StartedAt:uuuu-MM-dd HH:mm:ss}  {(node.Owned.Size > 0 ? $"works on {node.Owned.Size} partitions" : "stands by")}"));
        return 0;
    }
}
