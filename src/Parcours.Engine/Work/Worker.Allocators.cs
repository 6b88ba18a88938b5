using NodaTime;
using Parcours.Engine.Allocators;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Work;

/// <summary>Allocators whose partitions are worked on here (Semantics 9.2, 9.3): they are asked by entries, and answer by relays.</summary>
sealed partial class Worker
{
    readonly List<AllocatorOrder> _asked = [];

    /// <summary>Lines in which somebody stands, as committed: when the last one was let in, and since when the first has stood.</summary>
    readonly Dictionary<AllocatorId, (Instant Last, Instant Since)> _lines = [];
    /// <summary>When each lets somebody in next.</summary>
    readonly Dictionary<AllocatorId, Instant> _doors = [];

    /// <summary>Remembers what is asked next, so that it is read in one go.</summary>
    void Ask(JournalEntry entry)
    {
        if (TryRead(entry, out _) is { } order)
            _asked.Add(order);
    }

    static AllocatorOrder? TryRead(JournalEntry entry, out string? unreadable)
    {
        try
        {
            unreadable = null;
            return EntryCodec.Decode(entry.Body.Span) is EntryBody.Ask ask ? ask.Order : throw new FormatException("It is no order to an allocator.");
        }
        catch (FormatException damaged)
        {
            unreadable = damaged.Message;
            return null;
        }
    }

    async ValueTask LoadDesksAsync(IStoreUnit unit, CancellationToken cancellationToken)
    {
        foreach (var row in await unit.ReadAllocatorsAsync([.. _asked.Select(order => order.Allocator).Distinct().Where(id => !_turn.Desks.ContainsKey(id))], cancellationToken))
            _turn.Desks[row.Allocator] = new(row.Allocator, AllocatorCodec.Decode(row.State.Span));
        foreach (var order in _asked)
        {
            if (!_turn.Desks.TryGetValue(order.Allocator, out var desk))
                _turn.Desks[order.Allocator] = desk = new(order.Allocator, new());
            desk.Looked(order.Ask);
        }

        foreach (var row in await unit.FindAllocationsAsync([.. _asked.Select(order => (order.Allocator, order.Ask))], cancellationToken))
            _turn.Desks[row.Allocator].Found(row);
        foreach (var pool in _asked.Where(order => order is { Allocator.Kind: AllocatorKind.Coupons, What: not null }).GroupBy(order => order.Allocator))
            await ReadFreeAsync(unit, _turn.Desks[pool.Key], pool.Count(), cancellationToken);
        _asked.Clear();
    }

    static async ValueTask ReadFreeAsync(IStoreUnit unit, AllocatorDesk desk, int wanted, CancellationToken cancellationToken)
    {
        while (!desk.HasAllFree && desk.FreeRead < wanted)
        {
            var page = await unit.ReadAllocationsAsync(desk.Id, AllocationStatus.Free, desk.FreeUpTo ?? long.MinValue, wanted, cancellationToken);
            desk.FoundFree(page, page.Count < wanted);
        }
    }

    async ValueTask<AllocatorDesk> DeskAsync(IStoreUnit unit, AllocatorOrder order, CancellationToken cancellationToken)
    {
        if (!_turn.Desks.TryGetValue(order.Allocator, out var known) || !known.Knows(order.Ask))
        {
            _asked.Clear();
            _asked.Add(order);
            await LoadDesksAsync(unit, cancellationToken);
        }

        var desk = _turn.Desks[order.Allocator];
        if (order is { Allocator.Kind: AllocatorKind.Coupons, What: not null })
            await ReadFreeAsync(unit, desk, 1, cancellationToken);
        return desk;
    }

