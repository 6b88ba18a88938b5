using System.Runtime.InteropServices;

namespace Parcours.Storage.Sqlite.Native;

/// <summary>The entry points of the e_sqlite3 library that the store uses, and no others.</summary>
/// <remarks>
/// Bound directly: through a general driver a row of five columns costs twice the CPU, and the writer's thread is what limits the whole engine.
/// What only touches memory carries <see cref="SuppressGCTransitionAttribute"/>; what may read a page or wait never does.
/// </remarks>
static unsafe partial class SqliteLibrary
{
    const string Name = "e_sqlite3";

    /// <summary>"Copy the bytes now": the caller's span need not outlive the call.</summary>
    public static readonly nint Transient = -1;

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sqlite3_open_v2(string path, out nint db, int flags, nint vfs);

    /// <summary>One of the settings of the whole library; only before its first use.</summary>
    [LibraryImport(Name)]
    public static partial int sqlite3_config(int option, int value);

    [LibraryImport(Name)]
    public static partial int sqlite3_close_v2(nint db);

    [LibraryImport(Name)]
    public static partial int sqlite3_extended_result_codes(nint db, int on);

    [LibraryImport(Name)]
    public static partial int sqlite3_busy_timeout(nint db, int milliseconds);

    [LibraryImport(Name)]
    public static partial int sqlite3_extended_errcode(nint db);

    [LibraryImport(Name)]
    public static partial byte* sqlite3_errmsg(nint db);

    [LibraryImport(Name)]
    public static partial byte* sqlite3_errstr(int code);

    [LibraryImport(Name)]
    public static partial int sqlite3_changes(nint db);

    [LibraryImport(Name)]
    public static partial int sqlite3_get_autocommit(nint db);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sqlite3_exec(nint db, string sql, nint callback, nint argument, nint message);

    [LibraryImport(Name)]
    public static partial int sqlite3_prepare_v3(nint db, byte* sql, int bytes, uint flags, out nint statement, out byte* tail);

    [LibraryImport(Name)]
    public static partial nint sqlite3_wal_hook(nint db, delegate* unmanaged<nint, nint, byte*, int, int> hook, nint argument);

    [LibraryImport(Name)]
    public static partial int sqlite3_wal_checkpoint_v2(nint db, byte* schema, int mode, out int pagesInLog, out int pagesCopied);

    [LibraryImport(Name)]
    public static partial long sqlite3_last_insert_rowid(nint db);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint sqlite3_backup_init(nint to, string toName, nint from, string fromName);

    [LibraryImport(Name)]
    public static partial int sqlite3_backup_step(nint backup, int pages);

    [LibraryImport(Name)]
    public static partial int sqlite3_backup_finish(nint backup);

    [LibraryImport(Name)]
    public static partial int sqlite3_finalize(nint statement);

    [LibraryImport(Name)]
    public static partial int sqlite3_step(nint statement);

    [LibraryImport(Name)]
    public static partial int sqlite3_reset(nint statement);

    [LibraryImport(Name)]
    public static partial int sqlite3_bind_blob(nint statement, int index, byte* value, int bytes, nint destructor);

    [LibraryImport(Name)]
    public static partial int sqlite3_bind_text(nint statement, int index, byte* value, int bytes, nint destructor);

    [LibraryImport(Name), SuppressGCTransition]
    public static partial int sqlite3_bind_int64(nint statement, int index, long value);

    [LibraryImport(Name), SuppressGCTransition]
    public static partial int sqlite3_bind_double(nint statement, int index, double value);

    [LibraryImport(Name), SuppressGCTransition]
    public static partial int sqlite3_bind_null(nint statement, int index);

    [LibraryImport(Name)]
    public static partial int sqlite3_bind_parameter_count(nint statement);

    [LibraryImport(Name), SuppressGCTransition]
    public static partial int sqlite3_column_type(nint statement, int column);

    [LibraryImport(Name), SuppressGCTransition]
    public static partial long sqlite3_column_int64(nint statement, int column);

    [LibraryImport(Name), SuppressGCTransition]
    public static partial double sqlite3_column_double(nint statement, int column);

    // A blob that lies on overflow pages is read by the step, so the call itself waits for nothing.
    [LibraryImport(Name), SuppressGCTransition]
    public static partial byte* sqlite3_column_blob(nint statement, int column);

    [LibraryImport(Name), SuppressGCTransition]
    public static partial byte* sqlite3_column_text(nint statement, int column);

    [LibraryImport(Name), SuppressGCTransition]
    public static partial int sqlite3_column_bytes(nint statement, int column);
}
