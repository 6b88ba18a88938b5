using System.ComponentModel;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Decides an e-mail to the contact and goes on at once; the outbox sends it (Semantics 10.1, 10.5).</summary>
[Description("Sends the contact an e-mail and goes on at once. Who has no address, is suppressed or has not consented is skipped, with the reason.")]
public sealed record SendEmailPoint : StraightPoint
{
    public const string Channel = "email";

    /// <summary>How long a message may wait to be handed over, unless its author says otherwise.</summary>
    public static readonly Duration ExpiresAfterDefault = Duration.FromDays(3);

    [Description("The name of the content; sent in the version that is live when it leaves.")]
    public required string Content { get; init; }

    [Description("The topic whose consent counts; without it, the journey's. Marketing needs one.")]
    public string? Topic { get; init; }

    [Description("marketing asks consent and carries an unsubscribe link; transactional does neither. Without it, the journey's, else marketing.")]
    public MessagePurpose? Purpose { get; init; }

    [Description("How long it may wait to be handed over: ISO 8601; without it, the journey's, else P3D.")]
    public Duration? ExpiresAfter { get; init; }

    [Description("Whether it is noticed that the mail is opened; false switches it off, without it the journey's.")]
    public bool? TrackOpens { get; init; }

    [Description("Whether it is noticed that links in the mail are followed; false switches it off, without it the journey's.")]
    public bool? TrackClicks { get; init; }

    protected internal override bool SendsMessages => true;

    public override string Explain() => $"sends the e-mail {Content}";

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
    }

    protected internal override PlanPoint Compile(CompileContext compile)
    {
        var email = compile.Settings.Email;
        return new Plan(
            Content,
            Topic ?? email?.Topic ?? "",
            Purpose ?? email?.Purpose ?? MessagePurpose.Marketing,
            ExpiresAfter ?? email?.ExpiresAfter ?? ExpiresAfterDefault,
            new(TrackOpens ?? email?.TrackOpens ?? true, TrackClicks ?? email?.TrackClicks ?? true))
        { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };
    }

    sealed class Plan(string content, string topic, MessagePurpose purpose, Duration expiresAfter, MessageTracking tracking) : PlanPoint
    {
        public override MessageTracking Tracking => tracking;

        public override Move Enter(StepContext context)
        {
            var enrolment = context.Enrolment;
            var address = context.Contact.IdentityOf(IdentityKind.Email);
            var skip = Skip(context, address);
            context.Do(new Effect.Message(new(
                MessageKey.Of(enrolment.Id, Id, context.Visit, Channel),
                enrolment.Id, enrolment.Journey, enrolment.Version, Id, context.Visit,
                Channel, content, topic, purpose, address,
                DecidedAt: context.Now, NotBefore: null, Expires: (context.Now + expiresAfter).Truncate(), skip)));
            if (skip is not null)
                context.Note(0, skip);
            return Move.Follow(0);
        }

        /// <summary>The first reason against sending, in the order of Semantics 10.1; null: send.</summary>
        string? Skip(StepContext context, string? address)
        {
            if (address is null)
                return "no-address";
            if (context.Contact.Suppressed.Contains(address))
                return "suppressed";
            if (purpose == MessagePurpose.Transactional)
                return null;
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
