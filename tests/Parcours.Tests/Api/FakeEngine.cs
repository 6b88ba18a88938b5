using System.Collections.Concurrent;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Tests.Api;

/// <summary>An engine that only keeps documents and answers submissions as a test says: for what is decided before the engine is asked.</summary>
sealed class FakeEngine : IEngine, IStoreQueries
{
    readonly SemaphoreSlim _writer = new(1, 1);
    readonly ConcurrentDictionary<(string Kind, string Id), Document> _documents = new();

    public List<Submission> Submitted { get; } = [];
    public Func<Submission, SubmissionResult> Answer { get; set; } = _ => new(SubmissionOutcome.Accepted, ContactId.Create(1, 0, 0), []);
    public Exception? Fails { get; set; }
    public Instant Now { get; set; } = Instant.FromUtc(2026, 3, 2, 9, 0);
    public bool IsReady { get; set; } = true;
    public string? NotReadyBecause { get; set; }
    public bool IsVirtual { get; set; }
    public EngineFigures Figures { get; } = new(0, 0, 0, 0, 0, 0, 0);
    public IStoreQueries Queries => this;
    public ICatalogueService Catalogue => throw new NotSupportedException();
    public Catalogue Current { get; } = new CatalogueBuilder().Build(Instant.MinValue);
    public PropertyRegistry Properties => PropertyRegistry.Empty;

    public Task<IReadOnlyList<SubmissionResult>> SubmitAsync(IReadOnlyList<Submission> submissions, CancellationToken cancellationToken)
    {
        if (Fails is not null)
            throw Fails;
        Submitted.AddRange(submissions);
        return Task.FromResult<IReadOnlyList<SubmissionResult>>([.. submissions.Select(Answer)]);
    }

    public async Task<IReadOnlyList<SubmissionResult>> SubmitAsync(IReadOnlyList<Submission> submissions, WriteBeside beside, CancellationToken cancellationToken)
    {
        var results = await SubmitAsync(submissions, cancellationToken);
        await beside(new Unit(this), results, Now, cancellationToken);
        return results;
    }

    public async Task<T> WriteAsync<T>(Func<IStoreUnit, Instant, ValueTask<T>> write, CancellationToken cancellationToken)
    {
        if (Fails is not null)
            throw Fails;
        await _writer.WaitAsync(cancellationToken);
        try
        {
            return await write(new Unit(this), Now);
        }
        finally
        {
            _writer.Release();
        }
    }

    public ValueTask<Document?> DocumentAsync(string kind, string id, CancellationToken cancellationToken) => new(_documents.GetValueOrDefault((kind, id)));

    public ValueTask<IReadOnlyList<Document>> DocumentsAsync(string kind, string? idPrefix, string? afterId, int limit, CancellationToken cancellationToken) =>
        new([.. _documents.Values.Where(document => document.Kind == kind && (idPrefix is null || document.Id.StartsWith(idPrefix, StringComparison.Ordinal)) && (afterId is null || string.CompareOrdinal(document.Id, afterId) > 0))
            .OrderBy(document => document.Id, StringComparer.Ordinal).Take(limit)]);

    public ValueTask<IReadOnlyDictionary<CounterKey, long>> CountersAsync(CounterKind? kind, JourneyId? journey, CancellationToken cancellationToken) => new(new Dictionary<CounterKey, long>());
    public ValueTask<Instant> ClockAsync(CancellationToken cancellationToken) => new(Now);
    public Task AdvanceToAsync(Instant to, CancellationToken cancellationToken)
    {
        Now = to;
        return Task.CompletedTask;
    }

    public Contact Decode(ReadOnlySpan<byte> body) => throw new NotSupportedException();
    public ValueTask<Contact?> ContactAsync(ContactId contact, CancellationToken cancellationToken) => default;
    ValueTask<ContactBody?> IStoreQueries.ContactAsync(ContactId contact, CancellationToken cancellationToken) => default;
    public Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public ValueTask DisposeAsync() => default;

