using System.Collections.Concurrent;
using NodaTime;
using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Postgres;

/// <summary>The store on PostgreSQL, 15 or later. Work on partitions is committed by one connection, one unit at a time; units of no partition run beside it.</summary>
public sealed partial class PostgresStore : IStore
{
    const int EventNamesMost = 20_000;

    readonly Database _database;
    readonly PostgresStoreOptions _options;
    readonly SemaphoreSlim _turn = new(1, 1);
    readonly Statistics _statistics;
    readonly MonthsAhead _months;
    readonly Registry? _registry;
    NpgsqlConnection? _owner;
    /// <summary>Its process in the server, 0 for none. Kept, since a connection that broke under its user cannot be asked for it any more, and others may ask at any moment.</summary>
    volatile int _ownerProcess;
    bool _disposed;

    PostgresStore(Database database, PostgresStoreOptions options, DatabaseClock clock, long salt)
    {
        (Clock, ContactNumbers) = (clock, new ContactNumbers(options.Time));
        (_database, _options, Salt) = (database, options, salt);
        _statistics = new Statistics(database);
        _months = new MonthsAhead(database, options.Time);
        Queries = new PostgresQueries(database);
        if (options.Node is { } node)
            _registry = new Registry(database, node, Clock, () => (_mustOwn ? _ownerProcess : 0, Owned.Bits));
    }

    /// <summary>The database's clock (Semantics 1.9).</summary>
    public DatabaseClock Clock { get; }

    public IStoreQueries Queries { get; }

    internal long Salt { get; }

    internal string Where => _database.Where;

    /// <summary>What the connection that commits knows of each partition.</summary>
    internal PartitionNumbers[] Numbers { get; } = new PartitionNumbers[Partition.Count];

    /// <summary>Names of events that the database has for sure.</summary>
    internal ConcurrentDictionary<string, bool> EventNames { get; } = new(StringComparer.Ordinal);

    internal bool TakesEventNames => EventNames.Count < EventNamesMost;

    internal ContactNumbers ContactNumbers { get; }

    /// <summary>Of nodes, the clock that all of them share.</summary>
    internal Instant Now => Instant.FromDateTimeOffset((_registry is null ? _options.Time : Clock).GetUtcNow());

    /// <summary>Connects, and brings the database to the newest schema.</summary>
    /// <param name="connectionString"><c>postgres://…</c>, or as Npgsql spells it.</param>
    /// <exception cref="StoreException">It cannot be reached, is too old, too new or not ours to write: the message says what to do.</exception>
    public static async Task<PostgresStore> OpenAsync(string connectionString, PostgresStoreOptions options, CancellationToken cancellationToken)
    {
        var database = new Database(connectionString, options.Connections);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await database.OpenSingleAsync(cancellationToken);
            await Schema.MigrateAsync(connection, database.Where, options.Salt, [.. SqlText.Migrations()], cancellationToken);
            await Schema.AddMonthsAsync(connection, Instant.FromDateTimeOffset(options.Time.GetUtcNow()), Duration.FromSeconds(2), cancellationToken);
            var clock = new DatabaseClock(options.Time);
            await clock.MeasureAsync(connection, cancellationToken);
            await using var command = new NpgsqlCommand("SELECT salt FROM installation", connection);
            // What was done by it is over: it becomes the one that commits.
            return new PostgresStore(database, options, clock, (long)(await command.ExecuteScalarAsync(cancellationToken))!) { _owner = connection, _ownerProcess = connection.ProcessID };
        }
        catch (Exception failure)
        {
            if (connection is not null) await connection.DisposeAsync();
            await database.DisposeAsync();
            options.Holds?.Dispose();
            if (StoreFailures.IsOfServer(failure)) throw StoreFailures.Of(failure, database.Where);
            throw;
        }
    }

    public async ValueTask<IStoreUnit> BeginAsync(PartitionSet partitions, CancellationToken cancellationToken)
    {
        if (partitions == PartitionSet.None)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var connection = await _database.OpenAsync(cancellationToken);
            return new PostgresUnit(this, connection, partitions, async _ => await connection.DisposeAsync());
        }

        await _turn.WaitAsync(cancellationToken);
        PostgresUnit? unit = null;
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_mustOwn && (partitions.Bits & ~Owned.Bits) != 0) throw new StoreException($"The connection that owned the partitions of {Where} is lost. They are taken over again, or somebody else has them.");
            unit = new PostgresUnit(this, await OwnerAsync(cancellationToken), partitions, EndAsync);
            await unit.ReadNumbersAsync(cancellationToken);
            return unit;
        }
        catch
        {
            if (unit is not null) await unit.DisposeAsync();
            else await EndAsync(UnitEnd.RolledBack);
            throw;
        }
    }

    /// <summary>The unit on the committing connection has ended. What it did not commit is not known any more, and a connection that failed is never used again: its locks went with it.</summary>
    async ValueTask EndAsync(UnitEnd end)
    {
        try
        {
            if (end != UnitEnd.Committed) Array.Clear(Numbers);
            if (end == UnitEnd.Lost) await DropOwnerAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    internal void Committed() => _statistics.Committed();

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        if (!_disposed)
        {
            _disposed = true;
            if (_wakes is not null) await _wakes.DisposeAsync();
            await _statistics.DisposeAsync();
            await _months.DisposeAsync();
            await DropOwnerAsync();
            if (_registry is not null) await _registry.DisposeAsync();
            await _database.DisposeAsync();
            _options.Holds?.Dispose();
        }

        _turn.Release();
    }
}
