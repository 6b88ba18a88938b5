using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Postgres;

/// <summary>Where a partition stands, as its owner knows it: what it gave out itself, and how far it has come.</summary>
struct PartitionNumbers
{
    public long Epoch, Cursor, Tail, Clock, Sequence, Message;

    /// <summary>Read or written in the last commit; false: unknown, and read again before use.</summary>
    public bool IsKnown;

    public readonly PartitionState StateOf(Partition partition) => new(partition, Cursor, Tail, Microseconds.ToInstant(Clock), Epoch);
}
