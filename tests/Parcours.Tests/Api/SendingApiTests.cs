using System.Text.Json;

namespace Parcours.Tests.Api;

/// <summary>Sending is held and let go by who administers, and each of it leaves a line; on the real engine.</summary>
public sealed class SendingApiTests : IAsyncLifetime
{
    const string Journey = """
        {"format":1,"id":"welcome","name":"Welcome","settings":{"reEntry":{"kind":"always"},"email":{"topic":"news"}},
         "start":[{"kind":"event","id":"joined","events":["Joined"],"next":"mail"}],
         "points":{"mail":{"kind":"sendEmail","content":"hello","next":"done"},"done":{"kind":"end","outcome":"successful"}}}
        """;

    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        Assert.Equal(201, (await _api.PutAsync("/api/v1/topics/news", """{"title":"News","whenUnknown":"unlessRefused"}""")).Status);
        Assert.Equal(201, (await _api.PutAsync("/api/v1/content/hello", """{"subject":"Hello","text":"Hello"}""")).Status);
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/welcome", Journey)).Status);
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/welcome/publish", "")).Status);
        Assert.Equal(201, (await _api.PostAsync("/api/v1/contacts", """{"userId":"ada","email":"ada@example.org"}""")).Status);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    /// Semantics 12.3
    [Theory]
    [InlineData("", "sent")]
    [InlineData("?discard=true", "skipped")]
    public async Task Messages_wait_while_sending_is_held_and_whoever_lets_it_go_decides_what_becomes_of_them(string how, string status)
    {
        Assert.False((await _api.GetAsync("/api/v1/sending")).Json.GetProperty("held").GetBoolean());
        var held = await _api.PostAsync("/api/v1/sending/hold", "");
        Assert.Equal((200, true, "ordered"), (held.Status, held.Json.GetProperty("held").GetBoolean(), held.Json.GetProperty("why").GetString()));
        Assert.Equal(422, (await _api.PostAsync("/api/v1/sending/hold", "")).Status);
        Assert.Equal(201, (await _api.PostAsync("/api/v1/events", """{"event":"Joined","userId":"ada"}""")).Status);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, (await _api.GetAsync("/api/v1/sending")).Json.GetProperty("waiting").GetInt64());

        Assert.Equal(200, (await _api.PostAsync("/api/v1/sending/release" + how, "")).Status);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);

        var after = (await _api.GetAsync("/api/v1/sending")).Json;
        Assert.Equal((false, 0, JsonValueKind.Null), (after.GetProperty("held").GetBoolean(), after.GetProperty("waiting").GetInt64(), after.TryGetProperty("why", out var why) ? why.ValueKind : JsonValueKind.Null));
        var message = (await _api.GetAsync("/api/v1/messages")).Json.GetProperty("items")[0];
        Assert.Equal(status, message.GetProperty("status").GetString());
        Assert.Equal(422, (await _api.PostAsync("/api/v1/sending/release", "")).Status);
        var acts = (await _api.GetAsync("/api/v1/audit")).Json.GetProperty("items").EnumerateArray().Select(line => line.GetProperty("act").GetString()).Take(2);
        Assert.Equal(["release-sending", "hold-sending"], acts);
    }
}
