using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Tests;

/// <summary>Publishing over people inside: Semantics 6.4 and 6.5.</summary>
public sealed class VersionTests
{
    /// <summary>Waits two days, then tags; whoever is tagged goes on to a wait without end.</summary>
    const string First = """
        {
          "format": 1, "id": "steps", "name": "Steps", "settings": { "reEntry": { "kind": "afterLeaving" } },
          "start": [ { "kind": "event", "id": "in", "events": ["in"], "next": "pause" } ],
          "points": {
            "pause": { "kind": "delay", "for": "P2D", "next": "tag" },
            "tag": { "kind": "addTag", "tag": "first", "next": "rest" },
            "rest": { "kind": "waitFor", "activities": [ { "kind": "event", "events": ["go"] } ], "next": "done" },
            "done": { "kind": "end", "outcome": "completed" }
          }
        }
        """;

    static string Changed(Action<JsonObject> change)
    {
        var journey = JsonNode.Parse(First)!.AsObject();
        change(journey);
        return journey.ToJsonString();
    }

    static string TagsSecond { get; } = Changed(journey => journey["points"]!["tag"]!["tag"] = "second");

    static async Task<CatalogueAnswer> PublishAsync(World world, string journey, params PeopleRule[] people)
    {
        World.Done(await world.Engine.Catalogue.SaveJourneyAsync(new("steps"), Encoding.UTF8.GetBytes(journey), null, world.Token));
        var answer = await world.Engine.Catalogue.PublishJourneyAsync(new("steps"), null, new("Ada", "a note", people), world.Token);
        await world.Engine.SettleAsync(world.Token);
        return answer;
    }

    static async Task<World> WithAdaAsync()
    {
        var world = await World.StartAsync();
        World.Done(await PublishAsync(world, First));
        await world.DoAsync("ada", "in");
        await world.AdvanceAsync(Duration.FromDays(1));
        return world;
    }

    static PeopleRule Move(string point, string? to = null) => new(point, null, PeopleFate.Move, to);

    static async Task<(int Version, string? Point, Outcome? Outcome)> StandsAsync(World world, string user = "ada")
    {
        var row = Assert.Single(await world.EnrolmentsAsync(user));
        await BalanceAsync(world);
        return (row.Version, row.Point, row.Outcome);
    }

    /// <summary>Semantics 11.1, version by version and point by point.</summary>
    static async Task BalanceAsync(World world)
    {
        var counters = (await world.FiguresAsync("steps")).Counters;
        var enrolments = new List<Enrolment>();
        foreach (var user in (string[])["ada", "ben"])
            if (await world.Engine.Queries.ContactByIdentityAsync(new(IdentityKind.UserId, user), world.Token) is { } id)
                enrolments.AddRange((await world.Engine.ContactAsync(id, world.Token))!.Enrolments);
        foreach (var version in counters.Keys.Select(key => key.Version).Where(version => version > 0).Distinct())
        {
            long Of(CounterKind kind, string? point = null) => counters.Where(pair => pair.Key.Kind == kind && pair.Key.Version == version && (point is null || pair.Key.Point == point)).Sum(pair => pair.Value);
            var inside = enrolments.Where(enrolment => enrolment.Version == version).ToList();
            Assert.Equal(Of(CounterKind.Started) + Of(CounterKind.MovedIn), inside.Count + Of(CounterKind.Ended) + Of(CounterKind.MovedOut));
            foreach (var point in counters.Keys.Where(key => key.Kind == CounterKind.Arrived && key.Version == version).Select(key => key.Point).Distinct())
                Assert.Equal(Of(CounterKind.Arrived, point), inside.Count(enrolment => ((EnrolmentState.Waiting)enrolment.State).Point == point) + Of(CounterKind.Left, point));
        }
    }

    /// <summary>Semantics 6.4: who is not spoken of is kept, goes on as it began, and new entries take the newest version (6.5).</summary>
    [Fact]
    public async Task Who_is_not_named_goes_on_in_the_version_that_it_is_in()
    {
        await using var world = await WithAdaAsync();
        World.Done(await PublishAsync(world, TagsSecond));
        await world.DoAsync("ben", "in");

        await world.AdvanceAsync(Duration.FromDays(3));

        Assert.Equal((1, "rest", null), await StandsAsync(world));
        Assert.True((await world.ContactAsync("ada")).HasTag("first"));
        Assert.True((await world.ContactAsync("ben")).HasTag("second"));
    }

    /// <summary>Semantics 6.5: a wait that was not changed keeps its due time; what lies ahead is the new version's.</summary>
    [Fact]
    public async Task A_moved_wait_keeps_its_due_time()
    {
        await using var world = await WithAdaAsync();
        World.Done(await PublishAsync(world, TagsSecond, Move("pause")));
        Assert.Equal((2, "pause", null), await StandsAsync(world));

        await world.AdvanceAsync(Duration.FromDays(1) - Duration.FromSeconds(1));
        Assert.Equal("pause", (await StandsAsync(world)).Point);
        await world.AdvanceAsync(Duration.FromSeconds(1));

        Assert.Equal((2, "rest", null), await StandsAsync(world));
        Assert.True((await world.ContactAsync("ada")).HasTag("second"));
        Assert.False((await world.ContactAsync("ada")).HasTag("first"));
    }

