using NodaTime;
using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Postgres;

/// <summary>Allocators, and what they give out (Semantics 9.2).</summary>
partial class PostgresUnit
{
    public ValueTask<IReadOnlyList<AllocatorRow>> ReadAllocatorsAsync(IReadOnlyCollection<AllocatorId>? allocators, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<AllocatorRow>>(async () =>
    {
        if (allocators is null) return await ListAsync(Commands.Query("read_waiting_allocators").With(Partitions), AllocationRows.ReadAllocator, cancellationToken);
        List<AllocatorId> named = [.. allocators];
        return named.Count == 0 ? [] : await ListAsync(
            Commands.Query("read_allocators").Column(named, static id => (short)id.Partition.Index).Column(named, static id => id.ToString()), AllocationRows.ReadAllocator, cancellationToken);
    });

    public ValueTask<IReadOnlyList<AllocationRow>> FindAllocationsAsync(IReadOnlyList<(AllocatorId Allocator, AskId Ask)> asks, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<AllocationRow>>(async () =>
        asks.Count == 0 ? [] : await ListAsync(
            Commands.Query("find_allocations").Column(asks, static ask => (short)ask.Allocator.Partition.Index).Column(asks, static ask => ask.Allocator.ToString()).Column(asks, static ask => ask.Ask.Value),
            AllocationRows.Read, cancellationToken));

    public ValueTask<IReadOnlyList<AllocationRow>> ReadAllocationsAsync(AllocatorId allocator, AllocationStatus status, long afterNumber, int limit, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<AllocationRow>>(async () =>
        await ListAsync(Commands.Query("read_allocations").With(allocator.Partition).With(allocator.ToString()).With((short)status).With(afterNumber).With((long)limit), AllocationRows.Read, cancellationToken));

    public ValueTask<IReadOnlyList<int>> AddCodesAsync(AllocatorId pool, IReadOnlyList<string> codes, Instant now, CancellationToken cancellationToken) => DoAsync<IReadOnlyList<int>>(async () =>
    {
        var added = (await ListAsync(
            Commands.Query("add_codes").With(pool.Partition).With(pool.ToString()).With(codes.ToArray()).With(now), static row => row.GetString(0), cancellationToken)).ToHashSet(StringComparer.Ordinal);
        // Of a code that comes twice, the first is the one that was added.
        return [.. Enumerable.Range(0, codes.Count).Where(index => !added.Remove(codes[index]))];
    });

    public ValueTask<bool> ForgetAllocatorsAsync(PartitionSet partitions, string from, string to, CancellationToken cancellationToken) => DoAsync(async () =>
    {
        await ExecuteAsync([Commands.Query("forget_allocators").With(from).With(to).With(partitions)], cancellationToken);
        return await ExecuteAsync([Commands.Query("forget_allocations").With(from).With(to).With(partitions).With((long)TrimmedAtOnce)], cancellationToken) == TrimmedAtOnce;
    });

    void AddAllocators(List<NpgsqlBatchCommand> commands, WriteSet writes)
    {
        var allocators = Last(writes.Allocators, static row => row.Allocator);
        foreach (var allocator in allocators) Touch(allocator.Allocator.Partition);
        if (allocators.Count > 0)
            commands.Add(Commands.Query("save_allocators")
                .Column(allocators, static row => (short)row.Allocator.Partition.Index).Column(allocators, static row => row.Allocator.ToString()).Column(allocators, static row => (short)(row.Waits ? 1 : 0))
                .Column(allocators, static row => row.State.Bytes()));
        if (writes.DroppedAllocations.Count > 0)
            commands.Add(Commands.Query("delete_allocations")
                .Column(writes.DroppedAllocations, static row => (short)row.Allocator.Partition.Index).Column(writes.DroppedAllocations, static row => row.Allocator.ToString())
                .Column(writes.DroppedAllocations, static row => row.Number));
        var allocations = Last(writes.Allocations, static row => (row.Allocator, row.Number));
        if (allocations.Count > 0) commands.Add(AllocationRows.Save(allocations));
    }
}
