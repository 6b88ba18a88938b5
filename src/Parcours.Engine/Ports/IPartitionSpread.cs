using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Ports;

/// <summary>The partitions of a store that several processes share, each working on a part of them (Semantics 15.2 to 15.6). Called by the worker between its units.</summary>
public interface IPartitionSpread
{
    /// <summary>Takes what is free up to this process's share, and the lead where nobody has it.</summary>
    /// <exception cref="StoreException">All that was owned here is lost with the connection: everything is read anew.</exception>
    ValueTask<Holding> BalanceAsync(CancellationToken cancellationToken);

    /// <summary>Others may take these partitions: nothing of theirs is in hand here any more.</summary>
    ValueTask ReleaseAsync(PartitionSet partitions, CancellationToken cancellationToken);

    /// <summary>This process works on nothing any more, nor leads: all it had is free for others, who reckon with it no longer. It may come back by <see cref="BalanceAsync"/>.</summary>
    ValueTask LeaveAsync(CancellationToken cancellationToken);

    /// <summary>Something was appended to these partitions, and is committed: their owners look for it. Never fails, may be lost.</summary>
    void Tell(PartitionSet partitions);

    /// <summary>From now on calls <paramref name="told"/>, from any thread, when somebody tells.</summary>
    void Listen(Action<PartitionSet> told);
}

/// <summary>What this process has of a shared store.</summary>
/// <param name="Owned">Partitions on which nobody else can commit work.</param>
/// <param name="Over">Those of them that are more than its share: to be settled and released.</param>
/// <param name="Leads">Whether it is the one process that changes the catalogue and answers what is asked of the whole installation.</param>
/// <param name="Leader">Who leads, when it does not.</param>
public sealed record Holding(PartitionSet Owned, PartitionSet Over, bool Leads, WorkingNode? Leader)
{
    /// <summary>How many partitions nobody holds.</summary>
    public int Unowned { get; init; }
}
