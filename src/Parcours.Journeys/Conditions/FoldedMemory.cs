using System.Buffers;
using System.Collections.Immutable;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Conditions;

/// <summary>What all events so far come to, and the few of the future that do not count yet: enough for ever and for a fixed window.</summary>
/// <param name="Total">What those up to the latest clock come to.</param>
/// <param name="Pending">Sorted; those that occur later.</param>
sealed record FoldedMemory(Fold Total, EventItem[] Pending) : AggregateMemory
{
    public override int Kept => Pending.Length;

    public override AggregateMemory Merge(AggregateMemory other)
    {
        var that = (FoldedMemory)other;
        return new FoldedMemory(Total.Merge(that.Total), EventItem.Union(Pending, that.Pending));
    }

    public override void Write(IBufferWriter<byte> output)
    {
        Stored.WriteByte(output, Stored.Version);
        Total.Write(output);
        EventItem.WriteAll(output, Pending);
    }

    public bool Equals(FoldedMemory? other) => other is not null && Total == other.Total && Pending.AsSpan().SequenceEqual(other.Pending);
    public override int GetHashCode() => Total.GetHashCode();
}

/// <summary>A sum of any kind over events: order and grouping do not matter (Semantics 7.1).</summary>
abstract record Fold
{
    Fold() { }

    internal abstract Fold With(EventItem item);
    internal abstract Fold Merge(Fold other);
    internal abstract void Write(IBufferWriter<byte> output);

    internal static Fold Empty(EventFunction function) => function switch
    {
        EventFunction.Count => new Counted(0),
        EventFunction.Sum => new Summed(0),
        EventFunction.Min or EventFunction.Max => new Bounded(function == EventFunction.Max, null),
        EventFunction.First or EventFunction.Last => new Outermost(function == EventFunction.Last, null),
        _ => Different.None,
    };

    internal static Fold Read(EventFunction function, ref ReadOnlySpan<byte> stored)
    {
        switch (function)
        {
            case EventFunction.Count:
                return new Counted(Stored.ReadSigned(ref stored));
            case EventFunction.Sum:
                return new Summed(Stored.ReadDecimal(ref stored));
            case EventFunction.Min or EventFunction.Max:
                return new Bounded(function == EventFunction.Max, Stored.ReadByte(ref stored) == 0 ? null : Stored.ReadDecimal(ref stored));
            case EventFunction.First or EventFunction.Last:
                var items = EventItem.ReadAll(ref stored);
                return new Outermost(function == EventFunction.Last, items.Length == 0 ? null : items[0]);
            default:
                return Different.Read(ref stored);
        }
    }

    internal sealed record Counted(long Count) : Fold
    {
        internal override Fold With(EventItem item) => new Counted(Count + 1);
        internal override Fold Merge(Fold other) => new Counted(Count + ((Counted)other).Count);
        internal override void Write(IBufferWriter<byte> output) => Stored.WriteSigned(output, Count);
    }

    internal sealed record Summed(decimal Sum) : Fold
    {
        internal override Fold With(EventItem item) => new Summed(Add(Sum, item.Value.AsNumber));
        internal override Fold Merge(Fold other) => new Summed(Add(Sum, ((Summed)other).Sum));
        internal override void Write(IBufferWriter<byte> output) => Stored.WriteDecimal(output, Sum);

        /// <summary>The sum, or the largest decimal where it would be beyond: a nonsense amount must not stop a contact's every burst.</summary>
        internal static decimal Add(decimal one, decimal other)
        {
            try
            {
                return one + other;
            }
            catch (OverflowException)
            {
                return one > 0 ? decimal.MaxValue : decimal.MinValue;
            }
        }
    }

    internal sealed record Bounded(bool Highest, decimal? Bound) : Fold
    {
        internal override Fold With(EventItem item) => Keep(item.Value.AsNumber);
        internal override Fold Merge(Fold other) => ((Bounded)other).Bound is { } bound ? Keep(bound) : this;
        Bounded Keep(decimal number) => Bound is not { } held || (Highest ? number > held : number < held) ? this with { Bound = number } : this;

        internal override void Write(IBufferWriter<byte> output)
        {
            Stored.WriteByte(output, Bound is null ? (byte)0 : (byte)1);
            if (Bound is { } bound)
                Stored.WriteDecimal(output, bound);
        }
    }

    /// <summary>The first or the last event.</summary>
    internal sealed record Outermost(bool Last, EventItem? Item) : Fold
    {
        internal override Fold With(EventItem item) => Item is not { } held || (Last ? item > held : item < held) ? this with { Item = item } : this;
        internal override Fold Merge(Fold other) => ((Outermost)other).Item is { } item ? With(item) : this;
        internal override void Write(IBufferWriter<byte> output) => EventItem.WriteAll(output, Item is { } item ? [item] : []);
    }

    /// <summary>The different values; of more than <see cref="Most"/> only that they are so many (Semantics 7.2).</summary>
    internal sealed record Different(ImmutableHashSet<string> Values, bool Many) : Fold
    {
        internal const int Most = 10_000;
        internal static Different None { get; } = new(ImmutableHashSet.Create<string>(StringComparer.Ordinal), false);

        internal override Fold With(EventItem item) => Cut(Many ? Values : Values.Add(ValueText.Exact(item.Value)), Many);

        internal override Fold Merge(Fold other)
        {
            var that = (Different)other;
            return Cut(Many || that.Many ? Values : Values.Union(that.Values), Many || that.Many);
        }

        static Different Cut(ImmutableHashSet<string> values, bool many) => many || values.Count >= Most ? None with { Many = true } : new(values, false);

        internal override void Write(IBufferWriter<byte> output)
        {
            Stored.WriteByte(output, Many ? (byte)1 : (byte)0);
            Stored.WriteNumber(output, (ulong)Values.Count);
            foreach (var value in Values.Order(StringComparer.Ordinal))
                Stored.WriteText(output, value);
        }

        internal static Different Read(ref ReadOnlySpan<byte> stored)
        {
            var many = Stored.ReadByte(ref stored) != 0;
            var values = None.Values.ToBuilder();
            for (var left = Stored.ReadNumber(ref stored); left > 0; left--)
                values.Add(Stored.ReadText(ref stored));
            return new(values.ToImmutable(), many);
        }

        public bool Equals(Different? other) => other is not null && Many == other.Many && Values.SetEquals(other.Values);
        public override int GetHashCode() => HashCode.Combine(Many, Values.Count);
    }
}
