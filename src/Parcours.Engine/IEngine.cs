using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Engine;

/// <summary>The engine as the API, the demo and the commands see it.</summary>
public interface IEngine : IAsyncDisposable
{
    /// <summary>The engine's clock: virtual in the demo and under <c>--test-clock</c>.</summary>
    Instant Now { get; }

    /// <summary>True once everything is read and the worker runs; false again while the store refuses to work.</summary>
    bool IsReady { get; }

    /// <summary>Why it is not ready, for an operator; null when it is.</summary>
    string? NotReadyBecause { get; }

    /// <summary>Who leads while this process does not: changes the catalogue, writes documents, and answers what is asked of the whole installation. Null: this one does, or nobody.</summary>
    WorkedOnBy? WorkedOnBy => null;

    /// <summary>Whether <see cref="IntakeAsync"/> takes anything in here, whoever leads.</summary>
    bool TakesIn => WorkedOnBy is null;

    /// <summary>Completes when this process leads for the first time: at once, unless somebody else does when it begins.</summary>
    Task WorksAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Appends what a sender has to say; completes when it is durable, whenever its bursts are (Semantics 15.9). Items are judged one by one, in order.</summary>
    /// <exception cref="OverloadedException">The queue or the disk is full: nothing was taken; try later (Semantics 16.3).</exception>
    /// <exception cref="StoreException">Nothing was taken, or nobody knows; under the same message ids it can be sent again.</exception>
    Task<IReadOnlyList<SubmissionResult>> IntakeAsync(IReadOnlyList<Submission> submissions, CancellationToken cancellationToken) => SubmitAsync(submissions, cancellationToken);

    /// <summary>
    /// Appends and processes; completes when all of it is durable and its bursts are committed (Semantics 15.9). Items are judged one by one, in order.
    /// </summary>
    /// <exception cref="OverloadedException">The queue or the disk is full: nothing was taken; try later (Semantics 16.3).</exception>
    /// <exception cref="StoreException">Nothing was taken.</exception>
    Task<IReadOnlyList<SubmissionResult>> SubmitAsync(IReadOnlyList<Submission> submissions, CancellationToken cancellationToken);

    /// <summary>As <see cref="SubmitAsync(IReadOnlyList{Submission}, CancellationToken)"/>, and runs a write of documents in the transaction that appends: an import's cursor moves with its rows (Semantics 5.3).</summary>
    /// <param name="beside">Is given the results as the append has them (parts that a burst refuses come later), on the worker's thread; what it throws fails the append.</param>
    Task<IReadOnlyList<SubmissionResult>> SubmitAsync(IReadOnlyList<Submission> submissions, WriteBeside beside, CancellationToken cancellationToken);

    /// <summary>Runs a write of documents in the one writer's order, alone in its own commit. For users, keys, sessions, settings; the catalogue has <see cref="Catalogue"/>.</summary>
    Task<T> WriteAsync<T>(Func<IStoreUnit, Instant, ValueTask<T>> write, CancellationToken cancellationToken);

    IStoreQueries Queries { get; }

    /// <summary>Journeys, segments, content, properties, topics: what changes by control entries.</summary>
    ICatalogueService Catalogue { get; }

    /// <summary>The compiled snapshot in force.</summary>
    Catalogue Current { get; }

    /// <summary>The properties as declared, in force with <see cref="Current"/>.</summary>
    PropertyRegistry Properties { get; }

    /// <summary>The contact as committed last, decoded; null: none. Of a merged one, the winner.</summary>
    ValueTask<Contact?> ContactAsync(ContactId contact, CancellationToken cancellationToken);

