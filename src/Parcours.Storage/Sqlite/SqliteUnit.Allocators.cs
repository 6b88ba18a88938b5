using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Sqlite;

/// <summary>Allocators, and what they give out (Semantics 9.2).</summary>
partial class SqliteUnit
{
    public ValueTask<IReadOnlyList<AllocatorRow>> ReadAllocatorsAsync(IReadOnlyCollection<AllocatorId>? allocators, CancellationToken cancellationToken) => new(Do<IReadOnlyList<AllocatorRow>>(() =>
    {
        List<AllocatorRow> found = [];
        if (allocators is null)
        {
            var rows = Query("read_waiting_allocators");
            while (rows.Step())
                if (Partitions.Contains(new Partition((byte)rows.Long(3))))
                    found.Add(AllocationRows.ReadAllocator(rows));
            rows.Reset();
            return found;
        }

        var row = Query("load_allocator");
        foreach (var allocator in allocators)
        {
            if (row.Bind(1, allocator.ToString()).Step()) found.Add(AllocationRows.ReadAllocator(row));
            row.Reset();
        }

        return found;
    }));

    public ValueTask<IReadOnlyList<AllocationRow>> FindAllocationsAsync(IReadOnlyList<(AllocatorId Allocator, AskId Ask)> asks, CancellationToken cancellationToken) => new(Do<IReadOnlyList<AllocationRow>>(() =>
    {
        List<AllocationRow> found = [];
        var row = Query("find_allocation");
        foreach (var (allocator, ask) in asks)
        {
            if (row.Bind(1, allocator.ToString()).Bind(2, ask.Value).Step()) found.Add(AllocationRows.Read(row));
            row.Reset();
        }

        return found;
    }));

    public ValueTask<IReadOnlyList<AllocationRow>> ReadAllocationsAsync(AllocatorId allocator, AllocationStatus status, long afterNumber, int limit, CancellationToken cancellationToken) => new(Do<IReadOnlyList<AllocationRow>>(() =>
    {
        List<AllocationRow> found = [];
        var rows = Query("read_allocations").Bind(1, allocator.ToString()).Bind(2, (long)status).Bind(3, afterNumber).Bind(4, (long)limit);
        while (rows.Step()) found.Add(AllocationRows.Read(rows));
        rows.Reset();
        return found;
    }));

    public ValueTask<IReadOnlyList<int>> AddCodesAsync(AllocatorId pool, IReadOnlyList<string> codes, Instant now, CancellationToken cancellationToken) => new(Do<IReadOnlyList<int>>(() =>
    {
        var last = Query("last_allocation").Bind(1, pool.ToString());
        last.Step();
        var number = Math.Max(0, last.Long(0));
        last.Reset();
        List<int> twice = [];
        var add = Query("add_code");
        for (var index = 0; index < codes.Count; index++)
            if (add.Bind(1, pool.ToString()).Bind(2, number + 1).Bind(3, (long)pool.Partition.Index).Bind(4, now).Bind(5, codes[index]).RunAndCount() == 0)
                twice.Add(index);
            else
                number++;
        return twice;
    }));

    public ValueTask<bool> ForgetAllocatorsAsync(PartitionSet partitions, string from, string to, CancellationToken cancellationToken) => new(Do(() =>
    {
        Query("forget_allocators").Bind(1, from).Bind(2, to).Run();
        return Query("forget_allocations").Bind(1, from).Bind(2, to).Bind(3, (long)TrimmedAtOnce).RunAndCount() == TrimmedAtOnce;
    }));

    void WriteAllocators(WriteSet writes)
    {
        foreach (var allocator in writes.Allocators)
            Query("save_allocator").Bind(1, allocator.Allocator.ToString()).Bind(2, (long)allocator.Allocator.Partition.Index).Bind(3, allocator.Waits ? 1L : 0L).BindBlob(4, allocator.State.Span).Run();
        foreach (var (allocator, number) in writes.DroppedAllocations) Query("delete_allocation").Bind(1, allocator.ToString()).Bind(2, number).Run();
        foreach (var row in writes.Allocations) AllocationRows.Write(Query("save_allocation"), row).Run();
    }
}
