using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Conditions;

/// <summary>Ever, or in a fixed window: one accumulator.</summary>
sealed class FoldedAggregate(IEnumerable<string> names, Condition? where, string? property, EventFunction function, Instant? from, Instant? to)
    : EventAggregate(names, where, property, $"{Named.Of(function)} {from?.ToString() ?? ""}/{to?.ToString() ?? ""}")
{
    public override bool Matches(ContactEvent occurred) =>
        (from is null || occurred.OccurredAt >= from) && (to is null || occurred.OccurredAt < to) && base.Matches(occurred) && function switch
        {
            EventFunction.Sum or EventFunction.Min or EventFunction.Max => occurred.Properties[Property!].Kind == ValueKind.Number,
            EventFunction.Distinct => !occurred.Properties[Property!].IsNone,
            _ => true,
        };

    public override AggregateMemory Add(AggregateMemory? memory, ContactEvent occurred, Instant now)
    {
        var held = (FoldedMemory?)memory ?? new FoldedMemory(Fold.Empty(function), []);
        var item = ItemOf(occurred);
        var at = now.ToMicroseconds();
        var (total, pending) = (held.Total, held.Pending);
        if (item.At <= at)
            total = total.With(item);
        else
            pending = EventItem.Insert(pending, item);
        var due = EventItem.CountUpTo(pending, at);
        for (var index = 0; index < due; index++)
            total = total.With(pending[index]);
        return new FoldedMemory(total, due == 0 ? pending : pending[due..]);
    }

    public override AggregateMemory Read(ReadOnlySpan<byte> stored)
    {
        Stored.ReadVersion(ref stored);
        var total = Fold.Read(function, ref stored);
        return new FoldedMemory(total, EventItem.ReadAll(ref stored));
    }

    internal override Value Result(AggregateMemory? memory, EventFunction asked, long? window, long now)
    {
        if (memory is not FoldedMemory held)
            return function is EventFunction.Count or EventFunction.Sum or EventFunction.Distinct ? Value.Of(0m) : Value.None;
        var pending = held.Pending.AsSpan(0, EventItem.CountUpTo(held.Pending, now));
        switch (held.Total)
        {
            case Fold.Counted counted:
                return Value.Of((decimal)(counted.Count + pending.Length));
            case Fold.Summed summed:
                var sum = summed.Sum;
                foreach (var item in pending)
                    sum = Fold.Summed.Add(sum, item.Value.AsNumber);
                return Value.Of(sum);
            case Fold.Bounded bounded:
                var bound = bounded.Bound;
                foreach (var item in pending)
                    if (bound is null || (bounded.Highest ? item.Value.AsNumber > bound : item.Value.AsNumber < bound))
                        bound = item.Value.AsNumber;
                return bound is { } number ? Value.Of(number) : Value.None;
            case Fold.Outermost outermost:
                var found = outermost.Item;
                foreach (var item in pending)
                    if (found is null || (outermost.Last ? item > found.Value : item < found.Value))
                        found = item;
                return found is not { } one ? Value.None : Property is null ? ValueText.OfTime(one.At) : one.Value;
            default:
                return Value.Of((decimal)Differing.Count((Fold.Different)held.Total, pending));
        }
    }

    internal override long? NextChange(AggregateMemory? memory, long? window, long now)
    {
        if (memory is not FoldedMemory held)
            return null;
        var due = EventItem.CountUpTo(held.Pending, now);
        return due < held.Pending.Length ? held.Pending[due].At : null;
    }
}
