using System.Globalization;
using NodaTime;
using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Postgres;

/// <summary>Brings a database to the newest form: numbered files, run in order, each in a transaction of its own with its number; of several nodes one does it and the others wait.</summary>
static class Schema
{
    /// <summary>Any number that no other program uses here: "Parcours" in hexadecimal digits.</summary>
    const long LockKey = 0x5041_5243_4F55_5253;

    /// <summary>Runs what is missing; refuses a database that a newer program wrote, a server that is too old, and a pooler that shares connections.</summary>
    /// <exception cref="StoreException">The message says what to do.</exception>
    public static async Task MigrateAsync(NpgsqlConnection connection, string where, long salt, IReadOnlyCollection<(int Number, string Text)> migrations, CancellationToken cancellationToken)
    {
        if (connection.PostgreSqlVersion.Major < 15)
            throw new StoreException(StoreFailure.Other, $"The database {where} is PostgreSQL {connection.PostgreSqlVersion}, and Parcours needs 15 or later.");
        await RefusePoolerAsync(connection, where, cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", cancellationToken);
        try
        {
            await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS schema_version (number integer PRIMARY KEY)", cancellationToken);
            var stands = await VersionAsync(connection, cancellationToken);
            var newest = migrations.Max(migration => migration.Number);
            if (stands > newest)
                throw new StoreException(
                    StoreFailure.TooNew,
                    $"The database {where} has schema {stands}, and this program knows schemas up to {newest}: a newer version of Parcours wrote it. Start that version, or restore a backup made before.");
            foreach (var (number, text) in migrations.Where(migration => migration.Number > stands).OrderBy(migration => migration.Number))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await ExecuteAsync(connection, text, cancellationToken);
                await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO schema_version (number) VALUES ({number})"), cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO installation (id, salt) VALUES (0, {salt}) ON CONFLICT DO NOTHING"), cancellationToken);
        }
        finally
        {
            if (connection.State == System.Data.ConnectionState.Open) await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    /// <summary>Cuts history by months, from this one on; what lies in no month's table is in the rest's.</summary>
    /// <param name="patience">How long it may wait for who reads or writes there, and lets others wait behind it.</param>
    public static async Task AddMonthsAsync(NpgsqlConnection connection, Instant now, Duration patience, CancellationToken cancellationToken)
    {
        var first = now.InUtc().Date.With(DateAdjusters.StartOfMonth);
        foreach (var table in (string[])["entry", "timeline"])
            for (var month = 0; month < 3; month++)
            {
                var (from, to) = (first.PlusMonths(month), first.PlusMonths(month + 1));
                var name = string.Create(CultureInfo.InvariantCulture, $"{table}_{from.Year:0000}_{from.Month:00}");
                // Even to find that it is there, CREATE TABLE would lock all of history.
                if (await ExistsAsync(connection, name, cancellationToken)) continue;
                try
                {
                    await ExecuteAsync(
                        connection,
                        string.Create(CultureInfo.InvariantCulture, $"SET lock_timeout = '{(long)patience.TotalMilliseconds}ms'; CREATE TABLE IF NOT EXISTS {name} PARTITION OF {table} FOR VALUES FROM ({SequenceOf(from)}) TO ({SequenceOf(to)})"),
                        cancellationToken);
                }
                catch (PostgresException taken) when (taken.SqlState is PostgresErrorCodes.CheckViolation or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.InvalidObjectDefinition
                    or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateTable)
                {
                    // The rest's table has rows of that month already, or somebody reads at length: they stay there. Or another node makes it at this moment.
                }
            }

        await ExecuteAsync(connection, "RESET lock_timeout", cancellationToken);
        static long SequenceOf(LocalDate date) => Sequences.At(date.AtMidnight().InUtc().ToInstant().ToMicroseconds());
    }

    static async Task<bool> ExistsAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { new() { Value = table } } };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The number of the newest migration that ran; 0 for an empty database.</summary>
    public static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(number), 0) FROM schema_version", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Two statements that land in two sessions show a pooler in transaction mode, behind which a session's lock means nothing (Semantics 15.4).</summary>
    static async Task RefusePoolerAsync(NpgsqlConnection connection, string where, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is int process && process != connection.ProcessID)
            throw new StoreException(StoreFailure.Other, $"The database {where} is reached through a pooler, which may share its connections. Name PostgreSQL itself with --database, or a pooler in session mode that tells the true process.");
    }

    public static async Task ExecuteAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
