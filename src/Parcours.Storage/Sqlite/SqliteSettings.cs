using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>How the writer and the readers open the database file.</summary>
static class SqliteSettings
{
    public static SqliteConnection OpenWriter(string path)
    {
        var connection = SqliteConnection.Open(path, readOnly: false);
        try
        {
            // FULL: a commit is on the disk when it returns; the wait is a few microseconds a row in groups.
            // The log is copied into the database by Checkpoints, not by the commit that happens to fill it. NORMAL lock: readers are other connections.
            connection.Execute(
                """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA wal_autocheckpoint = 0;
                PRAGMA cache_size = -32768;
                PRAGMA foreign_keys = OFF;
                PRAGMA temp_store = MEMORY;
                PRAGMA journal_size_limit = 134217728;
                """);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static SqliteConnection OpenReader(string path)
    {
        var connection = SqliteConnection.Open(path, readOnly: true);
        connection.Execute("PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY; PRAGMA query_only = ON;");
        return connection;
    }
}
