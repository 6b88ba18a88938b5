using NodaTime;
using Npgsql;
using NpgsqlTypes;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Storage.Postgres;

/// <summary>Tasks, by who does them and when.</summary>
partial class PostgresQueries
{
    public async ValueTask<IReadOnlyList<TaskRow>> TasksAsync(TaskFilter filter, TaskCursor? after, int limit, CancellationToken cancellationToken) => filter.Contact is { } contact
        ? TaskOrder.PageOf(await ListAsync(Commands.Query("read_tasks_of").With(contact.Number), TaskRows.Read, cancellationToken), filter, after, (int)Limit(limit))
        : await ListAsync(
            With(Commands.Query(filter.Done ? "read_done_tasks" : "read_open_tasks"), filter, after).WithOrNull(NpgsqlDbType.Text, filter.Assignee).With(filter.Unassigned)
                .WithOrNull(NpgsqlDbType.Text, filter.Journey?.Value).WithOrNull(NpgsqlDbType.Bigint, filter.DueBefore?.ToMicroseconds()).With(Limit(limit)).WithOrNull(NpgsqlDbType.Array | NpgsqlDbType.Text, filter.Teams?.ToArray()),
            TaskRows.Read, cancellationToken);

    static NpgsqlBatchCommand With(NpgsqlBatchCommand command, TaskFilter filter, TaskCursor? after) => after is { } cursor
        ? command.With(cursor.At?.ToMicroseconds() ?? TaskRows.AtAnyTime).With(cursor.Id.Value)
        : command.With(filter.Done ? long.MaxValue : long.MinValue).With(Guid.Empty);

    public ValueTask<TaskRow?> TaskAsync(TaskId id, CancellationToken cancellationToken) => FirstAsync(Commands.Query("load_task").With(id.Value), TaskRows.Read, cancellationToken);

    public async ValueTask<TaskCount> TaskCountAsync(string assignee, Instant now, CancellationToken cancellationToken) =>
        (await ListAsync(Commands.Query("count_tasks").With(assignee).With(now), static row => new TaskCount(row.GetInt64(0), row.GetInt64(1)), cancellationToken))[0];
}
