using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Postgres;

/// <summary>
/// How sequences are made: 49 bits that rise with time (16 microseconds a step), 8 bits for what a partition's owner numbers itself, and the partition, so that no two partitions share one.
/// </summary>
/// <remarks>
/// Intake numbers entries under the lock of the tail's row; the owner numbers timers, send results and recorded events without it, between the entry that it processed last and the next one:
/// so the order of a contact's timeline is that of what happened, and what was recorded before a control entry has a lower sequence than it (Semantics 7.7). Until the year 2250.
/// </remarks>
static class Sequences
{
    const int PartitionBits = 6, OwnBits = 8, Shift = PartitionBits + OwnBits;
    const long Mask = (1 << PartitionBits) - 1;

    /// <summary>Steps that are left free before an entry of all partitions: room for a quarter of a million of the owner's own between two entries of one instant.</summary>
    public const long ControlGap = 1024;

    public static long CounterAt(long microseconds) => Math.Max(0, microseconds) >> 4;

    public static long CounterOf(long sequence) => sequence >> Shift;

    /// <summary>The entry with this counter.</summary>
    public static long Entry(Partition partition, long counter) => (counter << Shift) | partition.Index;

    /// <summary>The next number after one of this partition, not above the entry that follows in time.</summary>
    public static long Own(Partition partition, long after) => ((after & ~Mask) + (1 << PartitionBits)) | partition.Index;

    /// <summary>A message's number: by time, so that the newest of all partitions can be listed.</summary>
    public static long Message(Partition partition, long after, long microseconds) => Math.Max(Own(partition, after), Entry(partition, CounterAt(microseconds)));

    /// <summary>The first sequence of an instant, for what is kept until then.</summary>
    public static long At(long microseconds) => CounterAt(microseconds) << Shift;
}
