using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Contacts;

/// <summary>What is consented to on a channel and topic. The numbers are stored.</summary>
public enum ConsentState : byte
{
    Unknown = 0,
    Given = 1,
    Refused = 2,
}

/// <summary>An order to change a contact; what came of it is a <see cref="ContactChange"/>.</summary>
public abstract record ContactEdit
{
    ContactEdit() { }

    /// <param name="Value"><see cref="Contacts.Value.None"/> clears it.</param>
    public sealed record SetProperty(string Name, Value Value) : ContactEdit;
    public sealed record AddTag(string Tag) : ContactEdit;
    public sealed record RemoveTag(string Tag) : ContactEdit;
    public sealed record JoinList(string List) : ContactEdit;
    public sealed record LeaveList(string List) : ContactEdit;
    /// <param name="Channel"><c>email</c>, <c>sms</c>, <c>whatsapp</c>.</param>
    /// <param name="Topic">A topic's name, or <c>*</c> for all topics of the channel (a global unsubscribe).</param>
    public sealed record SetConsent(string Channel, string Topic, ConsentState State) : ContactEdit;
    /// <summary>Whether the contact's address may not be written to (Semantics 10.4). What holds for everybody who has that address is the block row; this is what the machine goes by.</summary>
    /// <param name="Address">Normalised.</param>
    public sealed record Suppress(string Address, bool On) : ContactEdit;
    /// <summary>Whether the contact is kept out of a journey whatever its rules say (Semantics 6.15). Who is inside stays inside.</summary>
    public sealed record Bar(JourneyId Journey, bool On) : ContactEdit;
    /// <summary>Whether the contact is archived: kept, but out of every journey, segment and marketing message (Semantics 6.16).</summary>
    public sealed record Archive(bool On) : ContactEdit;
}

/// <summary>A fact: something about a contact is now different.</summary>
public abstract record ContactChange
{
    ContactChange() { }

    public sealed record PropertySet(string Name, Value Before, Value After) : ContactChange;
    public sealed record TagAdded(string Tag) : ContactChange;
    public sealed record TagRemoved(string Tag) : ContactChange;
    public sealed record ListJoined(string List) : ContactChange;
    public sealed record ListLeft(string List) : ContactChange;
    public sealed record SegmentEntered(string Segment) : ContactChange;
    public sealed record SegmentLeft(string Segment) : ContactChange;
    public sealed record ConsentChanged(string Channel, string Topic, ConsentState Before, ConsentState After) : ContactChange;
    /// <summary>The journey does not let the contact in any more, or lets it in again.</summary>
    public sealed record JourneyBarred(JourneyId Journey, bool On) : ContactChange;
    /// <summary>The contact was archived, or brought back.</summary>
    public sealed record Archived(bool On) : ContactChange;
    /// <summary>The contact came into the journey, waits elsewhere in it than before, or left it: told only where a condition asks, and not kept, since the trail says it.</summary>
    public sealed record JourneyMoved(JourneyId Journey) : ContactChange;
    /// <summary>An enrolment ended; told only where a starting point or a wait listens for the end of that journey.</summary>
    public sealed record JourneyLeft(JourneyId Journey, EnrolmentId Enrolment, Outcome Outcome) : ContactChange;
}
