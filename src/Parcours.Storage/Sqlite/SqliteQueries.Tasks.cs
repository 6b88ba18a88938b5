using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>Tasks, by who does them and when.</summary>
partial class SqliteQueries
{
    public async ValueTask<IReadOnlyList<TaskRow>> TasksAsync(TaskFilter filter, TaskCursor? after, int limit, CancellationToken cancellationToken) => filter.Contact is { } contact
        ? TaskOrder.PageOf(await ListAsync("read_tasks_of", rows => rows.Bind(1, contact.Number), TaskRows.Read, cancellationToken), filter, after, (int)Limit(limit))
        : await ListAsync(filter.Done ? "read_done_tasks" : "read_open_tasks", rows => Bind(rows, filter, after).Bind(7, Limit(limit)), TaskRows.Read, cancellationToken);

    static SqliteStatement Bind(SqliteStatement rows, TaskFilter filter, TaskCursor? after)
    {
        if (after is { } cursor) rows.Bind(1, cursor.At?.ToMicroseconds() ?? TaskRows.AtAnyTime).Bind(2, cursor.Id.Value);
        else if (filter.Done) rows.Bind(1, long.MaxValue).BindBlob(2, []);
        else rows.Bind(1, long.MinValue).BindBlob(2, []);
        return rows.Bind(3, filter.Assignee).Bind(4, filter.Unassigned ? 1L : 0L).Bind(5, filter.Journey?.Value).Bind(6, filter.DueBefore).Bind(8, filter.Teams is { } teams ? $"\n{string.Join('\n', teams)}\n" : null);
    }

    public ValueTask<TaskRow?> TaskAsync(TaskId id, CancellationToken cancellationToken) => FirstAsync("load_task", rows => rows.Bind(1, id.Value), TaskRows.Read, cancellationToken);

    public async ValueTask<TaskCount> TaskCountAsync(string assignee, Instant now, CancellationToken cancellationToken) =>
        (await ListAsync("count_tasks", rows => rows.Bind(1, assignee).Bind(2, now), row => new TaskCount(row.Long(0), row.Long(1)), cancellationToken))[0];
}
