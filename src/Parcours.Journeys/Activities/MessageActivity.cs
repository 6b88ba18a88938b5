using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Activities;

/// <summary>What a person does with a message of this journey, or what becomes of it.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MessageReaction>))]
public enum MessageReaction
{
    Delivered = 0,
    /// <summary>A click counts too: who follows a link has opened the message (Semantics 10.5).</summary>
    Opened = 1,
    Clicked = 2,
    Bounced = 3,
    Complained = 4,
    Replied = 5,
    Unsubscribed = 6,
}

/// <summary>The contact reacts to a message of this journey. Heard from the outbox itself, so no event that somebody sends can pass for it.</summary>
[Description("The contact reacts to a message of this journey.")]
public sealed record MessageActivity : Activity
{
    [Description("The id of the point that sent the message; of several visits, the message of any.")]
    public required string Point { get; init; }

    [Description("What the contact does with it.")]
    public required MessageReaction Is { get; init; }

    [Description("With clicked: this link, by the name that its author gave it, else by its address; without it, any.")]
    public string? Link { get; init; }

    public override string Explain() => $"the message of {Point} is {(Is == MessageReaction.Replied ? "replied to" : Is.ToString().ToLowerInvariant())}";

    protected internal override void Check(CheckContext check, string field)
    {
        check.Named(Point, $"{field}point");
        check.Sender(Point, $"{field}point");
        if (Link is not null)
            check.Named(Link, $"{field}link");
        if (Link is not null && Is != MessageReaction.Clicked)
            check.Error(ProblemCodes.LinkUnused, $"{field}link", "Only clicked asks for a link.");
    }

    protected internal override CompiledActivity Compile(CompileContext compile) => new Compiled(this);

    sealed class Compiled(MessageActivity activity) : CompiledActivity
    {
        public override Dependencies Hears { get; } = Dependencies.None with { Messages = true };

        public override bool Matches(ContactEvent? occurred, ImmutableArray<ContactChange> changes, in ConditionContext contact) => false;

        public override bool Matches(Stimulus.MessageFeedback feedback, in ConditionContext contact)
        {
            if (!Counts(feedback.Kind) || (activity.Link is { } link && !string.Equals(feedback.Link, link, StringComparison.Ordinal)))
                return false;
            foreach (var message in contact.Enrolment?.Messages ?? [])
                if (message.Key == feedback.Message)
                    return string.Equals(message.Point, activity.Point, StringComparison.Ordinal);
            return false;
        }

        bool Counts(FeedbackKind kind) => activity.Is switch
        {
            MessageReaction.Delivered => kind is FeedbackKind.Delivered or FeedbackKind.Opened or FeedbackKind.Clicked or FeedbackKind.MachineOpened,
            MessageReaction.Opened => kind is FeedbackKind.Opened or FeedbackKind.Clicked,
            MessageReaction.Clicked => kind is FeedbackKind.Clicked,
            MessageReaction.Bounced => kind is FeedbackKind.Bounced,
            MessageReaction.Complained => kind is FeedbackKind.Complained,
            MessageReaction.Replied => kind is FeedbackKind.Replied,
            _ => kind is FeedbackKind.Unsubscribed,
        };
    }
}
