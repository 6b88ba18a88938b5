using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>One timer as the worker sees it: when it fires in wall time, and whose it is.</summary>
/// <param name="Wall">Wall time: for an elapsed wait, its journey time plus what the journey was frozen.</param>
/// <param name="Timer">Null for a flip timer.</param>
/// <param name="Line">Null but for an allocator that lets somebody in; its address stands for the contact.</param>
public readonly record struct DueItem(Instant Wall, ContactId Contact, DueTimer? Timer, AllocatorId? Line = null) : IComparable<DueItem>
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
    public const int Page = 1_000;

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

    /// <summary>Points that are paused on their own: what fell due there is read again once they go on.</summary>
    public ImmutableHashSet<string> Held { get; init; } = [];

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

    /// <summary>Reads one page of what is due by <paramref name="upTo"/> (wall time) into the heap, and no row that is due later: those stay in the store however many they are.</summary>
    /// <returns>How many rows were read.</returns>
    public async ValueTask<int> ReadAsync(IStoreUnit unit, Instant upTo, Action<DueItem> push, CancellationToken cancellationToken)
    {
        if (NextBeyond is not { } beyond || beyond > upTo)
            return 0;
        var due = upTo - Frozen;
        var items = await PageAsync(unit, due, Page, cancellationToken);
        foreach (var item in items)
        {
            push(item);
            _readUpTo = (item.Wall - Frozen, item.Contact.Number, item.Timer?.Number ?? 0);
        }

        if (items.Count == Page)
        {
            _nextBeyond = _readUpTo!.Value.Due;
            return items.Count;
        }

        // All of the horizon is in the heap; a new timer inside it goes there directly, without a look at the store.
        _readUpTo = (due, LastContact, int.MaxValue);
        var next = await PageAsync(unit, Instant.MaxValue, 1, cancellationToken);
        _nextBeyond = next.Count > 0 ? next[0].Wall - Frozen : null;
        return items.Count;
    }

    async ValueTask<IReadOnlyList<DueItem>> PageAsync(IStoreUnit unit, Instant upTo, int limit, CancellationToken cancellationToken)
    {
        if (Journey is { } journey)
        {
            var after = _readUpTo is { } read ? new DueTimer(ContactOf(read.Contact), journey, read.Number, default, Queue, read.Due) : null;
            var timers = await unit.ReadTimersAsync(unit.Partitions, journey, Queue, upTo, after, limit, cancellationToken);
            return [.. timers.Select(timer => new DueItem(timer.Due + Frozen, timer.Contact, timer))];
        }

        var flips = await unit.ReadFlipsAsync(unit.Partitions, upTo, _readUpTo is { } seen ? new DueFlip(ContactOf(seen.Contact), seen.Due) : null, limit, cancellationToken);
        return [.. flips.Select(flip => new DueItem(flip.At, flip.Contact, null))];
    }

    /// <summary>Above every contact's number.</summary>
    const long LastContact = 0x3FFF_FFFF_FFFF_FFFF;

    // Only the number of a key is compared; the rest of the id plays no part in a keyset.
    static ContactId ContactOf(long number) => number <= 0 ? default : ContactId.Create(number, 0, 0);
}
