using System.Text.Json;
using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>Tasks over the API: by hand, found, done, and refused with every reason.</summary>
public sealed class TasksTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        Assert.IsType<UserAnswer.Done>(await _installation.Get<Users>().AddAsync("eva@example.org", "a long password", UserRole.Admin, TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task<string> MakeAsync(string body)
    {
        var made = await _api.PostAsync("/api/v1/tasks", body);
        Assert.Equal(201, made.Status);
        return made.Json.GetProperty("id").GetString()!;
    }

    async Task<string[]> TitlesAsync(string query) => [.. (await _api.GetAsync($"/api/v1/tasks{query}")).Json.GetProperty("items").EnumerateArray().Select(task => task.GetProperty("title").GetString()!)];

    [Fact]
    public async Task A_task_is_made_found_edited_done_opened_again_and_deleted()
    {
        var contact = (await _api.PostAsync("/api/v1/contacts", """{"userId":"ada","properties":{"name":"Ada Smith"}}""")).Json.GetProperty("id").GetString();
        var id = await MakeAsync($$"""{"title":"Call","text":"about it","kind":"call","priority":"high","due":"2020-01-01T00:00:00Z","assignee":"eva@example.org","contact":"{{contact}}"}""");
        await MakeAsync("""{"title":"Clean"}""");

        var made = (await _api.GetAsync($"/api/v1/tasks/{id}")).Json;
        Assert.Equal(("Ada Smith", "call", "high", true), (made.GetProperty("contact").GetProperty("name").GetString(), made.GetProperty("kind").GetString(), made.GetProperty("priority").GetString(), made.GetProperty("overdue").GetBoolean()));
        Assert.Equal(["Call", "Clean"], await TitlesAsync(""));
        Assert.Equal(["Call"], await TitlesAsync("?state=overdue"));
        Assert.Equal(["Call"], await TitlesAsync("?assignee=eva@example.org"));
        Assert.Equal(["Clean"], await TitlesAsync("?assignee=none"));
        Assert.Equal(["Call"], await TitlesAsync($"?contact={contact}"));

        Assert.Equal(200, (await _api.PutAsync($"/api/v1/tasks/{id}", """{"title":"Call again"}""")).Status);
        var done = (await _api.PostAsync($"/api/v1/tasks/{id}/complete", "")).Json;
        Assert.Equal(("Call again", "toDo", JsonValueKind.String), (done.GetProperty("title").GetString(), done.GetProperty("kind").GetString(), done.GetProperty("doneAt").ValueKind));
        Assert.Equal(["Call again"], await TitlesAsync("?state=done"));
        Assert.Equal(["Clean"], await TitlesAsync(""));
        Assert.Equal(200, (await _api.PostAsync($"/api/v1/tasks/{id}/reopen", "")).Status);
        Assert.Equal(204, (await _api.DeleteAsync($"/api/v1/tasks/{id}")).Status);
        Assert.Equal(404, (await _api.GetAsync($"/api/v1/tasks/{id}")).Status);
        Assert.Equal(404, (await _api.DeleteAsync($"/api/v1/tasks/{id}")).Status);
    }

    /// <summary>Whoever a task is given to is told, but not by themselves.</summary>
    [Fact]
    public async Task Who_is_given_a_task_is_told()
    {
        using var eva = await _installation.SignedInAsync("eva@example.org");
        async Task<string[]> ToldAsync() => [.. (await eva.GetAsync("/api/v1/me/notifications")).Json.GetProperty("items").EnumerateArray().Select(told => $"{told.GetProperty("kind").GetString()} {told.GetProperty("text").GetString()}")];
        Assert.Equal(201, (await eva.PostAsync("/api/v1/tasks", """{"title":"Mine","assignee":"eva@example.org"}""")).Status);
        Assert.Empty(await ToldAsync());

        var id = await MakeAsync("""{"title":"Call"}""");
        Assert.Equal(200, (await _api.PutAsync($"/api/v1/tasks/{id}", """{"title":"Call","assignee":"eva@example.org"}""")).Status);
        Assert.Equal(200, (await _api.PutAsync($"/api/v1/tasks/{id}", """{"title":"Call now","assignee":"eva@example.org"}""")).Status);

        Assert.Equal(["task Call"], await ToldAsync());
    }

    [Fact]
    public async Task Pages_go_on_where_the_last_one_ended()
    {
        for (var task = 0; task < 5; task++)
            await MakeAsync($$"""{"title":"{{task}}"{{(task < 3 ? $",\"due\":\"2026-03-0{task + 1}T09:00:00Z\"" : "")}}}""");

        var (titles, after) = (new List<string>(), "");
        do
        {
            var page = (await _api.GetAsync($"/api/v1/tasks?limit=2{after}")).Json;
            titles.AddRange(page.GetProperty("items").EnumerateArray().Select(task => task.GetProperty("title").GetString()!));
            after = page.GetProperty("next").GetString() is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);

        Assert.Equal(["0", "1", "2"], titles.Take(3));
        Assert.Equal(["3", "4"], titles.Skip(3).Order());
        Assert.Equal("page.cursor", (await _api.GetAsync("/api/v1/tasks?after=bm8")).Json.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_is_wrong_is_told_all_at_once()
    {
        var refused = await _api.PostAsync("/api/v1/tasks", $$"""{"title":" ","text":"{{new string('x', 5_001)}}","assignee":"gone@example.org","contact":"0199a1b2-0000-7000-8000-000000000000"}""");

        Assert.Equal(400, refused.Status);
        Assert.Equal(["task.title", "task.text", "task.assignee", "task.contact"], refused.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()));
        Assert.Equal(400, (await _api.GetAsync("/api/v1/tasks?state=lost")).Status);
        // A key is nobody.
        Assert.Equal(400, (await _api.GetAsync("/api/v1/tasks?assignee=me")).Status);
        Assert.Equal(0, (await _api.GetAsync("/api/v1/tasks/count")).Json.GetProperty("open").GetInt32());
    }
}
