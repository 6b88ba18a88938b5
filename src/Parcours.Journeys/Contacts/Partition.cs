using System.Collections;
using System.Numerics;

namespace Parcours.Journeys.Contacts;

/// <summary>One of the 64 fixed slices of all contacts; each has exactly one writer at a time (Semantics 15.1).</summary>
/// <param name="Index">0 to 63.</param>
public readonly record struct Partition(byte Index) : IComparable<Partition>
{
    /// <summary>How many partitions an installation has, for ever and in every store.</summary>
    public const int Count = 64;

    /// <summary>The partition of a contact: a fixed hash of its number, equal in all stores and versions.</summary>
    public static Partition Of(ContactId contact) => OfNumber(contact.Number);

    /// <summary>The partition of the contact with this number.</summary>
    // Fibonacci hashing: neighbours in creation order spread evenly, and SQL can compute it from the row's key.
    public static Partition OfNumber(long number) => new((byte)(unchecked((ulong)number * 0x9E37_79B9_7F4A_7C15UL) >> 58));

    public int CompareTo(Partition other) => Index.CompareTo(other.Index);
    public static bool operator <(Partition left, Partition right) => left.Index < right.Index;
    public static bool operator >(Partition left, Partition right) => left.Index > right.Index;
    public static bool operator <=(Partition left, Partition right) => left.Index <= right.Index;
    public static bool operator >=(Partition left, Partition right) => left.Index >= right.Index;
}

/// <summary>A set of partitions, one bit each.</summary>
public readonly record struct PartitionSet(ulong Bits) : IEnumerable<Partition>
{
    public static PartitionSet All => new(ulong.MaxValue);
    public static PartitionSet None => new(0);
    public static PartitionSet Of(Partition partition) => new(1UL << partition.Index);
    public bool Contains(Partition partition) => (Bits & (1UL << partition.Index)) != 0;
    public bool IsAll => Bits == ulong.MaxValue;
    public int Size => BitOperations.PopCount(Bits);
    public PartitionSet With(Partition partition) => new(Bits | (1UL << partition.Index));

    public IEnumerator<Partition> GetEnumerator()
    {
        for (byte index = 0; index < Partition.Count; index++)
            if ((Bits & (1UL << index)) != 0)
                yield return new(index);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
