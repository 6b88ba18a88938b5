using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Postgres;

/// <summary>The partitions shared by all nodes of the database: each takes its part of what is free, and gives up what is over it (Semantics 15.2 to 15.6).</summary>
public sealed partial class PostgresStore : IPartitionSpread
{
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
            if (_owner is null)
            {
                _owner = await _database.OpenSingleAsync(cancellationToken);
                // Others reckon with this node from here on.
                _registry?.TellSoon();
            }

            await EndSilentAsync(_owner, cancellationToken);
            var locked = (await ListAsync(_owner, Commands.Query("read_locks"), static row => row.GetInt32(0), cancellationToken)).ToHashSet();
            var share = await ShareAsync(_owner, cancellationToken);
            var (owned, led) = (Owned, _leads);
            if (!locked.Contains(Lead)) await TryLeadAsync(_owner, cancellationToken);
            if (owned.Size < share)
                await TakeAsync(_owner, [.. Indices(PartitionSet.All).Where(index => !locked.Contains(index)).Take(share - owned.Size)], cancellationToken);
            if (Owned != owned || _leads != led) _registry?.TellSoon();
            return new(Owned, Over(share), _leads, _leads ? null : await LeaderAsync(_owner, cancellationToken));
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

    /// <summary>Equal parts; what is left over goes one each to those whose ids come first.</summary>
    async Task<int> ShareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var me = _options.Node!.Id; // Without a name nothing is spread.
        var sharers = (await ListAsync(connection, Commands.Query("read_sharers"), static row => row.GetGuid(0), cancellationToken)).Append(me).Distinct().Order().ToList();
        return Partition.Count / sharers.Count + (sharers.IndexOf(me) < Partition.Count % sharers.Count ? 1 : 0);
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

    /// <summary>Once a second: a session whose node has said nothing for ten is ended, which frees what it owned (Semantics 15.4).</summary>
    async Task EndSilentAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var now = _options.Time.GetTimestamp();
        if (_lookedForSilent != 0 && _options.Time.GetElapsedTime(_lookedForSilent, now) < TimeSpan.FromSeconds(1)) return;
        _lookedForSilent = now;
        await ExecuteAsync(connection, Commands.Query("end_silent_sessions"), cancellationToken);
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
