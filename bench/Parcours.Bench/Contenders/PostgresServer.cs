using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;
using Parcours.Bench.Machine;

namespace Parcours.Bench.Contenders;

/// <summary>A PostgreSQL of this run alone, as Debian's package brings it and with its settings of old: a commit waits for the disk.</summary>
sealed class PostgresServer : IAsyncDisposable
{
    static readonly string[] Watching = ["-c", "shared_preload_libraries=pg_stat_statements", "-c", "pg_stat_statements.track_planning=on", "-c", "track_io_timing=on", "-c", "track_wal_io_timing=on"];
    readonly Process _process;
    readonly string _folder;
    readonly int _port;

    PostgresServer(Process process, string folder, int port) => (_process, _folder, _port) = (process, folder, port);

    public int ProcessId => _process.Id;

    public string Connection(string database) => FormattableString.Invariant($"Host=127.0.0.1;Port={_port};Username=bench;Database={database}");

    /// <exception cref="PeerMissingException">It cannot be had on this machine.</exception>
    /// <param name="watched">It counts what each statement takes (extension pg_stat_statements), which costs it a little itself.</param>
    public static async Task<PostgresServer> StartAsync(bool watched, CancellationToken cancellationToken)
    {
        var programs = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(folder => System.IO.Path.Combine(folder, "bin")).Where(folder => File.Exists(System.IO.Path.Combine(folder, "postgres"))).OrderBy(folder => folder, StringComparer.Ordinal).LastOrDefault() : null;
        if (programs is null)
            throw new PeerMissingException("PostgreSQL is not installed");
        // It does not run as root, and its folders must let it through.
        var folder = Directory.CreateDirectory(System.IO.Path.Combine("/var/tmp", "parcours-bench." + System.IO.Path.GetRandomFileName())).FullName;
        string[] user = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--"] : [];
        if (user.Length > 0)
            await RunAsync(["chown", "postgres", folder], cancellationToken);
        await RunAsync([.. user, $"{programs}/initdb", "-D", $"{folder}/data", "-A", "trust", "-U", "bench", "-E", "UTF8", "--locale=C.UTF-8"], cancellationToken);
        var port = 22_000 + Random.Shared.Next(100);
        var process = Start([.. user, $"{programs}/postgres", "-D", $"{folder}/data", "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", .. watched ? Watching : []]);
        var server = new PostgresServer(process, folder, port);
        for (var began = Stopwatch.GetTimestamp(); !await server.IsUpAsync(cancellationToken); await Task.Delay(50, cancellationToken))
            if (process.HasExited || Stopwatch.GetElapsedTime(began).TotalSeconds > 60)
            {
                await server.DisposeAsync();
                throw new PeerMissingException("PostgreSQL did not start");
            }
        return server;
    }

    async Task<bool> IsUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync("postgres", "SELECT 1", cancellationToken);
            return true;
        }
        catch (Exception notYet) when (notYet is NpgsqlException or SocketException)
        {
            return false;
        }
    }

    /// <summary>A database that nobody has used.</summary>
    public async Task<string> NewDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        await DropDatabaseAsync(name, cancellationToken);
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}", cancellationToken);
        return Connection(name);
    }

    public Task DropDatabaseAsync(string name, CancellationToken cancellationToken) => ExecuteAsync("postgres", $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", cancellationToken);

    async Task ExecuteAsync(string database, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(Connection(database) + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
#pragma warning disable CA2100 // The texts are this program's own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Rows in each table of a database, now; the parts of a divided one together.</summary>
    public async Task<Dictionary<string, long>> RowsAsync(string database, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(Connection(database) + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        var tables = new List<string>();
        await using (var command = new NpgsqlCommand("SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = current_schema()::regnamespace ORDER BY 1", connection))
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
            while (await rows.ReadAsync(cancellationToken))
                tables.Add(rows.GetString(0));
        var counts = new Dictionary<string, long>();
        foreach (var table in tables)
        {
#pragma warning disable CA2100 // Names of tables, from the database's own list.
            await using var command = new NpgsqlCommand($"SELECT count(*) FROM {table}", connection);
#pragma warning restore CA2100
            counts[table] = (long)(await command.ExecuteScalarAsync(cancellationToken))!; // A count is never null.
        }

        return counts;
    }

    // Another user may not look into the folder where this was started.
    static Process Start(string[] line) => LoggedProcess.Start("/dev/null", line, static start => start.WorkingDirectory = "/");

    static async Task RunAsync(string[] line, CancellationToken cancellationToken)
    {
        using var process = Start(line);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new PeerMissingException($"{string.Join(' ', line)} ended with {process.ExitCode}");
    }

    /// <summary>What is counted of statements begins anew.</summary>
    public async Task ForgetStatementsAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("postgres", "CREATE EXTENSION IF NOT EXISTS pg_stat_statements", cancellationToken);
        await ExecuteAsync("postgres", "SELECT pg_stat_statements_reset()", cancellationToken);
    }

    /// <summary>The statements that took longest in a database since then: calls, milliseconds, rows, bytes of log, and how they begin.</summary>
    public async Task<IReadOnlyList<(long Calls, double Milliseconds, long Rows, long LogBytes, string Text)>> StatementsAsync(string database, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            SELECT s.calls, s.total_exec_time + s.total_plan_time, s.rows, s.wal_bytes::bigint, s.query
              FROM pg_stat_statements AS s
              JOIN pg_database AS d
                ON d.oid = s.dbid
             WHERE d.datname = $1
             ORDER BY 2 DESC
             LIMIT 30
            """, connection)
        { Parameters = { new() { Value = database } } };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var statements = new List<(long, double, long, long, string)>();
        while (await rows.ReadAsync(cancellationToken))
            statements.Add((rows.GetInt64(0), rows.GetDouble(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetString(4)));
        return statements;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // A fast shutdown; runuser passes it on.
            using var kill = Process.Start("kill", ["-INT", (Child(_process.Id) ?? _process.Id).ToString(CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The server itself, where another user was asked to start it.</summary>
    static int? Child(int process) => Environment.IsPrivilegedProcess && File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var child, ..] ? int.Parse(child, CultureInfo.InvariantCulture) : null;
}
