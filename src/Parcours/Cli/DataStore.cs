using System.Buffers.Binary;
using System.Reflection;
using System.Security.Cryptography;
using Parcours.Configuration;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Storage.Postgres;
using Parcours.Storage.Sqlite;

namespace Parcours.Cli;

/// <summary>Opens the store that the settings name: SQLite in the data folder, or PostgreSQL, beside which the folder holds uploads and the address for local commands.</summary>
static class DataStore
{
    /// <param name="salt">For a new installation; null: a random number, so that contacts of two installations never share an id.</param>
    /// <param name="node">Under what name others see this process; null: they do not.</param>
    /// <exception cref="StoreException">It cannot be opened; the message says what to do.</exception>
    public static async Task<IStore> OpenAsync(Settings settings, long? salt, NodeName? node, CancellationToken cancellationToken)
    {
        salt ??= BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long)));
        if (settings.Database is not { } database)
            return SqliteStore.Open(settings.Data, new SqliteStoreOptions { Salt = salt.Value });
        // Two processes on one folder would take each other's uploads and addresses.
        return await PostgresStore.OpenAsync(
            database, new PostgresStoreOptions { Time = TimeProvider.System, Salt = salt.Value, Holds = DataFolder.Open(settings.Data), Node = node }, cancellationToken);
    }

    /// <summary>How a process that serves shows itself; null: a data folder has no other.</summary>
    public static NodeName? Node(Settings settings) => settings.Database is null ? null : new(Guid.CreateVersion7(), Environment.MachineName, settings.NodeUrl ?? FromElsewhere(settings.Urls[0]), Version);

    /// <summary>Of an address that stands for all of this machine's, its name.</summary>
    static string FromElsewhere(string url)
    {
        foreach (var all in (string[])["//*", "//+", "//0.0.0.0", "//[::]"])
            url = url.Replace(all, $"//{Environment.MachineName}", StringComparison.Ordinal);
        return url;
    }

    /// <summary>In a rehearsal of an upgrade the one that is as before says so.</summary>
    public static string Version => AppContext.TryGetSwitch(ContactCodec.AsBeforeSwitch, out var asBefore) && asBefore ? Built + "-before" : Built;

    static string Built => typeof(DataStore).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
