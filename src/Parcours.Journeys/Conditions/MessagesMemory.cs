using System.Buffers;

namespace Parcours.Journeys.Conditions;

/// <summary>One remembered message.</summary>
/// <param name="Key">The first 64 bits of its key.</param>
/// <param name="At">Microseconds since 1970: when it was sent; of one that is not known to have been, when it was opened.</param>
/// <param name="Sent">False: an open came before its sending was settled, or long after it was forgotten.</param>
readonly record struct MessageItem(ulong Key, long At, bool Sent, bool Opened, bool Clicked);

/// <summary>The latest messages of a contact. Whatever comes first, and however often, the same is known of each (Semantics 7.1).</summary>
/// <param name="Items">By key.</param>
sealed record MessagesMemory(MessageItem[] Items) : AggregateMemory
{
    internal static MessagesMemory Empty { get; } = new([]);

    public override int Kept => Items.Length;

    /// <inheritdoc/>
    /// <remarks>Of a message that both know the union of what is known. Nothing is dropped here: the next message does.</remarks>
    public override AggregateMemory Merge(AggregateMemory other)
    {
        var merged = Items.ToDictionary(item => item.Key);
        foreach (var item in ((MessagesMemory)other).Items)
            merged[item.Key] = merged.TryGetValue(item.Key, out var own) ? Union(own, item) : item;
        return new MessagesMemory([.. merged.Values.OrderBy(item => item.Key)]);
    }

    static MessageItem Union(MessageItem one, MessageItem other) => new(
        one.Key, one.Sent == other.Sent ? Math.Max(one.At, other.At) : one.Sent ? one.At : other.At, one.Sent || other.Sent, one.Opened || other.Opened, one.Clicked || other.Clicked);

    /// <summary>The so many latest that were sent, and of those that wait for it as many.</summary>
    internal MessagesMemory Latest(int count) => Items.Length <= count ? this
        : new([.. OfLatest(count, sent: true).Concat(OfLatest(count, sent: false)).OrderBy(item => item.Key)]);

    internal IEnumerable<MessageItem> OfLatest(int count, bool sent) => Items.Where(item => item.Sent == sent).OrderByDescending(item => item.At).ThenBy(item => item.Key).Take(count);

    public override void Write(IBufferWriter<byte> output)
    {
        Stored.WriteByte(output, Stored.Version);
        Stored.WriteNumber(output, (ulong)Items.Length);
        foreach (var item in Items)
        {
            Stored.WriteNumber(output, item.Key);
            Stored.WriteSigned(output, item.At);
            Stored.WriteByte(output, (byte)((item.Sent ? 1 : 0) | (item.Opened ? 2 : 0) | (item.Clicked ? 4 : 0)));
        }
    }

    internal static MessagesMemory Read(ReadOnlySpan<byte> stored)
    {
        Stored.ReadVersion(ref stored);
        var items = new MessageItem[checked((int)Stored.ReadNumber(ref stored))];
        for (var index = 0; index < items.Length; index++)
        {
            var (key, at, what) = (Stored.ReadNumber(ref stored), Stored.ReadSigned(ref stored), Stored.ReadByte(ref stored));
            items[index] = new(key, at, (what & 1) != 0, (what & 2) != 0, (what & 4) != 0);
        }
        return new(items);
    }

    public bool Equals(MessagesMemory? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items);
    public override int GetHashCode() => Items.Length == 0 ? 0 : HashCode.Combine(Items.Length, Items[0], Items[^1]);
}
