using System.Text;

namespace Parcours.Storage.Sqlite.Native;

/// <summary>A prepared statement: bind by position (from 1), step, read by column (from 0), reset.</summary>
/// <remarks>
/// Hot path. Spans that a column returns are the library's memory: good until the next step or reset. Nothing here allocates, errors apart.
/// </remarks>
sealed unsafe class SqliteStatement : IDisposable
{
    const int Integer = 1, Null = 5;
    readonly SqliteConnection _connection;
    readonly string _sql;
    nint _handle;

    internal SqliteStatement(SqliteConnection connection, nint handle, string sql) => (_connection, _handle, _sql) = (connection, handle, sql);

    public int Parameters => SqliteLibrary.sqlite3_bind_parameter_count(_handle);

    public SqliteStatement Bind(int index, long value)
    {
        Check(SqliteLibrary.sqlite3_bind_int64(_handle, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, long? value) => value is { } number ? Bind(index, number) : BindNull(index);

    public SqliteStatement Bind(int index, double value)
    {
        Check(SqliteLibrary.sqlite3_bind_double(_handle, index, value));
        return this;
    }

    public SqliteStatement BindNull(int index)
    {
        Check(SqliteLibrary.sqlite3_bind_null(_handle, index));
        return this;
    }

    public SqliteStatement BindBlob(int index, ReadOnlySpan<byte> value)
    {
        byte nothing = 0;
        fixed (byte* bytes = value)
            // A null pointer would mean NULL; an empty blob is a value.
            Check(SqliteLibrary.sqlite3_bind_blob(_handle, index, bytes == null ? &nothing : bytes, value.Length, SqliteLibrary.Transient));
        return this;
    }

    /// <param name="index">From 1.</param>
    /// <param name="utf8">UTF-8 without a closing zero.</param>
    public SqliteStatement BindText(int index, ReadOnlySpan<byte> utf8)
    {
        byte nothing = 0;
        fixed (byte* bytes = utf8)
            Check(SqliteLibrary.sqlite3_bind_text(_handle, index, bytes == null ? &nothing : bytes, utf8.Length, SqliteLibrary.Transient));
        return this;
    }

    public SqliteStatement Bind(int index, string? value)
    {
        if (value is null) return BindNull(index);
        const int OnStack = 512;
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most > OnStack) return BindText(index, Encoding.UTF8.GetBytes(value));
        Span<byte> buffer = stackalloc byte[OnStack];
        return BindText(index, buffer[..Encoding.UTF8.GetBytes(value, buffer)]);
    }

    /// <summary>Goes to the next row; false when there is none, and then the statement is ready to be bound anew.</summary>
    public bool Step()
    {
        var result = SqliteLibrary.sqlite3_step(_handle);
        if (result == (int)SqliteCode.Row) return true;
        // Reset at once: a statement left at its end holds its read transaction open, and the log cannot be emptied behind it.
        if (result != (int)SqliteCode.Done)
        {
            var failure = SqliteException.From(_connection.Handle, result, _sql);
            Reset();
            throw failure;
        }

        Reset();
        return false;
    }

    /// <summary>Runs a statement that returns no row.</summary>
    public void Run()
    {
        if (Step()) Reset();
    }

    /// <summary>Runs a statement that returns no row; returns how many rows it touched.</summary>
    public int RunAndCount()
    {
        Run();
        return _connection.Changes;
    }

    public bool IsNull(int column) => SqliteLibrary.sqlite3_column_type(_handle, column) == Null;

    public bool IsInteger(int column) => SqliteLibrary.sqlite3_column_type(_handle, column) == Integer;

    public long Long(int column) => SqliteLibrary.sqlite3_column_int64(_handle, column);

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public double Double(int column) => SqliteLibrary.sqlite3_column_double(_handle, column);

    public ReadOnlySpan<byte> Blob(int column)
    {
        var bytes = SqliteLibrary.sqlite3_column_blob(_handle, column);
        return new ReadOnlySpan<byte>(bytes, bytes == null ? 0 : SqliteLibrary.sqlite3_column_bytes(_handle, column));
    }

    /// <summary>UTF-8; empty where the value is NULL.</summary>
    public ReadOnlySpan<byte> Utf8(int column)
    {
        var text = SqliteLibrary.sqlite3_column_text(_handle, column);
        return new ReadOnlySpan<byte>(text, text == null ? 0 : SqliteLibrary.sqlite3_column_bytes(_handle, column));
    }

    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Leaves the row; what was bound stays bound.</summary>
    public void Reset() => _ = SqliteLibrary.sqlite3_reset(_handle);

    public void Dispose()
    {
        if (_handle == 0) return;
        _ = SqliteLibrary.sqlite3_finalize(_handle);
        _handle = 0;
        _connection.Forget(this);
    }

    void Check(int result)
    {
        if (result != 0) throw SqliteException.From(_connection.Handle, result, $"binding a value of {_sql}");
    }
}
