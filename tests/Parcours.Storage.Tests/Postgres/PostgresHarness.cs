using Parcours.Engine.Ports;
using Parcours.Storage.Postgres;
using Parcours.Storage.Tests.Contract;
using Parcours.Testing;

namespace Parcours.Storage.Tests.Postgres;

/// <summary>A database of its own; a crash ends every connection to it.</summary>
public sealed class PostgresHarness : IStoreHarness
{
    static readonly PostgresStoreOptions Options = new() { Time = TimeProvider.System, Salt = 42, Connections = 4 };
    string? _database;

    public async ValueTask<IStore> CreateAsync() =>
        await PostgresStore.OpenAsync(_database = await PostgresServer.CreateDatabaseAsync(), Options, TestContext.Current.CancellationToken);

    public async ValueTask<IStore> CrashAsync(IStore store)
    {
        await PostgresServer.CutAsync(_database!); // A store was made.
        await store.DisposeAsync();
        return await PostgresStore.OpenAsync(_database!, Options, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null) await PostgresServer.DropAsync(_database);
    }
}

public sealed class PostgresJournalTests : JournalContract<PostgresHarness>;

public sealed class PostgresIdentityTests : IdentityContract<PostgresHarness>;

public sealed class PostgresWorkTests : WorkContract<PostgresHarness>;

public sealed class PostgresQueriesTests : QueriesContract<PostgresHarness>;
public sealed class PostgresRetentionTests : RetentionContract<PostgresHarness>;

public sealed class PostgresDocumentsTests : DocumentsContract<PostgresHarness>;

public sealed class PostgresAllocatorsTests : AllocatorsContract<PostgresHarness>;

public sealed class PostgresTasksTests : TasksContract<PostgresHarness>;

public sealed class PostgresNotificationsTests : NotificationsContract<PostgresHarness>;
