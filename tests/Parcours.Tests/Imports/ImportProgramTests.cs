using System.Text;
using System.Text.Json;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Imports;
using Parcours.Journeys.Contacts;
using Parcours.Storage.Sqlite;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Imports;

/// <summary><c>parcours import</c> by the real program: alone and beside <c>serve</c>.</summary>
public sealed class ImportProgramTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("parcours-imports-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Data => Path.Combine(_folder, "data");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    string FileOf(string text, string name = "file.csv")
    {
        File.WriteAllText(Path.Combine(_folder, name), text);
        return Path.Combine(_folder, name);
    }

    Task<ParcoursProgram.Ran> ImportAsync(string kind, string file, params string[] more) => ParcoursProgram.RunAsync(["import", kind, file, "--data", Data, .. more]);

    [Fact]
    public async Task Good_rows_go_in_and_bad_ones_are_told()
    {
        var file = FileOf("email,city\nanna@example.org,Lyon\nbob@,Nice\ncarla@example.org,\n");
        var rejects = Path.Combine(_folder, "rejects.csv");

        var ran = await ImportAsync("contacts", file, "--rejects", rejects, "--json");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("line 3: email: 'bob@' is no e-mail address", ran.Error);
        using var sum = JsonDocument.Parse(ran.Output);
        Assert.Equal((3, 2, 1), (sum.RootElement.GetProperty("rows").GetInt32(), sum.RootElement.GetProperty("imported").GetInt32(), sum.RootElement.GetProperty("bad").GetInt32()));
        Assert.Equal("done", sum.RootElement.GetProperty("status").GetString());
        Assert.Contains("bob@,Nice,3,", await File.ReadAllTextAsync(rejects, Token));
        Assert.Equal("Lyon", (await ContactAsync("anna@example.org"))!.Property("city").AsText);
        Assert.Null(await ContactAsync("bob@"));
    }

    [Theory]
    [InlineData("email,city\nanna@example.org,\"Lyon\nbob@example.org,Nice\n", "never closed")]
    [InlineData("name,city\nAnna,Lyon\n", "says who somebody is")]
    [InlineData("", "empty")]
    [InlineData("10 MB", "1 MB")]
    public async Task A_broken_file_gets_one_error_and_leaves_everything_as_it_was(string text, string expected)
    {
        var file = FileOf(text == "10 MB" ? "email,city\na@example.org," + new string('x', 10_000_000) + "\n" : text);

        var fresh = await ImportAsync("contacts", file);
        Assert.False(Directory.Exists(Data));
        Assert.Equal(0, (await ImportAsync("contacts", FileOf("email\nzoe@example.org\n", "good.csv"))).ExitCode);
        var later = await ImportAsync("contacts", file);

        Assert.Equal((1, 1), (fresh.ExitCode, later.ExitCode));
        Assert.All([fresh.Error, later.Error], error => Assert.Contains(expected, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Wrong_bytes_at_the_end_keep_the_rows_before_them_out()
    {
        var file = Path.Combine(_folder, "latin.csv");
        await File.WriteAllBytesAsync(file, [.. "email,city\na@example.org,x\nb@example.org,Orl"u8, 0xE9, .. "ans\n"u8], Token);

        var wrong = await ImportAsync("contacts", file);
        var said = await ImportAsync("contacts", file, "--encoding", "windows-1252");

        Assert.Equal((1, 0), (wrong.ExitCode, said.ExitCode));
        Assert.Contains("line 3, byte 45", wrong.Error);
        Assert.Equal("Orléans", (await ContactAsync("b@example.org"))!.Property("city").AsText);
    }

    [Fact]
    public async Task A_dry_run_and_a_strict_one_with_a_bad_row_write_nothing()
    {
        var file = FileOf("email\na@example.org\nb@\n");

        var dry = await ImportAsync("contacts", file, "--dry-run");
        var strict = await ImportAsync("contacts", file, "--strict");

        Assert.Equal((0, 1), (dry.ExitCode, strict.ExitCode));
        Assert.Contains("1 good, 1 bad; nothing was written", dry.Output);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task More_than_twenty_bad_rows_are_counted_by_reason()
    {
        var ran = await ImportAsync("contacts", FileOf("email\n" + string.Concat(Enumerable.Range(0, 50).Select(row => $"{row}@\n"))));

        var lines = ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(20, lines.Count(line => line.StartsWith("line ", StringComparison.Ordinal)));
        Assert.Contains("30 more bad rows", ran.Error);
        Assert.Contains("50  email.invalid (email)", ran.Error);
    }

    /// Semantics 5.3
    [Fact]
    public async Task The_same_file_is_imported_once_unless_it_is_said_again()
    {
        var file = FileOf("userId,event\n1,bought\n2,bought\n");

        var first = await ImportAsync("events", file);
        File.Move(file, file + ".renamed");
        var second = await ImportAsync("events", file + ".renamed");
        var third = await ImportAsync("events", file + ".renamed", "--again");

        Assert.Equal((0, 0, 0), (first.ExitCode, second.ExitCode, third.ExitCode));
        Assert.Contains("imported already", second.Error);
        Assert.Equal(4, await CountEventsAsync());
    }

    [Fact]
    public async Task Standard_input_and_single_columns_are_taken()
    {
        var ran = await ParcoursProgram.RunAsync(["import", "contacts", "-", "--data", Data, "--map", "wer=userId", "--map", "stadt=city"], "wer,stadt\n7,Bern\n");

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        await using var store = SqliteStore.Open(Data);
        Assert.NotNull(await store.Queries.ContactByIdentityAsync(new(IdentityKind.UserId, "7"), Token));
    }

    [Theory]
    [InlineData("import contacts missing.csv", 1)]
    [InlineData("import contacts", 2)]
    [InlineData("import things file.csv", 2)]
    [InlineData("import contacts . --map nothing.json", 2)]
    [InlineData("import contacts - --delimiter ab", 2)]
    public async Task What_is_asked_wrongly_is_one_line(string line, int exitCode)
    {
        var ran = await ParcoursProgram.RunAsync([.. line.Split(' '), "--data", Data]);

        Assert.Equal(exitCode, ran.ExitCode);
        Assert.StartsWith("parcours: ", Assert.Single(ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    /// Semantics 15.8
    [Fact]
    public async Task While_serve_runs_it_imports_through_it()
    {
        await using var serving = await ServingProgram.StartAsync(Data);
        var file = FileOf("email,born\nanna@example.org,1990-01-01\nbob@,\n");
        var rejects = Path.Combine(_folder, "rejects.csv");

        var ran = await ImportAsync("contacts", file, "--rejects", rejects, "--json");
        var again = await ImportAsync("contacts", file);
        var broken = await ImportAsync("contacts", FileOf("email\n\"x", "broken.csv"));
        var dry = await ImportAsync("contacts", FileOf("email\nzoe@example.org\n", "dry.csv"), "--dry-run");

        Assert.Equal((0, 0, 1, 0), (ran.ExitCode, again.ExitCode, broken.ExitCode, dry.ExitCode));
        Assert.Contains("line 3: email:", ran.Error);
        Assert.Contains("bob@,,3,", await File.ReadAllTextAsync(rejects, Token));
        Assert.Contains("imported already", again.Error);
        Assert.Contains("never closed", broken.Error);
        Assert.Empty(Directory.GetFiles(Path.Combine(Data, "imports"), "*.upload"));
        Assert.Equal(0, await serving.StopAsync());
        Assert.Equal(1, await CountAsync());
    }

    /// <summary>Names in every script and the naughtiest texts come out as they went in.</summary>
    [Fact]
    public async Task Names_and_naughty_texts_go_in_unharmed()
    {
        var naughty = JsonSerializer.Deserialize<string[]>(await File.ReadAllBytesAsync(ImportFile.DataPath("blns.json"), Token))!;
        var text = new StringBuilder("userId;text\r\n");
        for (var row = 0; row < naughty.Length; row++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"n{row};\"{naughty[row].Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n");

        var first = await ImportAsync("contacts", FileOf(text.ToString()));
        var second = await ImportAsync("contacts", ImportFile.DataPath("forenames.csv"), "--map", "Index=userId", "--map", "Localized Name=given:text", "--map", "Country=-");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Contains($"{naughty.Length} imported, 0 bad", first.Output);
        await using var store = SqliteStore.Open(Data);
        for (var row = 0; row < naughty.Length; row++)
        {
            var expected = naughty[row].Trim(' ', '\t', '\r', '\n', '\u00A0');
            var held = (await ContactAsync(store, new(IdentityKind.UserId, $"n{row}")))!.Property("text");
            Assert.Equal(expected, held.IsNone ? "" : held.AsText);
        }
    }

    async Task<Contact?> ContactAsync(string email)
    {
        await using var store = SqliteStore.Open(Data);
        return await ContactAsync(store, new(IdentityKind.Email, email));
    }

    static async Task<Contact?> ContactAsync(SqliteStore store, Identity identity) =>
        await store.Queries.ContactByIdentityAsync(identity, Token) is { } id && await store.Queries.ContactAsync(id, Token) is { } body ? ContactCodec.Decode(body.Body.Span, KeptAggregates.None) : null;

    async Task<int> CountAsync()
    {
        await using var store = SqliteStore.Open(Data);
        return (await store.Queries.ContactsAsync(0, false, 1_000, Token)).Count;
    }

    async Task<int> CountEventsAsync()
    {
        await using var store = SqliteStore.Open(Data);
        return (await store.Queries.EventsAsync(PartitionSet.All, null, 0, long.MaxValue, 1_000, Token)).Count;
    }
}
