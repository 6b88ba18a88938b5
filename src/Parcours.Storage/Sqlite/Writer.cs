using Parcours.Storage.Sqlite.Gathered;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>The one connection that writes, with its statements and what of the store is kept in memory. Used by one unit at a time.</summary>
sealed class Writer : IDisposable
{
    readonly Dictionary<string, SqliteStatement> _queries = new(StringComparer.Ordinal);
    readonly SqliteStatement _begin, _commit, _rollback;

    public Writer(SqliteConnection connection, SqliteStoreOptions options)
    {
        Connection = connection;
        (_begin, _commit, _rollback) = (connection.Prepare("BEGIN IMMEDIATE"), connection.Prepare("COMMIT"), connection.Prepare("ROLLBACK"));
        Names = new Names(connection, "name");
        EventNames = new Names(connection, "event_name");
        Identities = new IdentityTable(connection, options.RunSize, options.FilterRest);
        Seen = new SeenMessageIds(connection, options.RunSize, options.FilterRest);
        MessageKeys = new MessageKeyTable(connection, "message_key", options.RunSize);
        SandboxKeys = new MessageKeyTable(connection, "sandbox_key", options.RunSize);
        State = LoadState() ?? new StoreState { Salt = options.Salt };
        var claimed = Query("read_claimed_numbers").Bind(1, State.LowestClaimed);
        while (claimed.Step()) Claimed.Add(claimed.Long(0));
    }

    public SqliteConnection Connection { get; }

    public Names Names { get; }

    public Names EventNames { get; }

    public IdentityTable Identities { get; }

    public SeenMessageIds Seen { get; }

    public MessageKeyTable MessageKeys { get; }

    public MessageKeyTable SandboxKeys { get; }

    public StoreState State { get; private set; }

    /// <summary>Numbers of the messages that are claimed and not settled, as committed: as many as are on their way.</summary>
    public SortedSet<long> Claimed { get; } = [];

    /// <summary>What the open transaction claims (true) and settles or releases (false).</summary>
    public Dictionary<long, bool> ClaimsOfUnit { get; } = [];

    /// <summary>The statement of <c>Queries/{name}.sql</c>.</summary>
    public SqliteStatement Query(string name)
    {
        if (!_queries.TryGetValue(name, out var statement)) _queries[name] = statement = Connection.Prepare(SqlText.Query(name));
        return statement;
    }

    public void Begin() => _begin.Run();

    public void Commit()
    {
        Identities.BeforeCommit();
        Seen.BeforeCommit();
        MessageKeys.BeforeCommit();
        SandboxKeys.BeforeCommit();
        if (ClaimsOfUnit.Count > 0)
        {
            // What this unit settles is still counted: too low is only a longer look at the next start.
            var lowest = Claimed.Count > 0 ? Claimed.Min : State.Message + 1;
            foreach (var (number, isClaim) in ClaimsOfUnit)
                if (isClaim) lowest = Math.Min(lowest, number);
            State.LowestClaimed = lowest;
        }

        if (State.IsChanged || ClaimsOfUnit.Count > 0) Query("save_state").BindBlob(1, State.Write()).Run();
        _commit.Run();

        State.IsChanged = false;
        foreach (var (number, isClaim) in ClaimsOfUnit)
            if (isClaim) Claimed.Add(number);
            else Claimed.Remove(number);
        ClaimsOfUnit.Clear();
        Names.Committed();
        EventNames.Committed();
        Identities.Committed();
        Seen.Committed();
        MessageKeys.Committed();
        SandboxKeys.Committed();
    }

    /// <summary>Leaves everything as the last commit left it, in the database and in memory.</summary>
    public void RollBack()
    {
        // A statement in the middle of its rows would keep the transaction from ending.
        foreach (var statement in _queries.Values) statement.Reset();
        // After a full disk the library may have ended the transaction by itself.
        if (Connection.InTransaction) _rollback.Run();
        Names.RolledBack();
        EventNames.RolledBack();
        Identities.RolledBack();
        Seen.RolledBack();
        MessageKeys.RolledBack();
        SandboxKeys.RolledBack();
        ClaimsOfUnit.Clear();
        if (State.IsChanged) State = LoadState() ?? new StoreState { Salt = State.Salt };
    }

    StoreState? LoadState()
    {
        using var row = Connection.Prepare("SELECT body FROM state");
        return row.Step() ? StoreState.Read(row.Blob(0)) : null;
    }

    public void Dispose()
    {
        Identities.Dispose();
        Seen.Dispose();
        Connection.Dispose();
    }
}
