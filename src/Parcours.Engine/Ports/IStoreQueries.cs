using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Ports;

/// <summary>Reads of committed state. All pages are keyset pages: ask again with the last key seen; limits are at most 1,000.</summary>
public interface IStoreQueries
{
    ValueTask<Document?> DocumentAsync(string kind, string id, CancellationToken cancellationToken);
    /// <summary>Documents of a kind by id, after <paramref name="afterId"/>, whose id begins with <paramref name="idPrefix"/>.</summary>
    ValueTask<IReadOnlyList<Document>> DocumentsAsync(string kind, string? idPrefix, string? afterId, int limit, CancellationToken cancellationToken);

    ValueTask<ContactBody?> ContactAsync(ContactId contact, CancellationToken cancellationToken);
    /// <summary>Those of them that there are, at most 1,000 at once, in no order; tombstones of merged contacts included.</summary>
    ValueTask<IReadOnlyList<ContactBody>> ContactsAsync(IReadOnlyList<ContactId> contacts, CancellationToken cancellationToken);
    /// <summary>The contact that has this identity now; null: none. Tells those whose entry is not processed yet too.</summary>
    ValueTask<ContactId?> ContactByIdentityAsync(Identity identity, CancellationToken cancellationToken);

    /// <summary>Who has each of these, asked at once; those that nobody has are left out.</summary>
    ValueTask<IReadOnlyDictionary<Identity, ContactId>> ContactsByIdentitiesAsync(IReadOnlyCollection<Identity> identities, CancellationToken cancellationToken);
    /// <summary>Contacts by number, newest first when <paramref name="descending"/>; tombstones of merged contacts included.</summary>
    ValueTask<IReadOnlyList<ContactBody>> ContactsAsync(long afterNumber, bool descending, int limit, CancellationToken cancellationToken);

    /// <summary>Looks through contacts by number for those whose stored body passes a test; tombstones of merged contacts included. One call is short: ask again with what it answers.</summary>
    /// <param name="fromNumber">Newest first those before it, else those after it.</param>
    /// <param name="look">How many to look at, at most; a store may look at fewer.</param>
    /// <param name="limit">How many to find, at most.</param>
    async ValueTask<ContactScan> ScanContactsAsync(long fromNumber, bool descending, int look, int limit, ContactTest test, CancellationToken cancellationToken)
    {
        const int PageMost = 1_000;
        var page = await ContactsAsync(fromNumber, descending, Math.Min(look, PageMost), cancellationToken);
        var (found, looked) = (new List<ContactBody>(), 0);
        foreach (var contact in page)
        {
            looked++;
            if (test(contact.Body.Span))
                found.Add(contact);
            if (found.Count == limit)
                break;
        }

        return new(found, looked, looked == page.Count && page.Count < Math.Min(look, PageMost) ? null : page[looked - 1].Contact.Number);
    }

