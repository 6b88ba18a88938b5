using System.Diagnostics;
using System.Globalization;
using Parcours.Testing;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Crash;

/// <summary>A PostgreSQL of this test alone, which may be restarted and crashed. It is started by root from a package of the system; without it the test is skipped.</summary>
sealed class OwnPostgres : IAsyncDisposable
{
    readonly string _programs, _folder;
    readonly int _port;

    OwnPostgres(string programs, string folder, int port) => (_programs, _folder, _port) = (programs, folder, port);

    public string ConnectionString => $"Host=127.0.0.1;Port={_port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Database=parcours";

    public static async Task<OwnPostgres> StartAsync()
    {
        var programs = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Order(StringComparer.Ordinal).LastOrDefault() : null;
        Assert.SkipWhen(PostgresServer.IsAbsent || programs is null || Environment.UserName != "root", PostgresServer.Why);
        var server = new OwnPostgres(programs, Directory.CreateTempSubdirectory("parcours-own-postgres-").FullName, ServingProgram.FreePort());
        await RunAsync("chown", "postgres", server._folder);
        await server.RunHereAsync("initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await server.ControlAsync("start");
        await PostgresServer.ExecuteAsync(server.Administration, "CREATE DATABASE parcours");
        return server;
    }

    string Administration => ConnectionString.Replace("Database=parcours", "Database=postgres", StringComparison.Ordinal);

    string Data => Path.Combine(_folder, "data");

    /// <summary>Ends every connection.</summary>
    public Task CutAsync() => PostgresServer.ExecuteAsync(Administration, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'parcours'");

    public async Task<long> CountAsync(string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Looks until what is asked counts nothing.</summary>
    public async Task UntilAsync(string sql, string otherwise, TimeSpan patience)
    {
        for (var since = Stopwatch.GetTimestamp(); await CountAsync(sql) > 0; await Task.Delay(20, TestContext.Current.CancellationToken))
            Assert.True(Stopwatch.GetElapsedTime(since) < patience, $"After {patience.TotalSeconds:0} s {otherwise}.");
    }

    /// <param name="crash">The server gets no chance to put its files in order: it recovers from its log at the start.</param>
    public Task RestartAsync(bool crash) => ControlAsync("restart", "-m", crash ? "immediate" : "fast");

    Task ControlAsync(string what, params string[] more) => RunHereAsync(
        "pg_ctl", ["-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c max_connections=100", what, .. more]);

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
        await ControlAsync("stop", "-m", "immediate");
        Directory.Delete(_folder, recursive: true);
    }
}
