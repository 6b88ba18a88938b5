using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Parcours.Tests.HouseRules;

namespace Parcours.Tests.Cli;

/// <summary>The commands as scripts use them, by the real program: exit codes, what goes to which output, one line for what is wrong.</summary>
public sealed class CommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("parcours-commands-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Data => Path.Combine(_folder, "data");

    [Theory]
    [InlineData("--help")]
    [InlineData("serve --help")]
    [InlineData("demo --help")]
    [InlineData("key add --help")]
    [InlineData("key list --help")]
    [InlineData("key revoke --help")]
    [InlineData("user add --help")]
    [InlineData("user list --help")]
    [InlineData("validate --help")]
    [InlineData("import --help")]
    [InlineData("import contacts --help")]
    [InlineData("import events --help")]
    public async Task Every_command_has_a_help_text(string line)
    {
        var ran = await ParcoursProgram.RunAsync(line.Split(' '));

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("Usage:", ran.Output);
    }

    [Theory]
    [InlineData("bake")]
    [InlineData("key add --name one")]
    [InlineData("key add --name one --scope all")]
    [InlineData("user add --email a@example.org --role king")]
    [InlineData("validate")]
    [InlineData("--test-clock noon")]
    [InlineData("serve --urls 5080")]
    [InlineData("serve --database nonsense")]
    [InlineData("serve --config none.json")]
    public async Task What_is_asked_wrongly_is_one_line_and_exit_code_2(string line)
    {
        var ran = await ParcoursProgram.RunAsync(line.Split(' '), environment: new Dictionary<string, string> { ["PARCOURS_DATA"] = Data });

        Assert.Equal(2, ran.ExitCode);
        Assert.Equal("", ran.Output);
        Assert.StartsWith("parcours: ", Assert.Single(Lines(ran.Error)));
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Validate_answers_0_for_a_sound_journey()
    {
        var ran = await ParcoursProgram.RunAsync(["validate", Repository.PathOf("samples/journeys/reference.json")]);

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
    }

    [Fact]
    public async Task Validate_answers_1_and_tells_every_problem_with_its_place()
    {
        var file = Path.Combine(_folder, "journey.json");
        await File.WriteAllTextAsync(
            file,
            """{ "format": 1, "id": "Bad Id", "name": "", "start": [{ "kind": "event", "id": "s", "events": ["e"], "next": "nowhere" }], "points": { "a": { "kind": "delay", "for": "PT1H", "next": "a" } } }""",
            TestContext.Current.CancellationToken);

        var text = await ParcoursProgram.RunAsync(["validate", file]);
        var json = await ParcoursProgram.RunAsync(["validate", file, "--json"]);

        Assert.Equal((1, 1), (text.ExitCode, json.ExitCode));
        using var report = JsonDocument.Parse(json.Output);
        Assert.False(report.RootElement.GetProperty("valid").GetBoolean());
        var paths = report.RootElement.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("path").GetString()!).ToList();
        Assert.Contains("/id", paths);
        Assert.Contains("/start/0/next", paths);
        Assert.All(paths, path => Assert.Contains($" {(path.Length > 0 ? path : "/")} ", text.Output));
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\0\u0001")]
    public async Task Validate_answers_1_for_what_is_no_definition(string content)
    {
        var file = Path.Combine(_folder, "journey.json");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);

        var ran = await ParcoursProgram.RunAsync(["validate", file]);

        Assert.Equal((1, ""), (ran.ExitCode, ran.Error));
        Assert.StartsWith("error ", ran.Output);
    }

    [Fact]
    public async Task Validate_of_a_file_that_is_not_there_is_one_line()
    {
        var ran = await ParcoursProgram.RunAsync(["validate", Path.Combine(_folder, "none.json")]);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("none.json", Assert.Single(Lines(ran.Error)));
    }

    /// Semantics 15.8
    [Fact]
    public async Task A_key_is_printed_alone_whether_somebody_serves_or_not()
    {
        var alone = await ParcoursProgram.RunAsync(["key", "add", "--data", Data, "--name", "first", "--scope", "intake"]);
        string served;
        await using (await ServingProgram.StartAsync(Data))
            served = (await ParcoursProgram.RunAsync(["key", "add", "--data", Data, "--name", "second", "--scope", "read"])).Output;
        var list = await ParcoursProgram.RunAsync(["key", "list", "--data", Data]);

        Assert.Equal((0, ""), (alone.ExitCode, alone.Error));
        Assert.Matches("^ik_[A-Za-z0-9_-]{40,}\n$", alone.Output);
        Assert.Matches("^rk_[A-Za-z0-9_-]{40,}\n$", served);
        Assert.Equal(2, Lines(list.Output).Length);
        Assert.DoesNotContain(alone.Output.Trim(), list.Output);
    }

    [Fact]
    public async Task What_a_command_changes_is_in_the_log_whether_it_is_served_or_not()
    {
        await ParcoursProgram.RunAsync(["key", "add", "--data", Data, "--name", "first", "--scope", "intake"]);
        await using var server = await ServingProgram.StartAsync(Data);
        var key = (await ParcoursProgram.RunAsync(["key", "add", "--data", Data, "--name", "second", "--scope", "admin"])).Output.Trim();
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);

        using var log = System.Text.Json.JsonDocument.Parse(await server.Client.GetStringAsync("/api/v1/audit?by=command", TestContext.Current.CancellationToken));

        Assert.Equal(["post-key second", "post-key first"], log.RootElement.GetProperty("items").EnumerateArray().Select(line => $"{line.GetProperty("act").GetString()} {line.GetProperty("target").GetString()}"));
    }

    [Fact]
    public async Task A_key_opens_what_its_scope_says_until_it_is_revoked()
    {
        await using var server = await ServingProgram.StartAsync(Data);
        var key = (await ParcoursProgram.RunAsync(["key", "add", "--data", Data, "--name", "reader", "--scope", "read"])).Output.Trim();
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);

        var before = await server.Client.GetAsync("/api/v1/journeys", TestContext.Current.CancellationToken);
        var id = (await ParcoursProgram.RunAsync(["key", "list", "--data", Data])).Output.Split(' ')[0];
        var revoked = await ParcoursProgram.RunAsync(["key", "revoke", id, "--data", Data]);
        var again = await ParcoursProgram.RunAsync(["key", "revoke", "0000000000000000", "--data", Data]);
        var after = await server.Client.GetAsync("/api/v1/journeys", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(0, revoked.ExitCode);
        Assert.Equal(1, again.ExitCode);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    /// Semantics 15.8
    [Fact]
    public async Task A_user_is_added_with_the_password_from_standard_input()
    {
        string[] add = ["user", "add", "--data", Data, "--email", "Ada@example.org", "--role", "admin"];
        var added = await ParcoursProgram.RunAsync(add, "a long password\n");
        var twice = await ParcoursProgram.RunAsync(add, "a long password\n");
        var shortOne = await ParcoursProgram.RunAsync(["user", "add", "--data", Data, "--email", "b@example.org", "--role", "admin"], "short\n");
        var none = await ParcoursProgram.RunAsync(["user", "add", "--data", Data, "--email", "c@example.org", "--role", "admin"]);
        var list = await ParcoursProgram.RunAsync(["user", "list", "--data", Data]);

        Assert.Equal((0, "", ""), (added.ExitCode, added.Output, added.Error));
        Assert.Equal((1, 1, 2), (twice.ExitCode, shortOne.ExitCode, none.ExitCode));
        Assert.All([twice, shortOne, none], ran => Assert.Single(Lines(ran.Error)));
        Assert.StartsWith("ada@example.org  admin", Assert.Single(Lines(list.Output)));
    }

    /// Semantics 15.8
    [Fact]
    public async Task The_address_and_the_token_are_for_the_owner_alone_and_go_with_the_server()
    {
        var file = Path.Combine(Data, "parcours.serving");
        await using var server = await ServingProgram.StartAsync(Data);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        using var wrong = new HttpRequestMessage(HttpMethod.Post, "/local/order") { Headers = { Authorization = new("Bearer", "guess") } };
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.SendAsync(wrong, TestContext.Current.CancellationToken)).StatusCode);

        Assert.Equal(0, await server.StopAsync());
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_first_start_prints_a_link_to_make_the_administrator_and_a_later_one_does_not()
    {
        await using (var first = await ServingProgram.StartAsync(Data))
            Assert.Contains($"{first.Url}/setup/", first.Said);
        await ParcoursProgram.RunAsync(["user", "add", "--data", Data, "--email", "ada@example.org", "--role", "admin"], "a long password\n");
        await using var second = await ServingProgram.StartAsync(Data);

        Assert.DoesNotContain("/setup/", second.Said);
    }

    [Fact]
    public async Task A_second_process_on_the_same_folder_is_refused_in_one_line()
    {
        await using var first = await ServingProgram.StartAsync(Data);

        var second = await ParcoursProgram.RunAsync(["serve", "--data", Data, "--urls", $"http://127.0.0.1:{ServingProgram.FreePort()}"]);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains(Data, Assert.Single(Lines(second.Error)));
        Assert.Equal(HttpStatusCode.OK, (await first.Client.GetAsync("/readyz", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var ran = await ParcoursProgram.RunAsync(["serve", "--data", Data, "--urls", url]);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains(url, Assert.Single(Lines(ran.Error)));
        Assert.Contains("--urls", ran.Error);
    }

    [Fact]
    public async Task A_folder_that_is_a_file_is_told_in_one_line()
    {
        await File.WriteAllTextAsync(Data, "", TestContext.Current.CancellationToken);

        var ran = await ParcoursProgram.RunAsync(["serve", "--data", Data]);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains(Data, Assert.Single(Lines(ran.Error)));
    }

    [Fact]
    public async Task A_test_clock_begins_where_it_was_said_and_moves_only_when_told()
    {
        await using var server = await ServingProgram.StartAsync(Data, ["--test-clock", "2026-01-31T09:00:00Z"]);
        var key = (await ParcoursProgram.RunAsync(["key", "add", "--data", Data, "--name", "clock", "--scope", "admin"])).Output.Trim();
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);

        Assert.Equal(DateTimeOffset.Parse("2026-01-31T09:00:00Z", CultureInfo.InvariantCulture), await ClockAsync(server));
        using var body = new StringContent("""{ "now": "2026-02-28T09:00:00Z" }""", System.Text.Encoding.UTF8, "application/json");
        var moved = await server.Client.PutAsync("/api/v1/clock", body, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        Assert.Equal(DateTimeOffset.Parse("2026-02-28T09:00:00Z", CultureInfo.InvariantCulture), await ClockAsync(server));
    }

    static async Task<DateTimeOffset> ClockAsync(ServingProgram server)
    {
        using var clock = JsonDocument.Parse(await server.Client.GetStringAsync("/api/v1/clock", TestContext.Current.CancellationToken));
        return clock.RootElement.GetProperty("now").GetDateTimeOffset();
    }

    static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
