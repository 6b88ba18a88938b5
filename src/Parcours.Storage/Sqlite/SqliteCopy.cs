using System.Runtime.CompilerServices;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Copying;
using Parcours.Storage.Identities;
using Parcours.Storage.Sqlite.Gathered;
using Parcours.Storage.Sqlite.Native;

namespace Parcours.Storage.Sqlite;

/// <summary>A whole database of SQLite, read or filled in one go. Nobody else has it open.</summary>
sealed class SqliteCopy : ICopyTarget
{
    const int RowsPerCommit = 20_000;
    readonly Writer _writer;
    readonly string _path;
    readonly SqliteStatement _intern;
    bool _open;
    int _rows;

    SqliteCopy(Writer writer, string path)
    {
        (_writer, _path) = (writer, path);
        _intern = writer.Connection.Prepare("SELECT ?1");
    }

    /// <summary>Opens a database that is there, and brings it to the newest schema.</summary>
    public static SqliteCopy Open(string path) => Open(path, isNew: false);

    /// <summary>Makes one. It is good only after <see cref="CommitAsync"/>: until then nothing is written twice, as no log and no waiting for the disk are needed.</summary>
    public static SqliteCopy Create(string path) => Open(path, isNew: true);

    static SqliteCopy Open(string path, bool isNew)
    {
        var connection = isNew ? SqliteConnection.Open(path, readOnly: false) : SqliteSettings.OpenWriter(path);
        try
        {
            if (isNew) connection.Execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
            Schema.Migrate(connection, [.. SqlText.Migrations()]);
            return new SqliteCopy(new Writer(connection, new SqliteStoreOptions()), path);
        }
        catch (Exception failure)
        {
            connection.Dispose();
            if (failure is SqliteException sqlite) throw StoreFailures.Of(sqlite, path);
            throw;
        }
    }

    public async IAsyncEnumerable<object?[]> ReadAsync(CopyTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var row in Read(table))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    IEnumerable<object?[]> Read(CopyTable table)
    {
        var state = _writer.State;
        if (table == CopyTable.Installation) return [[state.Salt, state.Sequence, state.Contact, state.Message, state.LastReceived]];
        if (table == CopyTable.Partitions) return PartitionSet.All.Select(object?[] (partition) => [(short)partition.Index, state[partition].Cursor, state[partition].Tail, state[partition].Clock, state[partition].Epoch]);
        if (table == CopyTable.Generations) return [_writer.Seen.GenerationNow() is var (number, began) ? [number, began] : [0L, 0L]];
        if (table == CopyTable.Seen) return _writer.Seen.All().Select(object?[] (seen) => [seen.Id, (int)seen.Body, seen.Generation]);
        if (table == CopyTable.EventNames) return _writer.EventNames.All.Select(object?[] (name) => [name]);
        if (table == CopyTable.Identities) return IdentitiesOf(Rows(CopyTable.Holdings));
        return Rows(table);
    }

    /// <summary>Whose they are follows from who holds what; that the index says the same is looked at, too.</summary>
    IEnumerable<object?[]> IdentitiesOf(IEnumerable<object?[]> holdings)
    {
        foreach (var holding in holdings)
        {
            var contact = ContactHalves.ContactOf((long)holding[1]!, (long)holding[0]!);
            ReadOnlySpan<byte> list = (byte[])holding[3]!;
            foreach (var identity in IdentityList.Read(ref list))
                if (_writer.Identities.Find(new IdentityKey((byte)identity.Kind, identity.Value)) == contact)
                    yield return [(short)identity.Kind, identity.Value, contact.Number, contact.High()];
        }
    }

    IEnumerable<object?[]> Rows(CopyTable table)
    {
        using var rows = _writer.Connection.Prepare(SelectOf(table));
        while (rows.Step())
        {
            var row = new object?[table.Columns.Count];
            for (var column = 0; column < row.Length; column++) row[column] = Value(rows, column, table.Columns[column]);
            yield return row;
        }
    }

    static string SelectOf(CopyTable table)
    {
        var order = table.Order == "number" && table != CopyTable.Messages ? "rowid" : table.Order;
        var (columns, from) = table.Name switch
        {
            "contact" => ("id, high, flip_at, body", "contact WHERE length(body) > 0"),
            "holding" => ("id AS contact, high, merged_into, identities", "contact WHERE identities IS NOT NULL"),
            "entry" => ("sequence, contact, high, kind, origin, flags, received, coalesce(occurred, received), name, identities, body", "entry"),
            _ => (string.Join(", ", table.Columns.Select(column => column.Name)), table.Name),
        };
        return $"SELECT {columns} FROM {from} ORDER BY {order}";
    }