    async ValueTask AskedAsync(IStoreUnit unit, JournalEntry entry, Instant now, CancellationToken cancellationToken)
    {
        if (TryRead(entry, out var unreadable) is not { } order)
        {
            DeadLetter(entry, unreadable!, now);
            return;
        }

        var desk = await DeskAsync(unit, order, cancellationToken);
        if (order.What is null)
        {
            desk.HandBack(order, now);
            return;
        }

        var pool = order.Allocator.Kind == AllocatorKind.Coupons ? State.Catalogue.Pools.GetValueOrDefault(order.Allocator.Name) : null;
        if (desk.Ask(order, pool, now) is { } answer)
            Answer(order.Allocator, order.Contact, order.Enrolment, order.Ask, answer, now);
        if (pool is not null && desk.RunsLow(pool))
            Warn(new(order.Journey, "coupons-low", $"Of the codes of {pool.Name} fewer than {pool.WarnBelow} are left.", now, ("pool", pool.Name), ("below", $"{pool.WarnBelow}")));
    }

    void Answer(AllocatorId allocator, ContactId contact, EnrolmentId enrolment, AskId ask, AllocatorAnswer answer, Instant now) =>
        _turn.Writes.Relays.Add(new(allocator.Partition, contact, EntryKind.Answer, Origin.Journey, now, null, _entryCodec.Encode(new EntryBody.Answer(enrolment, ask, answer))));

    /// <summary>A line's moment has come: whoever's turn it is goes in, as many as the rate has for this second.</summary>
    async ValueTask LetInAsync(IStoreUnit unit, AllocatorId line, Instant due, CancellationToken cancellationToken)
    {
        // The rate is another one by now, or it was paused, or the first in it has gone.
        if (!_doors.TryGetValue(line, out var door) || door != due)
            return;
        _doors.Remove(line);
        var now = Advance(line.Partition, due);
        _turn.Timers++;
        var desk = await DeskAsync(unit, new(line, default, default, default, new(line.Name), "", null), cancellationToken);
        if (RateOf(line) is not var (isOpen, rate) || !isOpen)
            return;
        var stored = await unit.ReadAllocationsAsync(line, AllocationStatus.Waiting, long.MinValue, _options.ItemsPerCommit, cancellationToken);
        var second = Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        foreach (var row in desk.InLine(stored, stored.Count < _options.ItemsPerCommit))
        {
            if (!desk.MayEnter(rate, second))
                return;
            desk.LetIn(row, now);
            Answer(line, row.Contact!.Value, row.Enrolment!.Value, row.Ask!.Value, new(true), now); // Who stands in a line has all three.
        }
    }

    (bool IsOpen, EntryRate? Rate)? RateOf(AllocatorId line)
    {
        foreach (var journey in State.Catalogue.Journeys)
            if (journey.Id.Value == line.Name)
                return (journey.Status == JourneyStatus.Live, journey.EntryRate);
        return null;
    }

    void Committed(AllocatorDesk desk)
    {
        if (desk.Id.Kind != AllocatorKind.EntryRate)
            return;
        if (desk.State.Waiting > 0)
            _lines[desk.Id] = (desk.State.Last, desk.State.Since);
        else
            _lines.Remove(desk.Id);
        Arm(desk.Id);
    }

    async ValueTask RecoverLinesAsync(IStoreUnit unit, CancellationToken cancellationToken)
    {
        foreach (var row in await unit.ReadAllocatorsAsync(null, cancellationToken))
        {
            var state = AllocatorCodec.Decode(row.State.Span);
            _lines[row.Allocator] = (state.Last, state.Since);
            Arm(row.Allocator);
        }
    }

    void ForgetLines()
    {
        _lines.Clear();
        _doors.Clear();
        _asked.Clear();
    }

    /// <summary>Rates and pauses are the catalogue's: a change of them touches no row (Semantics 9.3).</summary>
    void ArmLines()
    {
        foreach (var line in _lines.Keys)
            Arm(line);
    }

    void Arm(AllocatorId line)
    {
        if (!_lines.TryGetValue(line, out var stands) || RateOf(line) is not var (isOpen, rate) || !isOpen)
        {
            _doors.Remove(line);
            return;
        }

        var due = EntryRate.Whole(rate is null ? stands.Since : Instant.Max(stands.Last + rate.Spacing, stands.Since));
        if (_doors.TryGetValue(line, out var door) && door == due)
            return;
        _doors[line] = due;
        _due.Enqueue(new(due, line.Address, null, line), new(due, line.Address, null, line));
    }
}
