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
    public NotificationKind Kind { get; init; }
    /// <summary>Of an alert: its stable code; what is told is said by it in the reader's language. Null: in <c>Text</c>.</summary>
    public string? Code { get; init; }
    /// <summary>What it speaks of, as a JSON object of texts; null: nothing more.</summary>
    public string? Arguments { get; init; }
    /// <summary>When it went to its reader by mail, too; null: it has not.</summary>
    public Instant? MailedAt { get; init; }

    /// <summary>That a task is the reader's, or their team's.</summary>
    public static NotificationRow OfTask(NotificationId id, string reader, TaskRow task, Instant at) => new(id, reader, task.Contact, task.Journey, task.Point, task.Title, at, null)
    {
        Kind = NotificationKind.Task,
        Arguments = NamedTexts.Write([("task", task.Id.ToString()), .. task is { Assignee: null, Team: { } team } ? [("team", team)] : Array.Empty<(string, string)>()]),
    };

    /// <summary>How many of the newest a user keeps; older ones go when the house is kept.</summary>
    public const int KeptMost = 500;
    /// <summary>After so long they go, read or not.</summary>
    public static readonly Duration KeptFor = Duration.FromDays(90);
}

/// <summary>What kind of thing a user is told. The numbers are stored.</summary>
public enum NotificationKind : byte
{
    /// <summary>What a journey tells (<c>notify</c>).</summary>
    Journey = 0,
    /// <summary>A task is theirs, or their team's.</summary>
    Task = 1,
    /// <summary>Somebody asks for their approval, or answers.</summary>
    Approval = 2,
    /// <summary>Something goes wrong, and somebody should look at it.</summary>
    Alert = 3,
}

/// <summary>It went to its reader by mail.</summary>
public sealed record NotificationMailed(string Reader, NotificationId Id, Instant At);

/// <param name="Id">Null: all that the reader was told up to <paramref name="At"/>.</param>
public sealed record NotificationRead(string Reader, NotificationId? Id, Instant At);

/// <summary>Where a page of notifications ended.</summary>
public readonly record struct NotificationCursor(Instant At, NotificationId Id);
