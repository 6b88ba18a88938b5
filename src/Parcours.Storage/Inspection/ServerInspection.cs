using NodaTime;
using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Postgres;

namespace Parcours.Storage.Inspection;

/// <summary>Looks at a database of PostgreSQL.</summary>
public static class ServerInspection
{
    /// <summary>Beside what a node reads with: the connections that commit, and those that tell, clean and count.</summary>
    const int Beside = 9;

    /// <exception cref="StoreException">It cannot be reached or read.</exception>
    public static async Task<StoreFacts> ReadAsync(string connectionString, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var database = new Database(connectionString, connections: 1);
        try
        {
            await using var connection = await database.OpenSingleAsync(cancellationToken);
            var clock = new DatabaseClock(time);
            await clock.MeasureAsync(connection, cancellationToken);
            var ahead = Duration.FromTimeSpan(clock.GetUtcNow() - time.GetUtcNow());
            var server = await ServerAsync(connection, ahead, new PostgresStoreOptions { Time = time }.Connections + Beside, cancellationToken);
            var isMade = await ScalarAsync<bool>(connection, "SELECT to_regclass('schema_version') IS NOT NULL", cancellationToken);
            var facts = new StoreFacts(
                database.Where, $"PostgreSQL {connection.PostgreSqlVersion}", isMade ? await Schema.VersionAsync(connection, cancellationToken) : 0, SqlText.Migrations().Max(migration => migration.Number),
                await ScalarAsync<long>(connection, "SELECT pg_database_size(current_database())", cancellationToken))
            { Server = server };
            return facts.Schema == 0 ? facts : await WithWorkAsync(connection, facts, cancellationToken);
        }
        catch (Exception failure) when (StoreFailures.IsOfServer(failure))
        {
            throw StoreFailures.Of(failure, database.Where);
        }
    }

    static async Task<StoreFacts> WithWorkAsync(NpgsqlConnection connection, StoreFacts facts, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SqlText.Query("inspect_work"), connection) { Parameters = { new() { Value = StoreFacts.CountedMost } } };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var clock = At(rows, 5);
        var read = facts with { DeadLetters = rows.GetInt64(0), LastDeadLetter = At(rows, 1), Waiting = rows.GetInt64(2), WaitingSince = At(rows, 3), InDoubt = rows.GetInt64(4), Clock = clock };
        await rows.DisposeAsync();
        return read with { Server = read.Server! with { Nodes = await NodesAsync(connection, cancellationToken) } };
    }

    static async Task<ServerFacts> ServerAsync(NpgsqlConnection connection, Duration ahead, int connectionsANode, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string>();
        await using (var command = new NpgsqlCommand("SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'autovacuum', 'synchronous_standby_names', 'idle_session_timeout', 'default_transaction_read_only', 'max_connections', 'superuser_reserved_connections')", connection))
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
            while (await rows.ReadAsync(cancellationToken))
                settings[rows.GetString(0)] = rows.GetString(1);
        var most = int.Parse(settings["max_connections"], System.Globalization.CultureInfo.InvariantCulture) - int.Parse(settings["superuser_reserved_connections"], System.Globalization.CultureInfo.InvariantCulture);
        return new(
            connection.PostgreSqlVersion.Major,
            await ScalarAsync<int>(connection, "SELECT pg_backend_pid()", cancellationToken) != connection.ProcessID,
            ahead,
            most,
            (int)await ScalarAsync<long>(connection, "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'", cancellationToken),
            connectionsANode,
            [],
            settings,
            await ScalarAsync<bool>(connection, "SELECT pg_is_in_recovery()", cancellationToken),
            await ScalarAsync<string>(connection, "SELECT pg_encoding_to_char(encoding)::text FROM pg_database WHERE datname = current_database()", cancellationToken));
    }

    static async Task<IReadOnlyList<NodeFacts>> NodesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var nodes = new List<NodeFacts>();
        await using var command = new NpgsqlCommand("SELECT name, address, version, owned <> 0 FROM node WHERE seen > now() - interval '10 seconds' AND NOT leaving ORDER BY started", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            nodes.Add(new(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetBoolean(3)));
        return nodes;
    }

    static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    static Instant? At(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : Microseconds.ToInstant(rows.GetInt64(column));
}
