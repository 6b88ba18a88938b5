using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Sqlite;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Inspection;

/// <summary>Looks at the database of a data folder.</summary>
public static class FolderInspection
{
    /// <returns>Null: there is no database yet.</returns>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static StoreFacts? Read(string folder)
    {
        var file = DataFolder.DatabaseOf(folder);
        if (!File.Exists(file))
            return null;
        try
        {
            using var connection = SqliteSettings.OpenReader(file);
            var log = new FileInfo(file + "-wal");
            var facts = new StoreFacts(file, "SQLite", Schema.Version(connection), SqlText.Migrations().Max(migration => migration.Number), new FileInfo(file).Length + (log.Exists ? log.Length : 0));
            return facts.Schema == 0 ? facts : facts with
            {
                DeadLetters = connection.Scalar("SELECT count(*) FROM dead_letter") ?? 0,
                LastDeadLetter = At(connection.Scalar("SELECT at FROM dead_letter ORDER BY id DESC LIMIT 1")),
                Waiting = connection.Scalar($"SELECT count(*) FROM (SELECT 1 FROM message WHERE status = 0 AND claimed IS NULL LIMIT {StoreFacts.CountedMost})") ?? 0,
                WaitingSince = At(connection.Scalar("SELECT not_before FROM message WHERE status = 0 AND claimed IS NULL ORDER BY not_before LIMIT 1")),
                // Names are kept by their number, once there is one.
                InDoubt = connection.Scalar("SELECT sum(value) FROM counter WHERE kind = 6 AND edge IN ('in-doubt', (SELECT id FROM name WHERE text = 'in-doubt'))") ?? 0,
                Clock = At(connection.Scalar("SELECT clock_after FROM commit_row ORDER BY sequence DESC LIMIT 1")),
            };
        }
        catch (SqliteException unreadable)
        {
            throw StoreFailures.Of(unreadable, file);
        }
    }

    static Instant? At(long? microseconds) => microseconds is { } at ? Microseconds.ToInstant(at) : null;
}
