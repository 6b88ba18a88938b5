using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Conditions;

/// <summary>A property of the contact, or (<paramref name="ofEvent"/>) of the event that is looked at.</summary>
sealed class PropertyNode(string name, bool ofEvent, Comparison comparison, ValueTest test) : ConditionNode
{
    internal override bool Holds(in ConditionContext context) => test.Holds(Actual(context), context.Now, context.Zone);

    internal override Truth Look(in ConditionContext context)
    {
        var actual = Actual(context);
        return new(test.Holds(actual, context.Now, context.Zone), test.NextFlip(actual, context.Now, context.Zone));
    }

    Value Actual(in ConditionContext context) =>
        !ofEvent ? context.Contact.Property(name) : (context.Event?.Properties ?? context.Enrolment?.Data)?[name] ?? Value.None;

    internal override Explanation Explain(in ConditionContext context)
    {
        var truth = Look(context);
        return new(ofEvent ? "field" : "property", name, test.ToString(), Actual(context).ToString(), truth.Holds, truth.FlipsAt, []);
    }

    internal override Dependencies Dependencies => Dependencies.None with
    {
        Properties = ofEvent ? [] : [name],
        Time = ValueTest.IsRelative(comparison),
    };
}

/// <summary>What stays as it is until somebody changes it.</summary>
abstract class SteadyNode : ConditionNode
{
    internal override Truth Look(in ConditionContext context) => new(Holds(context), null);
    private protected Explanation Told(string kind, string subject, string expected, string actual, in ConditionContext context) => new(kind, subject, expected, actual, Holds(context), null, []);
}

sealed class TagNode(string name) : SteadyNode
{
    internal override bool Holds(in ConditionContext context) => context.Contact.HasTag(name);
    internal override Explanation Explain(in ConditionContext context) => Told("tag", name, "has", context.Contact.HasTag(name) ? "has" : "hasNot", context);
    internal override Dependencies Dependencies => Dependencies.None with { Tags = [name] };
}

sealed class ListNode(string name) : SteadyNode
{
    internal override bool Holds(in ConditionContext context) => context.Contact.IsOn(name);
    internal override Explanation Explain(in ConditionContext context) => Told("list", name, "on", context.Contact.IsOn(name) ? "on" : "notOn", context);
    internal override Dependencies Dependencies => Dependencies.None with { Lists = [name] };
}

sealed class SegmentNode(string name) : SteadyNode
{
    internal override bool Holds(in ConditionContext context) => context.Contact.Segments.Contains(name);
    internal override Explanation Explain(in ConditionContext context) => Told("segment", name, "in", context.Contact.Segments.Contains(name) ? "in" : "notIn", context);
    internal override Dependencies Dependencies => Dependencies.None with { Segments = [name] };
}

sealed class ConsentNode(string channel, string topic, ConsentState state) : SteadyNode
{
    internal override bool Holds(in ConditionContext context) => context.Contact.Consent(channel, topic) == state;
    internal override Explanation Explain(in ConditionContext context) => Told("consent", $"{channel}/{topic}", Named.Of(state), Named.Of(context.Contact.Consent(channel, topic)), context);
    internal override Dependencies Dependencies => Dependencies.None with { Consent = true };
}

sealed class MessageNode(string point, MessageIs wanted, string? link) : SteadyNode
{
    internal override bool Holds(in ConditionContext context) => Latest(context) is { } message && wanted switch
    {
        MessageIs.Sent => Reached(message, MessageStatus.Sent) || message.Status is MessageStatus.Bounced,
        MessageIs.Delivered => Reached(message, MessageStatus.Delivered),
        MessageIs.Opened => Reached(message, MessageStatus.Opened),
        MessageIs.Clicked => Reached(message, MessageStatus.Clicked) && (link is null || Went(message)),
        MessageIs.Bounced => message.Status == MessageStatus.Bounced,
        MessageIs.Skipped => message.Status == MessageStatus.Skipped,
        _ => message.Status == MessageStatus.Failed,
    };

    // Status only rises: an open implies sent and delivered, and so does a complaint (Semantics 10.5).
    static bool Reached(EnrolmentMessage message, MessageStatus status)
    {
        var reached = message.Status switch
        {
            MessageStatus.Sent or MessageStatus.Delivered or MessageStatus.Opened or MessageStatus.Clicked => message.Status,
            MessageStatus.Complained => MessageStatus.Delivered,
            _ => MessageStatus.Pending,
        };
        reached = message.Clicked ? MessageStatus.Clicked : message.Opened && reached < MessageStatus.Opened ? MessageStatus.Opened : reached;
        return reached >= status;
    }

    bool Went(EnrolmentMessage message)
    {
        if (message.Links.IsDefault)
            return false;
        foreach (var clicked in message.Links)
            if (string.Equals(clicked, link, StringComparison.Ordinal))
                return true;
        return false;
    }

    EnrolmentMessage? Latest(in ConditionContext context)
    {
        EnrolmentMessage? latest = null;
        if (context.Enrolment is { } enrolment)
            foreach (var message in enrolment.Messages)
                if (string.Equals(message.Point, point, StringComparison.Ordinal) && (latest is null || message.Visit >= latest.Visit))
                    latest = message;
        return latest;
    }

    internal override Explanation Explain(in ConditionContext context) =>
        Told("message", point, link is null ? Named.Of(wanted) : $"{Named.Of(wanted)} {link}", Latest(context) is { } message ? Named.Of(message.Status) : "", context);

    internal override Dependencies Dependencies => Dependencies.None with { Messages = true };
}
