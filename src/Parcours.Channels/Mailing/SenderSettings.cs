using NodaTime;

namespace Parcours.Channels.Mailing;

/// <summary>By whom mail is sent.</summary>
public sealed record SenderSettings
{
    /// <summary>The name that recipients see; empty for none.</summary>
    public string FromName { get; init; } = "";

    /// <summary>The address that mail comes from. Its domain is that of the Message-IDs too.</summary>
    public required string FromAddress { get; init; }

    /// <summary>Where answers go; null: to the sender.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Where reports on mail that did not arrive go, with <c>+</c> and the message's key before the <c>@</c>; null: to the sender.</summary>
    public string? BounceAddress { get; init; }

    /// <summary>Of whom it is noticed that mail is opened; likewise <see cref="TrackClicks"/>.</summary>
    public TrackingWish TrackOpens { get; init; } = TrackingWish.Yes;

    public TrackingWish TrackClicks { get; init; } = TrackingWish.Yes;

    /// <summary>Where dates are shown for a contact whose own time zone is unknown.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;
}
