using NodaTime;

namespace Parcours.Tests.Api;

/// <summary>How many members a segment had, day by day, and how many mails nobody has looked at.</summary>
public sealed class SegmentDaysTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        await MakeAsync("vip");
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    async Task MakeAsync(string name)
    {
        Assert.Equal(201, (await _api.PutAsync($"/api/v1/segments/{name}", """{"condition":{"kind":"property","name":"plan","is":"equals","value":"pro"}}""")).Status);
        await _installation.Engine.SettleAsync(Token);
    }

    async Task JoinAsync(string user) => Assert.Equal(201, (await _api.PostAsync("/api/v1/contacts", $$$"""{"userId":"{{{user}}}","properties":{"plan":"pro"}}""")).Status);

    async Task NextDayAsync(int days = 1)
    {
        await _installation.Engine.AdvanceToAsync(_installation.Engine.Now + Duration.FromDays(days), Token);
        await _installation.Get<Parcours.Api.FiguresLog>().TakeAsync(Token);
    }

    async Task<string> DaysAsync(string name = "vip") =>
        string.Join(' ', (await _api.GetAsync($"/api/v1/segments/{name}/days")).Json.EnumerateArray().Select(day => $"{day.GetProperty("day").GetString()![5..]}:{day.GetProperty("members").GetInt64()}"));

    [Fact]
    public async Task The_members_of_a_segment_are_told_day_by_day_and_as_they_are_now()
    {
        await JoinAsync("ada");
        await NextDayAsync();
        await JoinAsync("bob");
        await JoinAsync("cleo");
        await NextDayAsync();
        // After a restart the day is looked at again, and stands.
        await JoinAsync("dan");
        await _installation.Get<Parcours.Contacts.SegmentDays>().TakeAsync(_installation.Engine.Now.InUtc().Date, Token);
        var first = _installation.Engine.Now.InUtc().Date.PlusDays(-1);

        Assert.Equal($"{first:MM-dd}:1 {first.PlusDays(1):MM-dd}:4", await DaysAsync());
        Assert.Equal(404, (await _api.GetAsync("/api/v1/segments/unheard/days")).Status);
    }

    [Fact]
    public async Task Ninety_days_are_kept_and_none_of_a_segment_that_is_no_more()
    {
        await JoinAsync("ada");
        for (var day = 0; day < 95; day++)
            await NextDayAsync();
        await MakeAsync("brief");
        await NextDayAsync();

        Assert.Equal(91, (await DaysAsync()).Split(' ').Length);
        Assert.Equal(2, (await _installation.Engine.Queries.DocumentsAsync("segment-days", null, null, 10, Token)).Count);
        Assert.Equal(204, (await _api.DeleteAsync("/api/v1/segments/brief")).Status);
        await NextDayAsync();
        Assert.Single(await _installation.Engine.Queries.DocumentsAsync("segment-days", null, null, 10, Token));
    }

    [Fact]
    public async Task Mails_count_until_somebody_has_looked()
    {
        await _api.PutAsync("/api/v1/topics/news", """{"title":"News","whenUnknown":"unlessRefused"}""");
        await _api.PutAsync("/api/v1/content/hello", """{"subject":"Hello","html":"<p>Hi</p>"}""");
        await _api.PutAsync("/api/v1/journeys/welcome", """{"format":1,"id":"welcome","name":"Welcome","settings":{"email":{"topic":"news"}},"start":[{"kind":"event","id":"joined","events":["Joined"],"next":"mail"}],"points":{"mail":{"kind":"sendEmail","content":"hello","next":"done"},"done":{"kind":"end","outcome":"completed"}}}""");
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/welcome/publish", "")).Status);
        await HappenAsync("ada");
        await HappenAsync("bob");

        Assert.Equal(2, await UnseenAsync());
        Assert.Equal(200, (await _api.PostAsync("/api/v1/sandbox/seen", "")).Status);
        Assert.Equal(0, await UnseenAsync());
        await HappenAsync("cleo");
        Assert.Equal(1, await UnseenAsync());
    }

    async Task HappenAsync(string user)
    {
        await _installation.Engine.AdvanceToAsync(_installation.Engine.Now + Duration.FromMinutes(1), Token);
        Assert.Equal(201, (await _api.PostAsync("/api/v1/events", $$"""{"event":"Joined","userId":"{{user}}","email":"{{user}}@example.org"}""")).Status);
        await _installation.Engine.SettleAsync(Token);
    }

    async Task<long> UnseenAsync() => (await _api.GetAsync("/api/v1/sandbox/count")).Json.GetProperty("unseen").GetInt64();
}
