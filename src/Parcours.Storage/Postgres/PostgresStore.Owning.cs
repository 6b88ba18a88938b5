using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Postgres;

/// <summary>Who works on the partitions: the session that holds their advisory locks, on the very connection that commits (Semantics 15.2). A lock more says who leads.</summary>
public sealed partial class PostgresStore
{
    const int Lead = Partition.Count;
    static readonly TimeSpan LookEach = TimeSpan.FromMilliseconds(250);
    const int LooksASecond = 4;
    bool _mustOwn;
    volatile bool _leads;
    ulong _ownedBits;

    PartitionSet Owned
    {
        get => new(Volatile.Read(ref _ownedBits));
        set => Volatile.Write(ref _ownedBits, value.Bits);
    }

    public async ValueTask TakeOverAsync(Action<WorkingNode>? waiting, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _mustOwn = true;
            for (var look = 0; !Owned.IsAll; look++)
            {
                var owner = await OwnerAsync(cancellationToken);
                if (await TryOwnAllAsync(owner, cancellationToken)) break;
                var who = await WhoLeadsAsync(owner, cancellationToken);
                if (waiting is null) throw new StoreException(StoreFailure.InUse, $"{(who is { Name: var name } ? $"The node {name}" : "Another process")} works on the database {Where} at present. Ask it, or stop it first.");
                waiting(new($"This node stands by: {(who is { Name: var its } ? $"the node {its}" : "another process")} works on the database {Where}. It takes over when that one is gone.", who?.Id, who?.Address));
                if (look % LooksASecond == 0) await ExecuteAsync(owner, Commands.Query("end_silent_sessions").With(_options.Node?.Id ?? Guid.Empty), cancellationToken);

                await Task.Delay(LookEach, cancellationToken);
            }

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

    /// <summary>The connection that commits; a new one where there is none.</summary>
    async ValueTask<NpgsqlConnection> OwnerAsync(CancellationToken cancellationToken)
    {
        if (_owner is { } owner) return owner;
        owner = await _database.OpenSingleAsync(cancellationToken);
        (_owner, _ownerProcess) = (owner, owner.ProcessID);
        return owner;
    }

    /// <summary>All or nothing: whoever finds one of them taken gives back what it got.</summary>
    async Task<bool> TryOwnAllAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await TryLeadAsync(connection, cancellationToken)) return false;
        var got = await TryLockAsync(connection, Indices(PartitionSet.All), cancellationToken);
        if (got.Count < Partition.Count)
        {
            await ExecuteAsync(connection, Commands.Query("unlock_partitions").With((int[])[.. got, Lead]), cancellationToken);
            _leads = false;
            return false;
        }

        await OwnAsync(connection, PartitionSet.All, cancellationToken);
        return true;
    }

    async Task<bool> TryLeadAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        _leads = _leads || (await TryLockAsync(connection, [Lead], cancellationToken)).Count == 1;

    static int[] Indices(PartitionSet partitions) => [.. partitions.Select(static partition => (int)partition.Index)];

    static async Task<List<int>> TryLockAsync(NpgsqlConnection connection, int[] partitions, CancellationToken cancellationToken) =>
        await ListAsync(connection, Commands.Query("try_lock_partitions").With(partitions), static row => row.GetInt32(0), cancellationToken);

    /// <summary>Locked here: from now on what a former owner still has in hand is refused.</summary>
    async Task OwnAsync(NpgsqlConnection connection, PartitionSet partitions, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, Commands.Query("raise_epochs").With(partitions), cancellationToken);
        foreach (var partition in partitions) Numbers[partition.Index] = default;
        Owned = new(Owned.Bits | partitions.Bits);
    }

    /// <returns>Null: nobody, a process that is no node, or one that has not told about itself yet.</returns>
    static async Task<(Guid Id, string Name, string Address)?> WhoLeadsAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        (await ListAsync(connection, Commands.Query("find_leader"), static row => (row.GetGuid(0), $"{row.GetString(1)} ({row.GetString(2)})", row.GetString(2)), cancellationToken)) is [var leader] ? leader : null;

    static async Task<List<T>> ListAsync<T>(NpgsqlConnection connection, NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        List<T> list = [];
        while (await rows.ReadAsync(cancellationToken)) list.Add(read(rows));
        return list;
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The locks go with the connection.</summary>
    async ValueTask DropOwnerAsync()
    {
        (_leads, Owned) = (false, PartitionSet.None);
        Array.Clear(Numbers);
        if (_owner is not { } lost) return;
        (_owner, _ownerProcess) = (null, 0);
        await lost.DisposeAsync();
    }
}
