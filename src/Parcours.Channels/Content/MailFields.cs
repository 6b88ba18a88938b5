using NodaTime;

namespace Parcours.Channels.Content;

/// <summary>What one mail is filled with.</summary>
public sealed record MailFields
{
    /// <summary><c>contact.*</c></summary>
    public required TemplateFields Contact { get; init; }

    /// <summary><c>event.*</c>: what started the enrolment.</summary>
    public TemplateFields Event { get; init; } = TemplateFields.None;

    /// <summary>Of the event nothing is known, because there is none yet: where a mail names a field of it, a preview shows the field's name in brackets.</summary>
    public bool EventIsOpen { get; init; }

    /// <summary><c>journey.name</c></summary>
    public string? JourneyName { get; init; }

    /// <summary><c>links.unsubscribe</c></summary>
    public string? UnsubscribeLink { get; init; }

    /// <summary><c>links.view</c></summary>
    public string? ViewLink { get; init; }

    /// <summary>The contact's language tag, as it stands there; null or unknown takes the content's default.</summary>
    public string? Language { get; init; }

    /// <summary>Where dates with a time are shown: the contact's zone, else the journey's.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    /// <summary>How opens and clicks are noticed; null: not at all.</summary>
    public MailTracking? Tracking { get; init; }

    /// <summary>Whether a link to unsubscribe must be in it: added at the foot where the author put none.</summary>
    public bool Marketing { get; init; }
}
