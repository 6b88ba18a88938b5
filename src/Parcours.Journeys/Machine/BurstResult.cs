using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Machine;

/// <summary>What one burst set going: all of it is stored in one commit, or none.</summary>
/// <remarks>Reused between bursts of a batch by <see cref="Clear"/>; lists are in the order in which things happened.</remarks>
public sealed class BurstResult
{
    /// <summary>Whether anything of the contact itself is different, so that it must be stored.</summary>
    public bool ContactChanged { get; set; }
    /// <summary>Enrolments that began, moved or ended: each id once, in its last state.</summary>
    public List<EnrolmentChange> Enrolments { get; } = [];
    /// <summary>One a touched enrolment: the points passed in this burst (Semantics 11.3).</summary>
    public List<Trail> Trails { get; } = [];
    public List<MessageDecision> Messages { get; } = [];
    public List<TaskDecision> Tasks { get; } = [];
    public List<NotificationDecision> Notifications { get; } = [];
    /// <summary>What leaves for allocators, in order.</summary>
    public List<AllocatorOrder> Orders { get; } = [];
    /// <summary>Enrolments whose unsent messages are cancelled (Semantics 10.6). Only the outbox knows which are unsent still: it cancels those and counts <see cref="CounterKind.MessageSettled"/> <c>cancelled</c> for each.</summary>
    public List<EnrolmentId> CancelMessagesOf { get; } = [];
    /// <summary>What feedback changed of messages decided earlier.</summary>
    public List<MessageAnswer> MessageFeedback { get; } = [];
    /// <summary>A message that goes to the outbox once more, because somebody asked.</summary>
    public MessageKey? Resend { get; set; }
    /// <summary>Events that journeys recorded, or that feedback on a message is, to be kept in the event table.</summary>
    public List<ContactEvent> RecordedEvents { get; } = [];
    /// <summary>Segments, lists and tags entered and left, net of the burst.</summary>
    public List<MembershipChange> Memberships { get; } = [];
    /// <summary>Changes to the contact, for the timeline.</summary>
    public List<ContactChange> Changes { get; } = [];
    public List<EntryRefusal> Refusals { get; } = [];
    public Dictionary<CounterKey, long> Counters { get; } = [];
    /// <summary>Stable codes with their journey: <c>loop</c>, <c>too-often</c>, <c>step-failed</c> (Semantics 3.5, 3.6, 3.8).</summary>
    public List<Alert> Alerts { get; } = [];
    /// <summary>Set when an act by hand was refused (Semantics 8.7): a stable code such as <c>moved-on</c>, <c>not-inside</c>, <c>unknown-point</c>; with where the contact is now.</summary>
    public Refusal? Refused { get; set; }
    /// <summary>Parts of an entry that went beyond the contact's limits: the entry is kept, these are not (Semantics 16.1).</summary>
    public List<Refusal> RefusedParts { get; } = [];
    /// <summary>The enrolment that an <see cref="Stimulus.EnrolRequested"/> made.</summary>
    public EnrolmentId? Entered { get; set; }

    public void Count(CounterKey key, long by = 1) => System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(Counters, key, out _) += by;

    public void Clear()
    {
        ContactChanged = false;
        Enrolments.Clear(); Trails.Clear(); Messages.Clear(); Tasks.Clear(); Notifications.Clear(); CancelMessagesOf.Clear(); MessageFeedback.Clear(); RecordedEvents.Clear();
        Orders.Clear(); Memberships.Clear(); Changes.Clear(); Refusals.Clear(); RefusedParts.Clear(); Counters.Clear(); Alerts.Clear();
        Refused = null; Entered = null; Resend = null;
    }
}

/// <summary>A message after something came back of it.</summary>
/// <param name="Opens">How often it was opened by now; likewise <paramref name="Clicks"/>. Programs do not count (Semantics 10.9).</param>
public readonly record struct MessageAnswer(MessageKey Message, MessageStatus Status, int Opens, int Clicks);

/// <param name="Before">Null when it began in this burst.</param>
public sealed record EnrolmentChange(Enrolment? Before, Enrolment After);

/// <summary>The points that one enrolment passed in one burst: one history row.</summary>
public sealed record Trail(EnrolmentId Enrolment, JourneyId Journey, int Version, Instant At, string Cause, ImmutableArray<TrailStep> Steps);

/// <summary>One point passed, entered or left.</summary>
/// <param name="Point">A point's id; where the edge is <see cref="Entered"/>, a starting point's.</param>
/// <param name="Edge">The name of the edge taken; null while it waits there; an outcome's name in lower case when it ended there.</param>
/// <param name="Bits">One bit a condition leaf, where a condition decided.</param>
/// <param name="Detail">The short values that decided, or a reason; null when there is nothing to say.</param>
public sealed record TrailStep(string Point, string? Edge, ulong Bits = 0, string? Detail = null)
{
    /// <summary>The edge of a step that says how somebody came in, where a rule had to hold.</summary>
    public const string Entered = "entered";
    /// <summary>The edge of a step that says that a failed enrolment was put back here.</summary>
    public const string PutBack = "put-back";
}

