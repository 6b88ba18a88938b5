using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Ports;

/// <summary>Everything that one commit stores, gathered over many bursts. Lists may hold the same key twice: the later row stands.</summary>
/// <remarks>Bodies lie in buffers that are used again: a store copies them before its unit ends.</remarks>
public sealed class WriteSet
{
    public List<ContactWrite> Contacts { get; } = [];
    public List<EnrolmentRow> Enrolments { get; } = [];
    public List<TimelineRow> Timeline { get; } = [];
    public List<MessageRow> NewMessages { get; } = [];
    public List<MessageUpdate> MessageUpdates { get; } = [];
    /// <summary>How often messages were opened and clicked by now.</summary>
    public List<MessageReactions> MessageReactions { get; } = [];
    /// <summary>Mails kept by the sandbox channel, with the settlement of their message.</summary>
    public List<SandboxMail> SandboxMails { get; } = [];
    public List<MembershipRow> Memberships { get; } = [];
    public Dictionary<CounterKey, long> Counters { get; } = [];
    public List<RefusalRow> Refusals { get; } = [];
    /// <summary>Events that journeys recorded: kept in the event table beside those of intake, never processed again (the burst that made them did).</summary>
    public List<RecordedEvent> RecordedEvents { get; } = [];
    public List<BlockRow> Blocks { get; } = [];
    public List<RelayRow> Relays { get; } = [];
    /// <summary>Allocators as they stand now.</summary>
    public List<AllocatorRow> Allocators { get; } = [];
    /// <summary>Made or changed, by allocator and number.</summary>
    public List<AllocationRow> Allocations { get; } = [];
    public List<(AllocatorId Allocator, long Number)> DroppedAllocations { get; } = [];
    /// <summary>Contacts to be forgotten: their row, identities and timeline go; events and messages stay (Semantics 16.2). A contact named here is in no other list.</summary>
    public List<ContactId> Forgotten { get; } = [];
    public List<PartitionState> States { get; } = [];
    /// <summary>Null when nothing was worked on.</summary>
    public CommitRow? Commit { get; set; }
    /// <summary>Entries that could not be read (Semantics 3.8).</summary>
    public List<DeadLetter> DeadLetters { get; } = [];
    public List<AlertRow> Alerts { get; } = [];
    /// <summary>Made; one that is there already stays as it is (Semantics 3.7).</summary>
    public List<TaskRow> NewTasks { get; } = [];
    /// <summary>Changed by people: as they are now.</summary>
    public List<TaskRow> SavedTasks { get; } = [];
    public List<TaskId> DeletedTasks { get; } = [];
    public List<NotificationRow> Notifications { get; } = [];
    public List<NotificationRead> ReadNotifications { get; } = [];
    /// <summary>Those that went to their reader by mail, too.</summary>
    public List<NotificationMailed> MailedNotifications { get; } = [];
    /// <summary>Contacts that were merged, with the winner: what lies in rows of its own and no partition follows (Semantics 4.5).</summary>
    public List<(ContactId Loser, ContactId Winner)> Merged { get; } = [];

    public void Clear()
    {
        Contacts.Clear(); Enrolments.Clear(); Timeline.Clear(); NewMessages.Clear(); MessageUpdates.Clear(); MessageReactions.Clear(); SandboxMails.Clear(); Memberships.Clear(); Counters.Clear();
        Refusals.Clear(); RecordedEvents.Clear(); Blocks.Clear(); Relays.Clear(); States.Clear(); Commit = null; DeadLetters.Clear(); Alerts.Clear(); Forgotten.Clear();
        NewTasks.Clear(); SavedTasks.Clear(); DeletedTasks.Clear(); Notifications.Clear(); ReadNotifications.Clear(); MailedNotifications.Clear(); Merged.Clear(); Allocators.Clear(); Allocations.Clear(); DroppedAllocations.Clear();
    }
}

/// <param name="New">The contact has no row yet.</param>
/// <param name="FlipAt">Its one flip timer; null: none.</param>
public sealed record ContactWrite(ContactId Contact, ReadOnlyMemory<byte> Body, Instant? FlipAt, bool New);

