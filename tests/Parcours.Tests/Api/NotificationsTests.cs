using System.Text.Json;
using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>What journeys tell users: at once over the stream, each for themselves.</summary>
public sealed class NotificationsTests : IAsyncLifetime
{
    const string Journey = """
        {"format":1,"id":"orders","name":"Orders","settings":{"reEntry":{"kind":"always"}},
         "start":[{"kind":"event","id":"ordered","events":["Ordered"],"next":"tell"}],
         "points":{"tell":{"kind":"notify","text":"An order of {{event.total}}","next":"task"},
           "task":{"kind":"createTask","title":"Call","assignee":"eva@example.org"}}}
        """;

    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!, _eva = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        Assert.IsType<UserAnswer.Done>(await _installation.Get<Users>().AddAsync("eva@example.org", "a long password", UserRole.Admin, TestContext.Current.CancellationToken));
        Assert.IsType<UserAnswer.Done>(await _installation.Get<Users>().AddAsync("ian@example.org", "a long password", UserRole.Admin, TestContext.Current.CancellationToken));
        _eva = await _installation.SignedInAsync("eva@example.org");
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/orders", Journey)).Status);
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/orders/publish", "")).Status);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        _eva.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task OrderAsync(int total) =>
        Assert.Equal(201, (await _api.PostAsync("/api/v1/events", $$$"""{"event":"Ordered","userId":"ada","properties":{"total":{{{total}}}}}""")).Status);

    static JsonElement Told(JsonElement mine, string kind) => mine.GetProperty("newest").EnumerateArray().Single(told => told.GetProperty("kind").GetString() == kind);

    [Fact]
    public async Task A_notification_shows_at_once_leads_to_the_contact_and_is_read_by_each_alone()
    {
        await using var stream = await EventLines.OpenAsync(_eva.Plain(), "/api/v1/live");
        Assert.Equal(0, (await stream.NextAsync("mine")).GetProperty("unread").GetInt32());

        await OrderAsync(900);

        var mine = await stream.NextAsync("mine");
        var (told, task) = (Told(mine, "journey"), Told(mine, "task"));
        Assert.Equal((2, 1, "An order of 900"), (mine.GetProperty("unread").GetInt32(), mine.GetProperty("tasks").GetProperty("open").GetInt32(), told.GetProperty("text").GetString()));
        Assert.Equal("ada", told.GetProperty("contact").GetProperty("userId").GetString());

        var read = (await _eva.PostAsync($"/api/v1/me/notifications/{told.GetProperty("id").GetString()}/read", "")).Json;
        Assert.Equal((1, JsonValueKind.String), (read.GetProperty("unread").GetInt32(), Told(read, "journey").GetProperty("readAt").ValueKind));
        Assert.Equal("Call", task.GetProperty("text").GetString());
        Assert.Equal(200, (await _api.GetAsync($"/api/v1/tasks/{task.GetProperty("arguments").GetProperty("task").GetString()}")).Status);
        Assert.Equal(["task"], (await _eva.GetAsync("/api/v1/me/notifications?unread=true")).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("kind").GetString()));
        using var ian = await _installation.SignedInAsync("ian@example.org");
        Assert.Equal((1, 0), ((await ian.GetAsync("/api/v1/me/inbox")).Json.GetProperty("unread").GetInt32(), (await ian.GetAsync("/api/v1/me/inbox")).Json.GetProperty("tasks").GetProperty("open").GetInt32()));
    }

    [Fact]
    public async Task All_are_read_together_and_page_from_the_newest_down()
    {
        foreach (var total in new[] { 1, 2, 3 })
            await OrderAsync(total);

        var first = (await _eva.GetAsync("/api/v1/me/notifications?limit=4")).Json;
        var rest = (await _eva.GetAsync($"/api/v1/me/notifications?limit=4&after={first.GetProperty("next").GetString()}")).Json;
        Assert.Equal((4, 2), (first.GetProperty("items").GetArrayLength(), rest.GetProperty("items").GetArrayLength()));
        Assert.Equal(0, (await _eva.PostAsync("/api/v1/me/notifications/read", "")).Json.GetProperty("unread").GetInt32());

        Assert.Equal("me.nobody", (await _api.GetAsync("/api/v1/me/inbox")).Code);
        Assert.Equal(404, (await _api.PostAsync("/api/v1/me/notifications/read", "")).Status);
    }
}
