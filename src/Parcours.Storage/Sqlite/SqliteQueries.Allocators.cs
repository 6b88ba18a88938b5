using Parcours.Engine.Ports;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Sqlite;

/// <summary>What allocators give out, for people.</summary>
partial class SqliteQueries
{
    public ValueTask<IReadOnlyList<AllocationRow>> AllocationsAsync(AllocatorId allocator, AllocationStatus status, long afterNumber, int limit, CancellationToken cancellationToken) => ListAsync(
        "read_allocations", rows => rows.Bind(1, allocator.ToString()).Bind(2, (long)status).Bind(3, afterNumber).Bind(4, Limit(limit)), AllocationRows.Read, cancellationToken);

    public async ValueTask<AllocationCounts> AllocationCountsAsync(AllocatorId allocator, CancellationToken cancellationToken)
    {
        var counts = await ListAsync("count_allocations", rows => rows.Bind(1, allocator.ToString()), row => ((AllocationStatus)row.Long(0), row.Long(1)), cancellationToken);
        long Of(AllocationStatus status) => counts.FirstOrDefault(count => count.Item1 == status).Item2;
        return new(Of(AllocationStatus.Free), Of(AllocationStatus.Waiting), Of(AllocationStatus.Given));
    }
}
