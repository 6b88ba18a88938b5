using System.Text;
using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Tests;

/// <summary>Semantics 6.2, 6.3: shares and the entry rate are set by control entries while a version runs, and listed with who and when.</summary>
public sealed class DialTests
{
    static string Journey(int a = 100, string rate = "", string more = "") => $$"""
        {
          "format": 1, "id": "halves", "name": "Halves", "settings": { "reEntry": { "kind": "afterLeaving" }{{rate}} },
          "start": [ { "kind": "event", "id": "in", "events": ["in"], "next": "half" } ],
          "points": {
            "half": { "kind": "split", "paths": [ { "name": "a", "share": {{a}}, "next": "x" }, { "name": "b", "share": {{100 - a}}, "next": "y" } ] },
            "x": { "kind": "addTag", "tag": "x", "next": "done" },
            "y": { "kind": "addTag", "tag": "y{{more}}", "next": "done" },
            "done": { "kind": "end", "outcome": "completed" }
          }
        }
        """;

    static async Task<World> LiveAsync(string? journey = null)
    {
        var world = await World.StartAsync();
        await world.PublishAsync(journey ?? Journey());
        return world;
    }

    static Task<CatalogueAnswer> SharesAsync(World world, decimal a, decimal? b = null) =>
        world.Engine.Catalogue.SetSharesAsync(new("halves"), "half", [new("b", b ?? 100 - a), new("a", a)], "eva@example.org", world.Token);

    static async Task<string> WayAsync(World world, string user)
    {
        await world.DoAsync(user, "in");
        return (await world.ContactAsync(user)).HasTag("x") ? "a" : "b";
    }

    static LiveJourney Live(World world) => world.Engine.Current.Journeys.Single();

    [Fact]
    public async Task Shares_hold_from_their_control_entry_on_without_a_new_version_and_after_a_restart()
    {
        await using var world = await LiveAsync();
        Assert.Equal("a", await WayAsync(world, "ada"));

        World.Done(await SharesAsync(world, 0));

        Assert.Equal("b", await WayAsync(world, "ben"));
        Assert.Equal(1, Live(world).Newest);
        await world.RestartAsync();
        Assert.Equal("b", await WayAsync(world, "cleo"));
        var change = Assert.Single(await world.Engine.Catalogue.DialChangesAsync(new("halves"), world.Token));
        Assert.Equal((world.Clock.Now, "eva@example.org", 1, "half"), (change.At, change.By, change.Version, change.Point));
        Assert.Equal([new PathShare("a", 0), new PathShare("b", 100)], change.Paths);
        // What holds already is not set again.
        World.Done(await SharesAsync(world, 0));
        Assert.Single(await world.Engine.Catalogue.DialChangesAsync(new("halves"), world.Token));
    }

    [Fact]
    public async Task A_newer_version_with_the_same_split_goes_on_with_what_was_set_and_one_with_other_shares_begins_with_its_own()
    {
        await using var world = await LiveAsync();
        World.Done(await SharesAsync(world, 0));

        await world.PublishAsync(Journey(more: "-too"));
        Assert.Equal("b", await WayAsync(world, "ada"));
        await world.PublishAsync(Journey(a: 99));
        Assert.Null(Live(world).Dials.SharesAt("half", Live(world).Versions[3].Points[0].Split!.Fingerprint));
        await world.PublishAsync(Journey());
        Assert.Equal("b", await WayAsync(world, "ben"));
    }

