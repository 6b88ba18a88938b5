using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Ports;

/// <summary>Something that people shall do.</summary>
/// <param name="Contact">Whom it is about; null: nobody.</param>
/// <param name="Enrolment">Like <paramref name="Journey"/> and <paramref name="Point"/> null where a person made it.</param>
/// <param name="Due">Null: at any time.</param>
/// <param name="Assignee">The e-mail address of the user who shall do it; null: whoever takes it.</param>
/// <param name="Team">The name of the team whose it is; null: no team's.</param>
/// <param name="CreatedBy">The person who made it; null: a journey did.</param>
/// <param name="DoneAt">Null: it is open.</param>
public sealed record TaskRow(
    TaskId Id, ContactId? Contact, EnrolmentId? Enrolment, JourneyId? Journey, string? Point, string Title, string? Text, TaskKind Kind, TaskPriority Priority, Instant? Due, string? Assignee, string? Team,
    Instant CreatedAt, string? CreatedBy, Instant? DoneAt, string? DoneBy);

/// <summary>Which tasks are wanted: those for which everything holds that is set.</summary>
/// <param name="Done">False: the open ones, by when they are due, those due at any time last. True: the done ones, newest first.</param>
public sealed record TaskFilter(bool Done)
{
    public string? Assignee { get; init; }
    /// <summary>Those of any of these teams; null: whosever they are.</summary>
    public IReadOnlyList<string>? Teams { get; init; }
    /// <summary>Those that are nobody's yet.</summary>
    public bool Unassigned { get; init; }
    public ContactId? Contact { get; init; }
    public JourneyId? Journey { get; init; }
    /// <summary>Those due before.</summary>
    public Instant? DueBefore { get; init; }
}

/// <summary>Where a page of tasks ended: when the last was due or done, and which it was.</summary>
public readonly record struct TaskCursor(Instant? At, TaskId Id);

/// <summary>A user's open tasks.</summary>
/// <param name="Overdue">Those of them whose time has passed.</param>
public readonly record struct TaskCount(long Open, long Overdue);
