using System.Globalization;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Conditions;

/// <summary>The events inside a rolling window, and those of the future: for exact counts beyond what <see cref="LatestAggregate"/> keeps, sums, bounds, firsts and distinct values.</summary>
/// <remarks>All functions over one window and property share it. All items are kept here; a store puts those beyond 4,096 into rows of their own (Semantics 7.2).</remarks>
sealed class WindowAggregate(IEnumerable<string> names, Condition? where, string? property, Duration window)
    : EventAggregate(names, where, property, string.Create(CultureInfo.InvariantCulture, $"last {Microseconds(window)}us"))
{
    readonly long _window = Microseconds(window);

    internal static long Microseconds(Duration duration) => (long)duration.TotalTicks / 10;

    public override AggregateMemory Add(AggregateMemory? memory, ContactEvent occurred, Instant now)
    {
        var items = EventItem.Insert(((ItemsMemory?)memory ?? ItemsMemory.Empty).Items, ItemOf(occurred));
        var gone = EventItem.CountUpTo(items, now.ToMicroseconds() - _window);
        return new ItemsMemory(gone > 0 ? items[gone..] : items);
    }

    public override AggregateMemory Read(ReadOnlySpan<byte> stored) => ItemsMemory.Read(stored);

    internal override Value Result(AggregateMemory? memory, EventFunction function, long? window, long now)
    {
        var items = ((ItemsMemory?)memory ?? ItemsMemory.Empty).Items;
        var start = EventItem.CountUpTo(items, now - _window);
        var inside = items.AsSpan(start, EventItem.CountUpTo(items, now) - start);
        return function switch
        {
            EventFunction.Count => Value.Of((decimal)inside.Length),
            EventFunction.Sum => Value.Of(Sum(inside)),
            EventFunction.Min or EventFunction.Max => Bound(inside, function == EventFunction.Max) is { } bound ? Value.Of(bound) : Value.None,
            EventFunction.First or EventFunction.Last when inside.IsEmpty => Value.None,
            EventFunction.First => Property is null ? ValueText.OfTime(inside[0].At) : inside[0].Value,
            EventFunction.Last => Property is null ? ValueText.OfTime(inside[^1].At) : inside[^1].Value,
            _ => Value.Of((decimal)Differing.Count(null, inside)),
        };
    }

    static decimal Sum(ReadOnlySpan<EventItem> items)
    {
        var sum = 0m;
        foreach (var item in items)
            if (item.Value.Kind == ValueKind.Number)
                sum = Fold.Summed.Add(sum, item.Value.AsNumber);
        return sum;
    }

    static decimal? Bound(ReadOnlySpan<EventItem> items, bool highest)
    {
        decimal? bound = null;
        foreach (var item in items)
            if (item.Value.Kind == ValueKind.Number && (bound is null || (highest ? item.Value.AsNumber > bound : item.Value.AsNumber < bound)))
                bound = item.Value.AsNumber;
        return bound;
    }

    internal override long? NextChange(AggregateMemory? memory, long? window, long now) => memory is ItemsMemory held ? Next(held.Items, _window, now) : null;

    /// <summary>The next time that one of the sorted items begins to count or leaves the window.</summary>
    internal static long? Next(EventItem[] items, long? window, long now)
    {
        var end = EventItem.CountUpTo(items, now);
        long? begins = end < items.Length ? items[end].At : null;
        if (window is not { } size)
            return begins;
        var start = EventItem.CountUpTo(items, now - size);
        return start < items.Length ? Earlier(begins, ValueText.Moved(items[start].At, size)) : begins;
    }
}

/// <summary>Counts different values, up to "10,000 or more".</summary>
static class Differing
{
    [ThreadStatic]
    static HashSet<Value>? _seen;

    internal static int Count(Fold.Different? before, ReadOnlySpan<EventItem> items)
    {
        var count = before is null ? 0 : before.Many ? Fold.Different.Most : before.Values.Count;
        if (items.IsEmpty || count >= Fold.Different.Most)
            return count;
        // One set a thread, kept: the question is asked too often to make one each time.
        var seen = _seen ??= [];
        seen.Clear();
        foreach (var item in items)
            if (!item.Value.IsNone && seen.Add(item.Value) && before?.Values.Contains(ValueText.Exact(item.Value)) != true && ++count >= Fold.Different.Most)
                break;
        return count;
    }
}

/// <summary>Choices by the names that definitions give them.</summary>
static class Named
{
    internal static string Of<T>(T choice)
        where T : struct, Enum
    {
        var name = choice.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
