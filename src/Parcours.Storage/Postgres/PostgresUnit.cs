using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Postgres;

/// <summary>One transaction. Its parts: PostgresUnit.Append (what comes in), PostgresUnit.Read, PostgresUnit.Write, PostgresUnit.Rare.</summary>
sealed partial class PostgresUnit : IStoreUnit
{
    readonly PostgresStore _store;
    readonly UnitConnection _connection;
    readonly Func<UnitEnd, ValueTask> _end;
    readonly List<string> _newEventNames = [];
    /// <summary>Partitions whose rows of table owner have to be written, and whose epoch has to be compared, with the commit.</summary>
    PartitionSet _touched = PartitionSet.None;
    bool _ended, _void, _isLost, _warned;

    public PostgresUnit(PostgresStore store, NpgsqlConnection connection, PartitionSet partitions, Func<UnitEnd, ValueTask> end)
    {
        (_store, _connection, Partitions, _end) = (store, new UnitConnection(connection, blocks: partitions != PartitionSet.None), partitions, end);
        _book = new PostgresIdentityBook(store.Salt);
        connection.Notice += Warned;
    }

    public PartitionSet Partitions { get; }

    PartitionNumbers[] Numbers => _store.Numbers;

    /// <summary>What the owner must know before it writes; nothing, where the commit before left it known.</summary>
    public async ValueTask ReadNumbersAsync(CancellationToken cancellationToken)
    {
        foreach (var partition in Partitions)
            if (!Numbers[partition.Index].IsKnown)
            {
                await ReadStatesAsync(cancellationToken);
                return;
            }
    }

    public long TakeSequence(Partition partition)
    {
        ref var numbers = ref Numbers[partition.Index];
        Touch(partition);
        return numbers.Sequence = Sequences.Own(partition, numbers.Sequence);
    }

    public long TakeMessageNumber(Partition partition)
    {
        ref var numbers = ref Numbers[partition.Index];
        Touch(partition);
        return numbers.Message = Sequences.Message(partition, numbers.Message, _store.Now.ToMicroseconds());
    }

    void Touch(Partition partition) => _touched = _touched.With(partition);

    void Touch(ContactId contact)
    {
        if (Partitions.Contains(Partition.Of(contact))) Touch(Partition.Of(contact));
    }

    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        await DoAsync(async () =>
        {
            await SaveOwnersAsync(cancellationToken);
            if (!_connection.HasTransaction) return;
            await _connection.ReadyAsync(cancellationToken);
            // From here on a failure leaves open whether it happened.
            _isLost = true;
            await _connection.CommitAsync();
            if (_warned)
                throw new StoreException($"The database {_store.Where} warned at a commit: it may not be on the standby. All is read anew.");
            _isLost = false;
        });
        foreach (var name in _newEventNames) _store.EventNames.TryAdd(name, true);
        foreach (var partition in Partitions)
        {
            // Whoever appends elsewhere moves the tail without us; it is read again where it matters.
            ref var numbers = ref Numbers[partition.Index];
            numbers.IsKnown = true;
        }

        _store.Committed();
        await EndAsync(UnitEnd.Committed);
    }

    /// <summary>A commit that carries a partition must still be its owner's: the row is hit, or all is void (Semantics 15.2).</summary>
    async ValueTask SaveOwnersAsync(CancellationToken cancellationToken)
    {
        if (_touched == PartitionSet.None) return;
        List<Partition> touched = [.. _touched];
        var numbers = Numbers;
        var hit = await ExecuteAsync(
            [
                Commands.Query("save_owners")
                    .Column(touched, static partition => (short)partition.Index)
                    .Column(touched, partition => numbers[partition.Index].Epoch)
                    .Column(touched, partition => numbers[partition.Index].Cursor)
                    .Column(touched, partition => numbers[partition.Index].Clock)
                    .Column(touched, partition => numbers[partition.Index].Sequence)
                    .Column(touched, partition => numbers[partition.Index].Message),
            ],
            cancellationToken);
        if (hit != touched.Count)
            throw new StoreException($"Of {touched.Count} partitions {touched.Count - hit} have another owner by now: nothing of this commit was written.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended) return;
        var end = _isLost ? UnitEnd.Lost : UnitEnd.RolledBack;
        try
        {
            if (!_isLost) await _connection.RollbackAsync();
        }
        catch (Exception failure) when (StoreFailures.IsOfServer(failure) || failure is InvalidOperationException)
        {
            end = UnitEnd.Lost;
        }
        finally
        {
            if (_connection.Connection.State != System.Data.ConnectionState.Open) end = UnitEnd.Lost;
            if (end == UnitEnd.RolledBack) _store.ContactNumbers.Return(_numbers);
            await EndAsync(end);
        }
    }

    async ValueTask EndAsync(UnitEnd end)
    {
        _ended = true;
        _connection.Connection.Notice -= Warned;
        try
        {
            await _connection.EndAsync();
        }
        catch (Exception failure) when (StoreFailures.IsOfServer(failure) || failure is InvalidOperationException)
        {
            end = UnitEnd.Lost;
        }

        await _end(end);
    }

    void Warned(object sender, NpgsqlNoticeEventArgs notice) => _warned |= notice.Notice.InvariantSeverity == "WARNING";

    /// <summary>One round trip.</summary>
    /// <returns>Rows written, by all commands together.</returns>
    ValueTask<int> ExecuteAsync(IReadOnlyList<NpgsqlBatchCommand> commands, CancellationToken cancellationToken) => _connection.ExecuteAsync(commands, cancellationToken);

    async ValueTask<List<T>> ListAsync<T>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        List<T> list = [];
        await _connection.ReadAsync([command], [row => list.Add(read(row))], cancellationToken);
        return list;
    }

    /// <summary>Runs what touches the database; a failure voids the unit, so that half of it can never be committed.</summary>
    async ValueTask<T> DoAsync<T>(Func<ValueTask<T>> act)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        if (_void) throw new StoreException("The unit failed before and cannot go on: dispose of it and begin another.");
        try
        {
            return await act();
        }
        catch (Exception failure)
        {
            _void = true;
            if (StoreFailures.IsOfServer(failure)) throw StoreFailures.Of(failure, _store.Where);
            throw;
        }
    }

    async ValueTask DoAsync(Func<ValueTask> act) => await DoAsync(async () =>
    {
        await act();
        return true;
    });
}
