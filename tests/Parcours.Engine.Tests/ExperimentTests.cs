using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Experiments and their winners: Semantics 6.2, 6.3, 6.13.</summary>
public sealed class ExperimentTests
{
    static string Journey(string fields = "", string first = "a", string note = "") => $$"""
        {
          "format": 1, "id": "trial", "name": "Trial",
          "settings": { "reEntry": { "kind": "afterLeaving" } },
          "start": [ { "kind": "event", "id": "in", "events": ["visit"], "next": "test" } ],
          "points": {
            "test": { "kind": "experiment", "paths": [ { "name": "{{first}}", "share": 50, "next": "x" }, { "name": "b", "share": 50, "next": "y" } ],
              "goal": { "kind": "event", "events": ["paid"] }, "within": "P3D", "leastPeople": 20, "leastTime": "P2D"{{fields}} },
            "x": { "kind": "addTag", "tag": "x", "next": "done"{{note}} },
            "y": { "kind": "addTag", "tag": "y", "next": "done" },
            "done": { "kind": "end", "outcome": "completed" }
          }
        }
        """;

    const string Automatic = ", \"winner\": \"automatically\"";

    static async Task<World> LiveAsync(string fields = "")
    {
        var world = await World.StartAsync();
        await world.PublishAsync(Journey(fields));
        return world;
    }

    static async Task<ExperimentReport> ReportAsync(World world) => Assert.Single(await world.Engine.Catalogue.ExperimentsAsync(new("trial"), world.Token));

    static async Task<IReadOnlyList<(string Path, long Exposed, long Converted)>> FiguresAsync(World world) =>
        [.. (await ReportAsync(world)).Verdict.Arms.Select(arm => (arm.Figures.Name, arm.Figures.Exposed, arm.Figures.Converted))];

    static async Task<string> PathAsync(World world, string user)
    {
        var contact = await world.ContactAsync(user);
        return contact.HasTag("x") && contact.HasTag("y") ? "both" : contact.HasTag("x") ? "a" : "b";
    }

    /// <summary>Everybody on b pays, and nobody on a.</summary>
    static async Task PeopleAsync(World world, int count)
    {
        for (var person = 0; person < count; person++)
        {
            await world.DoAsync($"p{person}", "visit");
            if (await PathAsync(world, $"p{person}") == "b")
                await world.DoAsync($"p{person}", "paid");
        }
    }

    [Fact]
    public async Task What_became_of_each_path_is_counted_also_after_the_journey()
    {
        await using var world = await LiveAsync();
        await PeopleAsync(world, 30);
        await PeopleAsync(world, 30);
        await world.RestartAsync();

        var figures = await FiguresAsync(world);
        Assert.Equal(30, figures.Sum(path => path.Exposed));
        Assert.All(figures, path => Assert.InRange(path.Exposed, 5, 25));
        Assert.Equal([0, figures[1].Exposed], figures.Select(path => path.Converted));
        Assert.Equal(0, (await world.FiguresAsync("trial")).InProgress);
    }

    /// <summary>Semantics 6.13: chosen once, at the first full hour at which the rules allow it, by a control entry.</summary>
    [Fact]
    public async Task The_engine_chooses_the_winner_once_the_rules_allow_it_and_all_who_come_later_take_its_path()
    {
        await using var world = await LiveAsync(Automatic);
        await world.AdvanceAsync(Duration.FromMinutes(30));
        await PeopleAsync(world, 120);
        await world.AdvanceToAsync(World.Monday9 + Duration.FromDays(2) - Duration.FromSeconds(1));
        Assert.Null((await ReportAsync(world)).Winner);

        await world.AdvanceAsync(Duration.FromSeconds(1));
        var winner = (await ReportAsync(world)).Winner!;
        Assert.Equal(("b", null, World.Monday9 + Duration.FromDays(2)), (winner.Path, winner.By, winner.At));
        var before = await FiguresAsync(world);
        for (var person = 200; person < 230; person++)
        {
            await world.DoAsync($"p{person}", "visit");
            Assert.Equal("b", await PathAsync(world, $"p{person}"));
        }

        Assert.Equal(before, await FiguresAsync(world));
        await world.AdvanceAsync(Duration.FromDays(3));
        Assert.Equal(winner, (await ReportAsync(world)).Winner);
        Assert.True((await ReportAsync(world)).Runs == Duration.FromDays(2));
    }

    [Fact]
    public async Task Without_a_difference_beyond_chance_it_looks_again_each_hour_and_a_restart_changes_nothing()
    {
        await using var world = await LiveAsync(Automatic);
        for (var person = 0; person < 60; person++)
            await world.DoAsync($"p{person}", "visit");
        await world.AdvanceAsync(Duration.FromDays(2) + Duration.FromMinutes(90));
        Assert.Null((await ReportAsync(world)).Winner);

        await world.RestartAsync();
        // Those of one path pay late, and still within their time.
        for (var person = 0; person < 60; person++)
            if (await PathAsync(world, $"p{person}") == "a")
                await world.DoAsync($"p{person}", "paid");
        Assert.Null((await ReportAsync(world)).Winner);
        await world.AdvanceAsync(Duration.FromMinutes(30));

        Assert.Equal(("a", World.Monday9 + Duration.FromDays(2) + Duration.FromHours(2)), (await ReportAsync(world)).Winner is { } winner ? (winner.Path, winner.At) : default);
    }

