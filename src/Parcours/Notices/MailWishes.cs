using NodaTime;
using Parcours.Engine.Ports;

namespace Parcours.Notices;

/// <summary>What of a user's notifications comes by mail, too.</summary>
/// <param name="Daily">True: once a day, at eight in the installation's zone; false: at once, though not more often than each five minutes.</param>
/// <param name="Since">What they were told before is not mailed.</param>
public sealed record MailWishes(IReadOnlyList<NotificationKind> Kinds, bool Daily, DateTimeOffset Since)
{
    static readonly LocalTime DailyAt = new(8, 0);

    /// <summary>So long after a mail the next one may go: what comes meanwhile is in it.</summary>
    public static readonly Duration Gap = Duration.FromMinutes(5);

    /// <summary>Whether a mail may go now.</summary>
    /// <param name="last">When the last one went; null: never.</param>
    public bool IsTime(Instant now, Instant? last, DateTimeZone zone)
    {
        if (!Daily)
            return last is not { } mailed || now - mailed >= Gap;
        var today = now.InZone(zone).Date.At(DailyAt).InZoneLeniently(zone).ToInstant();
        return now >= today && (last ?? Instant.FromDateTimeOffset(Since)) < today;
    }
}
