using System.Text.Json;

namespace Parcours.Tests.Api;

/// <summary>The audit log: each change that was carried out, by whom, newest first; no secrets, nothing of what was refused.</summary>
public sealed class AuditTests : IAsyncLifetime
{
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

    async Task<List<JsonElement>> LinesAsync(string query = "") => [.. (await _api.GetAsync("/api/v1/audit" + query)).Json.GetProperty("items").EnumerateArray()];

    static IEnumerable<(string, string?)> Acts(IEnumerable<JsonElement> lines) =>
        lines.Select(line => (line.GetProperty("act").GetString()!, line.TryGetProperty("target", out var target) ? target.GetString() : null));

    [Fact]
    public async Task Each_change_leaves_a_line_and_what_is_refused_or_only_read_leaves_none()
    {
        await _api.PutAsync("/api/v1/quiet-hours/nights", """{"from":"21:00","until":"08:00"}""");
        await _api.PutAsync("/api/v1/quiet-hours/wrong", """{"from":"21:00"}""");
        await _api.PutAsync("/api/v1/secrets/crm", """{"value":"very-secret-value"}""");
        await _api.PutAsync("/api/v1/journeys/steps", """{"format":1,"id":"steps","name":"Steps","start":[{"kind":"hand","id":"in","next":"done"}],"points":{"done":{"kind":"end","outcome":"completed"}}}""");
        await _api.PostAsync("/api/v1/journeys/steps/publish", """{"note":"The first one"}""");
        await _api.PostAsync("/api/v1/journeys/steps/pause", "");
        await _api.PostAsync("/api/v1/journeys/check", "{}");
        await _api.PostAsync("/api/v1/contacts", """{"userId":"ada"}""");
        await _api.DeleteAsync("/api/v1/quiet-hours/nights", ("If-Match", "*"));

        var lines = await LinesAsync();
        Assert.Equal(
            [("delete-quiet", "nights"), ("pause-journey", "steps"), ("publish-journey", "steps"), ("put-journey", "steps"), ("put-secret", "crm"), ("put-quiet", "nights")],
            Acts(lines).Take(6));
        Assert.All(lines, line => Assert.False(string.IsNullOrEmpty(line.GetProperty("by").GetString())));
        Assert.DoesNotContain("very-secret-value", (await _api.GetAsync("/api/v1/audit")).Text, StringComparison.Ordinal);
        var quiet = lines.Single(line => line.GetProperty("act").GetString() == "put-quiet");
        Assert.Equal("21:00", quiet.GetProperty("said").GetProperty("from").GetString());
        Assert.Equal(1, quiet.GetProperty("revision").GetInt64());
    }

    /// <summary>What nobody orders at that moment has its line too, with the change.</summary>
    [Fact]
    public async Task What_comes_by_itself_leaves_a_line()
    {
        var end = _installation.Engine.Now.ToDateTimeOffset() + TimeSpan.FromDays(2);
        await _api.PutAsync("/api/v1/journeys/steps", $$"""{"format":1,"id":"steps","name":"Steps","settings":{"endsAt":"{{end:yyyy-MM-ddTHH:mm:ssZ}}" },"start":[{"kind":"hand","id":"in","next":"done"}],"points":{"done":{"kind":"end","outcome":"completed"} } }""");
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/steps/publish", "")).Status);
        Assert.Equal(200, (await _api.PutAsync("/api/v1/journeys/steps/scheduled-pause", $$"""{"at":"{{end - TimeSpan.FromHours(30):yyyy-MM-ddTHH:mm:ssZ}}","resumesAt":"{{end - TimeSpan.FromDays(1):yyyy-MM-ddTHH:mm:ssZ}}"}""")).Status);
        var pause = (await _api.GetAsync("/api/v1/journeys/steps")).Json.GetProperty("scheduledPause");
        Assert.Equal((end - TimeSpan.FromHours(30), false), (pause.GetProperty("at").GetDateTimeOffset(), pause.GetProperty("runOn").GetBoolean()));
        await _installation.Engine.AdvanceToAsync(_installation.Engine.Now + NodaTime.Duration.FromDays(3), TestContext.Current.CancellationToken);

        var lines = await LinesAsync("?by=parcours");
        Assert.Equal([("end-journey", "steps"), ("resume-journey", "steps"), ("pause-journey", "steps")], Acts(lines));
        Assert.Equal(422, (await _api.DeleteAsync("/api/v1/journeys/steps/scheduled-pause")).Status);
    }

    [Fact]
    public async Task It_is_looked_through_by_who_and_what_and_page_by_page()
    {
        foreach (var name in new[] { "red", "green", "blue" })
            await _api.PutAsync($"/api/v1/topics/{name}", "{}");

        Assert.Equal([("put-topic", "green")], Acts(await LinesAsync("?target=green")));
        Assert.Empty(await LinesAsync("?by=nobody-of-this-name"));
        var first = (await _api.GetAsync("/api/v1/audit?act=put-topic&limit=2")).Json;
        Assert.Equal([("put-topic", "blue"), ("put-topic", "green")], Acts(first.GetProperty("items").EnumerateArray()));
        Assert.Equal([("put-topic", "red")], Acts(await LinesAsync($"?act=put-topic&limit=2&after={first.GetProperty("next").GetString()}")));
    }
}
