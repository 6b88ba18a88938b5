using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>The store in one file: one writer, many readers, nothing to install. The folder is locked while it is open (Semantics 15.2).</summary>
public sealed class SqliteStore : IStore
{
    readonly DataFolder _folder;
    readonly Writer _writer;
    readonly Readers _readers;
    readonly Checkpoints _checkpoints;
    readonly SemaphoreSlim _turn = new(1, 1);
    bool _disposed;

    SqliteStore(DataFolder folder, Writer writer, Readers readers, int logPages)
    {
        (_folder, _writer, _readers) = (folder, writer, readers);
        _checkpoints = new Checkpoints(writer.Connection, folder.DatabasePath, logPages);
        Queries = new SqliteQueries(folder.DatabasePath, writer, readers);
    }

    public IStoreQueries Queries { get; }

    /// <summary>Opens the folder, makes the database where there is none, and brings it to the newest schema.</summary>
    /// <exception cref="StoreException">In use, read-only, damaged, too new, full, or no folder: the message says what to do.</exception>
    public static SqliteStore Open(string path, SqliteStoreOptions? options = null)
    {
        options ??= new SqliteStoreOptions();
        var folder = DataFolder.Open(path);
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteSettings.OpenWriter(folder.DatabasePath);
            Schema.Migrate(connection, [.. SqlText.Migrations()]);
            if (options.PagesMost > 0) connection.Execute(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {options.PagesMost}"));
            return new SqliteStore(folder, new Writer(connection, options), new Readers(folder.DatabasePath, options.Readers), options.LogPages);
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            folder.Dispose();
            if (failure is SqliteException sqlite) throw StoreFailures.Of(sqlite, folder.DatabasePath);
            throw;
        }
    }

    public async ValueTask<IStoreUnit> BeginAsync(PartitionSet partitions, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _writer.Begin();
            return new SqliteUnit(_writer, _checkpoints, _folder.DatabasePath, partitions, _turn);
        }
        catch (Exception failure)
        {
            _turn.Release();
            if (failure is SqliteException sqlite) throw StoreFailures.Of(sqlite, _folder.DatabasePath);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        if (!_disposed)
        {
            _disposed = true;
            _readers.Dispose();
            _checkpoints.Dispose();
            _writer.Dispose();
            _checkpoints.Free();
            _folder.Dispose();
        }

        _turn.Release();
    }
}
