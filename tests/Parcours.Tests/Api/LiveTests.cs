using System.Text.Json;
using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>Numbers that move by themselves, on the real engine.</summary>
public sealed class LiveTests : IAsyncLifetime
{
    const string Journey = """
        {"format":1,"id":"welcome","name":"Welcome","settings":{"reEntry":{"kind":"always"},"email":{"topic":"news"}},
         "start":[{"kind":"event","id":"joined","events":["Joined"],"next":"which"},{"kind":"event","id":"came-back","events":["Back"],"next":"mail"}],
         "points":{
           "which":{"kind":"if","condition":{"kind":"field","name":"plan","is":"equals","value":"pro"},"then":"mail","else":"wait"},
           "mail":{"kind":"sendEmail","content":"hello","next":"wait"},
           "wait":{"kind":"delay","for":"P1D","next":"done"},
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
        var put = await _api.PutAsync("/api/v1/journeys/welcome", Journey);
        Assert.True(put.Status == 201, put.Text);
        var published = await _api.PostAsync("/api/v1/journeys/welcome/publish", "");
        Assert.True(published.Status == 200, published.Text);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task HappenAsync(string user, string name, string plan)
    {
        var answer = await _api.PostAsync("/api/v1/events", $$$"""{"event":"{{{name}}}","userId":"{{{user}}}","email":"{{{user}}}@example.org","properties":{"plan":"{{{plan}}}"}}""");
        Assert.True(answer.Status == 201, answer.Text);
    }

    static long Number(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
    static long Sum(JsonElement of) => of.EnumerateObject().Sum(one => one.Value.GetInt64());

    /// <summary>Semantics 11.1, from numbers that are counted apart: who is inside stands at some point, and who arrives came by an edge or by a starting point.</summary>
    static void AddUp(JsonElement snapshot)
    {
        var points = snapshot.GetProperty("points").EnumerateArray().ToDictionary(point => point.GetProperty("point").GetString()!);
        Assert.Equal(Number(snapshot, "started"), Number(snapshot, "inProgress") + Sum(snapshot.GetProperty("ended")));
        Assert.Equal(Number(snapshot, "started"), Sum(snapshot.GetProperty("starts")));
        Assert.Equal(Number(snapshot, "inProgress"), points.Values.Sum(point => Number(point, "waiting")));
        Assert.All(points.Values, point => Assert.True(Number(point, "waiting") >= 0, snapshot.GetRawText()));
        Assert.Equal(Arrived("which"), Number(snapshot.GetProperty("starts"), "joined"));
        Assert.Equal(Arrived("mail"), Left("which", "yes") + Number(snapshot.GetProperty("starts"), "came-back"));
        Assert.Equal(Arrived("wait"), Left("which", "no") + Left("mail", "next"));
        Assert.Equal(Arrived("done"), Left("wait", "next"));
        if (points.TryGetValue("mail", out var mail) && mail.TryGetProperty("messages", out var messages))
            Assert.Equal(Number(messages, "decided"), Number(messages, "waiting") + Number(messages, "sent") + Number(messages, "skipped") + Number(messages, "failed") + Number(messages, "cancelled"));

        long Arrived(string point) => points.TryGetValue(point, out var one) ? Number(one, "arrived") : 0;
        long Left(string point, string edge) => points.TryGetValue(point, out var one) ? Number(one.GetProperty("left"), edge) : 0;
    }

    /// <summary>Semantics 11.1: in every snapshot that is sent while contacts stream in and out, the numbers add up.</summary>
    [Fact]
    public async Task Every_snapshot_adds_up_under_load()
    {
        const int Users = 600;
        var client = _api.Plain();
        await using var lines = await EventLines.OpenAsync(client, "/api/v1/journeys/welcome/live");
        var load = Task.Run(async () =>
        {
            for (var user = 0; user < Users; user++)
            {
                await HappenAsync($"u{user}", user % 3 == 0 ? "Back" : "Joined", user % 2 == 0 ? "pro" : "free");
                if (user % 100 == 99)
                    await _installation.Engine.AdvanceToAsync(_installation.Engine.Now + NodaTime.Duration.FromHours(5), TestContext.Current.CancellationToken);
            }

            await _installation.Engine.AdvanceToAsync(_installation.Engine.Now + NodaTime.Duration.FromDays(2), TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);

        var snapshots = 0;
        JsonElement last;
        do
        {
            var (name, data) = await lines.NextAsync();
            Assert.Equal("statistics", name);
            AddUp(last = data);
            snapshots++;
        }
        while (Number(last.GetProperty("ended"), "successful") < Users);
        await load;

        Assert.True(snapshots > 1, "one snapshot only");
        Assert.Equal(Users, Number(last, "started"));
        AddUp((await _api.GetAsync("/api/v1/journeys/welcome/statistics?version=1")).Json);
        Assert.Equal(0, Number((await _api.GetAsync("/api/v1/journeys/welcome/statistics?version=2")).Json, "started"));
    }

    /// <summary>Figures of a period are those since a day began; who is inside is inside now.</summary>
    [Fact]
    public async Task Figures_of_a_period_begin_with_a_day()
    {
        await HappenAsync("ada", "Joined", "pro");
        await _installation.Engine.AdvanceToAsync(_installation.Engine.Now + NodaTime.Duration.FromHours(20), TestContext.Current.CancellationToken);
        await _installation.Get<Parcours.Api.FiguresLog>().TakeAsync(TestContext.Current.CancellationToken);
        await HappenAsync("bob", "Joined", "free");

        var all = (await _api.GetAsync("/api/v1/journeys/welcome/statistics")).Json;
        var today = (await _api.GetAsync("/api/v1/journeys/welcome/statistics?since=2026-03-03T12:00:00Z")).Json;

        Assert.Equal((2, 1), (Number(all, "started"), Number(today, "started")));
        Assert.Equal((2, 2), (Number(all, "inProgress"), Number(today, "inProgress")));
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 5, 0, 0, TimeSpan.Zero), today.GetProperty("from").GetDateTimeOffset());
        var wait = today.GetProperty("points").EnumerateArray().First(point => point.GetProperty("point").GetString() == "wait");
        Assert.Equal((1, 2), (Number(wait, "arrived"), Number(wait, "waiting")));
        Assert.Equal(0, today.GetProperty("points").EnumerateArray().Where(point => point.GetProperty("point").GetString() == "mail").Sum(point => Number(point, "arrived")));
    }

    [Fact]
    public async Task Each_day_is_told_by_itself_and_together_they_are_all_that_came_about()
    {
        await HappenAsync("ada", "Joined", "pro");
        await _installation.Engine.AdvanceToAsync(_installation.Engine.Now + NodaTime.Duration.FromHours(68), TestContext.Current.CancellationToken);
        await _installation.Get<Parcours.Api.FiguresLog>().TakeAsync(TestContext.Current.CancellationToken);
        await HappenAsync("bob", "Joined", "free");
        await HappenAsync("cleo", "Joined", "free");

        var days = (await _api.GetAsync("/api/v1/journeys/days")).Json.EnumerateArray().ToList();

        Assert.Equal(28, days.Count);
        Assert.Equal("2026-03-05", days[^1].GetProperty("day").GetString());
        Assert.Equal(2, Number(days[^1], "started"));
        Assert.Equal(3, days.Sum(day => Number(day, "started")));
        Assert.Equal(days.Sum(day => Number(day, "ended")), Number((await _api.GetAsync("/api/v1/journeys/summary")).Json, "completed"));
    }

    [Fact]
    public async Task Days_on_which_nothing_moved_leave_no_old_ones_behind_and_hide_no_new_ones()
    {
        var log = _installation.Get<Parcours.Api.FiguresLog>();
        for (var person = 0; person < 80; person++)
        {
            await HappenAsync($"person-{person}", "Joined", "pro");
            await _installation.Engine.AdvanceToAsync(_installation.Engine.Now + NodaTime.Duration.FromDays(2), TestContext.Current.CancellationToken);
            await log.TakeAsync(TestContext.Current.CancellationToken);
        }

        Assert.InRange((await _installation.Engine.Queries.DocumentsAsync("figures-day", "welcome/", null, 1_000, TestContext.Current.CancellationToken)).Count, 40, 51);
        Assert.Equal(14, (await _api.GetAsync("/api/v1/journeys/days")).Json.EnumerateArray().Sum(day => Number(day, "started")));
    }

    [Fact]
    public async Task The_home_page_is_told_of_every_journey_and_who_comes_later_sees_the_same()
    {
        var client = _api.Plain();
        await using var first = await EventLines.OpenAsync(client, "/api/v1/live");
        await first.NextAsync("journeys");

        await HappenAsync("ada", "Joined", "pro");
        var told = await first.NextAsync("journeys");
        await using var second = await EventLines.OpenAsync(client, "/api/v1/live");

        Assert.Equal(1, Number(told.GetProperty("welcome"), "inProgress"));
        Assert.Equal(told.GetRawText(), (await second.NextAsync("journeys")).GetRawText());
    }

    [Fact]
    public async Task Who_has_a_draft_open_is_told_to_the_others_for_as_long_as_they_have()
    {
        foreach (var email in (string[])["eva@example.org", "tom@example.org"])
            Assert.IsType<UserAnswer.Done>(await _installation.Get<Users>().AddAsync(email, "a long password", UserRole.Admin, TestContext.Current.CancellationToken));
        using var eva = await _installation.SignedInAsync("eva@example.org");
        using var tom = await _installation.SignedInAsync("tom@example.org");
        await using var seen = await EventLines.OpenAsync(eva.Plain(), "/api/v1/journeys/welcome/readers");
        await ReadersAsync("eva@example.org");

        var toms = await EventLines.OpenAsync(tom.Plain(), "/api/v1/journeys/welcome/readers");
        await ReadersAsync("eva@example.org tom@example.org");
        // In two windows he is there once, and a program is nobody.
        await using var second = await EventLines.OpenAsync(tom.Plain(), "/api/v1/journeys/welcome/readers");
        await using var program = await EventLines.OpenAsync(_api.Plain(), "/api/v1/journeys/welcome/readers");
        Assert.Equal(2, (await program.NextAsync("readers")).GetArrayLength());
        await toms.DisposeAsync();
        await second.DisposeAsync();
        await ReadersAsync("eva@example.org");

        async Task ReadersAsync(string expected)
        {
            string said;
            do
                said = string.Join(' ', (await seen.NextAsync("readers")).EnumerateArray().Select(reader => reader.GetProperty("email").GetString()));
            while (said != expected);
        }
    }

    [Fact]
    public async Task More_than_may_watch_are_told_to_come_later()
    {
        var topics = _installation.Get<Parcours.Api.LiveTopics>();
        var watches = Enumerable.Range(0, Parcours.Api.LiveTopics.WatchersMax).Select(_ => topics.TryWatch(new Parcours.Api.LiveSubject("full", _ => new([])))).ToList();
        Assert.DoesNotContain(null, watches);

        var refused = await _api.GetAsync("/api/v1/live");
        Assert.Equal((503, "live.full", "30"), (refused.Status, refused.Code, refused.Header("Retry-After")));
        foreach (var watch in watches)
            watch!.Dispose();

        var client = _api.Plain();
        await using var lines = await EventLines.OpenAsync(client, "/api/v1/live");
        await lines.NextAsync("journeys");
        Assert.Equal(404, (await _api.GetAsync("/api/v1/journeys/nothing/live")).Status);
    }
}
