using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Postgres;

/// <summary>The partitions shared by all nodes of the database: each takes its part of what is free, and gives up what is over it (Semantics 15.2 to 15.6).</summary>
public sealed partial class PostgresStore : IPartitionSpread
{
    static readonly TimeSpan SilentEach = TimeSpan.FromMilliseconds(500);
    Wakes? _wakes;
    long _lookedForSilent;

    public IPartitionSpread? Spread => _options.Node is null ? null : this;

    public async ValueTask<Holding> BalanceAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _mustOwn = true;
            var isNew = _owner is null;
            var owner = await OwnerAsync(cancellationToken);
            // Others reckon with this node from here on.
            if (isNew) _registry?.TellSoon();

            var (locked, share) = await LookAsync(owner, cancellationToken);
            var (owned, led) = (Owned, _leads);
            if (!locked.Contains(Lead)) await TryLeadAsync(owner, cancellationToken);
            if (owned.Size < share)
                await TakeAsync(owner, [.. Indices(PartitionSet.All).Where(index => !locked.Contains(index)).Take(share - owned.Size)], cancellationToken);
            if (Owned != owned || _leads != led) _registry?.TellSoon();
            // What was free at the look, less what was taken since.
            var free = Partition.Count - locked.Count(index => index < Partition.Count) - (Owned.Size - owned.Size);
            return new(Owned, Over(share), _leads, _leads ? null : await LeaderAsync(owner, cancellationToken)) { Unowned = Math.Max(0, free) };
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

    /// <summary>In one round trip, some times a second: what is owned by whomever, and what this node's share is. Equal parts; what is left over goes one each to those whose ids come first.</summary>
    async Task<(HashSet<int> Locked, int Share)> LookAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var me = _options.Node!.Id; // Without a name nothing is spread.
        await using var batch = new NpgsqlBatch(connection) { Timeout = Database.LookWithinSeconds };
        if (IsTimeForSilent()) batch.BatchCommands.Add(Commands.Query("end_silent_sessions").With(me));
        batch.BatchCommands.Add(Commands.Query("read_locks"));
        batch.BatchCommands.Add(Commands.Query("read_sharers"));
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        if (batch.BatchCommands.Count > 2) await rows.NextResultAsync(cancellationToken);
        HashSet<int> locked = [];
        while (await rows.ReadAsync(cancellationToken)) locked.Add(rows.GetInt32(0));
        await rows.NextResultAsync(cancellationToken);
        HashSet<Guid> sharers = [me];
        while (await rows.ReadAsync(cancellationToken)) sharers.Add(rows.GetGuid(0));
        var place = sharers.Count(id => id.CompareTo(me) < 0);
        return (locked, Partition.Count / sharers.Count + (place < Partition.Count % sharers.Count ? 1 : 0));
    }

    async Task TakeAsync(NpgsqlConnection connection, int[] free, CancellationToken cancellationToken)
    {
        if (free.Length == 0) return;
        var got = PartitionSet.None;
        foreach (var index in await TryLockAsync(connection, free, cancellationToken)) got = got.With(new((byte)index));
        if (got != PartitionSet.None) await OwnAsync(connection, got, cancellationToken);
    }

    PartitionSet Over(int share)
    {
        var over = PartitionSet.None;
        foreach (var partition in Owned.Skip(share)) over = over.With(partition);
        return over;
    }

    async Task<WorkingNode> LeaderAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await WhoLeadsAsync(connection, cancellationToken) is { } leader
            ? new($"The node {leader.Name} leads the nodes of the database {Where}: what is asked of all of them is asked there.", leader.Id, leader.Address)
            : new($"Another process leads the nodes of the database {Where}, or one has just begun to.", null, null);

    /// <summary>Twice a second: a session whose node has been silent for seven seconds is ended, which frees what it owned (Semantics 15.4).</summary>
    bool IsTimeForSilent()
    {
        var now = _options.Time.GetTimestamp();
        if (_lookedForSilent != 0 && _options.Time.GetElapsedTime(_lookedForSilent, now) < SilentEach) return false;
        _lookedForSilent = now;
        return true;
    }

    public async ValueTask LeaveAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await DropOwnerAsync();
            _registry?.TellSoon();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask ReleaseAsync(PartitionSet partitions, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_owner is null) return;
            Owned = new(Owned.Bits & ~partitions.Bits);
            foreach (var partition in partitions) Numbers[partition.Index] = default;
            await ExecuteAsync(_owner, Commands.Query("unlock_partitions").With(Indices(partitions)), cancellationToken);
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

    public void Tell(PartitionSet partitions) => _wakes?.Tell(partitions);

    public void Listen(Action<PartitionSet> told) => _wakes ??= new Wakes(_database, told);
}
