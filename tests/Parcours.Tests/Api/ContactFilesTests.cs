using System.Text.Json;
using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>Contacts as a file, and filters with names, on the real engine.</summary>
public sealed class ContactFilesTests : IAsyncLifetime
{
    const string Lyon = """{"kind":"property","name":"city","is":"equals","value":"Lyon"}""";

    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task MakeAsync(string body) => Assert.Equal(201, (await _api.PostAsync("/api/v1/contacts", body)).Status);

    async Task<string> ExportAsync(string order)
    {
        var ordered = await _api.PostAsync("/api/v1/contacts/exports", order);
        Assert.True(ordered.Status == 201, ordered.Text);
        var file = await _api.GetAsync(ordered.Json.GetProperty("file").GetString()!);
        Assert.Equal((200, "text/csv; charset=utf-8"), (file.Status, file.Header("Content-Type")));
        Assert.Contains("attachment; filename=contacts-2026-03-02.csv", file.Header("Content-Disposition"), StringComparison.Ordinal);
        return file.Text.TrimStart('\ufeff');
    }

    [Fact]
    public async Task Those_whom_a_filter_finds_are_written_with_all_that_is_known_of_them()
    {
        Assert.Equal(201, (await _api.PutAsync("/api/v1/topics/news", "{}")).Status);
        await MakeAsync("""{"userId":"ada","email":"ada@example.org","properties":{"city":"Lyon","total":12.5,"vip":true},"tags":{"add":["tea","green, loose"]}}""");
        await MakeAsync("""{"userId":"bob","properties":{"city":"Lyon","note":"says \"hi\"\nand more"},"consents":[{"channel":"email","topic":"news","state":"given"}]}""");
        await MakeAsync("""{"userId":"eve","properties":{"city":"Bern","secret":"x"}}""");

        var rows = (await ExportAsync($$"""{"condition":{{Lyon}}}""")).Split("\r\n");

        Assert.Equal("id,userId,email,phone,anonymousId,createdAt,lastSeenAt,tags,lists,consent:email/news,city,note,total,vip", rows[0]);
        Assert.EndsWith(",bob,,,,2026-03-02T09:00:00Z,,,,yes,Lyon,\"says \"\"hi\"\"\nand more\",,", rows[1], StringComparison.Ordinal);
        Assert.EndsWith(",ada,ada@example.org,,,2026-03-02T09:00:00Z,,\"green, loose; tea\",,,Lyon,,12.5,true", rows[2], StringComparison.Ordinal);
        Assert.Equal(4, rows.Length);
        Assert.StartsWith("id;userId;email", await ExportAsync("""{"search":"eve","delimiter":"semicolon"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_who_were_ticked_are_written_and_nobody_else()
    {
        foreach (var user in new[] { "ada", "bob", "eve" })
            await MakeAsync($$"""{"userId":"{{user}}"}""");
        async Task<string> IdAsync(string user) => (await _api.GetAsync($"/api/v1/contacts?userId={user}")).Json.GetProperty("items")[0].GetProperty("id").GetString()!;
        var (ada, eve) = (await IdAsync("ada"), await IdAsync("eve"));

        var rows = (await ExportAsync($$"""{"ids":["{{ada}}","{{eve}}","{{ada}}","{{Guid.Empty}}"]}""")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["eve", "ada"], rows.Skip(1).Select(row => row.Split(',')[1]));
        Assert.Equal(["export.whom", "export.ids"], (await _api.PostAsync("/api/v1/contacts/exports", """{"search":"ada","ids":[]}""")).ErrorCodes);
    }

    /// <summary>What a stranger typed must not run in the spreadsheet of who opens the file.</summary>
    [Theory]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-2+cmd|' /C calc'!A0", "'-2+cmd|' /C calc'!A0")]
    [InlineData("+41 79 123 45 67", "+41 79 123 45 67")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("plain", "plain")]
    public void A_text_is_no_formula(string typed, string written) => Assert.Equal(written, Parcours.Imports.CsvLine.Harmless(typed));

    [Fact]
    public async Task More_than_a_page_is_written_whole_and_each_once()
    {
        const int People = 1_201;
        await Task.WhenAll(Enumerable.Range(0, People).Select(number => MakeAsync($$"""{"userId":"u{{number}}"}""")));

        var users = (await ExportAsync("{}")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')[1]).ToList();

        Assert.Equal((People, People), (users.Count, users.Distinct().Count()));
    }

    [Fact]
    public async Task A_file_is_fetched_by_who_ordered_it_and_for_a_while_only()
    {
        var wrong = await _api.PostAsync("/api/v1/contacts/exports", """{"condition":{"kind":"property","name":"city","is":"near","value":"Lyon"}}""");
        Assert.Equal(422, wrong.Status);
        var file = (await _api.PostAsync("/api/v1/contacts/exports", "{}")).Json.GetProperty("file").GetString()!;
        using var other = _installation.Client(await _installation.KeyAsync(KeyScope.Admin));
        using var reader = _installation.Client(await _installation.KeyAsync(KeyScope.Read));

        Assert.Equal(404, (await other.GetAsync(file)).Status);
        Assert.Equal(403, (await reader.GetAsync(file)).Status);
        _installation.Time.Pass(TimeSpan.FromMinutes(11));
        Assert.Equal(404, (await _api.GetAsync(file)).Status);
    }

    [Fact]
    public async Task A_filter_gets_a_name_and_is_kept_to_oneself_or_shared()
    {
        using var other = _installation.Client(await _installation.KeyAsync(KeyScope.Admin));
        var made = await _api.PostAsync("/api/v1/contacts/views", $$"""{"name":" Lyon ","condition":{{Lyon}},"columns":["city"]}""");
        Assert.True(made.Status == 201, made.Text);
        var path = $"/api/v1/contacts/views/{made.Json.GetProperty("id").GetString()}";
        Assert.Equal(("Lyon", true), (made.Json.GetProperty("name").GetString(), made.Json.GetProperty("own").GetBoolean()));

        Assert.Equal(0, (await other.GetAsync("/api/v1/contacts/views")).Json.GetArrayLength());
        Assert.Equal(404, (await other.DeleteAsync(path)).Status);
        Assert.Equal(428, (await _api.PutAsync(path, """{"name":"Lyon","shared":true}""")).Status);
        var shared = await _api.PutAsync(path, $$"""{"name":"Lyon","shared":true,"condition":{{Lyon}}}""", ("If-Match", "\"1\""));
        Assert.Equal((200, "\"2\""), (shared.Status, shared.ETag));

        var seen = (await other.GetAsync("/api/v1/contacts/views")).Json[0];
        Assert.Equal((false, "Lyon"), (seen.GetProperty("own").GetBoolean(), seen.GetProperty("condition").GetProperty("value").GetString()));
        Assert.Equal(["view.owner"], (await other.PutAsync(path, """{"name":"Mine"}""", ("If-Match", "\"2\""))).ErrorCodes);
        Assert.Equal(412, (await other.PutAsync(path, """{"name":"Mine","shared":true}""", ("If-Match", "\"1\""))).Status);
        Assert.Equal(204, (await other.DeleteAsync(path)).Status);
        Assert.Equal(0, (await _api.GetAsync("/api/v1/contacts/views")).Json.GetArrayLength());
    }

    [Fact]
    public async Task A_view_that_cannot_be_is_refused_with_every_reason()
    {
        var columns = JsonSerializer.Serialize(Enumerable.Range(0, 21).Select(number => $"c{number}"));

        Assert.Equal(["view.name", "view.columns"], (await _api.PostAsync("/api/v1/contacts/views", $$"""{"name":" ","columns":{{columns}}}""")).ErrorCodes);
        Assert.Equal(422, (await _api.PostAsync("/api/v1/contacts/views", """{"name":"x","condition":{"kind":"moon"}}""")).Status);
    }
}
