using System.Runtime.InteropServices;

namespace Parcours.Storage.Sqlite.Native;

/// <summary>What the database library answered instead of doing what it was asked.</summary>
/// <remarks>Internal to the store: whoever uses the store sees the failures that its port names.</remarks>
sealed class SqliteException(int extendedCode, string message) : Exception(message)
{
    /// <summary>SQLITE_IOERR_SHMSIZE: a full disk shows itself here first when the index of the log must grow.</summary>
    const int SharedMemoryCannotGrow = 10 | (19 << 8);

    public SqliteCode Code { get; } = (SqliteCode)(extendedCode & 0xff);

    public int ExtendedCode { get; } = extendedCode;

    /// <summary>No room: the file system, or the limit of pages, is exhausted.</summary>
    public bool IsDiskFull => Code == SqliteCode.Full || ExtendedCode == SharedMemoryCannotGrow;

    /// <summary>The file, or its folder, may not be written.</summary>
    public bool IsReadOnly => Code is SqliteCode.ReadOnly or SqliteCode.Permission;

    /// <param name="db">The connection, which knows more than the code; 0 when there is none.</param>
    /// <param name="result">What the call returned.</param>
    /// <param name="doing">The statement or act, for whoever reads the log.</param>
    public static unsafe SqliteException From(nint db, int result, string doing)
    {
        var extended = db == 0 ? result : SqliteLibrary.sqlite3_extended_errcode(db);
        var known = (extended & 0xff) == (result & 0xff);
        var text = Marshal.PtrToStringUTF8((nint)(db != 0 && known ? SqliteLibrary.sqlite3_errmsg(db) : SqliteLibrary.sqlite3_errstr(result)));
        if (!known) extended = result;
        return new SqliteException(extended, $"SQLite says '{text}' ({extended}), while doing: {doing}");
    }
}