    /// <summary>As <see cref="ContactAsync"/> of many at once, by as few questions as there are hops to winners; who is not there is not among them.</summary>
    async ValueTask<IReadOnlyDictionary<ContactId, Contact>> ContactsAsync(IEnumerable<ContactId> contacts, CancellationToken cancellationToken)
    {
        const int PageMost = 1_000, HopsMost = 16;
        var found = new Dictionary<ContactId, Contact>();
        // By where each is looked for next: itself first, then whoever absorbed it.
        var sought = contacts.Distinct().ToLookup(static contact => contact);
        for (var hops = 0; sought.Count > 0 && hops < HopsMost; hops++)
        {
            var merged = new List<(ContactId Asked, ContactId Winner)>();
            foreach (var page in sought.Select(static one => one.Key).Chunk(PageMost))
                foreach (var body in await Queries.ContactsAsync(page, cancellationToken))
                {
                    var contact = Decode(body.Body.Span);
                    foreach (var asked in contact.Id == body.Contact ? sought[body.Contact] : [])
                        if (contact.MergedInto is { } winner)
                            merged.Add((asked, winner));
                        else
                            found[asked] = contact;
                }
            sought = merged.ToLookup(static one => one.Winner, static one => one.Asked);
        }

        return found;
    }

    /// <summary>A contact of its stored body, read for whoever looks through many; a tombstone of a merged one as such.</summary>
    Contact Decode(ReadOnlySpan<byte> body);

    /// <summary>Moves virtual time forward through every due time; completes when all is at rest (Semantics 1.8).</summary>
    /// <exception cref="InvalidOperationException">The clock is not virtual, or <paramref name="to"/> is earlier than now.</exception>
    Task AdvanceToAsync(Instant to, CancellationToken cancellationToken);

    /// <summary>Takes submissions in at a virtual instant: after every timer due before it has fired, and before what falls due at it (Semantics 1.4, 1.8).</summary>
    /// <exception cref="InvalidOperationException">The clock is not virtual, or <paramref name="at"/> is earlier than now.</exception>
    async Task<IReadOnlyList<SubmissionResult>> SubmitAtAsync(Instant at, IReadOnlyList<Submission> submissions, CancellationToken cancellationToken)
    {
        await AdvanceToAsync(at, cancellationToken);
        return await SubmitAsync(submissions, cancellationToken);
    }

    bool IsVirtual { get; }

    /// <summary>Completes when nothing is queued, due or on its way at this instant.</summary>
    Task SettleAsync(CancellationToken cancellationToken);

    EngineFigures Figures { get; }

    /// <summary>How old the oldest entry is that waits here for its burst, at this moment; of a worker that stands still, for how long.</summary>
    Duration Lag => Duration.Zero;

    /// <summary>On how many partitions this process works, and on how many nobody does, as far as it knows.</summary>
    PartitionCount Partitions => new(0, 0);
}

/// <param name="Owned">Of this process; 0 while it cannot work.</param>
/// <param name="Unowned">Of nobody, as this process saw last; of a store that one process opens always 0.</param>
public readonly record struct PartitionCount(int Owned, int Unowned);

/// <summary>Another process, to which requests can go.</summary>
/// <param name="Why">For people: that another one leads, and which.</param>
/// <param name="Node">Null, like <paramref name="Address"/>: it is not known, or no node.</param>
/// <param name="Gone">Cancelled when somebody else has taken over from it.</param>
public sealed record WorkedOnBy(string Why, Guid? Node, string? Address, CancellationToken Gone);

/// <summary>Writes documents in the transaction that appends submissions.</summary>
public delegate ValueTask WriteBeside(IStoreUnit unit, IReadOnlyList<SubmissionResult> appended, Instant now, CancellationToken cancellationToken);

/// <summary>Running totals since start, for <c>/readyz</c>, the demo's table and metrics.</summary>
public sealed record EngineFigures(long Entries, long Bursts, long Commits, long EnrolmentsStarted, long MessagesSent, long TimersFired, int QueueLength);

/// <summary>The engine cannot take more now.</summary>
public sealed class OverloadedException : Exception
{
    public OverloadedException() { }
    public OverloadedException(string message) : base(message) { }
    public OverloadedException(string message, Exception? innerException) : base(message, innerException) { }
    public OverloadedException(string message, Duration retryAfter) : base(message) => RetryAfter = retryAfter;
    public Duration RetryAfter { get; } = Duration.FromSeconds(1);
}
