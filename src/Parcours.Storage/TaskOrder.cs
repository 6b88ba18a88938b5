using NodaTime;
using Parcours.Engine.Ports;

namespace Parcours.Storage;

/// <summary>A contact's tasks are few: they are put in order here, alike for both stores.</summary>
static class TaskOrder
{
    public static IReadOnlyList<TaskRow> PageOf(IEnumerable<TaskRow> all, TaskFilter filter, TaskCursor? after, int limit)
    {
        var wanted = all.Where(task =>
            (task.DoneAt is not null) == filter.Done && (filter.Assignee is null || task.Assignee == filter.Assignee) && (!filter.Unassigned || task.Assignee is null) &&
            (filter.Teams is null || (task.Team is { } team && filter.Teams.Contains(team))) && (filter.Journey is null || task.Journey == filter.Journey) && (filter.DueBefore is null || task.Due < filter.DueBefore));
        var ordered = filter.Done
            ? wanted.OrderByDescending(task => task.DoneAt).ThenByDescending(IdOf)
            : wanted.OrderBy(task => task.Due ?? Instant.MaxValue).ThenBy(IdOf);
        return [.. ordered.Where(IsAfter).Take(limit)];

        bool IsAfter(TaskRow task) => after is not { } cursor || (filter.Done
            ? (task.DoneAt < cursor.At) || (task.DoneAt == cursor.At && string.CompareOrdinal(IdOf(task), cursor.Id.Value.ToString("N")) < 0)
            : (task.Due ?? Instant.MaxValue) > (cursor.At ?? Instant.MaxValue) || (task.Due == cursor.At && string.CompareOrdinal(IdOf(task), cursor.Id.Value.ToString("N")) > 0));
    }

    /// <summary>As databases compare it: byte by byte.</summary>
    static string IdOf(TaskRow task) => task.Id.Value.ToString("N");
}