    /// <summary>Semantics 6.3: a dial, which survives a restart and can be turned back.</summary>
    [Fact]
    public async Task A_person_chooses_and_takes_back_and_then_the_engine_keeps_out()
    {
        await using var world = await LiveAsync(Automatic);
        World.Done(await world.Engine.Catalogue.ChooseWinnerAsync(new("trial"), "test", "a", "eva@example.org", world.Token));
        await world.RestartAsync();
        for (var person = 0; person < 20; person++)
        {
            await world.DoAsync($"w{person}", "visit");
            Assert.Equal("a", await PathAsync(world, $"w{person}"));
        }

        Assert.Equal("eva@example.org", (await ReportAsync(world)).Winner!.By);
        Assert.All(await FiguresAsync(world), path => Assert.Equal(0, path.Exposed));

        World.Done(await world.Engine.Catalogue.ChooseWinnerAsync(new("trial"), "test", null, "eva@example.org", world.Token));
        await PeopleAsync(world, 120);
        await world.AdvanceAsync(Duration.FromDays(5));
        Assert.Null((await ReportAsync(world)).Winner!.Path);
        Assert.Equal("b", (await ReportAsync(world)).Verdict.Winner);
        Assert.Equal(120, (await FiguresAsync(world)).Sum(path => path.Exposed));
    }

    [Fact]
    public async Task What_there_is_not_cannot_win()
    {
        await using var world = await LiveAsync();
        async Task<string> RefusedAsync(string journey, string point, string? path) =>
            await world.Engine.Catalogue.ChooseWinnerAsync(new(journey), point, path, "eva@example.org", world.Token) switch
            {
                CatalogueAnswer.Refused refused => Assert.Single(refused.Problems).Code,
                CatalogueAnswer.NotFound => "none",
                _ => "done",
            };

        Assert.Equal("none", await RefusedAsync("gone", "test", "a"));
        Assert.Equal("experiment.unknown", await RefusedAsync("trial", "x", "a"));
        Assert.Equal("experiment.path", await RefusedAsync("trial", "test", "c"));
        Assert.Equal("done", await RefusedAsync("trial", "test", "a"));
        World.Done(await world.Engine.Catalogue.EndJourneyAsync(new("trial"), world.Token));
        Assert.Equal("journey.not-live", await RefusedAsync("trial", "test", "b"));
    }

    /// <summary>A version that measures the same goes on with the experiment and its winner; another one begins anew.</summary>
    [Fact]
    public async Task A_version_that_asks_the_same_goes_on_and_another_begins_anew()
    {
        await using var world = await LiveAsync();
        await PeopleAsync(world, 20);
        World.Done(await world.Engine.Catalogue.ChooseWinnerAsync(new("trial"), "test", "b", "eva@example.org", world.Token));
        await world.PublishAsync(Journey(note: ", \"note\": \"new\""));
        await PeopleAsync(world, 20);

        Assert.Equal(20, (await FiguresAsync(world)).Sum(path => path.Exposed));
        Assert.Equal("b", (await ReportAsync(world)).Winner!.Path);
        Assert.Equal(World.Monday9, (await ReportAsync(world)).Began);

        await world.AdvanceAsync(Duration.FromHours(1));
        await world.PublishAsync(Journey(first: "other"));
        Assert.Equal(0, (await FiguresAsync(world)).Sum(path => path.Exposed));
        Assert.Null((await ReportAsync(world)).Winner);
        Assert.Equal(World.Monday9 + Duration.FromHours(1), (await ReportAsync(world)).Began);
        await world.DoAsync("p0", "visit");
        Assert.Equal(1, (await FiguresAsync(world)).Sum(path => path.Exposed));
    }

    /// <summary>Semantics 11.1: nobody counts on two paths, and of whom was counted no more can reach the goal than were there.</summary>
    [Fact]
    public async Task Nobody_ever_counts_on_two_paths()
    {
        await using var world = await LiveAsync(", \"holdOut\": 20, \"onHoldOut\": \"done\"");
        for (var round = 0; round < 3; round++)
        {
            for (var person = 0; person < 40; person++)
            {
                await world.DoAsync($"p{person}", "visit");
                await world.DoAsync($"p{person}", "paid");
            }

            await world.AdvanceAsync(Duration.FromDays(1));
        }

        for (var person = 0; person < 40; person++)
            Assert.NotEqual("both", await PathAsync(world, $"p{person}"));
        var report = await ReportAsync(world);
        Assert.Equal(40, report.Verdict.Arms.Sum(arm => arm.Figures.Exposed) + report.Verdict.HoldOut!.Figures.Exposed);
        Assert.Equal(40, report.Verdict.Arms.Sum(arm => arm.Figures.Converted) + report.Verdict.HoldOut.Figures.Converted);
        var counted = (await world.FiguresAsync("trial")).Counters;
        Assert.Equal(120, counted.Where(counter => counter.Key is { Kind: CounterKind.Left, Point: "test" }).Sum(counter => counter.Value));
    }
}
