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

    public async ValueTask TakeOverAsync(Action<WorkingNode>? waiting, CancellationToken cancellationToken)
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
                if (waiting is null) throw new StoreException(StoreFailure.InUse, $"{(who is { Name: var name } ? $"The node {name}" : "Another process")} works on the database {Where} at present. Ask it, or stop it first.");
                waiting(new($"This node stands by: {(who is { Name: var its } ? $"the node {its}" : "another process")} works on the database {Where}. It takes over when that one is gone.", who?.Id, who?.Address));
                if (look % LooksASecond == 0) await ExecuteAsync(_owner, Commands.Query("end_silent_sessions"), cancellationToken);

                await Task.Delay(LookEach, cancellationToken);
            }

            // From here on what a former owner still has in hand is refused.
            await ExecuteAsync(_owner!, Commands.Query("raise_epochs"), cancellationToken); // It holds the locks.
            Array.Clear(Numbers);
            _registry?.TellSoon();
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
        await ExecuteAsync(connection, Commands.Query("lock_partitions").With(1).With(Partition.Count - 1), cancellationToken);
        return _owns = true;
    }

    /// <returns>Null: a process that is no node, or one that has not told about itself yet.</returns>
    static async Task<(Guid Id, string Name, string Address)?> WhoOwnsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Commands.Query("find_owner") } };
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? (rows.GetGuid(0), $"{rows.GetString(1)} ({rows.GetString(2)})", rows.GetString(2)) : null;
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