    public ValueTask<ContactId?> ContactByIdentityAsync(Identity identity, CancellationToken cancellationToken) => default;
    public ValueTask<IReadOnlyDictionary<Identity, ContactId>> ContactsByIdentitiesAsync(IReadOnlyCollection<Identity> identities, CancellationToken cancellationToken) => new(new Dictionary<Identity, ContactId>());
    public ValueTask<IReadOnlyList<ContactBody>> ContactsAsync(long afterNumber, bool descending, int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<ContactBody>> ContactsAsync(IReadOnlyList<ContactId> contacts, CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<TimelineItem>> TimelineAsync(ContactId contact, long? beforeSequence, int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<StoredEvent>> EventsAsync(PartitionSet partitions, IReadOnlyCollection<string>? names, long afterSequence, long upToSequence, int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<string>> EventNamesAsync(int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<EnrolmentRow>> EnrolmentsOfAsync(ContactId contact, int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<EnrolmentRow>> QueueAsync(JourneyId journey, string point, long afterNumber, int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<EnrolmentRow>> FailedAsync(JourneyId journey, string? point, FailedCursor? after, int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<RefusalRow>> RefusalsAsync(JourneyId journey, ContactId? contact, int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<MembershipRow>> MembersAsync(string kind, string name, long afterNumber, int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<MessageRow>> MessagesAsync(JourneyId? journey, ContactId? contact, MessageStatus? status, long? beforeNumber, int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<MessageRow?> MessageAsync(MessageKey key, CancellationToken cancellationToken) => default;
    public ValueTask<IReadOnlySet<MessageKey>> InSandboxAsync(IReadOnlyCollection<MessageKey> keys, CancellationToken cancellationToken) => new(new HashSet<MessageKey>());
    public ValueTask<SandboxMail?> SandboxMailAsync(MessageKey key, CancellationToken cancellationToken) => default;
    public ValueTask<long> SandboxCountAsync(Instant after, int most, CancellationToken cancellationToken) => new(0);
    public ValueTask<IReadOnlyList<SandboxMail>> SandboxMailsAsync(Instant? before, MessageKey? beforeKey, int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<SuppressionRow>> SuppressionsAsync((Guid Hash, string Channel)? after, int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<SuppressionRow>> SuppressionsOfAsync(Guid hash, CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<TaskRow>> TasksAsync(TaskFilter filter, TaskCursor? after, int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<TaskRow?> TaskAsync(TaskId id, CancellationToken cancellationToken) => default;
    public ValueTask<TaskCount> TaskCountAsync(string assignee, Instant now, CancellationToken cancellationToken) => default;
    public ValueTask<IReadOnlyList<NotificationRow>> NotificationsAsync(string reader, bool unread, NotificationCursor? before, int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<long> UnreadAsync(string reader, CancellationToken cancellationToken) => default;
    public ValueTask<IReadOnlyList<PartitionState>> StatesAsync(CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<AlertRow>> AlertsAsync(int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<AllocationRow>> AllocationsAsync(AllocatorId allocator, AllocationStatus status, long afterNumber, int limit, CancellationToken cancellationToken) => new([]);
    public ValueTask<AllocationCounts> AllocationCountsAsync(AllocatorId allocator, CancellationToken cancellationToken) => new(new AllocationCounts(0, 0, 0));
    public ValueTask<IReadOnlyList<DeadLetter>> DeadLettersAsync(int limit, CancellationToken cancellationToken) => new([]);

    /// <summary>Writes documents at once: these tests have nothing that could fail half-way.</summary>
    sealed class Unit(FakeEngine engine) : IStoreUnit
    {
        public PartitionSet Partitions => PartitionSet.None;
        public ValueTask<Document?> ReadDocumentAsync(string kind, string id, CancellationToken cancellationToken) => engine.DocumentAsync(kind, id, cancellationToken);

        public ValueTask<Document?> WriteDocumentAsync(string kind, string id, ReadOnlyMemory<byte> json, long? expectedRevision, Instant now, CancellationToken cancellationToken)
        {
            var held = engine._documents.GetValueOrDefault((kind, id));
            if (expectedRevision is { } expected && expected != (held?.Revision ?? 0))
                return default;
            return new(engine._documents[(kind, id)] = new(kind, id, (held?.Revision ?? 0) + 1, held?.CreatedAt ?? now, now, json));
        }

        public ValueTask<bool> DeleteDocumentAsync(string kind, string id, long? expectedRevision, CancellationToken cancellationToken) => new(engine._documents.TryRemove((kind, id), out _));
        public ValueTask CommitAsync(CancellationToken cancellationToken) => default;
        public ValueTask DisposeAsync() => default;
        public long TakeSequence(Partition partition) => throw new NotSupportedException();
        public long TakeMessageNumber(Partition partition) => throw new NotSupportedException();
        public ValueTask AppendAsync(IReadOnlyList<AppendItem> items, Instant receivedAt, IList<AppendResult> results, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<JournalEntry>> AppendControlAsync(PartitionSet partitions, EntryKind kind, ReadOnlyMemory<byte> body, Instant receivedAt, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<JournalEntry>> DeliverRelaysAsync(Instant receivedAt, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<PartitionState>> ReadStatesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<JournalEntry>> ReadEntriesAsync(Partition partition, long after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask LoadContactsAsync(IReadOnlyList<ContactId> contacts, IDictionary<ContactId, ReadOnlyMemory<byte>> into, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<ContactBody>> ReadContactsAsync(PartitionSet partitions, long afterNumber, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<DueTimer>> ReadTimersAsync(PartitionSet partitions, JourneyId journey, TimerQueue queue, Instant upTo, DueTimer? after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<DueFlip>> ReadFlipsAsync(PartitionSet partitions, Instant upTo, DueFlip? after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<ContactId>> ReadInsideAsync(PartitionSet partitions, JourneyId journey, long afterNumber, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<MessageRow>> ReadPendingMessagesAsync(PartitionSet partitions, Instant upTo, (Instant NotBefore, long Number)? after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<MessageRow>> ReadClaimedMessagesAsync(PartitionSet partitions, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<MessageRow>> ReadUnsentOfAsync(EnrolmentId enrolment, ContactId contact, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<int>> ReadBlockedAsync(IReadOnlyList<BlockQuestion> questions, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<int>> ReadPassedOnAsync(ContactId contact, IReadOnlyList<Identity> identities, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<AllocatorRow>> ReadAllocatorsAsync(IReadOnlyCollection<AllocatorId>? allocators, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<AllocationRow>> FindAllocationsAsync(IReadOnlyList<(AllocatorId Allocator, AskId Ask)> asks, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<AllocationRow>> ReadAllocationsAsync(AllocatorId allocator, AllocationStatus status, long afterNumber, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<IReadOnlyList<int>> AddCodesAsync(AllocatorId pool, IReadOnlyList<string> codes, Instant now, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<bool> ForgetAllocatorsAsync(PartitionSet partitions, string from, string to, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask WriteAsync(WriteSet writes, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<Erasing> EraseAsync(ContactId contact, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask PruneEventsAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask PruneMessagesAsync(IReadOnlyList<MessageRow> messages, CancellationToken cancellationToken) => throw new NotSupportedException();
        public ValueTask<bool> TrimAsync(Instant now, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
