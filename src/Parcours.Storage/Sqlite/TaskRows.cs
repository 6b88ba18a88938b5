using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>How a task lies in columns.</summary>
static class TaskRows
{
    /// <summary>Due at any time: after all that have a time.</summary>
    public const long AtAnyTime = long.MaxValue;

    public static TaskRow Read(SqliteStatement row) => new(
        new(row.Guid(0)), row.IsNull(1) ? null : row.Contact(1), row.IsNull(3) ? null : new EnrolmentId(row.Guid(3)), row.TextOrNull(4) is { } journey ? new JourneyId(journey) : null, row.TextOrNull(5),
        row.Text(6), row.TextOrNull(7), (TaskKind)row.Long(8), (TaskPriority)row.Long(9), row.Long(10) == AtAnyTime ? null : row.Instant(10), row.TextOrNull(11), row.TextOrNull(16), row.Instant(12), row.TextOrNull(13),
        row.InstantOrNull(14), row.TextOrNull(15));

    public static SqliteStatement Write(SqliteStatement to, TaskRow task)
    {
        to.Bind(1, task.Id.Value);
        if (task.Contact is { } contact) to.Bind(2, contact);
        else to.BindNull(2).BindNull(3);
        if (task.Enrolment is { } enrolment) to.Bind(4, enrolment.Value);
        else to.BindNull(4);
        return to.Bind(5, task.Journey?.Value).Bind(6, task.Point).Bind(7, task.Title).Bind(8, task.Text).Bind(9, (long)task.Kind).Bind(10, (long)task.Priority).Bind(11, DueOf(task)).Bind(12, task.Assignee)
            .Bind(13, task.CreatedAt).Bind(14, task.CreatedBy).Bind(15, task.DoneAt).Bind(16, task.DoneBy).Bind(17, task.Team);
    }

    public static SqliteStatement Save(SqliteStatement to, TaskRow task) =>
        to.Bind(1, task.Id.Value).Bind(2, task.Title).Bind(3, task.Text).Bind(4, (long)task.Kind).Bind(5, (long)task.Priority).Bind(6, DueOf(task)).Bind(7, task.Assignee).Bind(8, task.DoneAt).Bind(9, task.DoneBy).Bind(10, task.Team);

    static long DueOf(TaskRow task) => task.Due?.ToMicroseconds() ?? AtAnyTime;
}
