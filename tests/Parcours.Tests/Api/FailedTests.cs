using System.Globalization;
using System.Text.Json;
using NodaTime;

namespace Parcours.Tests.Api;

/// <summary>Semantics 3.8 over the API: who failed is listed with why, and put back one by one or all together; on the real engine.</summary>
public sealed class FailedTests : IAsyncLifetime
{
    /// <summary>Goes round every minute, and fails at the hundred and first visit (Semantics 3.5).</summary>
    const string Rounds = """
        {"format":1,"id":"rounds","name":"Rounds","settings":{"reEntry":{"kind":"afterLeaving"}},
         "start":[{"kind":"event","id":"in","events":["Joined"],"next":"again"},{"kind":"hand","id":"hand","next":"rest"}],
         "points":{"again":{"kind":"delay","for":"PT1M","next":"tag"},
           "tag":{"kind":"addTag","tag":"round","next":"again"},
           "rest":{"kind":"waitFor","activities":[{"kind":"event","events":["Bought"]}],"next":"done"},
           "done":{"kind":"end","outcome":"successful"}}}
        """;

    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        await PublishAsync(Rounds, 201);
        foreach (var user in new[] { "ada", "bob", "cleo" })
        {
            Assert.Equal(201, (await _api.PostAsync("/api/v1/contacts", $$$"""{"userId":"{{{user}}}","properties":{"name":"{{{user}}} Smith"}}""")).Status);
            Assert.Equal(201, (await _api.PostAsync("/api/v1/events", $$"""{"event":"Joined","userId":"{{user}}"}""")).Status);
        }

