using System.Text.Json;

namespace Parcours.Tests.Api;

/// <summary>What a draft would do with people as they are now, asked of some of them, on the real engine.</summary>
public sealed class AheadTests : IAsyncLifetime
{
    const string Draft = """
        {"format":1,"id":"ahead","name":"Ahead","settings":{"reEntry":{"kind":"afterLeaving"},"email":{"topic":"news"}ELIGIBLE},
         "start":[{"kind":"event","id":"in","events":["Joined"],"next":"which"}],
         "points":{
           "which":{"kind":"if","condition":{"kind":"tag","name":"vip"},"then":"mail","else":"wait"},
           "mail":{"kind":"sendEmail","content":"hello","next":"wait"},
           "wait":{"kind":"delay","for":"P2D","next":"byPlan"},
           "byPlan":{"kind":"switch","property":"plan","paths":[{"name":"Gold","values":["gold"],"next":"later"},{"name":"Silver","values":["silver"],"next":"tag"}],"otherwise":"tag"},
           "later":{"kind":"sendEmail","content":"hello","next":"tag"},
           "tag":{"kind":"addTag","tag":"seen","next":"ask"},
           "ask":{"kind":"if","condition":{"kind":"field","name":"total","is":"atLeast","value":10},"then":"done","else":"done"},
           "done":{"kind":"end","outcome":"successful"}}}
        """;

    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        Assert.Equal(201, (await _api.PutAsync("/api/v1/topics/news", """{"title":"News","whenUnknown":"unlessRefused"}""")).Status);
        Assert.Equal(201, (await _api.PutAsync("/api/v1/content/hello", """{"subject":"Hello","html":"<p>Hi</p>"}""")).Status);
        Assert.Equal(201, (await _api.PutAsync("/api/v1/lists/shop", "{}")).Status);
        // Of twenty, five are vip, ten have a plan, sixteen are on the list.
        for (var number = 0; number < 20; number++)
        {
            var plan = number % 4 == 0 ? ""","properties":{"plan":"gold"}""" : number % 4 == 2 ? ""","properties":{"plan":"silver"}""" : "";
            var answer = await _api.PostAsync("/api/v1/contacts", $$$"""{"email":"c{{{number}}}@example.org","tags":{"add":[{{{(number % 4 == 1 ? "\"vip\"" : "")}}}]},"lists":{"add":[{{{(number < 16 ? "\"shop\"" : "")}}}]}{{{plan}}}}""");
            Assert.True(answer.Status == 201, answer.Text);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task SaveAsync(string eligible = "")
    {
        var answer = await _api.PutAsync("/api/v1/journeys/ahead", Draft.Replace("ELIGIBLE", eligible, StringComparison.Ordinal));
        Assert.True(answer.Status == 201, answer.Text);
    }

    async Task<string> SharesAsync(string point)
    {
        var shares = (await _api.GetAsync($"/api/v1/journeys/ahead/points/{point}/shares")).Json;
        var ways = shares.TryGetProperty("ways", out var known) ? string.Join(" ", known.EnumerateArray().Select(way => $"{way.GetProperty("edge").GetString()}={way.GetProperty("contacts").GetInt64()}")) : "unknown";
        return $"{ways} of {shares.GetProperty("eligible").GetInt64()}, {(shares.GetProperty("all").GetBoolean() ? "all" : "some")} {shares.GetProperty("looked").GetInt64()}";
    }

    [Fact]
    public async Task Who_may_enter_now_is_asked_which_way_they_would_go()
    {
        await SaveAsync(""","eligibility":{"kind":"list","name":"shop"}""");

        Assert.Equal("yes=4 no=12 of 16, all 20", await SharesAsync("which"));
        Assert.Equal("Gold=4 Silver=4 otherwise=8 of 16, all 20", await SharesAsync("byPlan"));
        Assert.Equal("unknown of 0, some 0", await SharesAsync("ask"));
        Assert.Equal("unknown of 0, some 0", await SharesAsync("wait"));
        Assert.Equal(404, (await _api.GetAsync("/api/v1/journeys/ahead/points/nowhere/shares")).Status);
    }

    [Fact]
    public async Task Memory_that_nobody_keeps_is_read_from_what_each_contact_has_done()
    {
        foreach (var number in (int[])[1, 2, 3])
            Assert.Equal(201, (await _api.PostAsync("/api/v1/events", $$$"""{"event":"Order Completed","email":"c{{{number}}}@example.org","properties":{"total":5}}""")).Status);
        var asked = Draft.Replace("ELIGIBLE", "", StringComparison.Ordinal).Replace("""{"kind":"tag","name":"vip"}""", """{"kind":"event","events":["Order Completed"],"is":"did"}""", StringComparison.Ordinal);
        var saved = await _api.PutAsync("/api/v1/journeys/ahead", asked);
        Assert.True(saved.Status == 201, saved.Text);

        Assert.Equal("yes=3 no=17 of 20, all 20", await SharesAsync("which"));
    }

    /// <summary>The real machine: consent, delays and what was decided before count, and nothing is kept or sent.</summary>
    [Fact]
    public async Task The_first_week_is_seen_ahead_and_nothing_of_it_happens()
    {
        await SaveAsync();
        var before = (await _api.GetAsync("/api/v1/contacts?limit=500")).Text;

        var ahead = (await _api.GetAsync("/api/v1/journeys/ahead/first-effects")).Json;

        var days = ahead.GetProperty("days").EnumerateArray().ToList();
        Assert.Equal(7, days.Count);
        Assert.Equal("2026-03-02", days[0].GetProperty("day").GetString());
        Assert.Equal(20, days.Sum(day => day.GetProperty("entered").GetInt32()));
        Assert.Equal(5, Times(days, "mail"));
        Assert.All(days, day => Assert.All(day.GetProperty("effects").EnumerateArray().Where(effect => effect.GetProperty("point").GetString() == "mail"), effect => Assert.Equal(days.IndexOf(day), effect.GetProperty("day").GetInt32())));
        // Two days later, for those who came in early enough.
        var early = days.Take(5).Sum(day => day.GetProperty("entered").GetInt32());
        Assert.Equal(early, Times(days, "tag"));
        Assert.InRange(Times(days, "later"), 1, 5);
        Assert.All(days.SelectMany(day => day.GetProperty("effects").EnumerateArray().Where(effect => effect.GetProperty("point").GetString() == "later").Select(effect => effect.GetProperty("day").GetInt32() - days.IndexOf(day))), wait => Assert.Equal(2, wait));
        Assert.Equal(before, (await _api.GetAsync("/api/v1/contacts?limit=500")).Text);
        Assert.Equal(0, (await _api.GetAsync("/api/v1/messages")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Whom_the_rules_keep_out_has_no_effects_and_neither_has_a_draft_with_errors()
    {
        await SaveAsync(""","eligibility":{"kind":"tag","name":"nobody"}""");
        Assert.Equal(0, (await _api.GetAsync("/api/v1/journeys/ahead/first-effects")).Json.GetProperty("days").EnumerateArray().Sum(day => day.GetProperty("entered").GetInt32()));

        Assert.Equal(200, (await _api.PutAsync("/api/v1/journeys/ahead", Draft.Replace("ELIGIBLE", "", StringComparison.Ordinal).Replace("\"content\":\"hello\"", "\"content\":\"gone\"", StringComparison.Ordinal), ("If-Match", "*"))).Status);
        Assert.Equal(0, (await _api.GetAsync("/api/v1/journeys/ahead/first-effects")).Json.GetProperty("days").GetArrayLength());
    }

    static int Times(IEnumerable<JsonElement> days, string point) =>
        days.SelectMany(day => day.GetProperty("effects").EnumerateArray()).Where(effect => effect.GetProperty("point").GetString() == point).Sum(effect => effect.GetProperty("times").GetInt32());
}
