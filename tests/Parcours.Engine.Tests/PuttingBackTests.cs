using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Tests;

/// <summary>Semantics 3.8 over a store: what failed is kept, found and put back.</summary>
public sealed class PuttingBackTests
{
    /// <summary>Goes round every minute, and fails at the hundred and first visit (Semantics 3.5).</summary>
    const string Rounds = """
        {
          "format": 1, "id": "rounds", "name": "Rounds", "settings": { "reEntry": { "kind": "afterLeaving" } },
          "start": [ { "kind": "event", "id": "in", "events": ["in"], "next": "again" }, { "kind": "hand", "id": "hand", "next": "rest" } ],
          "points": {
            "again": { "kind": "delay", "for": "PT1M", "next": "tag" },
            "tag": { "kind": "addTag", "tag": "round", "next": "again" },
            "rest": { "kind": "waitFor", "activities": [ { "kind": "event", "events": ["go"] } ], "next": "done" },
            "done": { "kind": "end", "outcome": "completed" }
          }
        }
        """;

    static string Changed(Action<JsonObject> change)
    {
        var journey = JsonNode.Parse(Rounds)!.AsObject();
        change(journey);
        return journey.ToJsonString();
    }

    static string Mended { get; } = Changed(journey => journey["points"]!["tag"]!["next"] = "rest");

    static string Gone { get; } = Changed(journey =>
    {
        journey["start"]![0]!["next"] = "rest";
        journey["points"]!.AsObject().Remove("again");
        journey["points"]!.AsObject().Remove("tag");
    });

    static async Task PublishAsync(World world, string journey, params PeopleRule[] people)
    {
        World.Done(await world.Engine.Catalogue.SaveJourneyAsync(new("rounds"), Encoding.UTF8.GetBytes(journey), null, world.Token));
        World.Done(await world.Engine.Catalogue.PublishJourneyAsync(new("rounds"), null, new("Ada", "a note", people), world.Token));
        await world.Engine.SettleAsync(world.Token);
    }

    static async Task<World> FailedAsync()
    {
        var world = await World.StartAsync();
        await PublishAsync(world, Rounds);
        await world.DoAsync("ada", "in", """{"size":"44"}""");
        await world.AdvanceAsync(Duration.FromMinutes(100));
        return world;
    }

    static async Task<SubmissionResult> PutBackAsync(World world, EnrolmentRow row, bool newest) =>
        await world.SubmitAsync(new() { Contact = row.Contact, Origin = Origin.Person, CreatesContact = false, Body = new SubmissionBody.PutBack(row.Id, row.Revision, newest) });

    static async Task<IReadOnlyList<EnrolmentRow>> FailedAsync(World world, string? point = null) => await world.Engine.Queries.FailedAsync(new("rounds"), point, null, 10, world.Token);

    static async Task BalanceAsync(World world)
    {
        var (figures, rows) = (await world.FiguresAsync("rounds"), await world.EnrolmentsAsync("ada"));
        Assert.Equal(rows.Count(row => row.Outcome is null), figures.InProgress);
        Assert.Equal((await FailedAsync(world)).Count, figures.By(Outcome.Failed));
        Assert.Equal(figures.Arrived("again"), figures.Left("again") + rows.Count(row => row.Outcome is null && row.Point == "again"));
    }

    [Fact]
    public async Task What_failed_is_found_by_its_point_and_goes_on_after_a_restart_in_the_version_that_is_live()
    {
        await using var world = await FailedAsync();
        var failed = Assert.Single(await FailedAsync(world, "again"));
        Assert.Equal(("again: Visited more than 100 times.", Outcome.Failed), (failed.Why, failed.Outcome));
        await world.RestartAsync();

        // In its own version nothing has changed: it fails again.
        Assert.Equal(SubmissionOutcome.Accepted, (await PutBackAsync(world, failed, newest: false)).Outcome);
        var again = Assert.Single(await FailedAsync(world));
        Assert.True(again.Revision > failed.Revision);
        await BalanceAsync(world);
        Assert.Equal("failed-again", (await PutBackAsync(world, failed, newest: true)).Refusals.Single().Code);

        await PublishAsync(world, Mended);
        Assert.Equal(SubmissionOutcome.Accepted, (await PutBackAsync(world, again, newest: true)).Outcome);

        var row = Assert.Single(await world.EnrolmentsAsync("ada"));
        Assert.Equal((2, "rest", (Outcome?)null), (row.Version, row.Point, row.Outcome));
        Assert.Equal("44", EnrolmentCodec.Read(row.Body.Span).Data["size"].AsText);
        Assert.Empty(await FailedAsync(world));
        await BalanceAsync(world);
        Assert.Equal("not-failed", (await PutBackAsync(world, again, newest: true)).Refusals.Single().Code);
        await world.DoAsync("ada", "go");
        Assert.Equal(Outcome.Completed, Assert.Single(await world.EnrolmentsAsync("ada")).Outcome);
        await BalanceAsync(world);
    }

