using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Starting points that take those too of whom they are true already, by the whole engine. Semantics 6.10.</summary>
public sealed class CurrentStartTests
{
    const string OnTag = """{"kind":"tagAdded","id":"vip","tag":"vip","currentToo":true,"next":"rest"}""";

    static string Club(string starts = OnTag, string settings = "{}") => $$$"""
        {"format":1,"id":"club","name":"Club","settings":{{{settings}}},"start":[{{{starts}}}],
         "points":{"rest":{"kind":"delay","for":"P1D","next":"end"},"end":{"kind":"end","outcome":"completed"} } }
        """;

    static async Task<World> WithMembersAsync(int members, int others, EngineOptions? options = null)
    {
        var world = await World.StartAsync(options);
        for (var user = 0; user < members; user++)
            await world.EditAsync($"u{user}", new ContactEdit.AddTag("vip"));
        for (var user = 0; user < others; user++)
            await world.DoAsync($"other{user}", "visit");
        return world;
    }

    static async Task<long> StartedAsync(World world)
    {
        await world.Engine.SettleAsync(world.Token);
        return (await world.FiguresAsync("club")).Started;
    }

    [Fact]
    public async Task Those_who_are_there_when_it_goes_live_come_in_once_and_so_does_who_comes_later()
    {
        await using var world = await WithMembersAsync(500, 30, new() { ItemsPerCommit = 50 });
        await world.PublishAsync(Club());
        Assert.Equal(500, await StartedAsync(world));
        Assert.All(await world.EnrolmentsAsync("u7"), enrolment => Assert.Equal("vip", Parcours.Engine.State.EnrolmentCodec.Read(enrolment.Body.Span).StartingPoint));

        await world.EditAsync("other1", new ContactEdit.AddTag("vip"));
        await world.AdvanceAsync(Duration.FromDays(3));
        Assert.Equal(501, await StartedAsync(world));
        await world.RestartAsync();
        Assert.Equal(501, await StartedAsync(world));
    }

    [Fact]
    public async Task Without_the_word_nobody_who_is_there_comes_in()
    {
        await using var world = await WithMembersAsync(3, 1);
        await world.PublishAsync(Club(OnTag.Replace(",\"currentToo\":true", "", StringComparison.Ordinal)));

        Assert.Equal(0, await StartedAsync(world));
    }

    [Theory]
    [InlineData("""{"kind":"segmentEntered","id":"s","segment":"vips","currentToo":true,"next":"rest"}""")]
    [InlineData("""{"kind":"listEntered","id":"s","list":"club","currentToo":true,"next":"rest"}""")]
    [InlineData("""{"kind":"propertyBecomes","id":"s","property":"plan","to":["gold"],"currentToo":true,"next":"rest"}""")]
    [InlineData("""{"kind":"propertyBecomes","id":"s","property":"plan","currentToo":true,"filter":{"kind":"tag","name":"vip"},"next":"rest"}""")]
    public async Task Members_of_segments_and_lists_and_who_has_a_value_are_there_too(string start)
    {
        await using var world = await WithMembersAsync(2, 2);
        World.Done(await world.Engine.Catalogue.SaveAsync("list", "club", "{}"u8.ToArray(), null, world.Token));
        await world.SegmentAsync("vips", """{"kind":"tag","name":"vip"}""");
        await world.EditAsync("u0", new ContactEdit.JoinList("club"), new ContactEdit.SetProperty("plan", Value.Of("gold")));
        await world.EditAsync("u1", new ContactEdit.JoinList("club"), new ContactEdit.SetProperty("plan", Value.Of("gold")));
        await world.EditAsync("other0", new ContactEdit.SetProperty("plan", Value.Of("silver")));
        await world.PublishAsync(Club(start));

        Assert.Equal(2, await StartedAsync(world));
        Assert.Empty(await world.EnrolmentsAsync("other0"));
    }

    /// <summary>They obey the journey's rules as everybody does.</summary>
    [Fact]
    public async Task Eligibility_filter_and_rate_hold_for_them()
    {
        await using var world = await WithMembersAsync(10, 0);
        for (var user = 0; user < 6; user++)
            await world.EditAsync($"u{user}", new ContactEdit.AddTag("reader"));
        await world.EditAsync("u0", new ContactEdit.AddTag("staff"));
        await world.PublishAsync(Club(OnTag.Replace("\"next\"", "\"filter\":{\"kind\":\"tag\",\"name\":\"reader\"},\"next\"", StringComparison.Ordinal),
            """{"exclusions":{"kind":"tag","name":"staff"},"entryRate":{"most":2,"per":"hour"} }"""));

        await world.AdvanceAsync(Duration.FromSeconds(2));
        var begun = (await world.FiguresAsync("club")).Arrived("rest");
        await world.AdvanceAsync(Duration.FromHours(4));

        Assert.InRange(begun, 1, 2);
        Assert.Equal(5, (await world.FiguresAsync("club")).Arrived("rest"));
    }

    [Fact]
    public async Task Nobody_comes_in_before_the_journeys_start()
    {
        await using var world = await WithMembersAsync(4, 0);
        await world.PublishAsync(Club(settings: """{"startsAt":"2026-03-03T09:00:00Z"}"""));
        Assert.Equal(0, await StartedAsync(world));
        await world.EditAsync("late", new ContactEdit.AddTag("vip"));
        await world.AdvanceToAsync(World.At("2026-03-03T09:00:00Z"));

        Assert.Equal(5, await StartedAsync(world));
    }

    [Fact]
    public async Task A_newer_version_takes_in_what_is_new_in_it_and_nobody_twice()
    {
        await using var world = await WithMembersAsync(3, 2);
        const string Again = """{"reEntry":{"kind":"always"} }""";
        await world.PublishAsync(Club(settings: Again));
        Assert.Equal(3, await StartedAsync(world));
        await world.PublishAsync(Club(OnTag.Replace("\"next\"", "\"name\":\"Members\",\"next\"", StringComparison.Ordinal), Again));
        Assert.Equal(3, await StartedAsync(world));

        await world.EditAsync("other0", new ContactEdit.AddTag("friend"));
        await world.PublishAsync(Club(OnTag + """,{"kind":"tagAdded","id":"friend","tag":"friend","currentToo":true,"next":"rest"}""", Again));
        Assert.Equal(4, await StartedAsync(world));
    }

    [Fact]
    public async Task A_paused_journey_takes_them_in_when_it_goes_on()
    {
        await using var world = await WithMembersAsync(3, 0);
        await world.PublishAsync(Club(OnTag.Replace("vip", "none", StringComparison.Ordinal)));
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("club"), false, world.Token));
        await world.PublishAsync(Club());
        Assert.Equal(0, await StartedAsync(world));
        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("club"), world.Token));

        Assert.Equal(3, await StartedAsync(world));
    }

    /// <summary>Whoever enters meanwhile by a stimulus is not entered again, also where everybody may come again.</summary>
    [Fact]
    public async Task Who_comes_in_meanwhile_is_not_entered_again()
    {
        await using var world = await WithMembersAsync(2, 0);
        await world.PublishAsync(Club(OnTag, """{"reEntry":{"kind":"always"},"startsAt":"2026-03-03T09:00:00Z"}"""));
        await world.CrashAsync(() => world.Clock.MoveTo(World.At("2026-03-03T09:00:00Z")));
        await world.EditAsync("u0", new ContactEdit.RemoveTag("vip"));
        await world.EditAsync("u0", new ContactEdit.AddTag("vip"));

        Assert.Equal(2, await StartedAsync(world));
    }
}
