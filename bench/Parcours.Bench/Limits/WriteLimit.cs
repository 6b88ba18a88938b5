using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Parcours.Bench.Limits;

/// <summary>
/// The reference journey as nothing but its durable writes in SQLite with <c>synchronous=FULL</c>: 4 rows for who gets a mail, 5 for who waits, in groups, a transaction each for
/// the events, for contacts and enrolments, for the ends of the one half, and for the properties and ends of the other; with the indexes that an engine needs.
/// </summary>
static class WriteLimit
{
    const string Facts = """{"plan":"pro","source":"web","last":"2026-01-01T00:00:00Z","tag":["signed-up"],"n":12345}""";

    /// <summary>Enrolments a second.</summary>
    public static double Run(string folder, int enrolments, int group)
    {
        var path = Path.Combine(folder, "limit.db");
        foreach (var file in new[] { path, path + "-wal", path + "-shm" })
            File.Delete(file);
        var began = Stopwatch.GetTimestamp();
        Write(path, enrolments, group);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        foreach (var file in new[] { path, path + "-wal", path + "-shm" })
            File.Delete(file);
        return enrolments / seconds;
    }

    static void Write(string path, int enrolments, int group)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        foreach (var sql in Schema)
            Execute(connection, sql);
        using var @event = Prepare(connection, "INSERT INTO event (contact, name, at, data) VALUES ($1, 'signed_up', $2, $3)", 3);
        using var contact = Prepare(connection, "INSERT INTO contact (id, ext, email, data) VALUES ($1, $2, $3, $4) ON CONFLICT (ext) DO UPDATE SET data = excluded.data", 4);
        using var enrolment = Prepare(connection, "INSERT INTO enrolment (id, contact, journey, point, state, due) VALUES ($1, $1, 1, $2, $3, $4)", 4);
        using var end = Prepare(connection, "UPDATE enrolment SET point = 9, state = 2 WHERE id = $1", 1);
        using var property = Prepare(connection, "UPDATE contact SET data = $2 WHERE id = $1", 2);
        using var begin = Prepare(connection, "BEGIN IMMEDIATE", 0);
        using var commit = Prepare(connection, "COMMIT", 0);
        for (var first = 1; first <= enrolments; first += group)
        {
            var last = Math.Min(enrolments, first + group - 1);
            begin.ExecuteNonQuery();
            for (var number = first; number <= last; number++)
                Run(@event, $"user-{number}", (long)number, Facts);
            commit.ExecuteNonQuery();
            begin.ExecuteNonQuery();
            for (var number = first; number <= last; number++)
            {
                Run(contact, (long)number, $"user-{number}", $"u{number}@example.test", Facts);
                Run(enrolment, (long)number, 3L, (long)(number & 1), (long)number);
            }
            commit.ExecuteNonQuery();
            begin.ExecuteNonQuery();
            for (var number = first; number <= last; number++)
                if ((number & 1) == 0)
                    Run(end, (long)number);
            commit.ExecuteNonQuery();
            begin.ExecuteNonQuery();
            for (var number = first; number <= last; number++)
                if ((number & 1) == 1)
                {
                    Run(property, (long)number, Facts);
                    Run(end, (long)number);
                }
            commit.ExecuteNonQuery();
        }
    }

    static readonly string[] Schema =
    [
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA cache_size = -65536",
        "PRAGMA wal_autocheckpoint = 1000",
        "CREATE TABLE contact (id INTEGER PRIMARY KEY, ext TEXT NOT NULL UNIQUE, email TEXT, data TEXT)",
        "CREATE TABLE event (id INTEGER PRIMARY KEY, contact TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, data TEXT)",
        "CREATE TABLE enrolment (id INTEGER PRIMARY KEY, contact INTEGER NOT NULL, journey INTEGER NOT NULL, point INTEGER NOT NULL, state INTEGER NOT NULL, due INTEGER)",
        "CREATE INDEX enrolment_due ON enrolment (due) WHERE state = 1",
        "CREATE UNIQUE INDEX enrolment_once ON enrolment (journey, contact)",
    ];

    static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index];
        command.ExecuteNonQuery();
    }

    static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this file's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var index = 1; index <= parameters; index++)
            command.Parameters.AddWithValue($"${index}", 0L);
        command.Prepare();
        return command;
    }

    static void Execute(SqliteConnection connection, string sql)
    {
        using var command = Prepare(connection, sql, 0);
        command.ExecuteNonQuery();
    }
}
