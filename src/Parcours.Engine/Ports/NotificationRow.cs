using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Ports;

/// <summary>What a user is told.</summary>
/// <param name="Reader">The user's e-mail address; null when it is written: everybody who can sign in at that moment has one of their own.</param>
/// <param name="Contact">Whom it is about; null: nobody.</param>
/// <param name="ReadAt">Null: not yet.</param>
public sealed record NotificationRow(NotificationId Id, string? Reader, ContactId? Contact, JourneyId? Journey, string? Point, string Text, Instant At, Instant? ReadAt)
{
    /// <summary>How many of the newest a user keeps; older ones go when the house is kept.</summary>
    public const int KeptMost = 500;
    /// <summary>After so long they go, read or not.</summary>
    public static readonly Duration KeptFor = Duration.FromDays(90);
}

/// <param name="Id">Null: all that the reader was told up to <paramref name="At"/>.</param>
public sealed record NotificationRead(string Reader, NotificationId? Id, Instant At);

/// <summary>Where a page of notifications ended.</summary>
public readonly record struct NotificationCursor(Instant At, NotificationId Id);
