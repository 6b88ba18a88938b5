using System.Buffers;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Conditions;

/// <summary>Single events, by time: what a rolling window, or the latest few, need.</summary>
/// <param name="Items">Sorted; never changed once it is here.</param>
sealed record ItemsMemory(EventItem[] Items) : AggregateMemory
{
    internal static ItemsMemory Empty { get; } = new([]);

    public override int Kept => Items.Length;

    /// <inheritdoc/>
    /// <remarks>The union, and nothing dropped: what can go is known only against a clock, and the next event brings one.</remarks>
    public override AggregateMemory Merge(AggregateMemory other) => new ItemsMemory(EventItem.Union(Items, ((ItemsMemory)other).Items));

    public override void Write(IBufferWriter<byte> output)
    {
        Stored.WriteByte(output, Stored.Version);
        EventItem.WriteAll(output, Items);
    }

    internal static ItemsMemory Read(ReadOnlySpan<byte> stored)
    {
        Stored.ReadVersion(ref stored);
        return new(EventItem.ReadAll(ref stored));
    }

    public bool Equals(ItemsMemory? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items);
    public override int GetHashCode() => Items.Length == 0 ? 0 : HashCode.Combine(Items.Length, Items[0], Items[^1]);
}
