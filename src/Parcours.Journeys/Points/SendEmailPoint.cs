using System.ComponentModel;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Points;

/// <summary>Decides an e-mail to the contact and goes on; the outbox sends it (Semantics 10.1, 10.5). Outside its window the contact waits here.</summary>
[Description("Sends the contact an e-mail and goes on at once, or when its window opens. Who has no address, is suppressed or has not consented is skipped, with the reason.")]
public sealed record SendEmailPoint : StraightPoint
{
    public const string Channel = "email";

    /// <summary>How long a message may wait to be handed over, unless its author says otherwise.</summary>
    public static readonly Duration ExpiresAfterDefault = Duration.FromDays(3);

    [Description("The name of the content; sent in the version that is live when it leaves, unless it is pinned.")]
    public required string Content { get; init; }

    [Description("The topic whose consent counts; without it, the journey's. Marketing needs one.")]
    public string? Topic { get; init; }

    [Description("marketing asks consent and carries an unsubscribe link; transactional does neither. Without it, the journey's, else marketing.")]
    public MessagePurpose? Purpose { get; init; }

    [Description("How long it may wait, from the arrival here, until it is handed over: ISO 8601. Without it, the journey's; else P3D from when it could first leave.")]
    public Duration? ExpiresAfter { get; init; }

    [Description("The instant from which on it is not worth sending any more, whenever the contact came here: 2026-12-24T18:00:00Z, or with an offset.")]
    public Instant? ExpiresAt { get; init; }

    [Description("When it may leave; without it, the journey's. Empty, at any time.")]
    public SendWindowSetting? Window { get; init; }

    [Description("What to do in quiet hours of the installation: wait until they are over (without it, or the journey's), or skip.")]
    public OutsideWindow? WhenQuiet { get; init; }

    [Description("What to do when a frequency cap of the installation lets no more through: wait its turn (without it, or the journey's), or skip. Transactional messages are not capped.")]
    public WhenCapped? WhenCapped { get; init; }

    [Description("Whether it is noticed that the mail is opened; false switches it off, without it the journey's.")]
    public bool? TrackOpens { get; init; }

    [Description("Whether it is noticed that links in the mail are followed; false switches it off, without it the journey's.")]
    public bool? TrackClicks { get; init; }

    [Description("Whether the content is sent as it was when this version of the journey was published, whatever is saved later; without it, the journey's, else as it is live when the mail leaves.")]
    public bool? Pinned { get; init; }

    protected internal override bool SendsMessages => true;

    // For its window, for quiet hours, or for a place under a frequency cap.
    protected override WaitClock WaitClock => WaitClock.Calendar;

    public override string Explain() => Window is null ? $"sends the e-mail {Content}" : $"sends the e-mail {Content}, {Window.Explain()}";

    protected internal override void Check(CheckContext check)
    {
        check.Content(Channel, Content, "content");
        var email = check.Settings.Email;
        if (Topic is not null)
            check.Topic(Topic, "topic");
        else if (email?.Topic is null && (Purpose ?? email?.Purpose ?? MessagePurpose.Marketing) == MessagePurpose.Marketing)
            check.Error(ProblemCodes.TopicMissing, "topic", "A marketing e-mail needs a topic, whose consent counts: here, or in settings/email for the whole journey.");
        if (ExpiresAfter is { } expiresAfter)
            check.Wait(expiresAfter, "expiresAfter");
        if (Window is { } window)
            window.Check(check, "window", ExpiresAfter ?? email?.ExpiresAfter);
    }

    protected internal override PlanPoint Compile(CompileContext compile)
    {
        var email = compile.Settings.Email;
        return new Plan(
            Content,
            Topic ?? email?.Topic ?? "",
            Purpose ?? email?.Purpose ?? MessagePurpose.Marketing,
            new(ExpiresAfter ?? email?.ExpiresAfter, ExpiresAt),
            (Window ?? email?.Window)?.Compile(),
            WhenQuiet ?? email?.WhenQuiet ?? OutsideWindow.Wait,
            WhenCapped ?? email?.WhenCapped ?? Plans.WhenCapped.Wait,
            new(TrackOpens ?? email?.TrackOpens ?? true, TrackClicks ?? email?.TrackClicks ?? true),
            Pinned ?? email?.Pinned ?? false)
        { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };
    }

    /// <summary>How long a message is worth sending.</summary>
    readonly record struct Expiry(Duration? After, Instant? At)
    {
        /// <summary>Until when the author wants it sent; null: the author did not say.</summary>
        public Instant? ByAuthor(Instant arrived) => After is null && At is null ? null : Of(arrived, arrived);

        /// <summary>The author's hours count from the arrival; those of the outbox alone from the decision, however long the contact waited for the window.</summary>
        public Instant Of(Instant arrived, Instant now)
        {
            var expires = After is { } after ? arrived + after : now + ExpiresAfterDefault;
            return (At is { } at && at < expires ? at : expires).Truncate();
        }
    }

