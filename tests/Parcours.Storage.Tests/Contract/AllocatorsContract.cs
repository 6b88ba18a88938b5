using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Tests.Contract;

/// <summary>Allocators and what they give out (Semantics 9.2): in the commit of their partition, found by who asked.</summary>
public abstract class AllocatorsContract<THarness> : StoreContract<THarness>
    where THarness : IStoreHarness, new()
{
    static readonly AllocatorId Gift = AllocatorId.OfPoint(AllocatorKind.FirstN, Welcome, "gift"), Line = AllocatorId.OfRate(Welcome), Pool = AllocatorId.OfPool("spring");

    static AskId AskOf(int number) => new(Hash($"ask {number}"));

    static AllocationRow Row(AllocatorId allocator, long number, AllocationStatus status, int? ask = null, string? value = null, int keptHours = 0) => new(
        allocator, number, status, ask is { } asked ? AskOf(asked) : null, ask is { } contact ? ContactId.Create(contact, Monday.ToUnixTimeMilliseconds(), 3) : null,
        ask is { } enrolment ? new EnrolmentId(Hash($"enrolment {enrolment}")) : null, Monday, value, status == AllocationStatus.Given ? Monday + NodaTime.Duration.FromDays(1) : null,
        keptHours == 0 ? null : Monday + NodaTime.Duration.FromHours(keptHours));

    [Fact]
    public async Task What_an_allocator_knows_and_gave_out_is_there_after_a_crash_and_is_found_by_the_ask()
    {
        await WriteAsync(writes =>
        {
            writes.Allocators.Add(new(Gift, false, Bytes("one")));
            writes.Allocators.Add(new(Line, true, Bytes("waits")));
            writes.Allocations.AddRange([Row(Gift, 1, AllocationStatus.Given, 1), Row(Gift, -1, AllocationStatus.Refused, 2, keptHours: 1), Row(Line, 1, AllocationStatus.Waiting, 3)]);
        });
        await WriteAsync(writes => writes.Allocators.Add(new(Gift, false, Bytes("two"))));
        await CrashAsync();

        await InUnitAsync(async unit =>
        {
            Assert.Equal([(Gift, "two", false)], (await unit.ReadAllocatorsAsync([Gift, Pool], Cancellation)).Select(row => (row.Allocator, Text(row.State), row.Waits)));
            Assert.Equal([Line], (await unit.ReadAllocatorsAsync(null, Cancellation)).Select(row => row.Allocator));
            Assert.Equal(
                [Row(Gift, -1, AllocationStatus.Refused, 2, keptHours: 1), Row(Gift, 1, AllocationStatus.Given, 1)],
                (await unit.FindAllocationsAsync([(Gift, AskOf(1)), (Gift, AskOf(2)), (Gift, AskOf(3)), (Line, AskOf(1))], Cancellation)).OrderBy(row => row.Number));
            Assert.Equal([Row(Line, 1, AllocationStatus.Waiting, 3)], await unit.ReadAllocationsAsync(Line, AllocationStatus.Waiting, long.MinValue, 10, Cancellation));
        });
        Assert.Equal(new AllocationCounts(0, 1, 0), await Store.Queries.AllocationCountsAsync(Line, Cancellation));
    }

    [Fact]
    public async Task Of_a_unit_that_has_not_the_partition_nobody_waits()
    {
        await WriteAsync(writes => writes.Allocators.Add(new(Line, true, Bytes("waits"))));
        var others = new PartitionSet(PartitionSet.All.Bits & ~PartitionSet.Of(Line.Partition).Bits);
        await using var unit = await Store.BeginAsync(others, Cancellation);

        Assert.Empty(await unit.ReadAllocatorsAsync(null, Cancellation));
    }

    [Fact]
    public async Task Much_is_forgotten_a_piece_at_a_time()
    {
        await InUnitAsync(async unit => await unit.AddCodesAsync(Pool, [.. Enumerable.Range(0, 4_500).Select(number => $"C{number}")], Monday, Cancellation));
        var pieces = 0;
        while (await InUnitAsync(async unit => await unit.ForgetAllocatorsAsync(PartitionSet.All, Pool.ToString(), Pool.ToString(), Cancellation)))
            pieces++;

        Assert.Equal(2, pieces);
        Assert.Equal(new AllocationCounts(0, 0, 0), await Store.Queries.AllocationCountsAsync(Pool, Cancellation));
    }

    /// <summary>Refusals stand below zero: codes that come after them do not.</summary>
    [Fact]
    public async Task Codes_that_come_after_refusals_are_numbered_from_one()
    {
        await WriteAsync(writes => writes.Allocations.Add(Row(Pool, -3, AllocationStatus.Refused, 1, keptHours: 1)));
        Assert.Empty(await InUnitAsync(async unit => await unit.AddCodesAsync(Pool, ["A", "B"], Monday, Cancellation)));

        Assert.Equal([1L, 2], (await Store.Queries.AllocationsAsync(Pool, AllocationStatus.Free, 0, 10, Cancellation)).Select(row => row.Number));
    }

    [Fact]
    public async Task Codes_are_numbered_in_their_order_and_stand_once_in_their_pool()
    {
        Assert.Equal([2], await InUnitAsync(async unit => await unit.AddCodesAsync(Pool, ["A", "B", "A"], Monday, Cancellation)));
        Assert.Equal([0, 2], await InUnitAsync(async unit => await unit.AddCodesAsync(Pool, ["B", "C", "B"], Monday, Cancellation)));
        Assert.Empty(await InUnitAsync(async unit => await unit.AddCodesAsync(AllocatorId.OfPool("summer"), ["A"], Monday, Cancellation)));

        var free = await Store.Queries.AllocationsAsync(Pool, AllocationStatus.Free, long.MinValue, 10, Cancellation);
        Assert.Equal(["A", "B", "C"], free.Select(row => row.Value));
        await WriteAsync(writes => writes.Allocations.Add(free[0] with { Status = AllocationStatus.Given, Ask = AskOf(1) }));
        Assert.Equal(new AllocationCounts(2, 0, 1), await Store.Queries.AllocationCountsAsync(Pool, Cancellation));
        Assert.Equal(["C"], (await Store.Queries.AllocationsAsync(Pool, AllocationStatus.Free, free[1].Number, 10, Cancellation)).Select(row => row.Value));
    }

    [Fact]
    public async Task What_is_handed_back_is_gone_and_what_nobody_asks_for_again_is_trimmed()
    {
        await WriteAsync(writes => writes.Allocations.AddRange([Row(Gift, 1, AllocationStatus.Given, 1), Row(Gift, 2, AllocationStatus.Given, 2), Row(Gift, -1, AllocationStatus.Refused, 3, keptHours: 1)]));
        await WriteAsync(writes => writes.DroppedAllocations.Add((Gift, 1)));
        await InUnitAsync(async unit => await unit.TrimAsync(Monday + NodaTime.Duration.FromHours(2), Cancellation));

        await InUnitAsync(async unit => Assert.Equal([2L], (await unit.FindAllocationsAsync([(Gift, AskOf(1)), (Gift, AskOf(2)), (Gift, AskOf(3))], Cancellation)).Select(row => row.Number)));
    }

    [Fact]
    public async Task Allocators_are_forgotten_by_their_names()
    {
        await WriteAsync(writes =>
        {
            writes.Allocators.AddRange([new(Gift, false, Bytes("one")), new(Line, true, Bytes("waits"))]);
            writes.Allocations.AddRange([Row(Gift, 1, AllocationStatus.Given, 1), Row(Line, 1, AllocationStatus.Waiting, 3)]);
        });
        await InUnitAsync(async unit => await unit.ForgetAllocatorsAsync(PartitionSet.All, "1:welcome/", "1:welcome/\uffff", Cancellation));

        await InUnitAsync(async unit => Assert.Equal([Line], (await unit.ReadAllocatorsAsync([Gift, Line], Cancellation)).Select(row => row.Allocator)));
        Assert.Equal(new AllocationCounts(0, 0, 0), await Store.Queries.AllocationCountsAsync(Gift, Cancellation));
    }
}
