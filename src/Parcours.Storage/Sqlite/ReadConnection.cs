using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>A connection that only reads, with the statements that were used on it before.</summary>
sealed class ReadConnection(string path) : IDisposable
{
    readonly SqliteConnection _connection = SqliteSettings.OpenReader(path);
    readonly Dictionary<string, SqliteStatement> _queries = new(StringComparer.Ordinal);

    /// <summary>The statement of <c>Queries/{name}.sql</c>, ready to be bound.</summary>
    public SqliteStatement Query(string name)
    {
        if (!_queries.TryGetValue(name, out var statement)) _queries[name] = statement = _connection.Prepare(SqlText.Query(name));
        return statement;
    }

    /// <summary>All that <paramref name="read"/> asks is answered as of one commit.</summary>
    public T Read<T>(Func<ReadConnection, T> read)
    {
        _connection.Execute("BEGIN");
        try
        {
            return read(this);
        }
        finally
        {
            // A statement left in the middle would keep the snapshot, and the log could not be emptied behind it (Semantics 15.7).
            foreach (var statement in _queries.Values) statement.Reset();
            if (_connection.InTransaction) _connection.Execute("COMMIT");
        }
    }

    public void Dispose() => _connection.Dispose();
}
