using Parcours.Engine.Ports;

namespace Parcours.Storage.Sqlite;

/// <summary>Tasks: made by journeys and by people.</summary>
partial class SqliteUnit
{
    void WriteTasks(WriteSet writes)
    {
        foreach (var task in writes.NewTasks) TaskRows.Write(Query("insert_task"), task).Run();
        foreach (var task in writes.SavedTasks) TaskRows.Save(Query("save_task"), task).Run();
        foreach (var task in writes.DeletedTasks) Query("delete_task").Bind(1, task.Value).Run();
        foreach (var (loser, winner) in writes.Merged) Query("move_tasks").Bind(1, loser.Number).Bind(2, winner).Run();
    }
}