    [Fact]
    public async Task What_cannot_be_set_is_refused_with_its_reason()
    {
        await using var world = await LiveAsync();
        async Task<string> CodeAsync(Task<CatalogueAnswer> answer) => Assert.IsType<CatalogueAnswer.Refused>(await answer).Problems.Single().Code;
        Task<CatalogueAnswer> Set(string point, params PathShare[] paths) => world.Engine.Catalogue.SetSharesAsync(new("halves"), point, paths, null, world.Token);

        Assert.Equal("dial.no-split", await CodeAsync(Set("x", new("a", 50), new PathShare("b", 50))));
        Assert.Equal("dial.paths", await CodeAsync(Set("half", new PathShare("a", 100))));
        Assert.Equal("dial.paths", await CodeAsync(Set("half", new("a", 50), new PathShare("a", 50))));
        Assert.Equal(ProblemCodes.SplitShare, await CodeAsync(Set("half", new("a", 150), new PathShare("b", -50))));
        Assert.Equal(ProblemCodes.SplitSum, await CodeAsync(SharesAsync(world, 50, 40)));
        Assert.Equal(ProblemCodes.EntryRate, await CodeAsync(world.Engine.Catalogue.SetEntryRateAsync(new("halves"), new() { Most = 0, Per = RatePeriod.Day }, null, world.Token)));
        Assert.IsType<CatalogueAnswer.NotFound>(await world.Engine.Catalogue.SetSharesAsync(new("none"), "half", [], null, world.Token));

        World.Done(await world.Engine.Catalogue.EndJourneyAsync(new("halves"), world.Token));
        await world.Engine.SettleAsync(world.Token);
        Assert.Equal("dial.not-live", await CodeAsync(SharesAsync(world, 50)));
        Assert.Empty(await world.Engine.Catalogue.DialChangesAsync(new("halves"), world.Token));
    }

    /// <summary>Semantics 9.3: changing a rate touches no waiting row.</summary>
    [Fact]
    public async Task Another_entry_rate_lets_in_those_who_stand_in_line_by_it_and_none_all_of_them()
    {
        await using var world = await LiveAsync(Journey(rate: """, "entryRate": { "most": 1, "per": "hour" }"""));
        for (var user = 0; user < 6; user++)
            await world.DoAsync($"user-{user}", "in");
        async Task<long> InAsync() => (await world.FiguresAsync("halves")).Left("in");
        Task<CatalogueAnswer> Set(EntryRateSetting? rate) => world.Engine.Catalogue.SetEntryRateAsync(new("halves"), rate, "eva@example.org", world.Token);
        Assert.Equal(1, await InAsync());

        World.Done(await Set(new() { Most = 1, Per = RatePeriod.Minute }));
        await world.AdvanceAsync(Duration.FromMinutes(2));
        Assert.Equal(3, await InAsync());
        World.Done(await Set(null));
        await world.AdvanceAsync(Duration.FromSeconds(1));
        Assert.Equal(6, await InAsync());
        await world.DoAsync("user-9", "in");
        Assert.Equal(7, (await world.FiguresAsync("halves")).Ended);

        // Where the version has none, one can be set too.
        World.Done(await Set(new() { Most = 1, Per = RatePeriod.Day }));
        await world.DoAsync("user-10", "in");
        await world.DoAsync("user-11", "in");
        await world.AdvanceAsync(Duration.FromHours(1));
        Assert.True((await world.FiguresAsync("halves")).InProgress >= 1);
        Assert.Equal([RatePeriod.Day, null, RatePeriod.Minute], (await world.Engine.Catalogue.DialChangesAsync(new("halves"), world.Token)).Select(change => change.Rate?.Per));

        // A version that says another one begins with its own.
        await world.PublishAsync(Journey(rate: """, "entryRate": { "most": 5, "per": "day" }"""));
        Assert.Equal(5, Live(world).EntryRate?.Most);
    }

    /// <summary>A deleted journey's are none of one that has its id later.</summary>
    [Fact]
    public async Task A_new_journey_of_the_same_name_has_nothing_set()
    {
        await using var world = await LiveAsync();
        World.Done(await SharesAsync(world, 0));
        World.Done(await world.Engine.Catalogue.EndJourneyAsync(new("halves"), world.Token));
        await world.Engine.SettleAsync(world.Token);
        World.Done(await world.Engine.Catalogue.DeleteJourneyAsync(new("halves"), null, world.Token));
        await world.AdvanceAsync(Duration.FromMinutes(1));

        await world.PublishAsync(Journey());

        Assert.Equal("a", await WayAsync(world, "ada"));
        Assert.Empty(await world.Engine.Catalogue.DialChangesAsync(new("halves"), world.Token));
    }
}
