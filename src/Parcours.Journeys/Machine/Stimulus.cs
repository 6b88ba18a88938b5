using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Machine;

/// <summary>What goes into the machine: a closed set.</summary>
public abstract record Stimulus
{
    Stimulus() { }

    /// <summary>Something reached the contact: orders to change it, an event, or both (an event that brings traits along). The orders come first.</summary>
    public sealed record Received(ImmutableArray<ContactEdit> Edits, ContactEvent? Event = null) : Stimulus;

    /// <summary>A derived stimulus: the contact was changed within the burst, by a run (Semantics 3.2).</summary>
    /// <param name="By">The enrolment that did it, which does not hear itself.</param>
    public sealed record Changed(ImmutableArray<ContactChange> Changes, ContactEvent? Event, EnrolmentId? By) : Stimulus;

    /// <summary>An enrolment's wait is over.</summary>
    public sealed record TimerDue(EnrolmentId Enrolment, Instant Due) : Stimulus;

    /// <summary>The contact's flip timer: conditions may have changed by time alone (Semantics 7.6).</summary>
    public sealed record FlipDue : Stimulus;

    /// <summary>The own outbox settled a message: sent, skipped, failed or in doubt (Semantics 10.5).</summary>
    /// <param name="Facts">The message as the outbox has it; without it, nothing can be counted for an enrolment that has ended.</param>
    public sealed record MessageSettled(EnrolmentId Enrolment, MessageKey Message, MessageStatus Status, string? Why, MessageFacts? Facts = null) : Stimulus
    {
        /// <summary>What a receiver answered to a webhook: a JSON object with <c>status</c> and <c>body</c> (Semantics 5.4); empty where nothing came back.</summary>
        public ReadOnlyMemory<byte> Answer { get; init; }
    }

    /// <summary>Something came back of a message. What a person did comes as an event too, under the channel's name: <c>email_opened</c> (Semantics 10.5).</summary>
    /// <param name="Link">Of a click: which link, by the name that its author gave it, else by its address.</param>
    /// <param name="Facts">The message as the outbox has it; without it, nothing can be counted for an enrolment that has ended.</param>
    public sealed record MessageFeedback(EnrolmentId Enrolment, MessageKey Message, FeedbackKind Kind, string? Link, MessageFacts? Facts = null) : Stimulus
    {
        /// <summary>Of a bounce, the provider's reason; of an unsubscription, the topic that was left, <c>*</c> for all of the channel.</summary>
        public string? Detail { get; init; }
    }

    /// <summary>Somebody asks that a message which failed, or of which nobody knows whether it left, goes to the outbox once more (Semantics 10.8). It moves nobody; what becomes of it then may.</summary>
    /// <param name="Facts">The message as the outbox has it; null: there is none.</param>
    public sealed record ResendRequested(EnrolmentId Enrolment, MessageKey Message, MessageFacts? Facts) : Stimulus;

    /// <summary>Enter this journey, by hand or over the API. Answered by a refusal with its reason if rules forbid it.</summary>
    public sealed record EnrolRequested(JourneyId Journey, EventProperties Data, string? EventKey = null) : Stimulus;

    /// <param name="Revision">The revision that the person saw; null does not compare.</param>
    /// <param name="Bars">Whether the journey is barred to the contact in the same act (Semantics 6.15); not where the removal is refused.</param>
    public sealed record RemoveRequested(EnrolmentId Enrolment, int? Revision, string? Why, bool Bars = false) : Stimulus;

    /// <param name="Point">Where to go; refused when the contact has gone on since <paramref name="Revision"/> (Semantics 8.7).</param>
    public sealed record MoveRequested(EnrolmentId Enrolment, string Point, int? Revision) : Stimulus;

    /// <summary>An enrolment that failed shall go on where it stood (Semantics 3.8).</summary>
    /// <param name="Revision">The revision that the person saw; null does not compare.</param>
    /// <param name="Newest">In the version that is live now, where that has the point; false: in its own, unless a publisher has said otherwise since (Semantics 6.4).</param>
    public sealed record PutBackRequested(EnrolmentId Enrolment, int? Revision, bool Newest) : Stimulus;

    /// <summary>A derived stimulus: what came of the <see cref="Effect.EnterJourney"/> that this enrolment waits for.</summary>
    /// <param name="Entered">The enrolment in the other journey; null: refused.</param>
    public sealed record JourneyEntered(EnrolmentId? Entered) : Stimulus;

    /// <summary>What an allocator says to the enrolment that asked (Semantics 9.2).</summary>
    public sealed record Answered(EnrolmentId Enrolment, AskId Ask, AllocatorAnswer Answer) : Stimulus;

    /// <summary>The journey has ended, or was ended: whoever is inside leaves, <c>exited</c>.</summary>
    public sealed record JourneyEnded(JourneyId Journey) : Stimulus;

    /// <summary>The journey goes on after a pause: noted activities act now (Semantics 8.3).</summary>
    public sealed record JourneyResumed(JourneyId Journey) : Stimulus;

    /// <summary>A version was published whose author said what becomes of those inside; whoever is touched is mapped before all else, and by this everybody is touched (Semantics 6.4).</summary>
    public sealed record VersionPublished(JourneyId Journey) : Stimulus;

    /// <summary>The contact goes for good: it leaves whatever it is in, and what is not sent yet is cancelled (Semantics 12.1).</summary>
    public sealed record EraseRequested : Stimulus;

    /// <summary>A moment of a schedule has come (Semantics 6.12), or of a journey that takes current ones too (6.10); it is asked of every contact.</summary>
    /// <param name="Starts">The ids of the starting points whose moment it is.</param>
    public sealed record Scheduled(JourneyId Journey, ImmutableArray<string> Starts) : Stimulus;

    /// <summary>A version of the journey has gone live: the contact's moments are reckoned by the dates that it has (Semantics 6.11).</summary>
    /// <param name="Since">When: what came before is not caught up.</param>
    public sealed record DatesReckoned(JourneyId Journey, Instant Since) : Stimulus;

    /// <summary>All that another contact was, now part of this one (Semantics 4.6, 4.7). Exits act, nothing starts.</summary>
    public sealed record Absorbed(Contact Other) : Stimulus;

    /// <summary>The past of this contact has been read for segments or journeys that are being filled: merged with what was kept since, then decided (Semantics 7.7).</summary>
    /// <param name="Memories">Over the events up to the fill's control entry, no others.</param>
    /// <param name="Segments">Which are decided now; empty for a journey's own memory.</param>
    public sealed record Filled(ImmutableArray<KeyValuePair<AggregateId, AggregateMemory>> Memories, ImmutableArray<string> Segments) : Stimulus;
}

/// <summary>What the outbox knows of a message: its enrolment may have ended long ago, and then only this says what to count (Semantics 10.5).</summary>
/// <param name="Status">Before the stimulus.</param>
/// <param name="Opened">Whether an open was counted before; likewise <paramref name="Clicked"/>.</param>
/// <param name="Address">Where it went: what a bounce suppresses.</param>
public sealed record MessageFacts(JourneyId Journey, int Version, string Point, MessageStatus Status, bool Opened, bool Clicked, string? Address)
{
    public string Channel { get; init; } = "email";
    public string Topic { get; init; } = "";
    public string Content { get; init; } = "";
    /// <summary>How often it was opened before this, and how often a link in it was followed.</summary>
    public int Opens { get; init; }
    public int Clicks { get; init; }
}
