using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Conditions;

/// <summary>The k latest events at or before the clock, and all after it: enough for every comparison of a rolling count that looks no further than k, and for the last event.</summary>
/// <remarks>
/// k is part of its id and the window is not: "at least 3 in 30 days" and "at least 3 in 90 days" keep the same three, while another k keeps its own. What was dropped stays unneeded,
/// for the k that drove it out are later than it at every later clock too.
/// </remarks>
sealed class LatestAggregate(IEnumerable<string> names, Condition? where, string? property, int k) : EventAggregate(names, where, property, $"latest {k}")
{
    /// <summary>Counts that need more keep the window's items instead.</summary>
    internal const int Most = 100;

    internal int K => k;

    public override AggregateMemory Add(AggregateMemory? memory, ContactEvent occurred, Instant now)
    {
        var items = EventItem.Insert(((ItemsMemory?)memory ?? ItemsMemory.Empty).Items, ItemOf(occurred));
        var surplus = EventItem.CountUpTo(items, now.ToMicroseconds()) - k;
        return new ItemsMemory(surplus > 0 ? items[surplus..] : items);
    }

    public override AggregateMemory Read(ReadOnlySpan<byte> stored) => ItemsMemory.Read(stored);

    internal override Value Result(AggregateMemory? memory, EventFunction function, long? window, long now)
    {
        var items = ((ItemsMemory?)memory ?? ItemsMemory.Empty).Items;
        var end = EventItem.CountUpTo(items, now);
        var start = window is { } size ? EventItem.CountUpTo(items, now - size) : 0;
        if (function == EventFunction.Count)
            return Value.Of((decimal)(end - start));
        return end == start ? Value.None : Property is null ? ValueText.OfTime(items[end - 1].At) : items[end - 1].Value;
    }

    internal override long? NextChange(AggregateMemory? memory, long? window, long now) => memory is ItemsMemory held ? WindowAggregate.Next(held.Items, window, now) : null;
}
