using System.Text.Json;
using NodaTime;

namespace Parcours.Tests.Api;

/// <summary>Who waits at a point, acts by hand, and what one should know before pausing or publishing; on the real engine.</summary>
public sealed class QueueTests : IAsyncLifetime
{
    const string Journey = """
        {"format":1,"id":"welcome","name":"Welcome","settings":{"reEntry":{"kind":"always"},"email":{"topic":"news"},"eligibility":{"kind":"property","name":"city","is":"known"}},
         "start":[{"kind":"event","id":"joined","events":["Joined"],"next":"mail"}],
         "points":{"mail":{"kind":"sendEmail","content":"hello","next":"answer"},
           "answer":{"kind":"waitFor","activities":[{"kind":"event","events":["Bought"]}],"timeout":"P3D","next":"done","onTimeout":"later"},
           "later":{"kind":"delay","for":"P1D","next":"done"},
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
        Assert.Equal(201, (await _api.PutAsync("/api/v1/content/hello", """{"subject":"Hello","html":"<p style=\"color:red\">Hi <a href=\"https://shop.example.org/a\" data-link=\"sale\">sale</a></p>"}""")).Status);
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/welcome", Journey)).Status);
        foreach (var user in new[] { "ada", "bob", "cleo" })
            Assert.Equal(201, (await _api.PostAsync("/api/v1/contacts", $$$"""{"userId":"{{{user}}}","email":"{{{user}}}@example.org","properties":{"name":"{{{user}}} Smith"{{{(user == "cleo" ? "" : ",\"city\":\"Bern\"")}}}}}""")).Status);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task JoinAsync()
    {
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/welcome/publish", "")).Status);
        foreach (var user in new[] { "ada", "bob", "cleo" })
            Assert.Equal(201, (await _api.PostAsync("/api/v1/events", $$"""{"event":"Joined","userId":"{{user}}"}""")).Status);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
    }

    async Task<JsonElement[]> QueueAsync(string more = "", string point = "answer") => [.. (await _api.GetAsync($"/api/v1/journeys/welcome/points/{point}/queue{more}")).Json.GetProperty("items").EnumerateArray()];

    static string Row(JsonElement row) => $$"""{"contact":"{{row.GetProperty("contact").GetString()}}","enrolment":"{{row.GetProperty("enrolment").GetString()}}","revision":{{row.GetProperty("revision").GetInt32()}}}""";

    Task<Answer> ActAsync(string act, string more, params JsonElement[] rows) =>
        _api.PostAsync("/api/v1/journeys/welcome/points/answer/queue/act", $$"""{"act":"{{act}}","rows":[{{string.Join(",", rows.Select(Row))}}]{{more}}}""");

    [Fact]
    public async Task The_queue_says_who_why_and_until_when()
    {
        await JoinAsync();

        var queue = await QueueAsync();
        var page = (await _api.GetAsync("/api/v1/journeys/welcome/points/answer/queue?limit=1")).Json;

        Assert.Equal(["ada", "bob"], queue.Select(row => row.GetProperty("userId").GetString()));
        Assert.Equal(("ada Smith", "ada@example.org", "activity"), (queue[0].GetProperty("name").GetString(), queue[0].GetProperty("email").GetString(), queue[0].GetProperty("why").GetString()));
        Assert.Equal(RealEngine.Start.Plus(Duration.FromDays(3)).ToDateTimeOffset(), queue[0].GetProperty("until").GetDateTimeOffset());
        Assert.Equal("bob", Assert.Single(await QueueAsync("?search=BO")).GetProperty("userId").GetString());
        Assert.Empty(await QueueAsync("?search=nobody"));
        Assert.Equal("bob", Assert.Single(await QueueAsync($"?limit=1&after={page.GetProperty("next").GetString()}")).GetProperty("userId").GetString());
    }

    [Fact]
    public async Task The_median_of_the_waits_is_that_of_who_is_here()
    {
        await JoinAsync();
        async Task<(double?, int, bool)> WaitsAsync(string point)
        {
            var waits = (await _api.GetAsync($"/api/v1/journeys/welcome/points/{point}/queue/waits")).Json;
            return (waits.TryGetProperty("medianSeconds", out var median) ? median.GetDouble() : null, waits.GetProperty("of").GetInt32(), waits.GetProperty("all").GetBoolean());
        }

        Assert.Equal(200, (await _api.PutAsync("/api/v1/clock", """{"now":"2026-03-02T14:00:00Z"}""")).Status);

        Assert.Equal((5 * 3600, 2, true), await WaitsAsync("answer"));
        Assert.Equal((null, 0, true), await WaitsAsync("later"));
        Assert.Equal(404, (await _api.GetAsync("/api/v1/journeys/none/points/answer/queue/waits")).Status);
    }

    /// <summary>Semantics 8.8: everybody who waits there now, by one order; who is looked for alone where names are given.</summary>
    [Fact]
    public async Task A_whole_queue_is_moved_and_removed_by_one_order()
    {
        await JoinAsync();
        async Task OrderedAsync(string point, string order)
        {
            var ordered = await _api.PostAsync($"/api/v1/journeys/welcome/points/{point}/queue/order", order);
            Assert.True(ordered.Status == 202, ordered.Text);
            await using var lines = await EventLines.OpenAsync(_api.Plain(), "/api/v1/live");
            while ((await lines.NextAsync("work")).EnumerateArray().FirstOrDefault(work => work.GetProperty("id").GetString() == ordered.Json.GetProperty("id").GetString()) is not { ValueKind: JsonValueKind.Object } found || found.GetProperty("status").GetString() == "running")
            {
            }
        }

        await OrderedAsync("answer", """{"act":"moveOn","edge":"timeout"}""");
        Assert.Empty(await QueueAsync());
        Assert.Equal(["ada", "bob"], (await QueueAsync("", "later")).Select(row => row.GetProperty("userId").GetString()));
        await OrderedAsync("later", """{"act":"remove","search":"bo"}""");
        Assert.Equal("ada", Assert.Single(await QueueAsync("", "later")).GetProperty("userId").GetString());

        Assert.Equal(["queue.to"], (await _api.PostAsync("/api/v1/journeys/welcome/points/later/queue/order", """{"act":"moveTo","to":"nowhere"}""")).ErrorCodes);
        Assert.Equal(404, (await _api.PostAsync("/api/v1/journeys/none/points/later/queue/order", """{"act":"remove"}""")).Status);
    }

    /// <summary>Semantics 8.7: who has gone on since is refused, with where it is now; the others are done.</summary>
    [Fact]
    public async Task Acts_by_hand_are_done_or_refused_one_by_one()
    {
        await JoinAsync();
        var before = await QueueAsync();
        Assert.Equal(201, (await _api.PostAsync("/api/v1/events", """{"event":"Bought","userId":"bob"}""")).Status);

        var moved = await ActAsync("moveOn", ",\"edge\":\"timeout\"", before);

        Assert.Equal((1, "later"), (moved.Json.GetProperty("done").GetInt32(), moved.Json.GetProperty("to").GetString()));
        var refused = Assert.Single(moved.Json.GetProperty("refused").EnumerateArray());
        Assert.Equal(before[1].GetProperty("contact").GetString(), refused.GetProperty("contact").GetString());
        Assert.NotEmpty(refused.GetProperty("code").GetString()!);
        var waits = Assert.Single(await QueueAsync("", "later"));
        Assert.Equal(("ada", "delay"), (waits.GetProperty("userId").GetString(), waits.GetProperty("why").GetString()));
        // By what was seen before, it is refused and told where.
        var late = await ActAsync("remove", ",\"reason\":\"called\"", before[0]);
        Assert.Equal("later", Assert.Single(late.Json.GetProperty("refused").EnumerateArray()).GetProperty("where").GetString());
        var removed = await _api.PostAsync("/api/v1/journeys/welcome/points/later/queue/act", $$"""{"act":"remove","rows":[{{Row(waits)}}]}""");
        Assert.Equal(1, removed.Json.GetProperty("done").GetInt32());
        Assert.Empty(await QueueAsync("", "later"));
    }

    [Fact]
    public async Task An_act_that_leads_nowhere_says_so()
    {
        await JoinAsync();
        var rows = await QueueAsync();

        Assert.Equal(["queue.edge"], (await ActAsync("moveOn", ",\"edge\":\"sideways\"", rows)).ErrorCodes);
        Assert.Equal(["queue.to"], (await ActAsync("moveTo", ",\"to\":\"moon\"", rows)).ErrorCodes);
        Assert.Equal(["queue.rows"], (await ActAsync("remove", "")).ErrorCodes);
        Assert.Equal(2, (await ActAsync("moveTo", ",\"to\":\"done\"", rows)).Json.GetProperty("done").GetInt32());
    }

    [Fact]
    public async Task Before_publishing_one_knows_who_is_eligible_and_what_is_sent()
    {
        var review = (await _api.GetAsync("/api/v1/journeys/welcome/review")).Json;

        Assert.Equal((2, 3, true), (review.GetProperty("eligible").GetProperty("now").GetInt64(), review.GetProperty("eligible").GetProperty("of").GetInt64(), review.GetProperty("eligible").GetProperty("complete").GetBoolean()));
        Assert.False(review.TryGetProperty("atOnce", out _));
        Assert.False(review.GetProperty("starts")[0].GetProperty("seen").GetBoolean());
        Assert.Equal(("hello", 0), (review.GetProperty("contents")[0].GetProperty("content").GetString(), review.GetProperty("contents")[0].GetProperty("pointsBefore").GetInt32()));
    }

    /// <summary>Semantics 6.12: when a schedule comes next, and for how many.</summary>
    [Fact]
    public async Task Before_publishing_one_knows_when_a_schedule_comes_next_and_for_how_many()
    {
        const string Digest = """
            {"format":1,"id":"digest","name":"Digest","settings":{"timeZone":"Europe/Paris"},
             "start":[{"kind":"schedule","id":"mondays","date":"2020-01-01","time":"09:00","repeats":"FREQ=WEEKLY;BYDAY=MO","filter":{"kind":"property","name":"city","is":"known"},"next":"done"},
               {"kind":"schedule","id":"over","date":"2020-01-01","time":"09:00","filter":{"kind":"tag","name":"t"},"next":"done"},
               {"kind":"schedule","id":"wrong","date":"2020-01-01","time":"09:00","repeats":"FREQ=HOURLY","filter":{"kind":"tag","name":"t"},"next":"done"},
               {"kind":"date","id":"birthday","property":"born_on","yearly":true,"time":"09:00","next":"done"}],
             "points":{"done":{"kind":"end","outcome":"successful"}}}
            """;
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/digest", Digest)).Status);

        var starts = (await _api.GetAsync("/api/v1/journeys/digest/review")).Json.GetProperty("starts");

        Assert.Equal(["schedule", "schedule", "schedule", "date"], starts.EnumerateArray().Select(start => start.GetProperty("kind").GetString()!));
        var next = starts[0].GetProperty("next").GetDateTimeOffset();
        Assert.True(next > _installation.Engine.Now.ToDateTimeOffset() && next <= _installation.Engine.Now.ToDateTimeOffset().AddDays(8) && next.DayOfWeek == DayOfWeek.Monday, $"{next}");
        Assert.Equal(2, starts[0].GetProperty("matches").GetProperty("now").GetInt64());
        Assert.All(starts.EnumerateArray().Skip(1), start => Assert.False(start.TryGetProperty("next", out var none) && none.ValueKind != JsonValueKind.Null));
    }

    [Fact]
    public async Task Before_pausing_one_knows_whom_it_holds_and_the_point_tells_what_became_of_its_mails()
    {
        await JoinAsync();
        var key = (await _api.GetAsync("/api/v1/messages")).Json.GetProperty("items")[0].GetProperty("key").GetString();
        for (var click = 0; click < 2; click++)
            Assert.InRange((await _api.PostAsync($"/api/v1/messages/{key}/feedback", """{"type":"clicked","link":"sale"}""")).Status, 200, 202);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);

        var standing = (await _api.GetAsync("/api/v1/journeys/welcome/standing")).Json;
        var report = (await _api.GetAsync("/api/v1/journeys/welcome/points/mail/report")).Json;

        Assert.Equal((2, 2, 0, 0), (standing.GetProperty("inProgress").GetInt64(), standing.GetProperty("waitingElapsed").GetInt64(), standing.GetProperty("waitingCalendar").GetInt64(), standing.GetProperty("unsent").GetInt64()));
        Assert.Equal((2, 1, 1), (report.GetProperty("messages").GetProperty("sent").GetInt64(), report.GetProperty("messages").GetProperty("clicked").GetInt64(), report.GetProperty("messages").GetProperty("opened").GetInt64()));
        var link = Assert.Single(report.GetProperty("links").EnumerateArray());
        Assert.Equal(("sale", 1, 2), (link.GetProperty("link").GetString(), link.GetProperty("messages").GetInt64(), link.GetProperty("clicks").GetInt64()));
    }

    [Fact]
    public async Task The_report_of_a_message_is_of_one_version_or_since_a_day_where_that_is_asked()
    {
        await JoinAsync();
        await ClickAsync("sale");
        await _installation.Engine.AdvanceToAsync(_installation.Engine.Now + NodaTime.Duration.FromHours(20), TestContext.Current.CancellationToken);
        await _installation.Get<Parcours.Api.FiguresLog>().TakeAsync(TestContext.Current.CancellationToken);
        await ClickAsync("shop");

        Assert.Equal("sent 2, links sale 1 shop 1", await ReportAsync(""));
        Assert.Equal("sent 2, links sale 1 shop 1", await ReportAsync("?version=1"));
        Assert.Equal("sent 0, links", await ReportAsync("?version=2"));
        Assert.Equal("sent 0, links shop 1", await ReportAsync($"?since={_installation.Engine.Now.ToDateTimeOffset():yyyy-MM-dd}T00:00:00Z"));

        async Task ClickAsync(string link)
        {
            var key = (await _api.GetAsync("/api/v1/messages")).Json.GetProperty("items")[link == "sale" ? 0 : 1].GetProperty("key").GetString();
            Assert.InRange((await _api.PostAsync($"/api/v1/messages/{key}/feedback", $$"""{"type":"clicked","link":"{{link}}"}""")).Status, 200, 202);
            await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
        }

        async Task<string> ReportAsync(string query)
        {
            var report = (await _api.GetAsync("/api/v1/journeys/welcome/points/mail/report" + query)).Json;
            var sent = report.GetProperty("messages").TryGetProperty("sent", out var number) ? number.GetInt64() : 0;
            return $"sent {sent}, links {string.Join(' ', report.GetProperty("links").EnumerateArray().Select(link => $"{link.GetProperty("link").GetString()} {link.GetProperty("messages").GetInt64()}").Order(StringComparer.Ordinal))}".TrimEnd();
        }
    }

    [Fact]
    public async Task A_preview_of_what_is_not_saved_is_a_page_of_its_own()
    {
        var preview = await _api.PostAsync("/api/v1/content/preview", """{"content":{"name":"draft","subject":"Hi {{default contact.name \"you\"}}","html":"<p style=\"color:red\">Hi</p>"}}""");
        Assert.True(preview.Status == 200, preview.Text);

        var frame = await _api.GetAsync(preview.Json.GetProperty("frame").GetString()!);

        Assert.Equal("Hi you", preview.Json.GetProperty("subject").GetString());
        Assert.StartsWith("text/html", frame.Header("Content-Type"), StringComparison.Ordinal);
        Assert.StartsWith("sandbox", frame.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Empty(frame.Header("X-Frame-Options"));
        var wrong = await _api.PostAsync("/api/v1/content/preview", """{"content":{"name":"draft","subject":"Hi {{#if","html":"<p>Hi</p>"}}""");
        Assert.Equal(422, wrong.Status);
        Assert.All(wrong.ErrorPaths, path => Assert.StartsWith("/content", path, StringComparison.Ordinal));
    }

    /// <summary>Semantics 6.10: who comes in when it goes live, and about how many each day, as in the last weeks.</summary>
    [Fact]
    public async Task Before_publishing_one_knows_who_comes_in_at_once_and_how_many_each_day()
    {
        const string Club = """
            {"format":1,"id":"club","name":"Club","settings":{"exclusions":{"kind":"property","name":"city","is":"unknown"}},
             "start":[{"kind":"tagAdded","id":"vip","tag":"vip","currentToo":true,"next":"done"},{"kind":"tagAdded","id":"friend","tag":"friend","next":"done"}],
             "points":{"done":{"kind":"end","outcome":"successful"}}}
            """;
        foreach (var user in (string[])["ada", "bob", "cleo"])
            Assert.InRange((await _api.PostAsync("/api/v1/contacts", $$$"""{"userId":"{{{user}}}","tags":{"add":["vip","friend"]}}""")).Status, 200, 201);
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/club", Club)).Status);

        var review = (await _api.GetAsync("/api/v1/journeys/club/review")).Json;

        // One of the three has no city.
        Assert.Equal((2, true), (review.GetProperty("atOnce").GetProperty("now").GetInt64(), review.GetProperty("atOnce").GetProperty("complete").GetBoolean()));
        Assert.Equal([true, false], review.GetProperty("starts").EnumerateArray().Select(start => start.GetProperty("takesCurrent").GetBoolean()));
        var forecast = (await _api.GetAsync("/api/v1/journeys/club/forecast")).Json;
        Assert.Equal((0.1, 28, 3), (forecast.GetProperty("perDay").GetDouble(), forecast.GetProperty("days").GetInt32(), forecast.GetProperty("contacts").GetInt64()));

        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/club/publish", "")).Status);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, (await _api.GetAsync("/api/v1/journeys/club/statistics")).Json.GetProperty("started").GetInt64());
        Assert.False((await _api.GetAsync("/api/v1/journeys/club/review")).Json.TryGetProperty("atOnce", out _));
    }
}
