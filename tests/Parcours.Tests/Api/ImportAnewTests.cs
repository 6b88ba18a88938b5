using System.Text;
using System.Text.Json;
using Parcours.Http;
using Parcours.Imports;

namespace Parcours.Tests.Api;

/// <summary>A file is sent once: looked at, looked at in another way, and taken in, over HTTP.</summary>
public sealed class ImportAnewTests : IDisposable
{
    const string People = "E-Mail;Stadt;Umsatz\nanna@example.org;Bern;12,5\nbob@;Basel;x\ncarla@example.org;Genf;y\nanna@example.org;Bern;12,5\n";

    readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    string Imports => Path.Combine(_folder.Path, "imports");

    Task<Installation> InstallAsync() => RealEngine.InstallAsync(_folder.Path, new HttpSettings { ImportFolder = Imports });

    static async Task<Answer> LookAsync(Installation here, Caller client, string text, string options = """{ "dryRun": true }""")
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent("contacts"), "kind" },
            { new StringContent(options), "options" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "people.csv" },
        };
        return await EndOfAsync(here, client, await client.SendAsync(HttpMethod.Post, "/api/v1/imports", form));
    }

    static async Task<Answer> EndOfAsync(Installation here, Caller client, Answer posted)
    {
        Assert.Equal((202, ""), (posted.Status, posted.Status == 202 ? "" : posted.Text));
        await here.Get<ImportService>().EndOf(posted.Header("Location").Split('/')[^1]).WaitAsync(Token);
        return await client.GetAsync(posted.Header("Location"));
    }

    static string PathOf(Answer import) => $"/api/v1/imports/{import.Json.GetProperty("id").GetString()}";

    static (string? Status, int Imported, int Made, int Updated, int Unchanged) Counts(Answer end) =>
        (end.Json.GetProperty("status").GetString(), Number(end, "imported"), Number(end, "made"), Number(end, "updated"), Number(end, "unchanged"));

    static int Number(Answer end, string name) => end.Json.GetProperty(name).GetInt32();

    string[] Uploads => Directory.GetFiles(Imports, "*.upload");

    [Fact]
    public async Task A_file_that_was_looked_at_is_looked_at_anew_and_goes_in_without_being_sent_again()
    {
        await using var here = await InstallAsync();
        using var client = here.Client();

        var first = await LookAsync(here, client, People);
        var second = await EndOfAsync(here, client, await client.PostAsync(PathOf(first) + "/check", """{ "columns": { "Umsatz": "-" } }"""));
        var end = await EndOfAsync(here, client, await client.PostAsync(PathOf(first) + "/start", """{ "columns": { "Umsatz": "-" } }"""));

        Assert.Equal(("checked", 1, "checked", 1), (first.Json.GetProperty("status").GetString(), Number(first, "bad"), second.Json.GetProperty("status").GetString(), Number(second, "bad")));
        Assert.Equal("leftOut", second.Json.GetProperty("mapping")[2].GetProperty("guess").GetString());
        Assert.Equal(JsonValueKind.String, second.Json.GetProperty("fileUntil").ValueKind);
        Assert.Equal(PathOf(first), PathOf(end));
        Assert.Equal(("done", 3, 2, 0, 1), Counts(end));
        Assert.Empty(Uploads);
        Assert.Equal((422, "import.file-dropped"), await RefusedAsync(client.PostAsync(PathOf(first) + "/start", "{}")));
    }

    static async Task<(int, string?)> RefusedAsync(Task<Answer> asked) => (await asked) is var answer ? (answer.Status, answer.Json.GetProperty("errors")[0].GetProperty("code").GetString()) : default;

    [Fact]
    public async Task New_updated_and_unchanged_contacts_are_counted()
    {
        await using var here = await InstallAsync();
        using var client = here.Client();
        await EndOfAsync(here, client, await client.PostAsync(PathOf(await LookAsync(here, client, "E-Mail;Stadt\nold@example.org;Bern\nsame@example.org;Genf\n")) + "/start", "{}"));

        var look = await LookAsync(here, client, "E-Mail;Stadt\nnew@example.org;Bern\nold@example.org;Basel\nsame@example.org;Genf\nsame@example.org;\n");
        var end = await EndOfAsync(here, client, await client.PostAsync(PathOf(look) + "/start", "{}"));

        // What was foreseen is what came about.
        Assert.Equal("""{"made":1,"updated":1,"unchanged":2}""", look.Json.GetProperty("foreseen").GetRawText());
        Assert.Equal(("done", 4, 1, 1, 2), Counts(end));
    }

    [Fact]
    public async Task A_dry_run_tells_who_is_new_and_writes_nothing()
    {
        await using var here = await InstallAsync();
        using var client = here.Client();
        var one = await client.PostAsync("/api/v1/contacts", """{"userId":"7","email":"old@example.org","tags":{"add":["shop"]}}""");
        Assert.True(one.Status == 201, one.Text);

        var look = await LookAsync(here, client, "Kunde;E-Mail;Tags\n7;old@example.org;shop\n7;old@example.org;shop,vip\n7;old@example.org;vip\n8;new@example.org;\n;new@example.org;vip\n9;bob@;\n", """{ "dryRun": true, "columns": { "Kunde": "userId", "Tags": "tags" } }""");

        Assert.Equal("""["shop"]""", (await client.GetAsync(one.Header("Location"))).Json.GetProperty("tags").GetRawText());
        Assert.Single((await client.GetAsync("/api/v1/contacts")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal("""{"made":1,"updated":3,"unchanged":1}""", look.Json.GetProperty("foreseen").GetRawText());
        var end = await EndOfAsync(here, client, await client.PostAsync(PathOf(look) + "/start", "{}"));
        Assert.Equal(("done", 5, 1, 3, 1), Counts(end));
        Assert.False(end.Json.TryGetProperty("foreseen", out _));
    }

    [Fact]
    public async Task Bad_rows_are_told_by_reason_and_fetched_by_reason()
    {
        await using var here = await InstallAsync();
        using var client = here.Client();

        var look = await LookAsync(here, client, "E-Mail;Umsatz\nbob@;1\nx@y@;zwei\nanna@example.org;drei\n", """{ "dryRun": true, "columns": { "Umsatz": "spent:number" } }""");
        var numbers = await client.GetAsync(PathOf(look) + "/rejects?reason=number.invalid&column=Umsatz");

        Assert.Equal(
            ["email.invalid E-Mail 2 [2 bob@, 3 x@y@]", "number.invalid Umsatz 2 [3 zwei, 4 drei]"],
            look.Json.GetProperty("groups").EnumerateArray().Select(group =>
                $"{group.GetProperty("code").GetString()} {group.GetProperty("column").GetString()} {group.GetProperty("rows").GetInt32()} [{string.Join(", ", group.GetProperty("examples").EnumerateArray().Select(cell => $"{cell.GetProperty("line").GetInt32()} {cell.GetProperty("value").GetString()}"))}]"));
        var lines = numbers.Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["E-Mail;Umsatz;import_line;import_reason;import_code", "x@y@;zwei;3;", "anna@example.org;drei;4;"], lines.Select((line, at) => at == 0 ? line : string.Join(';', line.Split(';')[..3]) + ";"));
        Assert.Equal(404, (await client.GetAsync("/api/v1/imports/unheard/rejects?reason=number.invalid")).Status);
    }

    /// <summary>Who takes the bad rows away reads why in their language; in English the file says it as it was written.</summary>
    [Fact]
    public async Task Bad_rows_say_why_in_the_reader_s_language()
    {
        await using var here = await InstallAsync();
        using var client = here.Client();
        Assert.Equal(201, (await client.PutAsync("/api/v1/properties/size", """{"type":"choice","choices":["S","M"]}""")).Status);

        var look = await LookAsync(here, client, "E-Mail;Size\nbob@;S\nanna@example.org;XL\n", """{ "dryRun": true, "columns": { "Size": "size" } }""");
        async Task<string[]> ReasonsAsync(string query) =>
            [.. (await client.GetAsync(PathOf(look) + "/rejects" + query)).Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(';')[3])];

        Assert.Equal(["E-Mail: Ce n’est pas une adresse e-mail.", "Size: Ce n’est aucun de ces choix : S, M."], await ReasonsAsync("?language=fr"));
        Assert.Equal(["Size: Non è nessuna di queste scelte: S, M."], await ReasonsAsync("?language=it&reason=choice.invalid&column=Size"));
        Assert.Equal(await ReasonsAsync(""), await ReasonsAsync("?language=en"));
        Assert.Contains("is not one of S, M", (await ReasonsAsync(""))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_for_its_columns_can_be_said_otherwise()
    {
        await using var here = await InstallAsync();
        using var client = here.Client();

        var refused = await LookAsync(here, client, "wer;stadt\n7;Bern\n");
        var end = await EndOfAsync(here, client, await client.PostAsync(PathOf(refused) + "/start", """{ "columns": { "wer": "userId" } }"""));

        Assert.Equal("refused", refused.Json.GetProperty("status").GetString());
        Assert.Equal("import.column.who", refused.Json.GetProperty("error").GetProperty("reasons")[0].GetProperty("code").GetString());
        Assert.Equal("7", refused.Json.GetProperty("mapping")[0].GetProperty("samples")[0].GetString());
        Assert.Equal(("done", 1, 1, 0, 0), Counts(end));
    }

    /// <summary>Semantics 5.3: who wants the same file once more says so, and need not send it again.</summary>
    [Fact]
    public async Task A_file_that_is_imported_already_goes_in_once_more_only_if_it_is_said()
    {
        await using var here = await InstallAsync();
        using var client = here.Client();
        await EndOfAsync(here, client, await client.PostAsync(PathOf(await LookAsync(here, client, People)) + "/start", "{}"));

        var look = await LookAsync(here, client, People);
        var refused = await EndOfAsync(here, client, await client.PostAsync(PathOf(look) + "/start", "{}"));
        var again = await EndOfAsync(here, client, await client.PostAsync(PathOf(look) + "/start", """{ "again": true }"""));

        Assert.Equal(("refused", "import.already"), (refused.Json.GetProperty("status").GetString(), refused.Json.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(("done", 3, 0, 0, 3), Counts(again));
    }

    [Fact]
    public async Task A_kept_file_survives_a_restart_and_is_let_go_of_when_nobody_wants_it()
    {
        string path;
        await using (var before = await InstallAsync())
        {
            using var client = before.Client();
            path = PathOf(await LookAsync(before, client, People));
        }

        await using var here = await InstallAsync();
        using var later = here.Client();
        var anew = await EndOfAsync(here, later, await later.PostAsync(path + "/check", "{}"));
        Assert.Equal("checked", anew.Json.GetProperty("status").GetString());
        Assert.Single(Uploads);

        var dropped = await later.PostAsync(path + "/cancel", "");

        Assert.Equal((200, JsonValueKind.Null), (dropped.Status, dropped.Json.TryGetProperty("fileUntil", out var until) ? until.ValueKind : JsonValueKind.Null));
        Assert.Empty(Uploads);
        Assert.Equal((422, "import.file-dropped"), await RefusedAsync(later.PostAsync(path + "/start", "{}")));
        Assert.Equal((400, "import.option.country"), await RefusedAsync(later.PostAsync(path + "/check", """{ "country": "ZZ" }""")));
        Assert.Equal(404, (await later.PostAsync("/api/v1/imports/unheard/start", "{}")).Status);
    }
}