    /// <summary>Semantics 6.5: a changed one is reckoned anew from the arrival, never before now.</summary>
    [Theory]
    [InlineData("P5D", 4)]
    [InlineData("PT36H", 0.5)]
    [InlineData("PT1H", 0)]
    public async Task A_changed_wait_is_reckoned_anew_from_the_arrival(string duration, double daysLeft)
    {
        await using var world = await WithAdaAsync();
        World.Done(await PublishAsync(world, Changed(journey => journey["points"]!["pause"]!["for"] = duration), Move("pause")));

        if (daysLeft > 0)
        {
            await world.AdvanceAsync(Duration.FromDays(daysLeft) - Duration.FromSeconds(1));
            Assert.Equal((2, "pause", null), await StandsAsync(world));
            await world.AdvanceAsync(Duration.FromSeconds(1));
        }

        Assert.Equal((2, "rest", null), await StandsAsync(world));
    }

    /// <summary>Semantics 6.4: moved to another point, it arrives there; passed points are not run again (6.5).</summary>
    [Fact]
    public async Task Who_is_moved_to_another_point_arrives_there()
    {
        await using var world = await WithAdaAsync();
        World.Done(await PublishAsync(world, Changed(journey =>
        {
            var points = journey["points"]!.AsObject();
            points.Remove("pause");
            journey["start"]![0]!["next"] = "tag";
        }), Move("pause", "tag")));

        Assert.Equal((2, "rest", null), await StandsAsync(world));
        Assert.True((await world.ContactAsync("ada")).HasTag("first"));
    }

    /// <summary>Semantics 6.4: restart and exit.</summary>
    [Fact]
    public async Task Who_restarts_begins_the_new_version_and_who_exits_leaves()
    {
        await using var world = await WithAdaAsync();
        await world.AdvanceAsync(Duration.FromDays(1));
        await world.DoAsync("ben", "in");
        World.Done(await PublishAsync(world, TagsSecond, new("rest", 1, PeopleFate.Restart, null), new("pause", null, PeopleFate.Exit, null)));

        Assert.Equal((2, "pause", null), await StandsAsync(world));
        Assert.Equal((1, "pause", Outcome.Exited), await StandsAsync(world, "ben"));

        await world.AdvanceAsync(Duration.FromDays(2));
        Assert.True((await world.ContactAsync("ada")).HasTag("second"));
    }

    /// <summary>Semantics 6.4: it is whoever stood there at the publishing. Who was kept and comes to another point later is not moved then.</summary>
    [Fact]
    public async Task Who_was_kept_is_not_asked_again_at_its_next_point()
    {
        await using var world = await WithAdaAsync();
        World.Done(await PublishAsync(world, TagsSecond, Move("rest")));

        await world.AdvanceAsync(Duration.FromDays(1));
        await world.DoAsync("ada", "anything");
        Assert.Equal((1, "rest", null), await StandsAsync(world));

        // The next publisher is asked of it again.
        World.Done(await PublishAsync(world, First, Move("rest")));
        Assert.Equal((3, "rest", null), await StandsAsync(world));
        await world.DoAsync("ada", "go");
        Assert.Equal((3, "done", Outcome.Completed), await StandsAsync(world));
    }

    /// <summary>A goal or an exit of the new version that holds already acts on who comes over.</summary>
    [Fact]
    public async Task An_exit_of_the_new_version_acts_on_who_comes_over()
    {
        await using var world = await WithAdaAsync();
        await world.EditAsync("ada", new ContactEdit.AddTag("bought"));
        World.Done(await PublishAsync(world, Changed(journey => journey["settings"]!["exits"] = new JsonArray(new JsonObject { ["name"] = "bought", ["when"] = new JsonObject { ["kind"] = "tag", ["name"] = "bought" } })), Move("pause")));

        Assert.Equal((2, "pause", Outcome.Exited), await StandsAsync(world));
    }

    /// <summary>Semantics 6.4, 8.3: in a pause nothing steps; they come over when the journey goes on.</summary>
    [Fact]
    public async Task In_a_pause_they_come_over_when_the_journey_goes_on()
    {
        await using var world = await WithAdaAsync();
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("steps"), runOn: false, world.Token));
        World.Done(await PublishAsync(world, TagsSecond, Move("pause", "tag")));
        Assert.Equal((1, "pause", null), await StandsAsync(world));

        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("steps"), world.Token));
        await world.Engine.SettleAsync(world.Token);
        Assert.Equal((2, "rest", null), await StandsAsync(world));
    }

    /// <summary>Semantics 6.4: it holds from the publishing on. A process that dies before everybody is told goes on with the telling.</summary>
    [Fact]
    public async Task A_restart_loses_nobody()
    {
        await using var world = await WithAdaAsync();
        World.Done(await world.Engine.Catalogue.SaveJourneyAsync(new("steps"), Encoding.UTF8.GetBytes(TagsSecond), null, world.Token));
        await world.Engine.Catalogue.PublishJourneyAsync(new("steps"), null, new(null, null, [Move("pause", "tag")]), world.Token);
        await world.RestartAsync();
        await world.Engine.SettleAsync(world.Token);

        Assert.Equal((2, "rest", null), await StandsAsync(world));
    }

    /// <summary>Every rule that names what there is not is told at once, and nothing is published.</summary>
    [Fact]
    public async Task Rules_that_do_not_fit_are_all_told()
    {
        await using var world = await WithAdaAsync();
        var answer = await PublishAsync(world, TagsSecond, new("nowhere", null, PeopleFate.Keep, null), new("pause", 2, PeopleFate.Exit, null), Move("pause", "nowhere"), new("pause", null, PeopleFate.Restart, "tag"));

        Assert.Equal(
            ["publish.point /people/0/point", "publish.version /people/1/version", "publish.to /people/2/to", "publish.to /people/3/to"],
            Assert.IsType<CatalogueAnswer.Refused>(answer).Problems.Select(problem => $"{problem.Code} {problem.Path}"));
        Assert.Equal(1, (await world.Engine.Catalogue.JourneyAsync(new("steps"), world.Token))!.Live);
    }
}
