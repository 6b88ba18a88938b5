using System.Diagnostics;
using Npgsql;
using Parcours.Bench.Contenders;

namespace Parcours.Bench.Limits;

/// <summary>The rows of <see cref="WriteLimit"/> in PostgreSQL with its default durability: a batch is a round trip and a transaction, rows go as arrays (<c>unnest</c>).</summary>
static class PostgresWriteLimit
{
    const string Facts = """{"plan":"pro","source":"web","last":"2026-01-01T00:00:00Z","tag":["signed-up"],"n":12345}""";
    const string Database = "writes";

    /// <summary>Enrolments a second.</summary>
    /// <param name="connections">So many writers, each with its own part.</param>
    public static async Task<double> RunAsync(PostgresServer postgres, int enrolments, int group, int connections, CancellationToken cancellationToken)
    {
        var connection = await postgres.NewDatabaseAsync(Database, cancellationToken);
        await using var source = NpgsqlDataSource.Create(connection + ";Max Auto Prepare=20;Auto Prepare Min Usages=1");
        await using (var schema = source.CreateCommand(Schema))
            await schema.ExecuteNonQueryAsync(cancellationToken);
        // Fresh tables without statistics are planned badly: a first part is written and looked at before anything counts.
        await WriteAsync(source, 0, 2_000, group, cancellationToken);
        await using (var analyze = source.CreateCommand("ANALYZE"))
            await analyze.ExecuteNonQueryAsync(cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var part = enrolments / connections;
        await Task.WhenAll(Enumerable.Range(1, connections).Select(writer => Task.Run(() => WriteAsync(source, 1_000_000_000L * writer, part, group, cancellationToken), cancellationToken)));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await postgres.DropDatabaseAsync(Database, cancellationToken);
        return part * connections / seconds;
    }

    static async Task WriteAsync(NpgsqlDataSource source, long from, int enrolments, int group, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        for (var first = 1; first <= enrolments; first += group)
        {
            var numbers = Enumerable.Range(first, Math.Min(group, enrolments - first + 1)).Select(number => from + number).ToArray();
            var (mailed, waiting) = (Array.FindAll(numbers, static number => (number & 1) == 0), Array.FindAll(numbers, static number => (number & 1) == 1));
            var names = Array.ConvertAll(numbers, static number => $"user-{number}");
            await RunAsync(connection, [new("INSERT INTO event (contact, name, at, data) SELECT c, 'signed_up', n, $3 FROM unnest($1, $2) AS t (c, n)") { Parameters = { new() { Value = names }, new() { Value = numbers }, new() { Value = Facts } } }], cancellationToken);
            await RunAsync(connection,
                [
                    new("INSERT INTO contact (id, ext, email, data) SELECT n, c, e, $4 FROM unnest($1, $2, $3) AS t (n, c, e) ON CONFLICT (ext) DO UPDATE SET data = excluded.data") { Parameters = { new() { Value = numbers }, new() { Value = names }, new() { Value = Array.ConvertAll(numbers, static number => $"u{number}@example.test") }, new() { Value = Facts } } },
                    new("INSERT INTO enrolment (id, contact, journey, point, state, due) SELECT n, n, 1, 3, n & 1, n FROM unnest($1) AS t (n)") { Parameters = { new() { Value = numbers } } },
                ], cancellationToken);
            await RunAsync(connection, [End(mailed)], cancellationToken);
            await RunAsync(connection, [new("UPDATE contact SET data = $2 FROM unnest($1) AS t (n) WHERE id = n") { Parameters = { new() { Value = waiting }, new() { Value = Facts } } }, End(waiting)], cancellationToken);
        }

        static NpgsqlBatchCommand End(long[] numbers) => new("UPDATE enrolment SET point = 9, state = 2 FROM unnest($1) AS t (n) WHERE id = n") { Parameters = { new() { Value = numbers } } };
    }

    static async Task RunAsync(NpgsqlConnection connection, NpgsqlBatchCommand[] commands, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    const string Schema = """
        CREATE TABLE contact (id bigint PRIMARY KEY, ext text NOT NULL UNIQUE, email text, data text);
        CREATE TABLE event (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, contact text NOT NULL, name text NOT NULL, at bigint NOT NULL, data text);
        CREATE TABLE enrolment (id bigint PRIMARY KEY, contact bigint NOT NULL, journey bigint NOT NULL, point bigint NOT NULL, state bigint NOT NULL, due bigint);
        CREATE INDEX enrolment_due ON enrolment (due) WHERE state = 1;
        CREATE UNIQUE INDEX enrolment_once ON enrolment (journey, contact);
        """;
}
