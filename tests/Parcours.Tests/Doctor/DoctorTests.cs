using System.Text.Json;
using Parcours.Channels.Tests.Smtp;
using Parcours.Testing;
using Parcours.Tests.Api;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Doctor;

/// <summary><c>parcours doctor</c> finds what is wrong, and says nothing where nothing is.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task A_sound_installation_is_told_to_be_so_while_it_is_served()
    {
        using var folder = new Folder();
        using var sink = new SmtpSink();
        var data = Path.Combine(folder.Path, "data");
        await using var program = await ServingProgram.StartAsync(data);
        Assert.Equal(0, (await ParcoursProgram.RunAsync(["backup", Path.Combine(folder.Path, "copy"), "--data", data])).ExitCode);

        var (exitCode, found) = await ExamineAsync(["--data", data, "--smtp-url", $"smtp://127.0.0.1:{sink.Port}", "--mail-from", "shop@example.org"]);

        Assert.Equal(0, exitCode);
        foreach (var check in (string[])["settings", "data-folder", "disk", "time-zones", "database", "migrations", "dead-letters", "in-doubt", "outbox", "backup", "serving", "mail"])
            Assert.Equal("ok", found[check].Verdict);
        Assert.Contains("is ready", found["serving"].Text, StringComparison.Ordinal);
        Assert.Contains("shop@example.org", found["mail"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told_all_at_once_and_by_the_exit_code()
    {
        using var folder = new Folder();
        await using (await ServingProgram.StartAsync(folder.Path)) { }
        using (var database = Storage.Sqlite.Native.SqliteConnection.Open(Path.Combine(folder.Path, "parcours.db"), readOnly: false))
        {
            database.Execute("INSERT INTO dead_letter (partition, sequence, at, why, body) VALUES (0, 1, 1767225600000000, 'made by hand', x'')");
            database.Execute("INSERT INTO message (number, key, contact, high, journey, version, point, visit, channel, content, topic, purpose, decided, not_before, expires, status, attempts, data) VALUES (1, x'00', 1, 1, 'j', 1, 'p', 1, 'email', 'c', 't', 1, 1, 1, 1, 0, 0, x'')");
        }

        var (exitCode, found) = await ExamineAsync(["--data", folder.Path, "--smtp-url", $"smtp://127.0.0.1:{ServingProgram.FreePort()}", "--mail-from", "shop@example.org", "--public-url", $"http://127.0.0.1:{ServingProgram.FreePort()}"]);

        Assert.Equal(1, exitCode);
        Assert.Equal("problem", found["mail"].Verdict);
        Assert.Equal("warning", found["dead-letters"].Verdict);
        Assert.Contains("1 messages wait", found["outbox"].Text, StringComparison.Ordinal);
        Assert.Equal("warning", found["outbox"].Verdict);
        Assert.Equal("warning", found["public-url"].Verdict);
        Assert.Equal("warning", found["backup"].Verdict);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_a_problem()
    {
        using var folder = new Folder();
        await using (await ServingProgram.StartAsync(folder.Path)) { }
        using (var database = Storage.Sqlite.Native.SqliteConnection.Open(Path.Combine(folder.Path, "parcours.db"), readOnly: false))
            database.Execute("INSERT INTO schema_version (number) VALUES (9999)");

        var (exitCode, found) = await ExamineAsync(["--data", folder.Path]);

        Assert.Equal((1, "problem"), (exitCode, found["migrations"].Verdict));
    }

    [Fact]
    public async Task A_setting_that_cannot_be_used_is_a_problem()
    {
        var ran = await ParcoursProgram.RunAsync(["doctor", "--log-level", "loud"]);

        Assert.Equal(1, ran.ExitCode);
        Assert.StartsWith("problem  settings     --log-level: ", ran.Output, StringComparison.Ordinal);
    }

    /// <summary>Semantics 15.3: connections are reckoned against the server's limit. Semantics 15.4: a pooler is looked for.</summary>
    [Fact]
    public async Task A_server_of_PostgreSQL_is_looked_at_too()
    {
        using var folder = new Folder();
        var database = await PostgresServer.CreateDatabaseAsync();
        await using (await ServingProgram.StartAsync(folder.Path, ["--database", database]))
        {
            var (_, found) = await ExamineAsync(["--data", folder.Path, "--database", database]);

            foreach (var check in (string[])["database", "migrations", "pooler", "connections", "clock", "nodes", "dead-letters", "in-doubt", "outbox", "serving"])
                Assert.Equal("ok", found[check].Verdict);
            Assert.Contains("works", found["nodes"].Text, StringComparison.Ordinal);
        }

        await PostgresServer.ExecuteAsync(database, $"ALTER DATABASE {new Npgsql.NpgsqlConnectionStringBuilder(database).Database} SET synchronous_commit = off");
        var (exitCode, unsafeOne) = await ExamineAsync(["--data", folder.Path, "--database", database]);
        Assert.Equal(1, exitCode);
        Assert.Contains("synchronous_commit is off", unsafeOne["server"].Text, StringComparison.Ordinal);
    }

    static async Task<(int ExitCode, Dictionary<string, (string Verdict, string Text)> Found)> ExamineAsync(string[] arguments)
    {
        var ran = await ParcoursProgram.RunAsync(["doctor", "--json", .. arguments]);
        using var findings = JsonDocument.Parse(ran.Output);
        var found = new Dictionary<string, (string, string)>();
        // Of several findings of one check, the last stands.
        foreach (var finding in findings.RootElement.EnumerateArray())
            found[finding.GetProperty("check").GetString()!] = (finding.GetProperty("verdict").GetString()!, finding.GetProperty("text").GetString()!);
        return (ran.ExitCode, found);
    }
}
