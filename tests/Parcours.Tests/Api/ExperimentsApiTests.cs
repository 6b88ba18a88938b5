namespace Parcours.Tests.Api;

/// <summary>Experiments over the API alone (Semantics 6.13).</summary>
public sealed class ExperimentsApiTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    const string Trial = """
        {"format":1,"id":"trial","name":"Trial","settings":{"reEntry":{"kind":"afterLeaving"}},
         "start":[{"kind":"event","id":"in","events":["Visited"],"next":"test"}],
         "points":{"test":{"kind":"experiment","paths":[{"name":"long","share":50,"next":"x"},{"name":"short","share":50,"next":"y"}],"goal":{"kind":"event","events":["Paid"]},"within":"P3D",
                           "holdOut":10,"onHoldOut":"x","leastPeople":10,"leastTime":"PT1H"},
                   "x":{"kind":"addTag","tag":"x","next":"done"},"y":{"kind":"addTag","tag":"y","next":"done"},"done":{"kind":"end","outcome":"completed"}}}
        """;

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

    async Task<Answer> DoAsync(string user, string name) => await _api.PostAsync("/api/v1/events", $$"""{"event":"{{name}}","userId":"{{user}}"}""");

    [Fact]
    public async Task An_experiment_is_watched_decided_and_taken_back()
    {
        Assert.Equal(404, (await _api.GetAsync("/api/v1/journeys/trial/experiments")).Status);
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/trial", Trial)).Status);
        Assert.Empty((await _api.GetAsync("/api/v1/journeys/trial/experiments")).Json.EnumerateArray());
        Assert.True((await _api.PostAsync("/api/v1/journeys/trial/publish", "")).Status is 200 or 202);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
        for (var person = 0; person < 30; person++)
        {
            await DoAsync($"p{person}", "Visited");
            if (person % 3 == 0)
                await DoAsync($"p{person}", "Paid");
        }

        var one = Assert.Single((await _api.GetAsync("/api/v1/journeys/trial/experiments")).Json.EnumerateArray());
        var paths = one.GetProperty("paths").EnumerateArray().Append(one.GetProperty("holdOut")).ToList();
        Assert.Equal(["long", "short", "holdOut"], paths.Select(path => path.GetProperty("name").GetString()));
        Assert.Equal((30, 10), (paths.Sum(path => path.GetProperty("exposed").GetInt64()), paths.Sum(path => path.GetProperty("converted").GetInt64())));
        Assert.False(paths[0].TryGetProperty("againstBase", out _));
        Assert.False(one.GetProperty("enoughTime").GetBoolean());
        Assert.False(one.TryGetProperty("winner", out _));

        var chosen = await _api.PutAsync("/api/v1/journeys/trial/experiments/test/winner", """{"path":"short"}""");
        Assert.True(chosen.Status is 200 or 202, chosen.Text);
        Assert.Equal(("short", "api", false), chosen.Json.GetProperty("winner") is var winner ? (winner.GetProperty("path").GetString(), winner.GetProperty("by").GetString(), winner.GetProperty("byItself").GetBoolean()) : default);
        Assert.True((await _api.DeleteAsync("/api/v1/journeys/trial/experiments/test/winner")).Status is 200 or 202);
        Assert.False(Assert.Single((await _api.GetAsync("/api/v1/journeys/trial/experiments")).Json.EnumerateArray()).GetProperty("winner").TryGetProperty("path", out _));
    }

    [Theory]
    [InlineData("test", """{"path":"none"}""", 422)]
    [InlineData("test", """{"path":" "}""", 400)]
    [InlineData("x", """{"path":"long"}""", 422)]
    public async Task What_there_is_not_cannot_win(string point, string body, int status)
    {
        await _api.PutAsync("/api/v1/journeys/trial", Trial);
        await _api.PostAsync("/api/v1/journeys/trial/publish", "");
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);

        Assert.Equal(status, (await _api.PutAsync($"/api/v1/journeys/trial/experiments/{point}/winner", body)).Status);
        Assert.Equal(404, (await _api.PutAsync($"/api/v1/journeys/gone/experiments/{point}/winner", """{"path":"long"}""")).Status);
    }

    [Fact]
    public async Task A_copy_measures_what_itself_brings_about()
    {
        const string Goal = """{"kind":"event","events":["Email Opened"],"where":{"kind":"field","name":"journey","is":"equals","value":"trial"}}""";
        await _api.PutAsync("/api/v1/journeys/trial", Trial.Replace("""{"kind":"event","events":["Paid"]}""", Goal, StringComparison.Ordinal));

        var copy = (await _api.PostAsync("/api/v1/journeys/trial/duplicate", "{}")).Json.GetProperty("id").GetString();

        var where = (await _api.GetAsync($"/api/v1/journeys/{copy}")).Json.GetProperty("definition").GetProperty("points").GetProperty("test").GetProperty("goal").GetProperty("where");
        Assert.Equal(copy, where.GetProperty("value").GetString());
    }
}
