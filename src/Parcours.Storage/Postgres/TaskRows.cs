using Npgsql;
using NpgsqlTypes;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Identities;

namespace Parcours.Storage.Postgres;

/// <summary>How a task lies in columns.</summary>
static class TaskRows
{
    /// <summary>Due at any time: after all that have a time.</summary>
    public const long AtAnyTime = long.MaxValue;

    public static TaskRow Read(NpgsqlDataReader row) => new(
        new(row.GetGuid(0)), row.IsDBNull(1) ? null : row.Contact(1), row.IsDBNull(3) ? null : new EnrolmentId(row.GetGuid(3)), row.TextOrNull(4) is { } journey ? new JourneyId(journey) : null, row.TextOrNull(5),
        row.GetString(6), row.TextOrNull(7), (TaskKind)row.GetInt16(8), (TaskPriority)row.GetInt16(9), row.GetInt64(10) == AtAnyTime ? null : row.Instant(10), row.TextOrNull(11), row.TextOrNull(16), row.Instant(12), row.TextOrNull(13),
        row.InstantOrNull(14), row.TextOrNull(15));

    public static NpgsqlBatchCommand Insert(List<TaskRow> tasks) => Commands.Query("insert_tasks")
        .Column(tasks, static task => task.Id.Value).Column(tasks, static task => task.Contact?.Number).Column(tasks, static task => task.Contact?.High()).Column(tasks, static task => task.Enrolment?.Value)
        .Column(tasks, static task => task.Journey?.Value).Column(tasks, static task => task.Point).Column(tasks, static task => task.Title).Column(tasks, static task => task.Text)
        .Column(tasks, static task => (short)task.Kind).Column(tasks, static task => (short)task.Priority).Column(tasks, DueOf).Column(tasks, static task => task.Assignee)
        .Column(tasks, static task => task.CreatedAt.ToMicroseconds()).Column(tasks, static task => task.CreatedBy).Column(tasks, static task => task.DoneAt?.ToMicroseconds()).Column(tasks, static task => task.DoneBy).Column(tasks, static task => task.Team);

    public static NpgsqlBatchCommand Save(TaskRow task) => Commands.Query("save_task").With(task.Id.Value).With(task.Title).WithOrNull(NpgsqlDbType.Text, task.Text).With((short)task.Kind).With((short)task.Priority)
        .With(DueOf(task)).WithOrNull(NpgsqlDbType.Text, task.Assignee).WithOrNull(NpgsqlDbType.Bigint, task.DoneAt?.ToMicroseconds()).WithOrNull(NpgsqlDbType.Text, task.DoneBy).WithOrNull(NpgsqlDbType.Text, task.Team);

    static long DueOf(TaskRow task) => task.Due?.ToMicroseconds() ?? AtAnyTime;
}
