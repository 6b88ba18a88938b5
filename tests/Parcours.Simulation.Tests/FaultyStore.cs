using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Simulation.Tests;

/// <summary>When the store fails; the same calls under the same seed.</summary>
/// <remarks>A death is the process's: from then on every call fails, until the simulation starts it again.</remarks>
sealed class Faults(Dice dice, double rate, int most)
{
    int _left = most;

    public bool Dead { get; private set; }
    public int Count { get; private set; }
    public int Deaths { get; private set; }
    public int Unknown { get; private set; }
    TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Died => _died.Task;

    public void Revive() => (Dead, _died) = (false, new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Before or after a call; <paramref name="committed"/>: what just succeeded will be told as a failure.</summary>
    public void Perhaps(bool committed = false, double times = 1)
    {
        if (Dead)
            throw new StoreException("The process is dead.");
        if (_left == 0 || !dice.Chance(rate * times))
            return;
        _left--;
        Count++;
        if (committed)
            Unknown++;
        if (dice.Chance(0.3))
        {
            Deaths++;
            Dead = true;
            _died.TrySetResult();
        }

        throw new StoreException("Drawn by the simulation.");
    }
}

/// <summary>A store whose calls fail when the dice say so: before they did anything, after, and at the commit on either side of it.</summary>
sealed class FaultyStore(IStore inner, Faults faults) : IStore
{
    public IStoreQueries Queries => inner.Queries;

    public async ValueTask<IStoreUnit> BeginAsync(PartitionSet partitions, CancellationToken cancellationToken)
    {
        faults.Perhaps();
        return new Unit(await inner.BeginAsync(partitions, cancellationToken), faults);
    }