/// <summary>An enrolment as it can be asked for: by contact, by the point where it waits, by when it is due.</summary>
/// <param name="Point">Where it waits, or where it ended.</param>
/// <param name="Due">In the queue's time; null when it ended or waits without a timer.</param>
/// <param name="Outcome">Null while it is in progress.</param>
/// <param name="New">It has no row yet.</param>
/// <param name="Body">The rest, made by the engine's codec.</param>
public sealed record EnrolmentRow(
    ContactId Contact, JourneyId Journey, int Number, EnrolmentId Id, int Version, string? Point, Instant Since, TimerQueue Queue, Instant? Due, Outcome? Outcome,
    Instant StartedAt, Instant? EndedAt, string? Why, int Revision, bool New, ReadOnlyMemory<byte> Body);

/// <summary>One line of a contact's timeline: a burst's trails and changes, or only the reference to an entry of the event table (empty body).</summary>
/// <param name="Sequence">That of the entry, or of the timer's or send result's item.</param>
public sealed record TimelineRow(ContactId Contact, long Sequence, Instant At, ReadOnlyMemory<byte> Body);

/// <summary>A message: decided by a burst, kept as the outbox and as the log.</summary>
/// <param name="Number">Rises within the partition (SQLite: over all), in order of decision; given by the engine.</param>
/// <param name="Claimed">Handed to a sender at this instant, not settled yet; null: not claimed.</param>
/// <param name="Attempts">How often it was handed over.</param>
/// <param name="HoldUntilClock">Handed over only when everything received before its commit has been processed (Semantics 1.7); null: at once.</param>
public sealed record MessageRow(
    long Number, MessageKey Key, ContactId Contact, EnrolmentId? Enrolment, JourneyId Journey, int Version, string Point, int Visit, string Channel, string Content, string Topic,
    MessagePurpose Purpose, string? Address, Instant DecidedAt, Instant NotBefore, Instant Expires, MessageStatus Status, string? Why, Instant? Claimed, int Attempts, Instant? SettledAt,
    Instant? HoldUntilClock, ReadOnlyMemory<byte> Data)
{
    /// <summary>How often a person opened it, as far as can be told; a program that fetches images does not count (Semantics 10.9).</summary>
    public int Opens { get; init; }
    /// <summary>How often a person followed a link in it.</summary>
    public int Clicks { get; init; }

    /// <summary>That it was sent, for conditions on the last messages; null: it was not.</summary>
    public ContactEvent? Sent => SettledAt is { } at && Status is MessageStatus.Sent or MessageStatus.Delivered or MessageStatus.Opened or MessageStatus.Clicked or MessageStatus.Bounced or MessageStatus.Complained
        ? LastMessagesAggregate.Sent(Channel, Key, at) : null;
}

/// <param name="Number">The message's.</param>
/// <param name="Contact">For whom it was decided.</param>
/// <param name="Opens">All by now; likewise <paramref name="Clicks"/>.</param>
public sealed record MessageReactions(long Number, ContactId Contact, int Opens, int Clicks);

/// <summary>What became of a message. What came back of it proves more than what the outbox thinks: a status from <see cref="MessageStatus.Delivered"/> to <see cref="MessageStatus.Complained"/> is not lowered (Semantics 10.5).</summary>
/// <param name="Status">Pending: goes back to the outbox, not before <paramref name="NotBefore"/>.</param>
/// <param name="Claimed">Set: claimed now. Null with status pending: released.</param>
public sealed record MessageUpdate(long Number, ContactId Contact, MessageStatus Status, string? Why, Instant At, Instant? NotBefore, Instant? Claimed, int Attempts, int? ContentVersion)
{
    /// <summary>Null: as it was.</summary>
    public Instant? Expires { get; init; }
}

/// <summary>A mail as the recipient would see it, kept by the sandbox: once a key.</summary>
public sealed record SandboxMail(MessageKey Key, ContactId Contact, Instant At, string From, string To, string Subject, string Preheader, string Html, string Text, string HeadersJson);

/// <param name="Kind"><c>segment</c> or <c>list</c>: these have member rows; tags are counted only.</param>
/// <param name="Member">False removes the row.</param>
public sealed record MembershipRow(string Kind, string Name, ContactId Contact, bool Member, Instant At);

