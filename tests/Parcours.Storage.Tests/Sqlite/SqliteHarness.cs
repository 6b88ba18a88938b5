using Parcours.Engine.Ports;
using Parcours.Storage.Sqlite;
using Parcours.Storage.Tests.Contract;

namespace Parcours.Storage.Tests.Sqlite;

/// <summary>A data folder; a crash is a copy of its files as they are at that moment.</summary>
public sealed class SqliteHarness : IStoreHarness
{
    // Small runs, so that the suite meets merged entries as well as gathered ones.
    static readonly SqliteStoreOptions Options = new() { RunSize = 4, Salt = 42 };
    TemporaryFolder _folder = new();

    public ValueTask<IStore> CreateAsync() => new(SqliteStore.Open(_folder.Path, Options));

    public async ValueTask<IStore> CrashAsync(IStore store)
    {
        var copy = _folder.CopyAsAfterACrash();
        await store.DisposeAsync();
        _folder.Dispose();
        _folder = copy;
        return SqliteStore.Open(_folder.Path, Options);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class SqliteJournalTests : JournalContract<SqliteHarness>;

public sealed class SqliteIdentityTests : IdentityContract<SqliteHarness>;

public sealed class SqliteWorkTests : WorkContract<SqliteHarness>;

public sealed class SqliteQueriesTests : QueriesContract<SqliteHarness>;
public sealed class SqliteRetentionTests : RetentionContract<SqliteHarness>;

public sealed class SqliteDocumentsTests : DocumentsContract<SqliteHarness>;

public sealed class SqliteAllocatorsTests : AllocatorsContract<SqliteHarness>;

public sealed class SqliteTasksTests : TasksContract<SqliteHarness>;

public sealed class SqliteNotificationsTests : NotificationsContract<SqliteHarness>;