        await _installation.Engine.AdvanceToAsync(RealEngine.Start + Duration.FromMinutes(100), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task PublishAsync(string journey, int status = 200)
    {
        var seen = status == 201 ? [] : new[] { ("If-Match", (await _api.GetAsync("/api/v1/journeys/rounds")).ETag!) };
        Assert.Equal(status, (await _api.PutAsync("/api/v1/journeys/rounds", journey, seen)).Status);
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/rounds/publish", "")).Status);
    }

    Task PublishMendedAsync() => PublishAsync(Rounds.Replace("""
        "tag":"round","next":"again"
        """.Trim(), """
        "tag":"round","next":"rest"
        """.Trim(), StringComparison.Ordinal));

    async Task<JsonElement[]> FailedAsync(string more = "") => [.. (await _api.GetAsync($"/api/v1/journeys/rounds/failed{more}")).Json.GetProperty("items").EnumerateArray()];

    async Task<JsonElement> StatisticsAsync() => (await _api.GetAsync("/api/v1/journeys/rounds/statistics")).Json;

    static string Row(JsonElement row, int later = 0) => string.Create(CultureInfo.InvariantCulture, $$"""{"contact":"{{row.GetProperty("contact").GetString()}}","enrolment":"{{row.GetProperty("enrolment").GetString()}}","revision":{{row.GetProperty("revision").GetInt32() + later}}}""");

    [Fact]
    public async Task Who_failed_is_listed_with_where_when_and_why_page_by_page()
    {
        var failed = await FailedAsync();

        Assert.Equal(["ada", "bob", "cleo"], failed.Select(row => row.GetProperty("userId").GetString()));
        Assert.Equal(("again", "again: Visited more than 100 times.", "again", true, 1), (failed[0].GetProperty("point").GetString(), failed[0].GetProperty("why").GetString(), failed[0].GetProperty("stood").GetString(), failed[0].GetProperty("kept").GetBoolean(), failed[0].GetProperty("version").GetInt32()));
        Assert.Equal("bob", Assert.Single(await FailedAsync("?search=BO")).GetProperty("userId").GetString());
        Assert.Equal(3, (await FailedAsync("?point=again")).Length);
        Assert.Empty(await FailedAsync("?point=rest"));
        var page = (await _api.GetAsync("/api/v1/journeys/rounds/failed?limit=2")).Json;
        Assert.Equal("cleo", Assert.Single(await FailedAsync($"?limit=2&after={page.GetProperty("next").GetString()}")).GetProperty("userId").GetString());
        Assert.Equal(3, (await StatisticsAsync()).GetProperty("points").EnumerateArray().Single(point => point.GetProperty("point").GetString() == "again").GetProperty("failed").GetInt64());

        Assert.Equal(404, (await _api.GetAsync("/api/v1/journeys/none/failed")).Status);
        Assert.Equal(["page.cursor"], (await _api.GetAsync("/api/v1/journeys/rounds/failed?after=c29tZQ")).ErrorCodes);
    }

    [Fact]
    public async Task Some_are_put_back_and_each_that_is_not_says_why()
    {
        await PublishMendedAsync();
        var failed = await FailedAsync();
        // Cleo has come again meanwhile.
        Assert.Equal(201, (await _api.PostAsync("/api/v1/events", """{"event":"Joined","userId":"cleo"}""")).Status);

        var back = await _api.PostAsync("/api/v1/journeys/rounds/failed/put-back", $$"""{"live":true,"rows":[{{Row(failed[0])}},{{Row(failed[1], later: -1)}},{{Row(failed[2])}}]}""");

        Assert.Equal(200, back.Status);
        Assert.Equal(1, back.Json.GetProperty("done").GetInt32());
        Assert.Equal(["failed-again", "already-inside"], back.Json.GetProperty("refused").EnumerateArray().Select(row => row.GetProperty("code").GetString()));
        Assert.Equal(["bob", "cleo"], (await FailedAsync()).Select(row => row.GetProperty("userId").GetString()));
        var ada = (await _api.GetAsync($"/api/v1/contacts/{failed[0].GetProperty("contact").GetString()}/enrolments")).Json.EnumerateArray().Single();
        Assert.Equal((2, "rest"), (ada.GetProperty("version").GetInt32(), ada.GetProperty("point").GetString()));
        var statistics = await StatisticsAsync();
        Assert.Equal(statistics.GetProperty("started").GetInt64(), statistics.GetProperty("inProgress").GetInt64() + statistics.GetProperty("completed").GetInt64());
        Assert.Equal(2, statistics.GetProperty("ended").GetProperty("failed").GetInt64());

        // Why it stands there: what happened, with the put-back in it.
        var steps = (await _api.GetAsync($"/api/v1/contacts/{failed[0].GetProperty("contact").GetString()}/why?journey=rounds")).Json.GetProperty("trip").GetProperty("steps").EnumerateArray().ToArray();
        Assert.Contains(steps, step => step.TryGetProperty("edge", out var edge) && edge.GetString() == "put-back" && step.GetProperty("cause").GetString() == "put-back");
        Assert.Contains((await _api.GetAsync("/api/v1/audit")).Json.GetProperty("items").EnumerateArray(), line => line.GetProperty("act").GetString() == "put-back");

        Assert.Equal(["queue.rows"], (await _api.PostAsync("/api/v1/journeys/rounds/failed/put-back", """{"rows":[]}""")).ErrorCodes);
        Assert.Equal(404, (await _api.PostAsync("/api/v1/journeys/none/failed/put-back", $$"""{"rows":[{{Row(failed[1])}}]}""")).Status);
    }

    /// <summary>Semantics 8.8: one order for all; nobody is taken twice.</summary>
    [Fact]
    public async Task All_are_put_back_by_one_order_or_those_who_are_looked_for()
    {
        await PublishMendedAsync();

        await OrderedAsync("""{"live":true,"search":"bo"}""");
        Assert.Equal(["ada", "cleo"], (await FailedAsync()).Select(row => row.GetProperty("userId").GetString()));
        await OrderedAsync("""{"live":true,"point":"rest"}""");
        Assert.Equal(2, (await FailedAsync()).Length);
        // In their own version nothing has changed: each is tried once, and fails again.
        await OrderedAsync("{}");
        Assert.Equal(["ada", "cleo"], (await FailedAsync()).Select(row => row.GetProperty("userId").GetString()));

        await OrderedAsync("""{"live":true,"point":"again"}""");

        Assert.Empty(await FailedAsync());
        var statistics = await StatisticsAsync();
        Assert.Equal((3, 3, 0), (statistics.GetProperty("started").GetInt64(), statistics.GetProperty("inProgress").GetInt64(), statistics.GetProperty("completed").GetInt64()));
        Assert.Equal(404, (await _api.PostAsync("/api/v1/journeys/none/failed/put-back/all", "{}")).Status);
    }

    async Task OrderedAsync(string order)
    {
        var ordered = await _api.PostAsync("/api/v1/journeys/rounds/failed/put-back/all", order);
        Assert.True(ordered.Status == 202, ordered.Text);
        await using var lines = await EventLines.OpenAsync(_api.Plain(), "/api/v1/live");
        while ((await lines.NextAsync("work")).EnumerateArray().FirstOrDefault(work => work.GetProperty("id").GetString() == ordered.Json.GetProperty("id").GetString()) is not { ValueKind: JsonValueKind.Object } found || found.GetProperty("status").GetString() == "running")
        {
        }

        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
    }
}
