using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>One timer as the worker sees it: when it fires in wall time, and whose it is.</summary>
/// <param name="Wall">Wall time: for an elapsed wait, its journey time plus what the journey was frozen.</param>
/// <param name="Timer">Null for a flip timer.</param>
public readonly record struct DueItem(Instant Wall, ContactId Contact, DueTimer? Timer) : IComparable<DueItem>
{
    /// <summary>By due, then contact, journey and number: a fixed order whatever was read first (Semantics 1.4).</summary>
    public int CompareTo(DueItem other)
    {
        var order = Wall.CompareTo(other.Wall);
        if (order == 0)
            order = Contact.Number.CompareTo(other.Contact.Number);
        if (order == 0)
            order = (Timer is null).CompareTo(other.Timer is null);
        if (order == 0 && Timer is not null && other.Timer is not null)
            order = string.CompareOrdinal(Timer.Journey.Value, other.Timer.Journey.Value);
        if (order == 0 && Timer is not null && other.Timer is not null)
            order = Timer.Number.CompareTo(other.Timer.Number);
        return order;
    }

    public static bool operator <(DueItem left, DueItem right) => left.CompareTo(right) < 0;
    public static bool operator >(DueItem left, DueItem right) => left.CompareTo(right) > 0;
    public static bool operator <=(DueItem left, DueItem right) => left.CompareTo(right) <= 0;
    public static bool operator >=(DueItem left, DueItem right) => left.CompareTo(right) >= 0;
}

/// <summary>
/// Reads one queue of timers ahead, page by page: what is known to be in the store up to a key is in the worker's heap, what lies beyond stays there.
/// A million waiting cost nothing until they come near.
/// </summary>
/// <remarks>Flip timers are a queue too: the one without a journey.</remarks>
public sealed class DueQueue
{
    const int Page = 1_000;

    /// <summary>Everything up to this key has been read; null: nothing was.</summary>
    (Instant Due, long Contact, int Number)? _readUpTo;

    /// <summary>No row beyond what was read is due before this; null: there is none.</summary>
    Instant? _nextBeyond = Instant.MinValue;

    public DueQueue(JourneyId? journey, TimerQueue queue) => (Journey, Queue) = (journey, queue);

    /// <summary>Null: flip timers.</summary>
    public JourneyId? Journey { get; }
    public TimerQueue Queue { get; }

    /// <summary>What the journey was frozen in all: wall time = due + this.</summary>
    public Duration Frozen { get; set; }

    /// <summary>Not read at all: its journey is paused.</summary>
    public bool Stopped { get; set; }

    /// <summary>As if nothing had been read.</summary>
    public void Reset() => (_readUpTo, _nextBeyond) = (null, Instant.MinValue);

    /// <summary>The earliest wall time at which the store may hold a row that is not in the heap.</summary>
    public Instant? NextBeyond => Stopped || _nextBeyond is not { } next ? null : next == Instant.MinValue ? next : next + Frozen;

    /// <summary>Whether a new timer belongs into the heap now; if not, it is found in the store when its time comes near.</summary>
    public bool Takes(Instant due, long contact, int number)
    {
        if (Stopped)
            return false;
        if (_readUpTo is { } read && (due, contact, number).CompareTo(read) <= 0)
            return true;
        if (_nextBeyond is not { } next || due < next)
            _nextBeyond = due;
        return false;
    }

    /// <summary>Reads pages until everything due by <paramref name="upTo"/> (wall time) is in the heap, or the heap has <paramref name="room"/> no more.</summary>
    public async ValueTask ReadAsync(IStoreUnit unit, Instant upTo, int room, Action<DueItem> push, CancellationToken cancellationToken)
    {
        while (!Stopped && room > 0 && _nextBeyond is { } next && (next == Instant.MinValue || next + Frozen <= upTo))
        {
            var items = await PageAsync(unit, cancellationToken);
            foreach (var item in items.Take(Page))
            {
                push(item);
                _readUpTo = (item.Wall - Frozen, item.Contact.Number, item.Timer?.Number ?? 0);
            }

            room -= items.Count;
            // One row more than a page is asked for: it says when to come back.
            _nextBeyond = items.Count > Page ? items[Page].Wall - Frozen : null;
        }
    }

    async ValueTask<IReadOnlyList<DueItem>> PageAsync(IStoreUnit unit, CancellationToken cancellationToken)
    {
        if (Journey is { } journey)
        {
            var after = _readUpTo is { } read ? new DueTimer(ContactOf(read.Contact), journey, read.Number, default, Queue, read.Due) : null;
            var timers = await unit.ReadTimersAsync(unit.Partitions, journey, Queue, Instant.MaxValue, after, Page + 1, cancellationToken);
            return [.. timers.Select(timer => new DueItem(timer.Due + Frozen, timer.Contact, timer))];
        }

        var flips = await unit.ReadFlipsAsync(unit.Partitions, Instant.MaxValue, _readUpTo is { } seen ? new DueFlip(ContactOf(seen.Contact), seen.Due) : null, Page + 1, cancellationToken);
        return [.. flips.Select(flip => new DueItem(flip.At, flip.Contact, null))];
    }

    // Only the number of a key is compared; the rest of the id plays no part in a keyset.
    static ContactId ContactOf(long number) => number <= 0 ? default : ContactId.Create(number, 0, 0);
}