    object? Value(SqliteStatement row, int column, CopyColumn of) => row.IsNull(column) ? null : of.Type switch
    {
        CopyType.Small => (short)row.Long(column),
        CopyType.Int => (int)row.Long(column),
        CopyType.Long => row.Long(column),
        CopyType.Text => row.Text(column),
        CopyType.Name => _writer.Names.Read(row, column),
        CopyType.EventName => _writer.EventNames.Read(row, column),
        CopyType.Bytes => row.Blob(column).ToArray(),
        CopyType.Uuid => row.Guid(column),
        _ => throw new System.Diagnostics.UnreachableException($"{of.Type} lies in no column."),
    };

    public async Task WriteAsync(CopyTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        using var insert = InsertOf(table) is { } sql ? _writer.Connection.Prepare(sql) : null;
        try
        {
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                if (!_open) _writer.Begin();
                _open = true;
                Write(table, row, insert);
                if (++_rows % RowsPerCommit == 0) Commit();
            }
        }
        catch (SqliteException failure)
        {
            throw StoreFailures.Of(failure, _path);
        }
    }

    static string? InsertOf(CopyTable table) => table.Name switch
    {
        "installation" or "partition" or "seen_generation" or "seen" or "identity" or "event_name" => null,
        "holding" => SqlText.Query("save_holding"),
        "entry" => "INSERT INTO entry (sequence, contact, high, kind, origin, flags, received, occurred, name, identities, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, nullif(?8, ?7), ?9, ?10, ?11)",
        _ => $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns.Select(column => column.Name))}) VALUES ({string.Join(", ", table.Columns.Select((_, index) => $"?{index + 1}"))})",
    };

    void Write(CopyTable table, object?[] row, SqliteStatement? insert)
    {
        if (insert is not null)
        {
            for (var column = 0; column < row.Length; column++) Bind(insert, column + 1, table.Columns[column].Type, row[column]);
            insert.Run();
        }

        var state = _writer.State;
        switch (table.Name)
        {
            case "installation":
                (state.Salt, state.Sequence, state.Contact, state.Message, state.LastReceived) = ((long)row[0]!, (long)row[1]!, (long)row[2]!, (long)row[3]!, (long)row[4]!);
                state.IsChanged = true;
                break;
            case "partition":
                state[new Partition((byte)(short)row[0]!)] = new((long)row[1]!, (long)row[2]!, (long)row[3]!, (long)row[4]!);
                state.IsChanged = true;
                break;
            case "seen_generation" when (long)row[0]! > 0:
                _writer.Seen.GoOnWith((int)(long)row[0]!, (long)row[1]!);
                break;
            case "seen":
                _writer.Seen.AddAgain((Guid)row[0]!, (uint)(int)row[1]!, (long)row[2]!);
                break;
            case "identity":
                _writer.Identities.Put(new IdentityKey((byte)(short)row[0]!, (string)row[1]!), ContactHalves.ContactOf((long)row[3]!, (long)row[2]!));
                break;
            case "event_name":
                _writer.EventNames.BindNew(_intern, 1, (string)row[0]!);
                break;
            case "message":
                var number = (long)row[0]!;
                _writer.MessageKeys.Put(new MessageKey((Guid)row[1]!), number);
                if ((MessageStatus)(short)row[table.IndexOf("status")]! == MessageStatus.Pending && row[table.IndexOf("claimed")] is not null) _writer.ClaimsOfUnit[number] = true;
                break;
            case "sandbox_mail":
                _writer.SandboxKeys.Put(new MessageKey((Guid)row[0]!), _writer.Connection.LastRow);
                break;
        }
    }

    void Bind(SqliteStatement statement, int index, CopyType type, object? value)
    {
        switch (value)
        {
            case null:
                statement.BindNull(index);
                break;
            case string text when type == CopyType.Name:
                _writer.Names.BindNew(statement, index, text);
                break;
            case string text when type == CopyType.EventName:
                _writer.EventNames.BindNew(statement, index, text);
                break;
            case string text:
                statement.Bind(index, text);
                break;
            case byte[] bytes:
                statement.BindBlob(index, bytes);
                break;
            case Guid id:
                statement.Bind(index, id);
                break;
            default:
                statement.Bind(index, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>Whether SQLite finds nothing wrong with it.</summary>
    public bool IsSound() => _writer.Connection.Scalar("SELECT count(*) FROM pragma_quick_check WHERE quick_check <> 'ok'") is 0;

    /// <summary>Writes one document into a database that is there.</summary>
    public void Put(object?[] document)
    {
        using var save = _writer.Connection.Prepare(SqlText.Query("save_document"));
        _writer.Begin();
        for (var column = 0; column < document.Length; column++) Bind(save, column + 1, CopyTable.Documents.Columns[column].Type, document[column]);
        save.Run();
        _writer.Commit();
    }

    void Commit()
    {
        if (_open) _writer.Commit();
        _open = false;
    }

    public Task CommitAsync(CancellationToken cancellationToken)
    {
        Commit();
        using var file = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Flush(flushToDisk: true);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }
}
