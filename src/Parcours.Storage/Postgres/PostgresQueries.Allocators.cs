using Parcours.Engine.Ports;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Postgres;

/// <summary>What allocators give out, for people.</summary>
partial class PostgresQueries
{
    public async ValueTask<IReadOnlyList<AllocationRow>> AllocationsAsync(AllocatorId allocator, AllocationStatus status, long afterNumber, int limit, CancellationToken cancellationToken) => await ListAsync(
        Commands.Query("read_allocations").With(allocator.Partition).With(allocator.ToString()).With((short)status).With(afterNumber).With(Limit(limit)), AllocationRows.Read, cancellationToken);

    public async ValueTask<AllocationCounts> AllocationCountsAsync(AllocatorId allocator, CancellationToken cancellationToken)
    {
        var counts = await ListAsync(
            Commands.Query("count_allocations").With(allocator.Partition).With(allocator.ToString()), static row => ((AllocationStatus)row.GetInt16(0), row.GetInt64(1)), cancellationToken);
        long Of(AllocationStatus status) => counts.FirstOrDefault(count => count.Item1 == status).Item2;
        return new(Of(AllocationStatus.Free), Of(AllocationStatus.Waiting), Of(AllocationStatus.Given));
    }
}
