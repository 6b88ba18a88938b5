using Parcours.Journeys.Contacts;

namespace Parcours.Channels.Smtp;

/// <summary>This process's part of what the mail server allows to the whole installation: by its part of the partitions (Semantics 10.7).</summary>
/// <param name="connections">Those of the whole installation.</param>
sealed class SmtpShare(int connections)
{
    volatile int _partitions = Partition.Count;

    /// <summary>Of <see cref="Partition.Count"/>. None: whatever is still on its way goes at the pace of one.</summary>
    public void Is(int partitions) => _partitions = Math.Clamp(partitions, 1, Partition.Count);

    /// <summary>Over 0, up to 1.</summary>
    public double Part => (double)_partitions / Partition.Count;

    /// <summary>At least one: more nodes than connections have more connections.</summary>
    public int Connections => Math.Max(1, connections * _partitions / Partition.Count);
}
