using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Identities;

namespace Parcours.Storage.Postgres;

/// <summary>Tasks: made by journeys and by people.</summary>
partial class PostgresUnit
{
    static void AddTasks(List<NpgsqlBatchCommand> commands, WriteSet writes)
    {
        if (writes.NewTasks.Count > 0) commands.Add(TaskRows.Insert(writes.NewTasks));
        foreach (var task in writes.SavedTasks) commands.Add(TaskRows.Save(task));
        foreach (var task in writes.DeletedTasks) commands.Add(Commands.Query("delete_task").With(task.Value));
        foreach (var (loser, winner) in writes.Merged) commands.Add(Commands.Query("move_tasks").With(loser.Number).With(winner.Number).With(winner.High()));
    }
}
