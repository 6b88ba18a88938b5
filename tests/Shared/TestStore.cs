using System.Collections.Concurrent;
using Parcours.Engine.Ports;
using Parcours.Storage.Postgres;
using Parcours.Storage.Sqlite;

namespace Parcours.Testing;

/// <summary>The store of one installation in tests: SQLite in a folder, or, where <c>PARCOURS_TEST_STORE</c> says <c>postgres</c>, a database that stands for the folder.</summary>
static class TestStore
{
    static readonly ConcurrentDictionary<string, string> Databases = new(StringComparer.Ordinal);

    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("PARCOURS_TEST_STORE") == "postgres";

    /// <summary>Opens what the last one that was opened for this folder left.</summary>
    public static async Task<IStore> OpenAsync(string folder, TimeProvider? time = null)
    {
        if (!IsPostgres) return SqliteStore.Open(folder);
        if (!Databases.TryGetValue(folder, out var database)) Databases[folder] = database = await PostgresServer.CreateDatabaseAsync();
        // Numbers that no contact got are lost with a process. What is compared with a run in which none died must not have such gaps: who a contact is decides about splits.
        else await PostgresServer.ExecuteAsync(database, "SELECT setval('contact_number', (SELECT coalesce(max(contact), 0) + 1 FROM holding), false)");
        return await PostgresStore.OpenAsync(database, new PostgresStoreOptions { Time = time ?? TimeProvider.System, Connections = 6 }, TestContext.Current.CancellationToken);
    }

    /// <summary>Nobody opens it again.</summary>
    public static async Task DropAsync(string folder)
    {
        if (Databases.TryRemove(folder, out var database)) await PostgresServer.DropAsync(database);
    }
}
