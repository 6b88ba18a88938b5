using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Ports;

/// <summary>One writing transaction over some partitions.</summary>
public interface IStoreUnit : IAsyncDisposable
{
    PartitionSet Partitions { get; }

    // ---- intake ----

    /// <summary>
    /// Resolves identities, gives ids to new contacts, drops message ids seen in the last 7 days, and appends the rest to the journal, in the order given (Semantics 1.10, 4.1–4.5, 5.1).
    /// A merge that follows from the identities is appended as an entry of kind <see cref="EntryKind.Merge"/> for the loser, right before the item that proved it; identities switch in this transaction.
    /// </summary>
    /// <remarks>
    /// <para>The body of a <see cref="EntryKind.Merge"/> entry is the winner's id and nothing else: <see cref="MergeBody"/>. An item of that kind is a merge by hand: its contact is the loser, its body
    /// says the winner, and both keep their user ids.</para>
    /// <para>An identity that passes to another contact without a merge (Semantics 4.3: a shared device) leaves its former holder by an entry of kind <see cref="EntryKind.Edits"/> with an
    /// <em>empty</em> body and <see cref="JournalEntry.Released"/> set, appended before the item's own.</para>
    /// <para>An item that names a merged contact by its id is appended for the winner. A public sender's item without an anonymous id, and without a contact, is <see cref="AppendOutcome.UnknownContact"/>.
    /// For a duplicate, <see cref="AppendResult.Contact"/> is whom its identities lead to now (all zero: nobody), and nothing is appended.</para>
    /// </remarks>
    /// <param name="receivedAt">The store's clock; never lower than that of the entry before it.</param>
    /// <param name="results">One a submission, in the same order; filled by the call.</param>
    ValueTask AppendAsync(IReadOnlyList<AppendItem> items, Instant receivedAt, IList<AppendResult> results, CancellationToken cancellationToken);

    /// <summary>Appends one control or gap entry to each of the partitions; returns the entries, ascending by partition. Their contact is all zero. What is in one of these partitions before it has a lower sequence than all of them, and what comes after it a higher one than all (Semantics 7.7).</summary>
    ValueTask<IReadOnlyList<JournalEntry>> AppendControlAsync(PartitionSet partitions, EntryKind kind, ReadOnlyMemory<byte> body, Instant receivedAt, CancellationToken cancellationToken);

    /// <summary>Moves relay rows of these senders into their targets' journals, each once and in order (Semantics 9.1); returns the entries appended, whosever their partitions are.</summary>
    ValueTask<IReadOnlyList<JournalEntry>> DeliverRelaysAsync(Instant receivedAt, int limit, CancellationToken cancellationToken);

    // ---- reading for work ----

    /// <summary>Cursor, clock and epoch of each partition of the unit.</summary>
    ValueTask<IReadOnlyList<PartitionState>> ReadStatesAsync(CancellationToken cancellationToken);

    /// <summary>Unprocessed entries after the cursor, in order of sequence.</summary>
    ValueTask<IReadOnlyList<JournalEntry>> ReadEntriesAsync(Partition partition, long after, int limit, CancellationToken cancellationToken);

    /// <summary>The same of all the unit's partitions at once, each after a sequence of its own (by index), in order of sequence over all of them.</summary>
    async ValueTask<IReadOnlyList<JournalEntry>> ReadEntriesAsync(IReadOnlyList<long> after, int limit, CancellationToken cancellationToken)
    {
        var entries = new List<JournalEntry>();
        foreach (var partition in Partitions)
            entries.AddRange(await ReadEntriesAsync(partition, after[partition.Index], limit, cancellationToken));
        return [.. entries.OrderBy(static entry => entry.Sequence).Take(limit)];
    }

    /// <summary>The last entry that a partition had before this unit appended to it: what is between it and the last that the owner has read came from elsewhere. 0: this unit appended nothing, or nobody else appends to this store.</summary>
    long TailBefore(Partition partition) => 0;

    /// <summary>What the owner numbers itself from now on (<see cref="TakeSequence"/>) comes after this entry. A store that many append to does not know when its owner has come so far.</summary>
    void NumberAfter(Partition partition, long sequence)
    {
    }

    /// <summary>The stored bodies of these contacts (any order in; those that have no row are absent from <paramref name="into"/>). The memory is valid until the unit ends.</summary>
    ValueTask LoadContactsAsync(IReadOnlyList<ContactId> contacts, IDictionary<ContactId, ReadOnlyMemory<byte>> into, CancellationToken cancellationToken);

    /// <summary>Contacts of these partitions by number, for sweeps and fills: keyset, ascending.</summary>
    ValueTask<IReadOnlyList<ContactBody>> ReadContactsAsync(PartitionSet partitions, long afterNumber, int limit, CancellationToken cancellationToken);

    /// <summary>Waiting enrolments of one queue that are due at or before <paramref name="upTo"/> (in the queue's time), by (due, contact, number) after <paramref name="after"/>.</summary>
    ValueTask<IReadOnlyList<DueTimer>> ReadTimersAsync(PartitionSet partitions, JourneyId journey, TimerQueue queue, Instant upTo, DueTimer? after, int limit, CancellationToken cancellationToken);

    /// <summary>Contacts whose flip timer is due at or before <paramref name="upTo"/>, by (flip time, contact number) after <paramref name="after"/>.</summary>
    ValueTask<IReadOnlyList<DueFlip>> ReadFlipsAsync(PartitionSet partitions, Instant upTo, DueFlip? after, int limit, CancellationToken cancellationToken);

