using System.Text;

namespace Parcours.Storage.Sqlite.Native;

/// <summary>One connection, used by one thread at a time: the library's own locks are off.</summary>
sealed class SqliteConnection : IDisposable
{
    const int OpenReadOnly = 0x1, OpenReadWrite = 0x2, OpenCreate = 0x4, OpenNoMutex = 0x8000;
    readonly List<SqliteStatement> _statements = [];

    static SqliteConnection()
    {
        // Nobody asks how much memory it holds, and counting it takes a lock of the whole process at each allocation.
        const int MemoryStatus = 9;
        _ = SqliteLibrary.sqlite3_config(MemoryStatus, 0);
    }

    SqliteConnection(nint handle, string path) => (Handle, Path) = (handle, path);

    internal nint Handle { get; private set; }

    public string Path { get; }

    /// <summary>Whether a transaction is open. A full disk or a lost device may end one by itself.</summary>
    public bool InTransaction => SqliteLibrary.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>Rows that the latest INSERT, UPDATE or DELETE touched.</summary>
    public int Changes => SqliteLibrary.sqlite3_changes(Handle);

    /// <summary>The number of the row that was inserted last.</summary>
    public long LastRow => SqliteLibrary.sqlite3_last_insert_rowid(Handle);

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static SqliteConnection Open(string path, bool readOnly)
    {
        var flags = OpenNoMutex | (readOnly ? OpenReadOnly : OpenReadWrite | OpenCreate);
        var result = SqliteLibrary.sqlite3_open_v2(path, out var handle, flags, 0);
        if (result != 0)
        {
            var failure = SqliteException.From(handle, result, $"opening {path}");
            _ = SqliteLibrary.sqlite3_close_v2(handle);
            throw failure;
        }

        _ = SqliteLibrary.sqlite3_extended_result_codes(handle, 1);
        // Readers never wait for the writer in WAL mode, save for the instants in which the log is reset or recovered.
        _ = SqliteLibrary.sqlite3_busy_timeout(handle, 5_000);
        return new SqliteConnection(handle, path);
    }

    /// <summary>Runs statements that return nothing, one after the other.</summary>
    public void Execute(string sql)
    {
        var result = SqliteLibrary.sqlite3_exec(Handle, sql, 0, 0, 0);
        if (result != 0) throw SqliteException.From(Handle, result, sql);
    }

    /// <summary>Has the size of the log, in pages, after each commit of this connection written to <paramref name="pages"/>.</summary>
    /// <param name="pages">One number that does not move and outlives the connection.</param>
    public unsafe void CountLogPages(int* pages)
    {
        [System.Runtime.InteropServices.UnmanagedCallersOnly]
        static int Committed(nint argument, nint db, byte* name, int pagesInLog)
        {
            Volatile.Write(ref *(int*)argument, pagesInLog);
            return 0;
        }

        _ = SqliteLibrary.sqlite3_wal_hook(Handle, &Committed, (nint)pages);
    }

    /// <summary>Copies what is in the log into the database as far as nobody reads older pages; waits for nobody.</summary>
    /// <returns>How many pages the log has, and how many of them are copied by now; zeros while another connection copies.</returns>
    public unsafe (int Pages, int Copied) Checkpoint()
    {
        const int Passive = 0, Busy = 5;
        var result = SqliteLibrary.sqlite3_wal_checkpoint_v2(Handle, null, Passive, out var pages, out var copied);
        if ((result & 0xFF) == Busy) return (0, 0);
        if (result != 0) throw SqliteException.From(Handle, result, "copying the log into the database");
        return (Math.Max(pages, 0), Math.Max(copied, 0));
    }

    /// <summary>Becomes what the other one's database is at this instant, page by page; who writes there goes on.</summary>
    public void CopyFrom(SqliteConnection other)
    {
        const int Done = 101;
        var backup = SqliteLibrary.sqlite3_backup_init(Handle, "main", other.Handle, "main");
        if (backup == 0) throw SqliteException.From(Handle, 1, "beginning a copy");
        // All pages at once, in one read transaction: in pieces it would begin anew whenever somebody writes.
        var result = SqliteLibrary.sqlite3_backup_step(backup, -1);
        _ = SqliteLibrary.sqlite3_backup_finish(backup);
        if (result != Done) throw SqliteException.From(Handle, result, $"copying {other.Path}");
    }

    /// <summary>A statement that lives as long as the connection, unless disposed of before.</summary>
    public unsafe SqliteStatement Prepare(string sql)
    {
        const uint Persistent = 1;
        nint statement;
        fixed (byte* text = Encoding.UTF8.GetBytes(sql + "\0"))
        {
            var result = SqliteLibrary.sqlite3_prepare_v3(Handle, text, -1, Persistent, out statement, out _);
            if (result != 0) throw SqliteException.From(Handle, result, sql);
        }

        var prepared = new SqliteStatement(this, statement, sql);
        _statements.Add(prepared);
        return prepared;
    }

    /// <summary>The number in the first column of the first row, or null where there is no row or no value.</summary>
    public long? Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() && !statement.IsNull(0) ? statement.Long(0) : null;
    }

    internal void Forget(SqliteStatement statement) => _statements.Remove(statement);

    public void Dispose()
    {
        if (Handle == 0) return;
        for (var i = _statements.Count - 1; i >= 0; i--) _statements[i].Dispose();
        _ = SqliteLibrary.sqlite3_close_v2(Handle);
        Handle = 0;
    }
}
