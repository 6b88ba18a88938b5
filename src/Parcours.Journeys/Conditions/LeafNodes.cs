using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Conditions;

/// <summary>A property of the contact, or (<paramref name="ofEvent"/>) of the event that is looked at.</summary>
sealed class PropertyNode(string name, bool ofEvent, Comparison comparison, ValueTest test) : LeafNode
{
    internal override bool Holds(in ConditionContext context) => test.Holds(Actual(context), context.Now, context.Zone);

    internal override Truth Look(in ConditionContext context)
    {
        var actual = Actual(context);
        return new(test.Holds(actual, context.Now, context.Zone), test.NextFlip(actual, context.Now, context.Zone));
    }

    Value Actual(in ConditionContext context) =>
        !ofEvent ? context.Contact.Property(name) : (context.Event?.Properties ?? context.Enrolment?.Data)?[name] ?? Value.None;

    internal override bool IsKept => true;
    private protected override string Found(in ConditionContext context) => Actual(context).ToString();
    private protected override Explanation Told(bool holds, string found, Instant? flipsAt) => new(ofEvent ? "field" : "property", name, test.ToString(), found, holds, flipsAt, []);

    internal override Dependencies Dependencies => Dependencies.None with
    {
        Properties = ofEvent ? [] : [name],
        Time = ValueTest.IsRelative(comparison),
    };
}

/// <summary>What stays as it is until somebody changes it.</summary>
abstract class SteadyNode : LeafNode
{
    internal override Truth Look(in ConditionContext context) => new(Holds(context), null);
}

/// <summary>What somebody has or has not, is on or is not: the answer says all.</summary>
abstract class HavingNode(string kind, string name, string yes, string no) : SteadyNode
{
    private protected string Name => name;
    private protected override string Found(in ConditionContext context) => Otherwise(Holds(context));
    private protected override string Otherwise(bool holds) => holds ? yes : no;
    private protected override Explanation Told(bool holds, string found, Instant? flipsAt) => new(kind, name, yes, found, holds, flipsAt, []);
}

sealed class TagNode(string name) : HavingNode("tag", name, "has", "hasNot")
{
    internal override bool Holds(in ConditionContext context) => context.Contact.HasTag(Name);
    internal override Dependencies Dependencies => Dependencies.None with { Tags = [Name] };
}

sealed class ListNode(string name) : HavingNode("list", name, "on", "notOn")
{
    internal override bool Holds(in ConditionContext context) => context.Contact.IsOn(Name);
    internal override Dependencies Dependencies => Dependencies.None with { Lists = [Name] };
}

sealed class SegmentNode(string name) : HavingNode("segment", name, "in", "notIn")
{
    internal override bool Holds(in ConditionContext context) => context.Contact.Segments.Contains(Name);
    internal override Dependencies Dependencies => Dependencies.None with { Segments = [Name] };
}

/// <summary>Asks the enrolments in progress that the contact carries. Who is just being stepped still stands where it stood before the step.</summary>
sealed class JourneyNode(string journey, string? point) : HavingNode("journey", point is null ? journey : $"{journey}/{point}", "in", "notIn")
{
    internal override bool Holds(in ConditionContext context)
    {
        foreach (var enrolment in context.Contact.Enrolments)
            if (string.Equals(enrolment.Journey.Value, journey, StringComparison.Ordinal)
                && (point is null || (enrolment.State is EnrolmentState.Waiting waiting && string.Equals(waiting.Point, point, StringComparison.Ordinal))))
                return true;
        return false;
    }

    internal override Dependencies Dependencies => Dependencies.None with { Positions = [journey] };
}

sealed class ConsentNode(string channel, string topic, ConsentState state) : SteadyNode
{
    internal override bool Holds(in ConditionContext context) => context.Contact.Consent(channel, topic) == state;
    internal override bool IsKept => true;
    private protected override string Found(in ConditionContext context) => Named.Of(context.Contact.Consent(channel, topic));
    private protected override Explanation Told(bool holds, string found, Instant? flipsAt) => new("consent", $"{channel}/{topic}", Named.Of(state), found, holds, flipsAt, []);
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

    internal override bool IsKept => true;
    private protected override string Found(in ConditionContext context) => Latest(context) is { } message ? Named.Of(message.Status) : "";
    private protected override Explanation Told(bool holds, string found, Instant? flipsAt) => new("message", point, link is null ? Named.Of(wanted) : $"{Named.Of(wanted)} {link}", found, holds, flipsAt, []);

    internal override Dependencies Dependencies => Dependencies.None with { Messages = true };
}
