using System.Buffers.Binary;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Sqlite;

/// <summary>What of the store is numbers: sequences given out, and where each partition stands. One row, rewritten by the commits that change it.</summary>
sealed class StoreState
{
    const byte Version = 1;
    const int Header = 1 + 7 * 8, PartitionSize = 4 * 8;
    readonly PartitionNumbers[] _partitions = new PartitionNumbers[Partition.Count];

    /// <summary>The last one given out; over all partitions, entries and other items alike.</summary>
    public long Sequence { get; set; }

    public long Contact { get; set; }

    public long Message { get; set; }

    /// <summary>Microseconds: no entry is received before the one before it (Semantics 1.2).</summary>
    public long LastReceived { get; set; }

    /// <summary>Entries up to here were looked at by the trimming, and what is left of them stays.</summary>
    public long Trimmed { get; set; }

    /// <summary>No message below this number is claimed and not settled.</summary>
    public long LowestClaimed { get; set; } = 1;

    /// <summary>Makes contact ids of this installation differ from those of any other.</summary>
    public long Salt { get; set; }

    public ref PartitionNumbers this[Partition partition] => ref _partitions[partition.Index];

    /// <summary>Whether it differs from what the database holds.</summary>
    public bool IsChanged { get; set; }

    public PartitionState StateOf(Partition partition)
    {
        ref var numbers = ref this[partition];
        return new PartitionState(partition, numbers.Cursor, numbers.Tail, Microseconds.ToInstant(numbers.Clock), numbers.Epoch);
    }

    public Instant LeastClock()
    {
        var least = long.MaxValue;
        foreach (ref var numbers in _partitions.AsSpan()) least = Math.Min(least, numbers.Clock);
        return Microseconds.ToInstant(least);
    }

    public long LeastUnprocessed(Partition partition) => this[partition].Cursor + 1;

    public byte[] Write()
    {
        var bytes = new byte[Header + PartitionSize * Partition.Count];
        bytes[0] = Version;
        long[] numbers = [Sequence, Contact, Message, LastReceived, Trimmed, LowestClaimed, Salt];
        for (var i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(1 + i * 8), numbers[i]);
        for (var i = 0; i < _partitions.Length; i++)
        {
            var at = bytes.AsSpan(Header + i * PartitionSize);
            BinaryPrimitives.WriteInt64LittleEndian(at, _partitions[i].Cursor);
            BinaryPrimitives.WriteInt64LittleEndian(at[8..], _partitions[i].Tail);
            BinaryPrimitives.WriteInt64LittleEndian(at[16..], _partitions[i].Clock);
            BinaryPrimitives.WriteInt64LittleEndian(at[24..], _partitions[i].Epoch);
        }

        return bytes;
    }

    public static StoreState Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Header + PartitionSize * Partition.Count || bytes[0] != Version)
            throw new StoreException(StoreFailure.TooNew, $"The database's state row has form {(bytes.Length == 0 ? 0 : bytes[0])}, and this program knows form {Version}.");

        var at = bytes[1..];
        var state = new StoreState
        {
            Sequence = Next(ref at),
            Contact = Next(ref at),
            Message = Next(ref at),
            LastReceived = Next(ref at),
            Trimmed = Next(ref at),
            LowestClaimed = Next(ref at),
            Salt = Next(ref at),
        };
        for (var i = 0; i < Partition.Count; i++) state._partitions[i] = new PartitionNumbers(Next(ref at), Next(ref at), Next(ref at), Next(ref at));
        return state;

        static long Next(ref ReadOnlySpan<byte> from)
        {
            var number = BinaryPrimitives.ReadInt64LittleEndian(from);
            from = from[8..];
            return number;
        }
    }
}

/// <summary>Where one partition stands.</summary>
record struct PartitionNumbers(long Cursor, long Tail, long Clock, long Epoch);
