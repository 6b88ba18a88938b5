using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Allocators;

/// <summary>One allocator at its work in a turn: answers who asks, takes back, and remembers what it said (Semantics 9.2, 9.3). What it changed goes into the turn's commit.</summary>
sealed class AllocatorDesk(AllocatorId id, AllocatorState state)
{
    /// <summary>As long as an entry is kept: after that nobody asks again.</summary>
    static readonly Duration Remembered = Duration.FromDays(8);

    /// <summary>Beyond so many, turns of those who are not named any more are forgotten.</summary>
    const int TurnsMost = 500;

    readonly Dictionary<AskId, AllocationRow> _held = [];
    readonly SortedDictionary<long, AllocationRow> _free = [];
    /// <summary>What this turn changed; null: it is gone.</summary>
    readonly SortedDictionary<long, AllocationRow?> _changed = [];
    readonly HashSet<AskId> _looked = [];
    bool _touched;

    public AllocatorId Id => id;
    public AllocatorState State => state;

    /// <summary>The highest number of those that were read as free; null: no look was taken.</summary>
    public long? FreeUpTo { get; private set; }
    /// <summary>No more are free than were read.</summary>
    public bool HasAllFree { get; private set; }
    public int FreeRead => _free.Count;

    /// <summary>Whether it was looked whether this was asked before.</summary>
    public bool Knows(AskId ask) => _looked.Contains(ask);

    public void Looked(AskId ask) => _looked.Add(ask);

    public void Found(AllocationRow row)
    {
        if (row.Ask is { } ask && !_changed.ContainsKey(row.Number))
            _held.TryAdd(ask, row);
    }

    public void FoundFree(IReadOnlyList<AllocationRow> rows, bool all)
    {
        foreach (var row in rows)
        {
            if (!_changed.ContainsKey(row.Number))
                _free[row.Number] = row;
            FreeUpTo = row.Number;
        }

        (FreeUpTo, HasAllFree) = (FreeUpTo ?? long.MinValue, all);
    }

    /// <summary>What is said to who asks: the same as before, where it was asked before; null: nothing yet.</summary>
    public AllocatorAnswer? Ask(AllocatorOrder order, CouponPool? pool, Instant now)
    {
        if (_held.TryGetValue(order.Ask, out var held))
            return held.Status == AllocationStatus.Waiting ? null : AnswerOf(held);
        _touched = true;
        return id.Kind switch
        {
            AllocatorKind.FirstN => state.Taken < order.What!.Most ? Give(order, ++state.Numbers, null, null, now, keeps: true) : Refuse(order, now),
            AllocatorKind.Coupons => Code(order, pool, now),
            AllocatorKind.Owners => order.What!.Among.IsEmpty ? Refuse(order, now) : Give(order, ++state.Numbers, NextOf(order.What.Among), null, now, keeps: false),
            AllocatorKind.EntryRate => Stand(order, now),
            _ => throw new System.Diagnostics.UnreachableException($"{id.Kind} is no kind of allocator."),
        };
    }

    static AllocatorAnswer AnswerOf(AllocationRow row) => new(row.Status == AllocationStatus.Given, row.Status == AllocationStatus.Given ? row.Value : null, row.Expires);

    AllocatorAnswer Give(AllocatorOrder order, long number, string? value, Instant? expires, Instant now, bool keeps)
    {
        state.Taken++;
        return AnswerOf(Put(new(id, number, AllocationStatus.Given, order.Ask, order.Contact, order.Enrolment, now, value, expires, keeps ? null : now + Remembered)));
    }

    AllocatorAnswer Refuse(AllocatorOrder order, Instant now) =>
        AnswerOf(Put(new(id, -++state.Refusals, AllocationStatus.Refused, order.Ask, order.Contact, order.Enrolment, now, null, null, now + Remembered)));

    AllocationRow Put(AllocationRow row)
    {
        _changed[row.Number] = row;
        if (row.Ask is { } ask)
            _held[ask] = row;
        _touched = true;
        return row;
    }

    // A code that was handed back is given before a new one is made.
    AllocatorAnswer Code(AllocatorOrder order, CouponPool? pool, Instant now)
    {
        if (pool is null || pool.ExpiresAt <= now)
            return Refuse(order, now);
        if (_free.Count > 0)
        {
            var (number, row) = _free.First();
            _free.Remove(number);
            return Give(order, number, row.Value, pool.ExpiryOf(now), now, keeps: true);
        }

        if (pool is not { Pattern: { } pattern, Secret: { } secret } || CouponPattern.Parse(pattern)?.Code(state.Numbers + 1, secret) is not { } code)
            return Refuse(order, now);
        return Give(order, ++state.Numbers, code, pool.ExpiryOf(now), now, keeps: true);
    }