    ValueTask<IReadOnlyList<TimelineItem>> TimelineAsync(ContactId contact, long? beforeSequence, int limit, CancellationToken cancellationToken);
    /// <summary>Events in journal order, after a sequence; optionally of one name. For fills and exports.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> EventsAsync(PartitionSet partitions, IReadOnlyCollection<string>? names, long afterSequence, long upToSequence, int limit, CancellationToken cancellationToken);
    /// <summary>Names of events seen so far, with counts as far as counted.</summary>
    ValueTask<IReadOnlyList<string>> EventNamesAsync(int limit, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<EnrolmentRow>> EnrolmentsOfAsync(ContactId contact, int limit, CancellationToken cancellationToken);
    /// <summary>Who waits at a point, by contact number.</summary>
    ValueTask<IReadOnlyList<EnrolmentRow>> QueueAsync(JourneyId journey, string point, long afterNumber, int limit, CancellationToken cancellationToken);
    /// <summary>Who failed in a journey, by the point whose step did, then contact and number, after where a page ended.</summary>
    /// <param name="point">Those that failed there; null: all.</param>
    ValueTask<IReadOnlyList<EnrolmentRow>> FailedAsync(JourneyId journey, string? point, FailedCursor? after, int limit, CancellationToken cancellationToken);
    ValueTask<IReadOnlyList<RefusalRow>> RefusalsAsync(JourneyId journey, ContactId? contact, int limit, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<MembershipRow>> MembersAsync(string kind, string name, long afterNumber, int limit, CancellationToken cancellationToken);

    /// <summary>Messages, newest first, before a number; optionally of one journey, contact or status.</summary>
    ValueTask<IReadOnlyList<MessageRow>> MessagesAsync(JourneyId? journey, ContactId? contact, MessageStatus? status, long? beforeNumber, int limit, CancellationToken cancellationToken);
    /// <summary>Messages, oldest first, after a number: for retention.</summary>
    ValueTask<IReadOnlyList<MessageRow>> OldestMessagesAsync(long afterNumber, int limit, CancellationToken cancellationToken) => new([]);
    ValueTask<MessageRow?> MessageAsync(MessageKey key, CancellationToken cancellationToken);
    ValueTask<SandboxMail?> SandboxMailAsync(MessageKey key, CancellationToken cancellationToken);
    /// <summary>Those of them, at most 1,000 at once, whose mail is in the sandbox mailbox.</summary>
    ValueTask<IReadOnlySet<MessageKey>> InSandboxAsync(IReadOnlyCollection<MessageKey> keys, CancellationToken cancellationToken);
    ValueTask<IReadOnlyList<SandboxMail>> SandboxMailsAsync(Instant? before, MessageKey? beforeKey, int limit, CancellationToken cancellationToken);

    /// <summary>How many mails of the sandbox are later than an instant; no further than so many.</summary>
    ValueTask<long> SandboxCountAsync(Instant after, int most, CancellationToken cancellationToken);

    /// <summary>Addresses that nobody writes to, by (hash, channel) after a pair.</summary>
    ValueTask<IReadOnlyList<SuppressionRow>> SuppressionsAsync((Guid Hash, string Channel)? after, int limit, CancellationToken cancellationToken);
    /// <summary>What stands against an address, by its hash: one a channel.</summary>
    ValueTask<IReadOnlyList<SuppressionRow>> SuppressionsOfAsync(Guid hash, CancellationToken cancellationToken);

    /// <summary>Tasks after where a page ended.</summary>
    ValueTask<IReadOnlyList<TaskRow>> TasksAsync(TaskFilter filter, TaskCursor? after, int limit, CancellationToken cancellationToken);
    ValueTask<TaskRow?> TaskAsync(TaskId id, CancellationToken cancellationToken);
    ValueTask<TaskCount> TaskCountAsync(string assignee, Instant now, CancellationToken cancellationToken);

    /// <summary>What a user was told, newest first, before where a page ended.</summary>
    /// <param name="unread">Only what the user has not read.</param>
    ValueTask<IReadOnlyList<NotificationRow>> NotificationsAsync(string reader, bool unread, NotificationCursor? before, int limit, CancellationToken cancellationToken);
    /// <summary>How many of them the user has not read.</summary>
    ValueTask<long> UnreadAsync(string reader, CancellationToken cancellationToken);
    /// <summary>What the user was told since then, has not read and did not get by mail, newest first.</summary>
    ValueTask<IReadOnlyList<NotificationRow>> UnmailedAsync(string reader, Instant since, int limit, CancellationToken cancellationToken) => new([]);
    /// <summary>When the user was told something by mail last; null: never, as far as is kept.</summary>
    ValueTask<Instant?> MailedAtAsync(string reader, CancellationToken cancellationToken) => new((Instant?)null);

    /// <summary>What an allocator gives out, that stands so, by number after one.</summary>
    ValueTask<IReadOnlyList<AllocationRow>> AllocationsAsync(AllocatorId allocator, AllocationStatus status, long afterNumber, int limit, CancellationToken cancellationToken);
    ValueTask<AllocationCounts> AllocationCountsAsync(AllocatorId allocator, CancellationToken cancellationToken);

    /// <summary>All counters of a kind, optionally of one journey; summed over partitions.</summary>
    ValueTask<IReadOnlyDictionary<CounterKey, long>> CountersAsync(CounterKind? kind, JourneyId? journey, CancellationToken cancellationToken);
    /// <summary>"As of": the least clock of all partitions (Semantics 7.9).</summary>
    ValueTask<Instant> ClockAsync(CancellationToken cancellationToken);
    ValueTask<IReadOnlyList<PartitionState>> StatesAsync(CancellationToken cancellationToken);
    /// <summary>Who serves this store at present; empty where only one process can.</summary>
    ValueTask<IReadOnlyList<NodeRow>> NodesAsync(CancellationToken cancellationToken) => new([]);
    /// <summary>What waits in each partition; empty where one process works on all and knows it itself.</summary>
    ValueTask<IReadOnlyList<PartitionWork>> WorkAsync(Instant now, CancellationToken cancellationToken) => new([]);
    ValueTask<IReadOnlyList<AlertRow>> AlertsAsync(int limit, CancellationToken cancellationToken);
    ValueTask<IReadOnlyList<DeadLetter>> DeadLettersAsync(int limit, CancellationToken cancellationToken);
}

/// <summary>Where a page of those who failed ended.</summary>
/// <param name="Contact">The contact's number.</param>
/// <param name="Number">The enrolment's.</param>
public readonly record struct FailedCursor(string Point, long Contact, int Number)
{
    public static FailedCursor After(EnrolmentRow row) => new(row.Point ?? "", row.Contact.Number, row.Number);
}

/// <summary>A timeline line with the entry that it refers to, where there is one.</summary>
public sealed record TimelineItem(TimelineRow Row, StoredEvent? Event);

/// <summary>An event as kept.</summary>
public sealed record StoredEvent(Partition Partition, ContactId Contact, long Sequence, string Name, Origin Origin, Instant ReceivedAt, Instant OccurredAt, ReadOnlyMemory<byte> Body);
