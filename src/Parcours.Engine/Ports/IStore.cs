using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Ports;

/// <summary>Where everything durable lives. Two stores implement it; one contract suite in tests/ says what that means.</summary>
/// <remarks>
/// Every call names its partitions, and nothing needs a transaction over two of them, but for what intake does (identities, de-duplication, contact ids: one transaction a batch).
/// A SQLite store has one writer: <see cref="BeginAsync"/> hands out one unit at a time, all calls of a unit complete synchronously on the caller's thread, and intake and state share the commit.
/// A PostgreSQL store hands out one unit of owned partitions at a time, and beside it units of none, in which anybody appends. Where it is shared by nodes (<see cref="Spread"/>), each owns some partitions.
/// A failing store throws <see cref="StoreException"/>; the unit is then void and everything cached of its partitions must be forgotten (Semantics 3.8).
/// </remarks>
public interface IStore : IAsyncDisposable
{
    /// <summary>Starts a writing unit. Disposed without a commit, it leaves nothing behind.</summary>
    ValueTask<IStoreUnit> BeginAsync(PartitionSet partitions, CancellationToken cancellationToken);

    /// <summary>
    /// Makes this process the one that works on the partitions (Semantics 15.2), until it is disposed of or its connection is lost; then every unit fails until it has taken over again.
    /// A store that one process opens has nothing to do.
    /// </summary>
    /// <param name="waiting">Told who works on them while somebody else does, some times a second; null: then it is refused with <see cref="StoreFailure.InUse"/>.</param>
    ValueTask TakeOverAsync(Action<WorkingNode>? waiting, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>How the partitions are shared with other processes; null: one process works on all of them.</summary>
    IPartitionSpread? Spread => null;

    /// <summary>Reads of committed state for the API and the engine's readers; short transactions, safe from any thread.</summary>
    IStoreQueries Queries { get; }
}

/// <summary>A process that serves a store, as it told about itself last.</summary>
/// <param name="Owned">What it works on; none: it has not got its share yet.</param>
/// <param name="Leads">Whether it changes the catalogue and answers what is asked of the whole installation.</param>
public sealed record NodeRow(Guid Id, string Name, string Address, string Version, Instant StartedAt, Instant SeenAt, PartitionSet Owned, bool Leads);

/// <summary>What waits in a partition, each counted up to a bound.</summary>
/// <param name="Entries">Of its journal, not worked on yet.</param>
/// <param name="Timers">Due by the clock of their journey; those of a paused one count too.</param>
/// <param name="Messages">That may go now and are not claimed.</param>
/// <param name="OnTheirWay">Messages claimed and not settled.</param>
public sealed record PartitionWork(Partition Partition, long Entries, long Timers, long Messages, long OnTheirWay)
{
    /// <summary>When the oldest entry that waits was received; null: none waits.</summary>
    public Instant? OldestEntry { get; init; }
}

/// <summary>Who works on the partitions while this process stands by.</summary>
/// <param name="Why">For people: that this one stands by, and for whom.</param>
/// <param name="Node">Null: whoever it is has not told about itself yet, or serves nobody.</param>
/// <param name="Address">Where other nodes reach it.</param>
public sealed record WorkingNode(string Why, Guid? Node, string? Address);

/// <summary>A failure of the store that is not the caller's fault.</summary>
public sealed class StoreException : Exception
{
    public StoreException() { }
    public StoreException(string message) : base(message) { }
    public StoreException(string message, Exception? innerException) : base(message, innerException) { }
    public StoreException(StoreFailure failure, string message, Exception? innerException = null) : base(message, innerException) => Failure = failure;

    public StoreFailure Failure { get; }
}

/// <summary>What to tell an operator.</summary>
public enum StoreFailure
{
    Other = 0,
    DiskFull = 1,
    ReadOnly = 2,
    InUse = 3,
    Corrupt = 4,
    /// <summary>The database was written by a newer program.</summary>
    TooNew = 5,
    NotAFolder = 6,
}