    sealed class Plan(string content, string topic, MessagePurpose purpose, Expiry expiry, SendWindowPlan? windows, OutsideWindow whenQuiet, WhenCapped whenCapped, MessageTracking tracking, bool pinned) : PlanPoint
    {
        public override MessageTracking Tracking => tracking;

        public override string? PinnedContent => pinned ? content : null;

        public override Dependencies Hears { get; } = windows?.Hears ?? Dependencies.None;

        public override Move Enter(StepContext context) => Decide(context, context.Arrived);

        // Whoever stands here waits for its window: nothing was decided yet.
        public override bool RejoinsAnew => true;

        public override Move Resume(StepContext context, Stimulus stimulus) => (stimulus, context.Enrolment.State) switch
        {
            (Stimulus.TimerDue, EnrolmentState.Waiting waiting) => Decide(context, waiting.Since),
            (Stimulus.Changed changed, EnrolmentState.Waiting { Wait.Reason: Opening.WindowReason or Opening.QuietReason } waiting) when ZoneChoice.ChangesIn(changed) => Retime(context, waiting),
            _ => Move.Stay,
        };

        /// <summary>In the order of Semantics 10.1: address, suppression, consent, expiry, window, quiet hours, cap. The result is send, wait until, or skip with the first reason.</summary>
        Move Decide(StepContext context, Instant arrived)
        {
            var (enrolment, now) = (context.Enrolment, context.Now);
            var address = context.Contact.IdentityOf(IdentityKind.Email);
            var expires = expiry.Of(arrived, now);
            var opening = OpeningFor(context);
            var skip = Skip(context, address) ?? (expires <= now ? "expired" : null);
            if (skip is null && !opening.IsOpen(now))
            {
                (var wait, skip) = opening.Judge(now, Opening.Share(enrolment.Journey, Id, context.Contact.Id), expiry.ByAuthor(arrived));
                if (wait is not null)
                    return Move.WaitFor(wait);
            }
            if (skip is null && purpose == MessagePurpose.Marketing && context.CappedUntil(Channel, topic) is { } free)
            {
                if (whenCapped == Plans.WhenCapped.Wait && !(free >= expiry.ByAuthor(arrived)))
                    return Move.WaitFor(new(free, TimerQueue.Calendar, StepContext.CapReason));
                skip = "capped";
            }
            context.Do(new Effect.Message(new(
                MessageKey.Of(enrolment.Id, Id, context.Visit, Channel),
                enrolment.Id, enrolment.Journey, enrolment.Version, Id, context.Visit,
                Channel, content, topic, purpose, address,
                DecidedAt: now, NotBefore: null, expires, skip)
            { Window = opening.Window, Place = opening.Place }));
            if (skip is not null)
                context.Note(0, skip);
            return Move.Follow(0);
        }

        Opening OpeningFor(StepContext context)
        {
            var quiet = context.Catalogue.Quiet;
            return new(windows?.For(context), quiet, quiet.Concern(Channel, purpose) ? QuietPlace.Of(context.Contact, context.Plan.Zone, whenQuiet) : null, Channel, purpose);
        }

        /// <summary>The contact is in another zone or country: it may be open there now, and then the timer is due at once (Semantics 8.4).</summary>
        Move Retime(StepContext context, EnrolmentState.Waiting waiting)
        {
            var (anew, _) = OpeningFor(context).Judge(context.Now, Opening.Share(context.Enrolment.Journey, Id, context.Contact.Id), expiry.ByAuthor(waiting.Since));
            return Move.WaitFor(anew ?? waiting.Wait with { Due = context.Now, Intention = null });
        }

        /// <summary>The first reason against writing to this contact at all; null: there is none.</summary>
        string? Skip(StepContext context, string? address)
        {
            if (address is null)
                return "no-address";
            if (context.Contact.Suppressed.Contains(address))
                return "suppressed";
            if (purpose == MessagePurpose.Transactional)
                return null;
            if (context.Contact.IsArchived)
                return "archived";
            return context.Contact.Consent(Channel, topic) switch
            {
                ConsentState.Given => null,
                ConsentState.Refused => "refused",
                // A topic that is gone since the journey was published asks for the stricter of the two.
                _ => context.Catalogue.Topics.TryGetValue(topic, out var known) && known.WhenUnknown == UnknownConsent.UnlessRefused ? null : "no-consent",
            };
        }
    }
}
