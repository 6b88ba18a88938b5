using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Copying;

namespace Parcours.Storage.Postgres;

/// <summary>A whole database of PostgreSQL: read as of one instant, also while nodes serve it; or an empty one, filled in one transaction.</summary>
sealed class PostgresCopy : ICopyTarget
{
    readonly Database _database;
    readonly NpgsqlConnection _connection;
    NpgsqlTransaction _transaction;

    PostgresCopy(Database database, NpgsqlConnection connection, NpgsqlTransaction transaction) => (_database, _connection, _transaction) = (database, connection, transaction);

    /// <summary>For filling: it must hold nothing yet, and nobody may serve it.</summary>
    public static async Task<PostgresCopy> OpenEmptyAsync(string connectionString, CancellationToken cancellationToken)
    {
        var copy = await OpenAsync(connectionString, isAlone: true, cancellationToken);
        try
        {
            await copy.EmptyAsync(cancellationToken);
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    /// <summary>For reading. A database whose schema is older is brought to the newest first.</summary>
    /// <param name="isAlone">Whether nobody may serve it meanwhile: what came in later would be missing.</param>
    public static async Task<PostgresCopy> OpenAsync(string connectionString, bool isAlone, CancellationToken cancellationToken)
    {
        var database = new Database(connectionString, 2);
        try
        {
            var connection = await database.OpenSingleAsync(cancellationToken);
            await Schema.MigrateAsync(connection, database.Where, salt: 0, [.. SqlText.Migrations()], cancellationToken);
            // Before the rows come: a month whose rows lie in the rest's table gets none any more.
            await using (var clock = new NpgsqlCommand("SELECT (extract(epoch FROM now()) * 1000000)::bigint", connection))
                await Schema.AddMonthsAsync(connection, Microseconds.ToInstant((long)(await clock.ExecuteScalarAsync(cancellationToken))!), NodaTime.Duration.FromSeconds(2), cancellationToken);
            // It waits for a file between two tables, and nobody waits for it.
            await Schema.ExecuteAsync(connection, "SET idle_in_transaction_session_timeout = 0", cancellationToken);
            var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
            var copy = new PostgresCopy(database, connection, transaction);
            // Whole tables are read and written: the settings for single rows are wrong here.
            await copy.ExecuteAsync("SET LOCAL enable_seqscan = on; SET LOCAL enable_hashjoin = on; SET LOCAL work_mem = '64MB'; SET LOCAL synchronous_commit = on", cancellationToken);
            if (isAlone) await copy.TakeAsync(cancellationToken);
            return copy;
        }
        catch (Exception failure)
        {
            await database.DisposeAsync();
            if (StoreFailures.IsOfServer(failure)) throw StoreFailures.Of(failure, database.Where);
            throw;
        }
    }

    async Task TakeAsync(CancellationToken cancellationToken)
    {
        // Whoever serves has these locks; whoever comes meanwhile waits.
        if (await ScalarAsync("SELECT bool_and(pg_try_advisory_xact_lock(1346458179, p)) FROM generate_series(0, 63) AS p", cancellationToken) is not true)
            throw new StoreException(StoreFailure.InUse, $"A node works on the database {_database.Where}. Stop it first.");
    }

    async Task EmptyAsync(CancellationToken cancellationToken)
    {
        if (await ScalarAsync("SELECT EXISTS (SELECT FROM contact) OR EXISTS (SELECT FROM holding) OR EXISTS (SELECT FROM document) OR EXISTS (SELECT FROM entry)", cancellationToken) is not false)
            throw new StoreException(StoreFailure.InUse, $"The database {_database.Where} holds an installation already, and nothing is written over it. Name an empty one (createdb makes it).");
        await ExecuteAsync("DELETE FROM installation; DELETE FROM tail; DELETE FROM owner; DELETE FROM seen_generation; DELETE FROM seen_0; DELETE FROM seen_1", cancellationToken);
    }

    public async IAsyncEnumerable<object?[]> ReadAsync(CopyTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT {string.Join(", ", table.Columns.Select(column => column.Name))} FROM {FromOf(table)} ORDER BY {table.Order}", _connection, _transaction) { CommandTimeout = 0 };
        await using var rows = await DoAsync(() => command.ExecuteReaderAsync(cancellationToken));
        while (await DoAsync(() => rows.ReadAsync(cancellationToken)))
        {
            var row = new object?[table.Columns.Count];
            for (var column = 0; column < row.Length; column++) row[column] = Value(rows, column, table.Columns[column].Type);
            yield return row;
        }
    }

    static string FromOf(CopyTable table) => table.Name switch
    {
        "installation" => """
            (SELECT i.salt, greatest((SELECT max(sequence) FROM owner), (SELECT max(sequence) FROM tail)) AS sequence, coalesce((SELECT max(contact) FROM holding), 0) AS contact,
                    greatest((SELECT max(message) FROM owner), (SELECT max(number) FROM message), 0) AS message, (SELECT max(received) FROM tail) AS received
               FROM installation AS i) AS installation
            """,
        "partition" => "(SELECT o.partition, o.cursor, t.sequence AS tail, o.clock, o.epoch FROM owner AS o JOIN tail AS t ON t.partition = o.partition) AS partition",
        // A generation's table is that of its number's parity, and what lies in the other one is of the generation before.
        "seen" => """
            (SELECT s.id, s.body, g.number - abs(g.number % 2 - s.parity) AS generation
               FROM (SELECT id, body, 0 AS parity FROM seen_0 UNION ALL SELECT id, body, 1 FROM seen_1) AS s CROSS JOIN seen_generation AS g) AS seen
            """,
        "entry" => "(SELECT sequence, coalesce(contact, -1 - partition) AS contact, high, kind, origin, flags, received, occurred, name, identities, body FROM entry) AS entry",
        "relay" => "(SELECT partition AS sender, number, contact, high, kind, origin, occurred, name, body FROM relay) AS relay",
        "counter" => "(SELECT kind, journey, version, point, edge, sum(value)::bigint AS value FROM counter GROUP BY kind, journey, version, point, edge) AS counter",
        _ => table.Name,
    };

    static object? Value(NpgsqlDataReader row, int column, CopyType type) => row.IsDBNull(column) ? null : type switch
    {
        CopyType.Small => row.GetInt16(column),
        CopyType.Int => row.GetInt32(column),
        CopyType.Long => row.GetInt64(column),
        CopyType.Bytes => row.GetFieldValue<byte[]>(column),
        CopyType.Uuid => row.GetGuid(column),
        _ => row.GetString(column),
    };

    public async Task WriteAsync(CopyTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        switch (table.Name)
        {
            case "installation":
                await foreach (var row in rows.WithCancellation(cancellationToken)) await InstallAsync(row, cancellationToken);
                break;
            case "partition":
                await foreach (var row in rows.WithCancellation(cancellationToken)) await StandAsync(row, cancellationToken);
                break;
            case "seen_generation":
                await foreach (var row in rows.WithCancellation(cancellationToken)) await ExecuteAsync($"INSERT INTO seen_generation (id, number, began) VALUES (0, {row[0]}, {row[1]})", cancellationToken);
                break;
            case "seen":
                await SeenAsync(rows, cancellationToken);
                break;
            default:
                await CopyInAsync(table, rows, cancellationToken);
                break;
        }
    }

    (long Sequence, long Message, long Received) _last;

    async Task InstallAsync(object?[] row, CancellationToken cancellationToken)
    {
        _last = ((long)row[1]!, (long)row[3]!, (long)row[4]!);
        await ExecuteAsync($"INSERT INTO installation (id, salt) VALUES (0, {row[0]}); SELECT setval('contact_number', {(long)row[2]! + 1}, false)", cancellationToken);
    }

    Task StandAsync(object?[] row, CancellationToken cancellationToken) => ExecuteAsync(
        $"""
        INSERT INTO tail (partition, sequence, received) VALUES ({row[0]}, {row[2]}, {_last.Received});
        INSERT INTO owner (partition, epoch, cursor, clock, sequence, message) VALUES ({row[0]}, {row[4]}, {row[1]}, {row[3]}, {_last.Sequence}, {_last.Message})
        """, cancellationToken);

    async Task SeenAsync(IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        // One table after the other: a connection does one COPY at a time.
        List<object?[]> odd = [];
        async IAsyncEnumerable<object?[]> EvenAsync([EnumeratorCancellation] CancellationToken cancellation = default)
        {
            await foreach (var row in rows.WithCancellation(cancellation))
                if ((long)row[2]! % 2 == 0) yield return row;
                else odd.Add(row);
        }

        await CopyInAsync("seen_0 (id, body)", EvenAsync(cancellationToken), static row => [row[0], row[1]], [CopyType.Uuid, CopyType.Int], cancellationToken);
        await CopyInAsync("seen_1 (id, body)", odd.ToAsyncEnumerable(), static row => [row[0], row[1]], [CopyType.Uuid, CopyType.Int], cancellationToken);
    }

    Task CopyInAsync(CopyTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        var (types, names) = (table.Columns.Select(column => column.Type).ToList(), string.Join(", ", table.Columns.Select(column => column.Name)));
        return table.Name switch
        {
            "entry" => CopyInAsync($"entry ({names}, partition)", rows, static row => [row[0], (long)row[1]! < 0 ? null : row[1], .. row[2..], PartitionOf((long)row[1]!)], [.. types, CopyType.Small], cancellationToken),
            "relay" => CopyInAsync($"relay (partition{names["sender".Length..]})", rows, static row => row, types, cancellationToken),
            "identity" => CopyInAsync($"identity ({names}, partition, hash)", rows,
                static row => [.. row, PartitionOf((long)row[2]!), PostgresIdentityBook.HashOf(new Identity((IdentityKind)(short)row[0]!, (string)row[1]!))], [.. types, CopyType.Small, CopyType.Uuid], cancellationToken),
            "holding" => CopyInAsync($"holding ({names}, partition, revision)", rows, static row => [.. row, PartitionOf((long)row[0]!), 0L], [.. types, CopyType.Small, CopyType.Long], cancellationToken),
            "counter" => CopyInAsync($"counter ({names}, partition)", rows, static row => [.. row, (short)0], [.. types, CopyType.Small], cancellationToken),
            "commit_row" => CopyInAsync($"commit_row ({names}, partition, epoch)", rows, static row => [.. row, (short)0, 0L], [.. types, CopyType.Small, CopyType.Long], cancellationToken),
            _ when table.PartitionOf is { } contact => PartitionedAsync(table.IndexOf(contact)),
            _ => CopyInAsync($"{table.Name} ({names})", rows, static row => row, types, cancellationToken),
        };

        Task PartitionedAsync(int contact) => CopyInAsync($"{table.Name} ({names}, partition)", rows, row => [.. row, PartitionOf((long)row[contact]!)], [.. types, CopyType.Small], cancellationToken);
    }

    static short PartitionOf(long contact) => contact < 0 ? (short)(-1 - contact) : Partition.OfNumber(contact).Index;

    async Task CopyInAsync(string into, IAsyncEnumerable<object?[]> rows, Func<object?[], object?[]> row, List<CopyType> types, CancellationToken cancellationToken)
    {
        try
        {
            await using var importer = await _connection.BeginBinaryImportAsync($"COPY {into} FROM STDIN (FORMAT BINARY)", cancellationToken);
            importer.Timeout = TimeSpan.FromDays(1);
            await foreach (var read in rows.WithCancellation(cancellationToken))
            {
                await importer.StartRowAsync(cancellationToken);
                var values = row(read);
                for (var column = 0; column < values.Length; column++)
                    if (values[column] is { } value) await importer.WriteAsync(value, TypeOf(types[column]), cancellationToken);
                    else await importer.WriteNullAsync(cancellationToken);
            }

            await importer.CompleteAsync(cancellationToken);
        }
        catch (Exception failure) when (StoreFailures.IsOfServer(failure))
        {
            throw StoreFailures.Of(failure, _database.Where);
        }
    }

    static NpgsqlDbType TypeOf(CopyType type) => type switch
    {
        CopyType.Small => NpgsqlDbType.Smallint,
        CopyType.Int => NpgsqlDbType.Integer,
        CopyType.Long => NpgsqlDbType.Bigint,
        CopyType.Bytes => NpgsqlDbType.Bytea,
        CopyType.Uuid => NpgsqlDbType.Uuid,
        _ => NpgsqlDbType.Text,
    };

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await DoAsync(async () =>
        {
            await _transaction.CommitAsync(cancellationToken);
            await _transaction.DisposeAsync();
            await Schema.ExecuteAsync(_connection, "ANALYZE", cancellationToken);
            _transaction = await _connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
            return true;
        });
    }

    async Task ExecuteAsync(string text, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, _connection, _transaction) { CommandTimeout = 0 };
        await DoAsync(() => command.ExecuteNonQueryAsync(cancellationToken));
    }

    async Task<object?> ScalarAsync(string text, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, _connection, _transaction);
        return await DoAsync(() => command.ExecuteScalarAsync(cancellationToken));
    }

    async Task<T> DoAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception failure) when (StoreFailures.IsOfServer(failure))
        {
            throw StoreFailures.Of(failure, _database.Where);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
        await _database.DisposeAsync();
    }
}