/// <param name="Kind"><c>segment</c>, <c>list</c> or <c>tag</c>.</param>
/// <param name="Change">+1 or −1.</param>
public readonly record struct MembershipChange(string Kind, string Name, int Change);

/// <summary>An entry that matched and was refused: one a contact, journey, reason and day is kept (Semantics 11.3).</summary>
/// <param name="Reason">A stable code: <c>not-eligible</c>, <c>excluded</c>, <c>already-inside</c>, <c>re-entry-never</c>, <c>re-entry-interval</c>, <c>paused</c>, <c>not-started</c>, <c>ended</c>, <c>exit-holds</c>, <c>goal-holds</c>, <c>too-often</c>, <c>loop</c>, <c>too-many-enrolments</c>, <c>stage-ended</c>, <c>no-stage</c>, <c>archived</c>, <c>barred</c>.</param>
public sealed record EntryRefusal(JourneyId Journey, string StartingPoint, string Reason, Instant At);

/// <summary>Something that people should look at.</summary>
/// <param name="Code">Stable: <c>loop</c>, <c>too-often</c>, <c>step-failed</c>, <c>journey-not-live</c>.</param>
/// <param name="Detail">A whole sentence, in English.</param>
/// <param name="Arguments">What it speaks of, by name: for whoever tells it in another language.</param>
public sealed record Alert(JourneyId Journey, string Code, string Detail, Instant At, params ImmutableArray<(string Name, string Value)> Arguments);

/// <param name="Code">Stable.</param>
/// <param name="Where">The point where the contact stands now, if any.</param>
public sealed record Refusal(string Code, string Text, string? Where = null);

/// <summary>What is counted (Semantics 11.1). The numbers are stored.</summary>
public enum CounterKind : byte
{
    /// <summary>Per version and starting point: enrolments begun.</summary>
    Started = 1,
    /// <summary>Per version and outcome (edge = outcome in lower case): enrolments ended.</summary>
    Ended = 2,
    /// <summary>Per point: arrivals.</summary>
    Arrived = 3,
    /// <summary>Per point and edge: departures; edge <c>goal</c>, <c>exit</c>, <c>removed</c>, <c>failed</c>, <c>moved</c>, <c>carried</c> (into a newer version, at the same point) when it left by none of its own, the outcome in lower case when the point ended the journey.</summary>
    Left = 4,
    /// <summary>Per point: messages decided; then by how they ended (edge: <c>sent</c>, <c>skipped</c>, <c>failed</c>, <c>in-doubt</c>, <c>cancelled</c>).</summary>
    MessageDecided = 5,
    MessageSettled = 6,
    /// <summary>
    /// Per point. Each message at most once an edge: <c>delivered</c>, <c>opened</c>, <c>clicked</c>, <c>bounced</c>, <c>complained</c>. Each time: <c>opens</c>, <c>clicks</c>, <c>replied</c>,
    /// <c>soft-bounced</c>, <c>unsubscribed</c>, and what programs did: <c>machine-opens</c>, <c>machine-clicks</c> (Semantics 10.9).
    /// </summary>
    MessageFeedback = 7,
    /// <summary>Per segment (journey field empty, point = its name): members.</summary>
    SegmentMembers = 8,
    ListMembers = 9,
    TagMembers = 10,
    /// <summary>Per journey and reason (edge).</summary>
    Refused = 11,
    /// <summary>Contacts, events: whole installation (point = <c>contacts</c>, <c>events</c>).</summary>
    Total = 12,
    MovedIn = 13,
    MovedOut = 14,
    /// <summary>Per point and path of an experiment (edge): contacts who met it, each once; and those of them who reached its goal in time. Under the version that exposed them.</summary>
    Exposed = 15,
    Converted = 16,
    /// <summary>Per point: enrolments whose step failed there and that can still be put back (Semantics 3.8).</summary>
    Failed = 17,
}

/// <summary>One counter. Unused parts are empty or 0.</summary>
public readonly record struct CounterKey(CounterKind Kind, JourneyId Journey, int Version, string Point, string Edge)
{
    // Ten of these are hashed a burst: hashing three whole strings was a third of its time.
    public override int GetHashCode() =>
        (int)Kind + 31 * (Version + 31 * (Mix(Journey.Value) + 31 * (Mix(Point) + 31 * Mix(Edge))));

    static int Mix(string? text) => text is { Length: > 0 } ? text.Length + 31 * (text[0] + 31 * (text[^1] + 31 * text[text.Length / 2])) : 0;
}