    /// <summary>Semantics 6.4: what a publisher has said of those who stand there holds of who comes back there too.</summary>
    [Fact]
    public async Task Who_is_put_back_goes_where_a_publisher_has_sent_those_who_stood_there()
    {
        await using var world = await FailedAsync();
        await PublishAsync(world, Gone, new PeopleRule("again", null, PeopleFate.Move, "rest"));

        Assert.Equal(SubmissionOutcome.Accepted, (await PutBackAsync(world, Assert.Single(await FailedAsync(world)), newest: false)).Outcome);

        var row = Assert.Single(await world.EnrolmentsAsync("ada"));
        Assert.Equal((2, "rest", (Outcome?)null), (row.Version, row.Point, row.Outcome));
        await BalanceAsync(world);
    }

    [Fact]
    public async Task Into_a_version_without_its_point_nobody_is_put_back()
    {
        await using var world = await FailedAsync();
        await PublishAsync(world, Gone);
        var failed = Assert.Single(await FailedAsync(world));

        Assert.Equal("unknown-point", (await PutBackAsync(world, failed, newest: true)).Refusals.Single().Code);
        Assert.Equal(failed.Revision, Assert.Single(await FailedAsync(world)).Revision);
        await BalanceAsync(world);
    }

    /// <summary>Semantics 8.2: put back before its time has come, it waits for what remains.</summary>
    [Fact]
    public async Task A_wait_that_is_not_over_has_its_timer_again()
    {
        await using var world = await World.StartAsync();
        await PublishAsync(world, Changed(journey =>
        {
            journey["points"]!["again"]!["for"] = "PT3H";
            journey["points"]!["tag"]!["next"] = "rest";
        }));
        await world.DoAsync("ada", "in");
        await world.AdvanceAsync(Duration.FromHours(1));
        var row = Assert.Single(await world.EnrolmentsAsync("ada"));
        // Too many visits are the one thing that fails by itself: moved to where it stands, again and again.
        for (var times = 0; Assert.Single(await world.EnrolmentsAsync("ada")) is { Outcome: null } now; times++)
            await world.SubmitAsync(new() { Contact = row.Contact, Origin = Origin.Person, Body = new SubmissionBody.Move(now.Id, "again", now.Revision) });
        var failed = Assert.Single(await FailedAsync(world));

        Assert.Equal(SubmissionOutcome.Accepted, (await PutBackAsync(world, failed, newest: false)).Outcome);
        Assert.Equal("again", Assert.Single(await world.EnrolmentsAsync("ada")).Point);
        await world.AdvanceAsync(Duration.FromHours(3) - Duration.FromSeconds(1));
        Assert.Equal("again", Assert.Single(await world.EnrolmentsAsync("ada")).Point);
        await world.AdvanceAsync(Duration.FromSeconds(1));
        Assert.Equal("rest", Assert.Single(await world.EnrolmentsAsync("ada")).Point);
    }

    /// <summary>Semantics 4.7: it belongs to the winner, and once.</summary>
    [Fact]
    public async Task What_failed_goes_along_in_a_merge()
    {
        await using var world = await FailedAsync();
        var loser = (await world.ContactAsync("ada")).Id;
        await world.IdentifyAsync("ben", "{}");
        var winner = (await world.ContactAsync("ben")).Id;
        await world.SubmitAsync(new() { Contact = winner, Origin = Origin.Person, Body = new SubmissionBody.Merge(loser) });
        await world.Engine.SettleAsync(world.Token);
        await PublishAsync(world, Mended);

        var failed = Assert.Single(await FailedAsync(world));
        Assert.Equal(winner, failed.Contact);
        Assert.Equal(SubmissionOutcome.Accepted, (await PutBackAsync(world, failed, newest: true)).Outcome);

        Assert.Equal("rest", Assert.Single(await world.Engine.Queries.EnrolmentsOfAsync(winner, 10, world.Token)).Point);
        Assert.Equal((1, 1, 0), ((await world.FiguresAsync("rounds")).Started, (await world.FiguresAsync("rounds")).InProgress, (await world.FiguresAsync("rounds")).By(Outcome.Failed)));
    }

    /// <summary>Semantics 12.1: nothing is kept of who is erased.</summary>
    [Fact]
    public async Task Who_is_erased_cannot_be_put_back()
    {
        await using var world = await FailedAsync();
        var failed = Assert.Single(await FailedAsync(world));
        await world.SubmitAsync(new() { Contact = failed.Contact, Origin = Origin.Person, CreatesContact = false, Body = new SubmissionBody.Erase() });
        await world.Engine.SettleAsync(world.Token);

        Assert.Empty(await FailedAsync(world));
        Assert.Equal(SubmissionOutcome.UnknownContact, (await PutBackAsync(world, failed, newest: false)).Outcome);
        var figures = await world.FiguresAsync("rounds");
        Assert.Equal((1, 0, 1), (figures.Started, figures.InProgress, figures.By(Outcome.Failed)));
        Assert.Equal(0, figures.Counters.Where(pair => pair.Key.Kind == CounterKind.Failed).Sum(pair => pair.Value));
    }
}
