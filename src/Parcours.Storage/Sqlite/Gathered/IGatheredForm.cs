using System.Buffers;

namespace Parcours.Storage.Sqlite.Gathered;

/// <summary>What a gathered index keeps: how an entry looks in the log, and how a sorted slice of entries goes into the table.</summary>
interface IGatheredForm<TKey, TValue>
    where TKey : notnull
{
    /// <summary>The order of the table, so that a slice touches its pages one after the other.</summary>
    int Compare(TKey left, TKey right);

    void Write(IBufferWriter<byte> log, TKey key, TValue value);

    /// <summary>Reads what <see cref="Write"/> wrote; returns the bytes it took.</summary>
    int Read(ReadOnlySpan<byte> log, out TKey key, out TValue value);

    /// <summary>
    /// Writes the slice into the table, inside the open transaction. A slice may come a second time after a crash, when a part of what follows
    /// it is already there, so it sets values and never adds to them.
    /// </summary>
    void Merge(ReadOnlySpan<KeyValuePair<TKey, TValue>> slice);
}