/// <param name="Day">Days since 1970-01-01 UTC: one a contact, journey, reason and day is kept; a further one is dropped silently.</param>
public sealed record RefusalRow(ContactId Contact, JourneyId Journey, string StartingPoint, string Reason, int Day, Instant At);

/// <param name="Sequence">Given by the engine from the store's <see cref="IStoreUnit.TakeSequence"/>.</param>
public sealed record RecordedEvent(ContactId Contact, long Sequence, string Name, Instant At, ReadOnlyMemory<byte> Body);

/// <summary>Nobody may be messaged so from this commit on (Semantics 10.3).</summary>
/// <param name="Contact">With channel and topic (<c>*</c>: all): an opt-out. Null with <paramref name="AddressHash"/>: a suppression.</param>
/// <param name="Reason">Of a suppression: <see cref="Unsubscribed"/> and <see cref="Erased"/> never take the place of another, for they stop less; lifted with one of them, only such a row goes.</param>
/// <param name="Lifted">True removes the row: consent was given again.</param>
public sealed record BlockRow(ContactId? Contact, string Channel, string Topic, Guid? AddressHash, string Reason, Instant At, bool Lifted)
{
    /// <summary>The reason of a global unsubscription: it stops marketing, and lets receipts through.</summary>
    public const string Unsubscribed = "unsubscribed";
    /// <summary>Whose contact was erased: as an unsubscription, until its owner asks for something (Semantics 12.2).</summary>
    public const string Erased = "erased";

    /// <summary>The reason that a suppression must have to be lifted by this; null: any.</summary>
    public string? LiftsOnly => Reason is Unsubscribed or Erased ? Reason : null;

    /// <summary>Of a suppression: the address itself, so that people can find it.</summary>
    public string? Address { get; init; }
    /// <summary>Of a suppression by hand: who ordered it; null: the address's owner, or its mailbox.</summary>
    public string? By { get; init; }
}

/// <summary>An address that nobody writes to (Semantics 10.4).</summary>
/// <param name="Hash">By which it is kept: that of <c>EntryMaker.HashOf</c>.</param>
/// <param name="Address">Null where only the hash is known.</param>
/// <param name="By">Who ordered it by hand; null: nobody did.</param>
public sealed record SuppressionRow(Guid Hash, string Channel, string? Address, string Reason, string? By, Instant At);

/// <summary>Asks whether this may still be sent.</summary>
/// <param name="Transactional">Then an address that was globally unsubscribed may be written to.</param>
public sealed record BlockQuestion(ContactId Contact, string Channel, string Topic, Guid? AddressHash, bool Transactional = false);

/// <summary>An effect on a contact of another partition.</summary>
/// <param name="From">The sender's partition.</param>
public sealed record RelayRow(Partition From, ContactId Target, EntryKind Kind, Origin Origin, Instant OccurredAt, string? Name, ReadOnlyMemory<byte> Body);

/// <summary>One small row a commit: journal + commit rows = the exact order again (Semantics 1.5).</summary>
public sealed record CommitRow(long Sequence, Instant ClockBefore, Instant ClockAfter, long FirstEntry, long LastEntry, int Entries, int Timers, int SendResults);

public sealed record DeadLetter(Partition Partition, long Sequence, Instant At, string Why, ReadOnlyMemory<byte> Body);

public sealed record AlertRow(JourneyId Journey, string Code, string Detail, Instant At, string? Arguments = null);

/// <summary>A JSON document of the catalogue and its like: journeys, drafts, versions, segments, content, properties, topics, users, keys, sessions, settings, idempotent answers.</summary>
/// <param name="Revision">Rises with each write: the <c>ETag</c>.</param>
public sealed record Document(string Kind, string Id, long Revision, Instant CreatedAt, Instant UpdatedAt, ReadOnlyMemory<byte> Json);

/// <summary>A waiting enrolment's timer.</summary>
/// <param name="Due">In the queue's time.</param>
public sealed record DueTimer(ContactId Contact, JourneyId Journey, int Number, EnrolmentId Enrolment, TimerQueue Queue, Instant Due);

public sealed record DueFlip(ContactId Contact, Instant At);
