using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Postgres;

/// <summary>Who works on the partitions: the session that holds their advisory locks, on the very connection that commits (Semantics 15.2).</summary>
public sealed partial class PostgresStore
{
    static readonly TimeSpan LookEach = TimeSpan.FromMilliseconds(250);
    const int LooksASecond = 4;
    bool _mustOwn;
    volatile bool _owns;

    public async ValueTask TakeOverAsync(Action<string>? waiting, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _mustOwn = true;
            for (var look = 0; !_owns; look++)
            {
                _owner ??= await _database.OpenSingleAsync(cancellationToken);
                if (await TryOwnAsync(_owner, cancellationToken)) break;
                var who = await WhoOwnsAsync(_owner, cancellationToken);
                if (waiting is null) throw new StoreException(StoreFailure.InUse, $"{who} works on the database {Where} at present. Ask it, or stop it first.");
                if (look % LooksASecond == 0)
                {
                    waiting($"This node stands by: {who} works on the database {Where}. It takes over when that one is gone.");
                    await ExecuteAsync(_owner, Commands.Query("end_silent_sessions"), cancellationToken);
                }

                await Task.Delay(LookEach, cancellationToken);
            }

            // From here on what a former owner still has in hand is refused.
            await ExecuteAsync(_owner!, Commands.Query("raise_epochs"), cancellationToken); // It holds the locks.
            Array.Clear(Numbers);
        }
        catch (Exception failure)
        {
            await DropOwnerAsync();
            if (StoreFailures.IsOfServer(failure)) throw StoreFailures.Of(failure, Where);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>All or nothing: whoever has the first has the others in a moment.</summary>
    async Task<bool> TryOwnAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using (var first = new NpgsqlBatch(connection) { BatchCommands = { Commands.Query("try_lock_partition").With(0) } })
            if (await first.ExecuteScalarAsync(cancellationToken) is not true)
                return false;
        for (var partition = 1; partition < Partition.Count; partition++) await ExecuteAsync(connection, Commands.Query("lock_partition").With(partition), cancellationToken);
        return _owns = true;
    }

    static async Task<string> WhoOwnsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Commands.Query("find_owner") } };
        return await batch.ExecuteScalarAsync(cancellationToken) is string name ? $"The node {name}" : "Another process";
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The locks go with the connection.</summary>
    async ValueTask DropOwnerAsync()
    {
        _owns = false;
        Array.Clear(Numbers);
        if (_owner is not { } lost) return;
        _owner = null;
        await lost.DisposeAsync();
    }
}