    /// <summary>Whether somebody is to be told now that few codes are left: once, until there are more again.</summary>
    public bool RunsLow(CouponPool pool)
    {
        var low = pool.Pattern is null && pool.WarnBelow > 0 && pool.Stock - state.Taken < pool.WarnBelow;
        if (low == state.Told)
            return false;
        (state.Told, _touched) = (low, true);
        return low;
    }

    /// <summary>Everybody's wait grows by the weight; who has waited longest is next, and waits from anew. Equal weights take turns in the order given.</summary>
    string NextOf(ImmutableArray<Share> among)
    {
        // Two versions may name others: those who are not asked for now keep their turn, as long as there are not too many.
        if (state.Turns.Count > TurnsMost)
            foreach (var gone in state.Turns.Keys.Where(name => !among.Any(share => share.Name == name)).ToList())
                state.Turns.Remove(gone);
        var (next, total) = (0, 0L);
        for (var index = 0; index < among.Length; index++)
        {
            state.Turns[among[index].Name] = state.Turns.GetValueOrDefault(among[index].Name) + among[index].Weight;
            total += among[index].Weight;
            if (state.Turns[among[index].Name] > state.Turns[among[next].Name])
                next = index;
        }

        state.Turns[among[next].Name] -= total;
        return among[next].Name;
    }

    AllocatorAnswer? Stand(AllocatorOrder order, Instant now)
    {
        if (state.Waiting++ == 0)
            state.Since = now;
        Put(new(id, ++state.Numbers, AllocationStatus.Waiting, order.Ask, order.Contact, order.Enrolment, now, null, null, null));
        return null;
    }

    /// <summary>What was asked for is not needed any more: whoever asks next may have it.</summary>
    public void HandBack(AllocatorOrder order, Instant now)
    {
        if (!_held.Remove(order.Ask, out var held))
            return;
        _touched = true;
        if (held.Status == AllocationStatus.Waiting)
            state.Waiting--;
        else if (held.Status == AllocationStatus.Given)
            state.Taken--;
        if (id.Kind == AllocatorKind.Coupons && held.Status == AllocationStatus.Given)
        {
            var free = held with { Status = AllocationStatus.Free, Ask = null, Contact = null, Enrolment = null, At = now, Expires = null, KeptUntil = null };
            _changed[held.Number] = free;
            _free[held.Number] = free;
        }
        else
            _changed[held.Number] = null;
    }

    /// <summary>The line in order of arrival, as this turn has left it so far.</summary>
    /// <param name="stored">The first of it in the store.</param>
    /// <param name="all">There are no more in the store.</param>
    public IEnumerable<AllocationRow> InLine(IReadOnlyList<AllocationRow> stored, bool all)
    {
        foreach (var row in stored)
            if (!_changed.ContainsKey(row.Number))
                yield return row;
        if (all)
            foreach (var row in _changed.Values.ToList())
                if (row is { Status: AllocationStatus.Waiting })
                    yield return row;
    }

    /// <summary>Whether the next may come in at this whole second; that takes the moment that belongs to it (Semantics 9.3).</summary>
    /// <remarks>
    /// Moments follow each other by the spacing, and each is in the second that ends at its own whole second: so no span as long as the rate's time has more of them than its number.
    /// What was not used, in a pause or because nobody came, is not made up for.
    /// </remarks>
    public bool MayEnter(EntryRate? rate, Instant second)
    {
        if (rate is null)
            return true;
        var moment = Instant.Max(Instant.Max(state.Last + rate.Spacing, state.Since), second - EntryRate.Step + Duration.FromTicks(10));
        if (moment > second)
            return false;
        (state.Last, _touched) = (moment, true);
        return true;
    }

    public void LetIn(AllocationRow row, Instant now)
    {
        state.Waiting--;
        state.Taken++;
        Put(row with { Status = AllocationStatus.Given, At = now, KeptUntil = now + Remembered });
    }

    public void Write(WriteSet writes)
    {
        if (!_touched)
            return;
        writes.Allocators.Add(new(id, id.Kind == AllocatorKind.EntryRate && state.Waiting > 0, AllocatorCodec.Encode(state)));
        foreach (var (number, row) in _changed)
            if (row is null)
                writes.DroppedAllocations.Add((id, number));
            else
                writes.Allocations.Add(row);
    }
}
