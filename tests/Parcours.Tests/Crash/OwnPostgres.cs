using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Parcours.Testing;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Crash;

/// <summary>A PostgreSQL of this test alone, which may be restarted, crashed, copied and filled. It is started by root from a package of the system; without it the test is skipped.</summary>
sealed class OwnPostgres : IAsyncDisposable
{
    readonly string _programs, _folder, _listens;
    readonly int _port;
    readonly bool _isGiven;
    NpgsqlDataSource? _asked;

    OwnPostgres(string programs, string folder, bool isGiven, string listens) =>
        (_programs, _folder, _isGiven, _listens, _port) = (programs, folder, isGiven, listens, ServingProgram.FreePort());

    public string Address => $"127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}";

    public int Port => _port;

    public string ConnectionString => $"Host=127.0.0.1;Port={_port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Database=parcours";

    string Administration => ConnectionString.Replace("Database=parcours", "Database=postgres", StringComparison.Ordinal);

    string Data => Path.Combine(_folder, "data");

    /// <param name="folder">All of it is there; null: in a new folder.</param>
    /// <param name="tables">Tables and their indexes are there, the journal is not; null: with all else.</param>
    /// <param name="alsoAt">An address at which it is reached from another network.</param>
    public static async Task<OwnPostgres> StartAsync(string? folder = null, string? tables = null, string? alsoAt = null)
    {
        var server = await MakeAsync(folder, alsoAt is null ? "127.0.0.1" : $"127.0.0.1,{alsoAt}");
        await server.RunHereAsync("initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", $"--wal-segsize={(server._isGiven ? 1 : 16)}");
        if (alsoAt is not null)
            await File.AppendAllTextAsync(Path.Combine(server.Data, "pg_hba.conf"), $"host all all {alsoAt}/24 trust\n");
        await server.ControlAsync("start");
        if (tables is not null)
        {
            await RunAsync("chown", "postgres", tables);
            await PostgresServer.ExecuteAsync(server.Administration, $"CREATE TABLESPACE small LOCATION '{tables}'");
        }

        await PostgresServer.ExecuteAsync(server.Administration, "CREATE DATABASE parcours" + (tables is null ? "" : " TABLESPACE small"));
        return server;
    }

    static async Task<OwnPostgres> MakeAsync(string? folder, string listens)
    {
        var programs = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Order(StringComparer.Ordinal).LastOrDefault() : null;
        Assert.SkipWhen(PostgresServer.IsAbsent || programs is null || Environment.UserName != "root", PostgresServer.Why);
        var server = new OwnPostgres(programs, folder ?? Directory.CreateTempSubdirectory("parcours-own-postgres-").FullName, folder is not null, listens);
        await RunAsync("chown", "postgres", server._folder);
        return server;
    }

    /// <summary>A second one that follows this one, and without which this one commits nothing from here on.</summary>
    public async Task<OwnPostgres> FollowedAsync()
    {
        var standby = await MakeAsync(null, "127.0.0.1");
        await standby.RunHereAsync("pg_basebackup", "-D", standby.Data, "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-R", "-X", "stream", "-c", "fast", "--no-sync");
        await standby.ControlAsync("start");
        await PostgresServer.ExecuteAsync(Administration, "ALTER SYSTEM SET synchronous_standby_names = '*'");
        await PostgresServer.ExecuteAsync(Administration, "SELECT pg_reload_conf()");
        await UntilAsync("SELECT 1 - count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", "nobody follows", TimeSpan.FromSeconds(30));
        return standby;
    }

    /// <summary>The machine is gone: SIGKILL for the process that looks after all the others, which end when they miss it.</summary>
    public async Task KillAsync()
    {
        var process = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        await RunAsync("kill", "-KILL", process);
    }

    public Task PromoteAsync() => RunHereAsync("pg_ctl", "-D", Data, "-w", "promote");

    /// <summary>Ends every connection.</summary>
    public Task CutAsync() => PostgresServer.ExecuteAsync(Administration, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'parcours'");

    public async Task<long> CountAsync(string sql) => Convert.ToInt64(await AskAsync(sql), CultureInfo.InvariantCulture);

    async Task<object?> AskAsync(string sql)
    {
        // Kept: what is measured must not wait for a connection each time.
        _asked ??= new NpgsqlDataSourceBuilder(ConnectionString).ConfigureTypeLoading(static types => types.EnableTypeLoading(false)).Build();
        await using var command = _asked.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Looks until what is asked counts nothing; a server that cannot be asked at a moment is asked again.</summary>
    /// <param name="standing">A query whose text says, where that fails, how things stood.</param>
    public async Task UntilAsync(string sql, string otherwise, TimeSpan patience, string? standing = null)
    {
        for (var since = Stopwatch.GetTimestamp(); ; await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            try
            {
                if (await CountAsync(sql) <= 0)
                    return;
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(since) < patience)
            {
                continue;
            }

            if (Stopwatch.GetElapsedTime(since) >= patience)
                Assert.Fail($"After {patience.TotalSeconds:0} s {otherwise}.{(standing is null ? "" : "\n" + await AskAsync(standing))}");
        }
    }

    /// <param name="crash">The server gets no chance to put its files in order: it recovers from its log at the start.</param>
    public Task RestartAsync(bool crash) => ControlAsync("restart", "-m", crash ? "immediate" : "fast");

    Task ControlAsync(string what, params string[] more) => RunHereAsync(
        "pg_ctl", ["-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o", $"-p {_port} -c listen_addresses={_listens} -c unix_socket_directories={_folder} -c max_connections=100{(_isGiven ? " -c max_wal_size=8MB -c min_wal_size=2MB" : "")}", what, .. more]);

    Task RunHereAsync(string program, params string[] arguments) => RunAsync("runuser", ["-u", "postgres", "--", Path.Combine(_programs, program), .. arguments]);

    static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/", RedirectStandardOutput = true })!;
        await process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(90));
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_asked is not null)
            await _asked.DisposeAsync();
        try
        {
            await ControlAsync("stop", "-m", "immediate");
        }
        catch (InvalidOperationException)
        {
            // It was killed.
        }

        if (!_isGiven)
            Directory.Delete(_folder, recursive: true);
    }
}