    /// <summary>Contacts with an enrolment in progress in this journey, by contact number after <paramref name="afterNumber"/>: for ending it and for resuming it.</summary>
    ValueTask<IReadOnlyList<ContactId>> ReadInsideAsync(PartitionSet partitions, JourneyId journey, long afterNumber, int limit, CancellationToken cancellationToken);

    /// <summary>Pending messages whose not-before has come, by (not-before, number) after <paramref name="after"/>; a page costs what it holds, however many wait.</summary>
    ValueTask<IReadOnlyList<MessageRow>> ReadPendingMessagesAsync(PartitionSet partitions, Instant upTo, (Instant NotBefore, long Number)? after, int limit, CancellationToken cancellationToken);

    /// <summary>Messages that were claimed and not settled: after a start these are in doubt (Semantics 10.8).</summary>
    ValueTask<IReadOnlyList<MessageRow>> ReadClaimedMessagesAsync(PartitionSet partitions, int limit, CancellationToken cancellationToken);

    /// <summary>Unsettled messages of an enrolment: for cancelling them.</summary>
    ValueTask<IReadOnlyList<MessageRow>> ReadUnsentOfAsync(EnrolmentId enrolment, ContactId contact, CancellationToken cancellationToken);

    /// <summary>Of these (contact, channel, topic) and addresses, those that are blocked now, by their index (Semantics 10.3).</summary>
    ValueTask<IReadOnlyList<int>> ReadBlockedAsync(IReadOnlyList<BlockQuestion> questions, CancellationToken cancellationToken);

    /// <summary>Of these identities, those (by index) that by now belong neither to the contact nor to who absorbs it: what a merged contact brings along may have passed to a third meanwhile (Semantics 4.3, 4.5).</summary>
    ValueTask<IReadOnlyList<int>> ReadPassedOnAsync(ContactId contact, IReadOnlyList<Identity> identities, CancellationToken cancellationToken);

    /// <summary>Allocators by their names; those that were never asked have no row. Null: those of the unit's partitions that wait.</summary>
    ValueTask<IReadOnlyList<AllocatorRow>> ReadAllocatorsAsync(IReadOnlyCollection<AllocatorId>? allocators, CancellationToken cancellationToken);

    /// <summary>What these asks have got, where they were answered or wait.</summary>
    ValueTask<IReadOnlyList<AllocationRow>> FindAllocationsAsync(IReadOnlyList<(AllocatorId Allocator, AskId Ask)> asks, CancellationToken cancellationToken);

    /// <summary>What stands so of an allocator, by number after one.</summary>
    ValueTask<IReadOnlyList<AllocationRow>> ReadAllocationsAsync(AllocatorId allocator, AllocationStatus status, long afterNumber, int limit, CancellationToken cancellationToken);

    // ---- writing ----

    /// <summary>The next number of the partition's sequence, for items that are no entries (timers, send results) and for events that journeys record: order of a contact's timeline.</summary>
    long TakeSequence(Partition partition);

    /// <summary>The next message number of the partition.</summary>
    long TakeMessageNumber(Partition partition);

    /// <summary>Stores what a batch of bursts made: contacts, enrolments, timeline, messages, memberships, counters, recorded events, relays, cursors and clocks. Set-based; may be called several times.</summary>
    ValueTask WriteAsync(WriteSet writes, CancellationToken cancellationToken);

    /// <summary>Reads a document; null if there is none.</summary>
    ValueTask<Document?> ReadDocumentAsync(string kind, string id, CancellationToken cancellationToken);

    /// <summary>Creates or replaces a document.</summary>
    /// <param name="expectedRevision">0: must not exist; null: whatever is there; else the revision that the writer saw.</param>
    /// <returns>The document with its new revision; null when the revision is another one (nothing is written).</returns>
    ValueTask<Document?> WriteDocumentAsync(string kind, string id, ReadOnlyMemory<byte> json, long? expectedRevision, Instant now, CancellationToken cancellationToken);

    /// <returns>False when the revision is another one or there is none.</returns>
    ValueTask<bool> DeleteDocumentAsync(string kind, string id, long? expectedRevision, CancellationToken cancellationToken);

    /// <summary>Adds codes to a pool, free, numbered in their order; whoever owns its partition finds them.</summary>
    /// <returns>Those (by index) that it had already, or that come twice.</returns>
    ValueTask<IReadOnlyList<int>> AddCodesAsync(AllocatorId pool, IReadOnlyList<string> codes, Instant now, CancellationToken cancellationToken);

    /// <summary>Drops the allocators of these partitions whose stored names lie between two, and what they gave out: a bounded piece a call. True when there is more.</summary>
    ValueTask<bool> ForgetAllocatorsAsync(PartitionSet partitions, string from, string to, CancellationToken cancellationToken);

    /// <summary>Drops what is past its time: consumed non-event entries older than 8 days, generations of message ids, old refusals; a bounded piece a call. True when there is more.</summary>
    ValueTask<bool> TrimAsync(Instant now, CancellationToken cancellationToken);

    /// <summary>Drops what is kept of a contact that was erased, but for its row: its journal and timeline, messages that are settled, enrolments, refusals, tasks and what was told of it; a bounded piece a call (Semantics 12.1).</summary>
    ValueTask<Erasing> EraseAsync(ContactId contact, CancellationToken cancellationToken);

    /// <summary>Drops these events for good, and of each one's contact the timeline up to it (retention, Semantics 5.2). A page of them a unit.</summary>
    ValueTask PruneEventsAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken);

    /// <summary>Drops these messages for good, with what the sandbox kept of them. None of them may be pending.</summary>
    ValueTask PruneMessagesAsync(IReadOnlyList<MessageRow> messages, CancellationToken cancellationToken);

    ValueTask CommitAsync(CancellationToken cancellationToken);
}
