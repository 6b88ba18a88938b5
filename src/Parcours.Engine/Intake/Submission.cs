using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Intake;

/// <summary>One thing from outside, on its way into the journal.</summary>
/// <remarks>Named by <see cref="Contact"/> or by <see cref="Identities"/>. What it says is checked for form by whoever makes it; what it means is decided by the machine.</remarks>
public sealed record Submission
{
    public required SubmissionBody Body { get; init; }
    public Origin Origin { get; init; } = Origin.Live;
    public ContactId? Contact { get; init; }
    /// <summary>Raw values; normalised by the engine (Semantics 4.3).</summary>
    public ImmutableArray<Identity> Identities { get; init; } = [];
    public SenderRights Rights { get; init; }
    /// <summary>At most 100 characters; null: the engine cannot recognise it again (Semantics 5.1).</summary>
    public string? MessageId { get; init; }
    /// <summary>The sender's time of it; null: when received.</summary>
    public Instant? Timestamp { get; init; }
    /// <summary>The sender's time of sending, which corrects <see cref="Timestamp"/>: occurred = received − (sent − timestamp).</summary>
    public Instant? SentAt { get; init; }
    /// <summary>For imports: whether it may start journeys whose starting point takes imports (Semantics 2.6).</summary>
    public bool StartsJourneys { get; init; } = true;
    /// <summary>False: an unknown contact is answered as such instead of being created.</summary>
    public bool CreatesContact { get; init; } = true;
    /// <summary>The message that a feedback is about, looked up by the engine.</summary>
    internal MessageRow? About { get; init; }
}

/// <summary>What a submission says: a closed set.</summary>
public abstract record SubmissionBody
{
    SubmissionBody() { }

    /// <summary>Edits, an event, or both: identify, track, page, screen, tag, list, property, consent.</summary>
    /// <param name="Traits">JSON object of properties to set, typed by the engine by the properties' declared types; a null clears. Empty: none.</param>
    /// <param name="Event">The event's name; null: none.</param>
    /// <param name="Properties">JSON object of the event's properties.</param>
    public sealed record Received(ImmutableArray<ContactEdit> Edits, ReadOnlyMemory<byte> Traits, string? Event, ReadOnlyMemory<byte> Properties) : SubmissionBody;

    /// <summary>Two identities are one person: the submission's identities name both.</summary>
    public sealed record Alias : SubmissionBody;

    public sealed record Enrol(JourneyId Journey, ReadOnlyMemory<byte> Data, string? EventKey) : SubmissionBody;
    /// <param name="Bars">Whether it is kept out of that journey from now on.</param>
    public sealed record Remove(EnrolmentId Enrolment, int? Revision, string? Why, bool Bars = false) : SubmissionBody;
    public sealed record Move(EnrolmentId Enrolment, string Point, int? Revision) : SubmissionBody;

    /// <summary>A failed enrolment goes on where it stood (Semantics 3.8).</summary>
    /// <param name="Newest">In the version that is live, where that has the point; else in its own.</param>
    public sealed record PutBack(EnrolmentId Enrolment, int? Revision, bool Newest) : SubmissionBody;

    /// <summary>A person merges another contact into this one.</summary>
    public sealed record Merge(ContactId Loser) : SubmissionBody;

    /// <summary>The contact goes for good, and all that is kept of it (Semantics 12.1).</summary>
    public sealed record Erase : SubmissionBody;

    /// <summary>A message that failed or is in doubt goes to the outbox once more; refused for any other that does not wait already (Semantics 10.8).</summary>
    public sealed record Resend(MessageKey Message) : SubmissionBody;

    /// <summary>Something came back of a message (Semantics 10.5).</summary>
    /// <param name="Link">Of a click: which link, by its name, else its address.</param>
    /// <param name="Detail">Of a bounce, the provider's reason; of an unsubscription, the topic that was left (<c>*</c>: the whole channel; null: the message's own).</param>
    public sealed record Feedback(MessageKey Message, FeedbackKind Kind, string? Link = null, string? Detail = null) : SubmissionBody;
}

public enum SubmissionOutcome
{
    Accepted = 0,
    Duplicate = 1,
    UnknownContact = 2,
    /// <summary>An act by hand that the machine refused, or a part that was not taken; see <see cref="SubmissionResult.Refusals"/>.</summary>
    Refused = 3,
}

/// <param name="Refusals">Why it was refused; or, when accepted, the parts that were not taken (limits, types), each named.</param>
/// <param name="Entered">The enrolment that an <see cref="SubmissionBody.Enrol"/> made.</param>
public sealed record SubmissionResult(SubmissionOutcome Outcome, ContactId Contact, ImmutableArray<Refusal> Refusals, EnrolmentId? Entered = null)
{
    /// <summary>A duplicate that says something else than the first under its message id: the first stands (Semantics 5.1).</summary>
    public bool OtherBody { get; init; }

    /// <summary>The contact was not known before, and was made by this.</summary>
    public bool MadeContact { get; init; }

    /// <summary>Of imported edits: the contact was like that already. Known only when it is processed.</summary>
    public bool LeftAsItWas { get; init; }
}
