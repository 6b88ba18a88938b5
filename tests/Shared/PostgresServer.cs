using Npgsql;
using Parcours.Storage.Postgres;

namespace Parcours.Testing;

/// <summary>The PostgreSQL that tests use: named by <c>PARCOURS_TEST_POSTGRES</c>, which <c>./test</c> sets after it has started a throw-away server. Each test makes a database of its own there.</summary>
static class PostgresServer
{
    public const string Variable = "PARCOURS_TEST_POSTGRES";
    static readonly string TemplateName = $"parcours_{Environment.ProcessId}_template";
    static int _databases;

    /// <summary>With the schema in it: a copy is made in a third of the time, and, file by file, of that in a quarter.</summary>
    static readonly Lazy<Task> Template = new(async () =>
    {
        await ExecuteAsync($"CREATE DATABASE {TemplateName}");
        await (await PostgresStore.OpenAsync(new NpgsqlConnectionStringBuilder(Address) { Database = TemplateName }.ConnectionString, new() { Time = TimeProvider.System, Salt = 42 }, CancellationToken.None)).DisposeAsync();
    });

    /// <summary>For xunit: tests that need it are skipped without it, and <c>./test</c> says so.</summary>
    public static bool IsAbsent => Address is null;

    public const string Why = $"There is no PostgreSQL: {Variable} names none.";

    static string? Address => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address ? address : null;

    /// <summary>Makes an empty database; the connection string of it.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        Assert.SkipWhen(IsAbsent, Why);
        await Template.Value;
        var name = $"parcours_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {TemplateName} STRATEGY FILE_COPY");
        return new NpgsqlConnectionStringBuilder(Address) { Database = name }.ConnectionString;
    }

    /// <summary>Ends every connection to the database, as a crash of the program would, at whatever it was doing.</summary>
    public static Task CutAsync(string connectionString) =>
        ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{NameOf(connectionString)}'");

    /// <summary>In the background: nobody waits for it, and the next test has another one.</summary>
    public static Task DropAsync(string connectionString)
    {
        _ = ExecuteAsync($"DROP DATABASE IF EXISTS {NameOf(connectionString)} WITH (FORCE)");
        return Task.CompletedTask;
    }

    static string NameOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Database!;

    static Task ExecuteAsync(string sql) => ExecuteAsync(Address!, sql); // Whoever comes here has an address.

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString).ConfigureTypeLoading(static types => types.EnableTypeLoading(false)).Build();
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
