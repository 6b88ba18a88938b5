using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.Ports;

/// <summary>What an entry is. The numbers are stored; a worker that meets one that it does not know gives the partition up (Semantics 13.4).</summary>
public enum EntryKind : byte
{
    /// <summary>An event, with or without edits. The only kind that is kept as history; its name is in <see cref="JournalEntry.Name"/>.</summary>
    Event = 1,
    /// <summary>Edits alone: identify, tag, list, property, consent.</summary>
    Edits = 2,
    Enrol = 3,
    Remove = 4,
    Move = 5,
    /// <summary>For the loser of a merge: send all you have to the winner.</summary>
    Merge = 6,
    /// <summary>For the winner: all that the loser was (a relay).</summary>
    Absorb = 7,
    MessageFeedback = 8,
    /// <summary>The catalogue changed (Semantics 6.2).</summary>
    Control = 9,
    /// <summary>The partition was not worked on for a while (Semantics 1.6).</summary>
    Gap = 10,
    /// <summary>An entry for a merged contact, forwarded to the winner (Semantics 4.5).</summary>
    Forwarded = 11,
    /// <summary>A person asks that a message is sent once more (Semantics 10.8).</summary>
    Resend = 12,
    /// <summary>For an allocator: something is asked, or handed back (a relay; Semantics 9.2).</summary>
    Ask = 13,
    /// <summary>For who asked: what the allocator says (a relay).</summary>
    Answer = 14,
    /// <summary>The contact goes for good (Semantics 12.1): its identities went in the transaction that appended this.</summary>
    Erase = 15,
    /// <summary>A failed enrolment shall go on where it stood (Semantics 3.8).</summary>
    PutBack = 16,
}

/// <summary>Which rights the sender has (Semantics 4.3).</summary>
public enum SenderRights : byte
{
    /// <summary>A server's key, or a person: all identities.</summary>
    Server = 0,
    /// <summary>A key that ships in a web page: anonymous ids only are attached or merged.</summary>
    Public = 1,
}

/// <summary>Something to be appended to the journal.</summary>
/// <param name="Contact">Addressed by id (the API); null when by identities.</param>
/// <param name="Identities">What the entry names, normalised, strongest kind first; may be empty when <paramref name="Contact"/> is given.</param>
/// <param name="MayMergeUsers">Set for <c>alias</c> by a server key: the one case in which two user ids become one contact.</param>
/// <param name="MessageIdHash">128-bit hash of the message id as a Guid; null: none was given, and it cannot be recognised again.</param>
/// <param name="CreatesContact">False: an unknown contact is not created but the item answered with <see cref="AppendOutcome.UnknownContact"/>.</param>
/// <param name="Name">The event's name; null else.</param>
/// <param name="Body">The entry's stored form, made by the engine's codec: opaque to the store.</param>
public sealed record AppendItem(
    ContactId? Contact,
    ImmutableArray<Identity> Identities,
    SenderRights Rights,
    bool MayMergeUsers,
    Guid? MessageIdHash,
    bool CreatesContact,
    EntryKind Kind,
    Origin Origin,
    Instant OccurredAt,
    string? Name,
    ReadOnlyMemory<byte> Body)
{
    /// <summary>What it says, in 32 bits: by it another body under a message id that was seen is noticed. 0: nothing is compared.</summary>
    public uint Fingerprint { get; init; }
}

public enum AppendOutcome
{
    Appended = 0,
    /// <summary>Its message id was seen: nothing changes, and it is answered as before.</summary>
    Duplicate = 1,
    /// <summary>Addressed by an id that no contact has, or by identities that none has and none may be created for.</summary>
    UnknownContact = 2,
}

/// <summary>What became of an <see cref="AppendItem"/>.</summary>
/// <param name="Entries">The entries appended for it, in order: merges first, then its own.</param>
public sealed record AppendResult(AppendOutcome Outcome, ContactId Contact, ImmutableArray<JournalEntry> Entries)
{
    /// <summary>A duplicate whose fingerprint is another than that of the first under its message id (Semantics 5.1). A store may keep fewer bits of it, no fewer than 24.</summary>
    public bool OtherBody { get; init; }
}

/// <summary>One record of the journal.</summary>
/// <param name="Sequence">Rising within the partition (SQLite: over all).</param>
/// <param name="NewContact">This entry is the first of a contact that it created.</param>
/// <param name="Attached">Identities that became the contact's with this entry.</param>
/// <param name="Released">Identities that the contact no longer has: another contact has them now, or the value changed (Semantics 4.3, 4.4).</param>
public sealed record JournalEntry(
    Partition Partition,
    long Sequence,
    ContactId Contact,
    EntryKind Kind,
    Origin Origin,
    Instant ReceivedAt,
    Instant OccurredAt,
    string? Name,
    ReadOnlyMemory<byte> Body,
    bool NewContact,
    ImmutableArray<Identity> Attached,
    ImmutableArray<Identity> Released);

/// <summary>How far a partition has come.</summary>
/// <param name="Cursor">The last entry processed.</param>
/// <param name="Tail">The last entry appended.</param>
/// <param name="Clock">Semantics 1.3.</param>
public readonly record struct PartitionState(Partition Partition, long Cursor, long Tail, Instant Clock, long Epoch);

public sealed record ContactBody(ContactId Contact, ReadOnlyMemory<byte> Body);