    public ValueTask TakeOverAsync(Action<WorkingNode>? waiting, CancellationToken cancellationToken) => inner.TakeOverAsync(waiting, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    sealed class Unit(IStoreUnit inner, Faults faults) : IStoreUnit
    {
        public PartitionSet Partitions => inner.Partitions;
        public long TakeSequence(Partition partition) => inner.TakeSequence(partition);
        public long TakeMessageNumber(Partition partition) => inner.TakeMessageNumber(partition);
        public ValueTask DisposeAsync() => inner.DisposeAsync();

        async ValueTask<T> Do<T>(Func<ValueTask<T>> call)
        {
            faults.Perhaps();
            var result = await call();
            faults.Perhaps();
            return result;
        }

        async ValueTask Do(Func<ValueTask> call)
        {
            faults.Perhaps();
            await call();
            faults.Perhaps();
        }

        public async ValueTask CommitAsync(CancellationToken cancellationToken)
        {
            faults.Perhaps(times: 3);
            await inner.CommitAsync(cancellationToken);
            faults.Perhaps(committed: true, times: 3);
        }

        public ValueTask AppendAsync(IReadOnlyList<AppendItem> items, Instant receivedAt, IList<AppendResult> results, CancellationToken cancellationToken) =>
            Do(() => inner.AppendAsync(items, receivedAt, results, cancellationToken));
        public ValueTask<IReadOnlyList<JournalEntry>> AppendControlAsync(PartitionSet partitions, EntryKind kind, ReadOnlyMemory<byte> body, Instant receivedAt, CancellationToken cancellationToken) =>
            Do(() => inner.AppendControlAsync(partitions, kind, body, receivedAt, cancellationToken));
        public ValueTask<IReadOnlyList<JournalEntry>> DeliverRelaysAsync(Instant receivedAt, int limit, CancellationToken cancellationToken) =>
            Do(() => inner.DeliverRelaysAsync(receivedAt, limit, cancellationToken));
        public ValueTask<IReadOnlyList<PartitionState>> ReadStatesAsync(CancellationToken cancellationToken) => Do(() => inner.ReadStatesAsync(cancellationToken));
        public ValueTask<IReadOnlyList<JournalEntry>> ReadEntriesAsync(Partition partition, long after, int limit, CancellationToken cancellationToken) =>
            Do(() => inner.ReadEntriesAsync(partition, after, limit, cancellationToken));
        public ValueTask LoadContactsAsync(IReadOnlyList<ContactId> contacts, IDictionary<ContactId, ReadOnlyMemory<byte>> into, CancellationToken cancellationToken) =>
            Do(() => inner.LoadContactsAsync(contacts, into, cancellationToken));
        public ValueTask<IReadOnlyList<ContactBody>> ReadContactsAsync(PartitionSet partitions, long afterNumber, int limit, CancellationToken cancellationToken) =>
            Do(() => inner.ReadContactsAsync(partitions, afterNumber, limit, cancellationToken));
        public ValueTask<IReadOnlyList<DueTimer>> ReadTimersAsync(PartitionSet partitions, JourneyId journey, TimerQueue queue, Instant upTo, DueTimer? after, int limit, CancellationToken cancellationToken) =>
            Do(() => inner.ReadTimersAsync(partitions, journey, queue, upTo, after, limit, cancellationToken));
        public ValueTask<IReadOnlyList<DueFlip>> ReadFlipsAsync(PartitionSet partitions, Instant upTo, DueFlip? after, int limit, CancellationToken cancellationToken) =>
            Do(() => inner.ReadFlipsAsync(partitions, upTo, after, limit, cancellationToken));
        public ValueTask<IReadOnlyList<ContactId>> ReadInsideAsync(PartitionSet partitions, JourneyId journey, long afterNumber, int limit, CancellationToken cancellationToken) =>
            Do(() => inner.ReadInsideAsync(partitions, journey, afterNumber, limit, cancellationToken));
        public ValueTask<IReadOnlyList<MessageRow>> ReadPendingMessagesAsync(PartitionSet partitions, Instant upTo, (Instant NotBefore, long Number)? after, int limit, CancellationToken cancellationToken) =>
            Do(() => inner.ReadPendingMessagesAsync(partitions, upTo, after, limit, cancellationToken));
        public ValueTask<IReadOnlyList<MessageRow>> ReadClaimedMessagesAsync(PartitionSet partitions, int limit, CancellationToken cancellationToken) =>
            Do(() => inner.ReadClaimedMessagesAsync(partitions, limit, cancellationToken));
        public ValueTask<IReadOnlyList<MessageRow>> ReadUnsentOfAsync(EnrolmentId enrolment, ContactId contact, CancellationToken cancellationToken) =>
            Do(() => inner.ReadUnsentOfAsync(enrolment, contact, cancellationToken));
        public ValueTask<IReadOnlyList<int>> ReadBlockedAsync(IReadOnlyList<BlockQuestion> questions, CancellationToken cancellationToken) =>
            Do(() => inner.ReadBlockedAsync(questions, cancellationToken));
        public ValueTask<IReadOnlyList<int>> ReadPassedOnAsync(ContactId contact, IReadOnlyList<Identity> identities, CancellationToken cancellationToken) =>
            Do(() => inner.ReadPassedOnAsync(contact, identities, cancellationToken));
        public ValueTask<IReadOnlyList<AllocatorRow>> ReadAllocatorsAsync(IReadOnlyCollection<AllocatorId>? allocators, CancellationToken cancellationToken) => Do(() => inner.ReadAllocatorsAsync(allocators, cancellationToken));
        public ValueTask<IReadOnlyList<AllocationRow>> FindAllocationsAsync(IReadOnlyList<(AllocatorId Allocator, AskId Ask)> asks, CancellationToken cancellationToken) => Do(() => inner.FindAllocationsAsync(asks, cancellationToken));
        public ValueTask<IReadOnlyList<AllocationRow>> ReadAllocationsAsync(AllocatorId allocator, AllocationStatus status, long afterNumber, int limit, CancellationToken cancellationToken) =>
            Do(() => inner.ReadAllocationsAsync(allocator, status, afterNumber, limit, cancellationToken));
        public ValueTask<IReadOnlyList<int>> AddCodesAsync(AllocatorId pool, IReadOnlyList<string> codes, Instant now, CancellationToken cancellationToken) => Do(() => inner.AddCodesAsync(pool, codes, now, cancellationToken));
        public ValueTask<bool> ForgetAllocatorsAsync(PartitionSet partitions, string from, string to, CancellationToken cancellationToken) => Do(() => inner.ForgetAllocatorsAsync(partitions, from, to, cancellationToken));
        public ValueTask WriteAsync(WriteSet writes, CancellationToken cancellationToken) => Do(() => inner.WriteAsync(writes, cancellationToken));
        public ValueTask<Document?> ReadDocumentAsync(string kind, string id, CancellationToken cancellationToken) => Do(() => inner.ReadDocumentAsync(kind, id, cancellationToken));
        public ValueTask<Document?> WriteDocumentAsync(string kind, string id, ReadOnlyMemory<byte> json, long? expectedRevision, Instant now, CancellationToken cancellationToken) =>
            Do(() => inner.WriteDocumentAsync(kind, id, json, expectedRevision, now, cancellationToken));
        public ValueTask<bool> DeleteDocumentAsync(string kind, string id, long? expectedRevision, CancellationToken cancellationToken) =>
            Do(() => inner.DeleteDocumentAsync(kind, id, expectedRevision, cancellationToken));
        public ValueTask<Erasing> EraseAsync(ContactId contact, CancellationToken cancellationToken) => Do(() => inner.EraseAsync(contact, cancellationToken));
        public ValueTask PruneEventsAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken) => inner.PruneEventsAsync(events, cancellationToken);
        public ValueTask PruneMessagesAsync(IReadOnlyList<MessageRow> messages, CancellationToken cancellationToken) => inner.PruneMessagesAsync(messages, cancellationToken);
        public ValueTask<bool> TrimAsync(Instant now, CancellationToken cancellationToken) => Do(() => inner.TrimAsync(now, cancellationToken));
    }
}
