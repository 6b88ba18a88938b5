using NodaTime;
using Npgsql;
using Parcours.Engine.Ports;

namespace Parcours.Storage.Postgres;

/// <summary>Tells each second, and at once when it takes over, that this process serves, so that people and other nodes can see who does. It decides nothing about ownership but which dead session may be ended (Semantics 15.4).</summary>
sealed class Registry : IAsyncDisposable
{
    static readonly TimeSpan Each = TimeSpan.FromSeconds(1);
    readonly Database _database;
    readonly NodeName _name;
    readonly DatabaseClock _clock;
    readonly Func<(int Backend, ulong Owned)> _state;
    readonly CancellationTokenSource _stops = new();
    readonly SemaphoreSlim _soon = new(0);
    readonly Task _running;
    // Not of the pool: while readers have all of those, this node would seem to be silent.
    NpgsqlConnection? _connection;

    /// <param name="state">The process id of the connection that commits (0: there is none), and what it owns.</param>
    public Registry(Database database, NodeName name, DatabaseClock clock, Func<(int Backend, ulong Owned)> state)
    {
        (_database, _name, _clock, _state) = (database, name, clock, state);
        _running = Task.Run(RunAsync);
    }

    async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await TellAsync(_stops.Token);
                await _soon.WaitAsync(Each, _stops.Token);
            }
        }
        catch (Exception ended) when (ended is not (OutOfMemoryException or StackOverflowException) && _stops.IsCancellationRequested)
        {
            // The store is closed, in the midst of telling perhaps.
        }
    }

    /// <summary>What it says has changed: others look for who works here.</summary>
    public void TellSoon() => _soon.Release();

    async Task TellAsync(CancellationToken cancellationToken)
    {
        var (backend, owned) = _state();
        try
        {
            _connection ??= await _database.OpenSingleAsync(cancellationToken);
            await _clock.MeasureAsync(_connection, cancellationToken);
            await using var batch = new NpgsqlBatch(_connection)
            {
                Timeout = Database.LookWithinSeconds,
                BatchCommands = { Commands.Query("tell_node").With(_name.Id).With(_name.Name).With(_name.Address).With(_name.Version).With(backend).With(unchecked((long)owned)), Commands.Query("trim_nodes") },
            };
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException) && !_stops.IsCancellationRequested)
        {
            // Whoever works here is told by the work itself; the next second tells again. Whatever it was: a node that told no more would lose all it owns, for good.
            await CloseAsync();
        }
    }

    async ValueTask CloseAsync()
    {
        if (_connection is not { } connection) return;
        _connection = null;
        try
        {
            await connection.DisposeAsync();
        }
        catch (Exception failure) when (failure is InvalidOperationException || StoreFailures.IsOfServer(failure))
        {
            // It was broken already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stops.CancelAsync();
        await _running;
        await CloseAsync();
        _stops.Dispose();
        _soon.Dispose();
        try
        {
            await using var connection = await _database.OpenAsync(CancellationToken.None);
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Commands.Query("forget_node").With(_name.Id) } };
            await batch.ExecuteNonQueryAsync();
        }
        catch (Exception failure) when (failure is StoreException or InvalidOperationException || StoreFailures.IsOfServer(failure))
        {
            // Its row grows old and goes by itself.
        }
    }
}
