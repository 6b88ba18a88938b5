using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.StartingPoints;

/// <summary>Something becomes of an e-mail that was sent to the contact by any journey, or nothing does within a time (Semantics 6.17).</summary>
[Description("Something becomes of an e-mail that any journey sent to the contact: it is sent, opened, clicked in and so on, or not opened or clicked within a time. What the event tells of the message is the enrolment's data.")]
public sealed record MessageStart : StartingPoint
{
    [Description("What becomes of it: sent, delivered, opened (a click counts too), clicked, replied, bounced, complained, unsubscribed; or notOpened or notClicked within a time.")]
    public required MessageIsSo Is { get; init; }

    [Description("The name of the content; without it, any.")]
    public string? Content { get; init; }

    [Description("The id of the journey that sends it; without it, any.")]
    public string? Journey { get; init; }

    [Description("With clicked: this link, by the name that its author gave it, else by its address; without it, any.")]
    public string? Link { get; init; }

    [Description("With notOpened and notClicked: how long after it was sent. ISO 8601.")]
    public Duration? Within { get; init; }

    bool Waits => Is is MessageIsSo.NotOpened or MessageIsSo.NotClicked;

    protected internal override SentMessages? Sent => Waits || Is == MessageIsSo.Sent ? new(Content, Journey, Waits ? Within : null, Is == MessageIsSo.NotClicked) : null;

    protected internal override Activity? Activity => Sent is not null ? null : new EventActivity { Events = Is == MessageIsSo.Opened ? ["email_opened", "email_clicked"] : [$"email_{Named.Of(Is)}"], Where = Where() };

    Condition? Where()
    {
        (string Name, string? Value)[] wanted = [("content", Content), ("journey", Journey), ("link", Link)];
        Condition[] parts = [.. wanted.Where(part => part.Value is not null).Select(part => new Condition.Field(part.Name, Comparison.Equals, Value.Of(part.Value!), IgnoreCase: false))];
        return parts.Length switch { 0 => null, 1 => parts[0], _ => new Condition.All(parts) };
    }

    public override string Explain() =>
        $"{(Content is null ? "an e-mail" : $"the e-mail {Content}")}{(Journey is null ? "" : $" of the journey {Journey}")} is {Named.Of(Is)}{(Within is { } time ? $" within {IsoDuration.Format(time)}" : "")}";

    protected internal override void Check(CheckContext check)
    {
        check.Condition(Filter, "filter", ConditionPlace.Entrance);
        if (Content is { } content)
            check.Content("email", content, "content");
        if (Journey is { } journey)
        {
            check.Named(journey, "journey");
            // This very journey may be meant too.
            if (journey != check.Definition.Id)
                check.Uses(UsedKind.Journey, journey);
        }
        if (Link is { } link)
            check.Named(link, "link");
        if (Link is not null && Is != MessageIsSo.Clicked)
            check.Error(ProblemCodes.LinkUnused, "link", "Only clicked asks for a link.");
        if (Within is { } within)
            check.Wait(within, "within");
        if (Waits != Within is not null)
            check.Error(ProblemCodes.MessageWithin, "within", Waits ? "Say within what time it is not opened or clicked." : "Only notOpened and notClicked take a time; remove it.");
    }
}

/// <summary>What becomes of a message.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MessageIsSo>))]
public enum MessageIsSo
{
    Sent,
    Delivered,
    Opened,
    Clicked,
    Replied,
    Bounced,
    Complained,
    Unsubscribed,
    NotOpened,
    NotClicked,
}
