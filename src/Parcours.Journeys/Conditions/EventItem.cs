using System.Buffers;
using System.Diagnostics;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Conditions;

/// <summary>One remembered event: when it occurred, and the value that a condition looks at.</summary>
/// <param name="At">Microseconds since 1970.</param>
/// <param name="Sequence">Decides between events of one instant; 0 where no value is kept, for then they are alike.</param>
readonly record struct EventItem(long At, long Sequence, Value Value) : IComparable<EventItem>
{
    /// <summary>By time, then sequence, then value: a total order, so that memory is the same whatever came first.</summary>
    public int CompareTo(EventItem other)
    {
        if (At != other.At)
            return At.CompareTo(other.At);
        if (Sequence != other.Sequence)
            return Sequence.CompareTo(other.Sequence);
        return Value == other.Value ? 0 : Value.Kind != other.Value.Kind ? ((byte)Value.Kind).CompareTo((byte)other.Value.Kind)
            : Value.Kind == ValueKind.Number ? Value.AsNumber.CompareTo(other.Value.AsNumber)
            : string.CompareOrdinal(ValueText.Exact(Value), ValueText.Exact(other.Value));
    }

    public static bool operator <(EventItem left, EventItem right) => left.CompareTo(right) < 0;
    public static bool operator >(EventItem left, EventItem right) => left.CompareTo(right) > 0;
    public static bool operator <=(EventItem left, EventItem right) => left.CompareTo(right) <= 0;
    public static bool operator >=(EventItem left, EventItem right) => left.CompareTo(right) >= 0;

    /// <summary>How many of the sorted items occurred at or before an instant.</summary>
    internal static int CountUpTo(ReadOnlySpan<EventItem> sorted, long at)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle].At <= at)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    internal static EventItem[] Insert(EventItem[] sorted, EventItem item)
    {
        var place = Array.BinarySearch(sorted, item);
        place = place < 0 ? ~place : place;
        var more = new EventItem[sorted.Length + 1];
        sorted.AsSpan(0, place).CopyTo(more);
        more[place] = item;
        sorted.AsSpan(place).CopyTo(more.AsSpan(place + 1));
        return more;
    }

    internal static EventItem[] Union(EventItem[] one, EventItem[] other)
    {
        if (one.Length == 0 || other.Length == 0)
            return one.Length == 0 ? other : one;
        EventItem[] both = [.. one, .. other];
        Array.Sort(both);
        return both;
    }

    internal static void WriteAll(IBufferWriter<byte> output, EventItem[] items)
    {
        var valued = items.Any(item => item.Sequence != 0 || !item.Value.IsNone);
        Stored.WriteNumber(output, (ulong)items.Length * 2 + (valued ? 1UL : 0));
        var before = 0L;
        foreach (var item in items)
        {
            Stored.WriteSigned(output, item.At - before);
            before = item.At;
            if (!valued)
                continue;
            Stored.WriteSigned(output, item.Sequence);
            Stored.WriteValue(output, item.Value);
        }
    }

    internal static EventItem[] ReadAll(ref ReadOnlySpan<byte> stored)
    {
        var head = Stored.ReadNumber(ref stored);
        var items = new EventItem[checked((int)(head / 2))];
        var before = 0L;
        for (var index = 0; index < items.Length; index++)
        {
            before += Stored.ReadSigned(ref stored);
            items[index] = head % 2 == 0 ? new(before, 0, Value.None) : new(before, Stored.ReadSigned(ref stored), Stored.ReadValue(ref stored));
        }
        return items;
    }
}

/// <summary>Values as texts that differ whenever the values do.</summary>
static class ValueText
{
    internal static string Exact(Value value) => value.Kind switch
    {
        ValueKind.Text => "t" + value.AsText,
        ValueKind.Number => "n" + (value.AsNumber / 1.0000000000000000000000000000m).ToString(System.Globalization.CultureInfo.InvariantCulture),
        // Lengths first: no text can end another.
        ValueKind.Texts => "c" + string.Concat(value.AsTexts.Select(text => $"{text.Length}:{text}")),
        _ => $"{(int)value.Kind}{value}",
    };

    internal static Value OfTime(long at) => Value.Of(Microseconds.ToInstant(at));

    /// <summary>Microseconds of an instant that is moved by a duration; null outside what an instant can be.</summary>
    internal static long? Moved(long at, long by)
    {
        var moved = at + by;
        return moved < Earliest || moved > Latest ? null : moved;
    }

    static readonly long Earliest = Instant.MinValue.ToMicroseconds() + 1;
    static readonly long Latest = Instant.MaxValue.ToMicroseconds();
}
