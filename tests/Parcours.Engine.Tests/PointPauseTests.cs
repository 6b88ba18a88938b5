using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Work;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Tests;

/// <summary>Semantics 8.3: one point is paused: contacts gather there, the rest moves, the clocks run on. And 8.2: a pause that ends by itself.</summary>
public sealed class PointPauseTests
{
    const string Journey = """
        {
          "format": 1, "id": "way", "name": "Way",
          "settings": { "reEntry": { "kind": "afterLeaving" }, "email": { "topic": "shop-news", "purpose": "transactional" }, "exits": [ { "name": "gone", "when": { "kind": "event", "events": ["gone"], "is": "did" } } ] },
          "start": [ { "kind": "event", "id": "in", "events": ["in"], "next": "rest" } ],
          "points": {
            "rest": { "kind": "delay", "for": "P1D", "next": "mail" },
            "mail": { "kind": "sendEmail", "content": "hello", "next": "hope" },
            "hope": { "kind": "waitFor", "activities": [ { "kind": "event", "events": ["bought"] } ], "timeout": "P2D", "next": "won", "onTimeout": "lost" },
            "won": { "kind": "end", "outcome": "successful" },
            "lost": { "kind": "end", "outcome": "unsuccessful" }
          }
        }
        """;

    static async Task<World> StartAsync()
    {
        var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(Journey);
        return world;
    }

    static async Task PauseAsync(World world, string point) => World.Done(await world.Engine.Catalogue.PausePointAsync(new("way"), point, world.Token));

    static async Task ResumeAsync(World world, string point)
    {
        World.Done(await world.Engine.Catalogue.ResumePointAsync(new("way"), point, world.Token));
        await world.AdvanceAsync(Duration.FromMilliseconds(1));
    }

    static async Task<EnrolmentState.Waiting> WaitingAsync(World world, string user = "ada") =>
        Assert.IsType<EnrolmentState.Waiting>(Assert.Single((await world.ContactAsync(user)).Enrolments).State);

    const string Ada = """{"email":"ada@example.org"}""";

    [Fact]
    public async Task Who_comes_gathers_before_a_paused_point_and_goes_on_with_it()
    {
        await using var world = await StartAsync();
        await PauseAsync(world, "mail");
        await world.DoAsync("ada", "in", traits: Ada);
        await world.AdvanceAsync(Duration.FromDays(2));

        var waiting = await WaitingAsync(world);
        Assert.Equal(("mail", "point-paused", null, World.Monday9 + Duration.FromDays(1)), (waiting.Point, waiting.Wait.Reason, waiting.Wait.Due, waiting.Since));
        Assert.Empty(world.Mail.Sent);
        await world.RestartAsync();
        Assert.Contains("mail", (await world.Engine.Catalogue.JourneyAsync(new("way"), world.Token))!.Dials.HeldPoints);
        await ResumeAsync(world, "mail");

        Assert.Single(world.Mail.Sent);
        Assert.Equal("hope", (await WaitingAsync(world)).Point);
        var figures = await world.FiguresAsync("way");
        Assert.Equal(1, figures.Decided);
    }

    /// <summary>Who is due stays; the clocks run on: who was due meanwhile goes on at once, whose time comes later at that time.</summary>
    [Fact]
    public async Task Who_is_due_at_a_paused_point_stays_until_it_goes_on()
    {
        await using var world = await StartAsync();
        await world.DoAsync("ada", "in", traits: Ada);
        await world.AdvanceAsync(Duration.FromHours(20));
        await world.DoAsync("bea", "in", traits: """{"email":"bea@example.org"}""");
        await PauseAsync(world, "rest");
        await world.AdvanceAsync(Duration.FromHours(10));

        Assert.Equal(("rest", World.Monday9 + Duration.FromDays(1)), ((await WaitingAsync(world)).Point, (await WaitingAsync(world)).Wait.Due!.Value));
        await world.RestartAsync();
        Assert.Empty(world.Mail.Sent);
        await ResumeAsync(world, "rest");
        Assert.Equal("ada@example.org", Assert.Single(world.Mail.Sent).Row.Address);
        await world.AdvanceToAsync(World.Monday9 + Duration.FromHours(44));
        Assert.Equal(2, world.Mail.Sent.Count);
    }

    /// <summary>An awaited activity is noted and acts when the point goes on, before the time-out that passed meanwhile; exits act at once; others move.</summary>
    [Fact]
    public async Task What_happens_meanwhile_is_noted_and_exits_act()
    {
        await using var world = await StartAsync();
        foreach (var user in new[] { "ada", "bea", "cem" })
            await world.DoAsync(user, "in", traits: $$"""{"email":"{{user}}@example.org"}""");
        await world.AdvanceAsync(Duration.FromDays(1));
        await PauseAsync(world, "hope");
        await world.DoAsync("ada", "bought");
        await world.DoAsync("cem", "gone");
        await world.DoAsync("dan", "in", traits: """{"email":"dan@example.org"}""");
        await world.AdvanceAsync(Duration.FromDays(3));

        Assert.True((await WaitingAsync(world)).Wait.Noted);
        Assert.Equal(Outcome.Exited, Assert.Single(await world.EnrolmentsAsync("cem")).Outcome);
        Assert.Equal(("hope", "point-paused"), ((await WaitingAsync(world, "dan")).Point, (await WaitingAsync(world, "dan")).Wait.Reason));
        await world.DoAsync("dan", "bought"); // Not awaited yet: it was not let in.
        await ResumeAsync(world, "hope");

        Assert.Equal(Outcome.Successful, Assert.Single(await world.EnrolmentsAsync("ada")).Outcome);
        Assert.Equal(Outcome.Unsuccessful, Assert.Single(await world.EnrolmentsAsync("bea")).Outcome);
        // The clock of its time-out has run since it came: the two days are over.
        Assert.Equal(Outcome.Unsuccessful, Assert.Single(await world.EnrolmentsAsync("dan")).Outcome);
    }

    /// <summary>A pause of the whole journey goes before, and the point stays paused when that is over.</summary>
    [Fact]
    public async Task A_paused_point_stays_paused_over_a_pause_of_the_journey()
    {
        await using var world = await StartAsync();
        await PauseAsync(world, "mail");
        await world.DoAsync("ada", "in", traits: Ada);
        await world.AdvanceAsync(Duration.FromDays(1));
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("way"), false, world.Token));
        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("way"), world.Token));
        await world.AdvanceAsync(Duration.FromHours(1));
        Assert.Equal("point-paused", (await WaitingAsync(world)).Wait.Reason);

        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("way"), false, world.Token));
        await ResumeAsync(world, "mail");
        Assert.Empty(world.Mail.Sent);
        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("way"), world.Token));
        await world.AdvanceAsync(Duration.FromMilliseconds(1));
        Assert.Single(world.Mail.Sent);
    }

    const string Sub = """{ "format": 1, "id": "sub", "name": "Sub", "settings": { "reEntry": { "kind": "afterLeaving" } }, "start": [ { "kind": "hand", "id": "in", "next": "wait" } ], "points": { "wait": { "kind": "waitFor", "activities": [ { "kind": "event", "events": ["done"] } ], "next": "end" }, "end": { "kind": "end", "outcome": "successful" } } }""";

    static string Parent(string timeout) => $$"""
        { "format": 1, "id": "way", "name": "Way", "settings": { "reEntry": { "kind": "afterLeaving" } }, "start": [ { "kind": "event", "id": "in", "events": ["in"], "next": "run" } ],
          "points": { "run": { "kind": "runJourney", "journey": "sub", "timeout": "{{timeout}}", "paths": [ { "name": "won", "outcomes": [ "successful" ], "next": "won" } ], "otherwise": "rest" },
                      "won": { "kind": "end", "outcome": "successful" }, "rest": { "kind": "end", "outcome": "completed" } } }
        """;

    /// <summary>What came of what was asked before the pause is kept with the wait, and acts.</summary>
    [Fact]
    public async Task How_a_sub_journey_ended_meanwhile_is_known_when_the_point_goes_on()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Sub);
        await world.PublishAsync(Parent("P7D"));
        await world.DoAsync("ada", "in");
        await PauseAsync(world, "run");
        await world.DoAsync("ada", "done");
        Assert.Single((await world.ContactAsync("ada")).Enrolments);
        await ResumeAsync(world, "run");

        Assert.Equal(Outcome.Successful, Assert.Single(await world.EnrolmentsAsync("ada"), row => row.Journey == new JourneyId("way")).Outcome);
    }

    [Fact]
    public async Task Which_activity_came_first_meanwhile_is_known_when_the_point_goes_on()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync("""
            { "format": 1, "id": "way", "name": "Way", "settings": { "reEntry": { "kind": "afterLeaving" } }, "start": [ { "kind": "event", "id": "in", "events": ["in"], "next": "which" } ],
              "points": { "which": { "kind": "waitForFirst", "paths": [ { "name": "a", "activities": [ { "kind": "event", "events": ["a"] } ], "next": "lost" }, { "name": "b", "activities": [ { "kind": "event", "events": ["b"] } ], "next": "won" } ], "timeout": "P2D", "onTimeout": "lost" },
                          "won": { "kind": "end", "outcome": "successful" }, "lost": { "kind": "end", "outcome": "unsuccessful" } } }
            """);
        await world.DoAsync("ada", "in");
        await PauseAsync(world, "which");
        await world.DoAsync("ada", "b");
        await world.DoAsync("ada", "a");
        await ResumeAsync(world, "which");

        Assert.Equal(Outcome.Successful, Assert.Single(await world.EnrolmentsAsync("ada")).Outcome);
    }

    /// <summary>Semantics 6.5: a new version over a paused point lets nobody in again; whoever waits for an answer goes on waiting for that one.</summary>
    [Fact]
    public async Task A_version_that_comes_meanwhile_asks_nothing_twice()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Sub);
        await world.PublishAsync(Parent("P7D"));
        await world.DoAsync("ada", "in");
        await PauseAsync(world, "run");
        World.Done(await world.Engine.Catalogue.SaveJourneyAsync(new("way"), System.Text.Encoding.UTF8.GetBytes(Parent("P9D")), null, world.Token));
        World.Done(await world.Engine.Catalogue.PublishJourneyAsync(new("way"), null, new(null, null, [new PeopleRule("run", null, PeopleFate.Move, null)]), world.Token));
        await world.Engine.SettleAsync(world.Token);
        Assert.Equal("sub-journey", ((EnrolmentState.Waiting)(await world.ContactAsync("ada")).Enrolments.Single(one => one.Journey == new JourneyId("way")).State).Wait.Reason);
        await ResumeAsync(world, "run");
        await world.DoAsync("ada", "done");

        Assert.Equal(Outcome.Successful, Assert.Single(await world.EnrolmentsAsync("ada"), row => row.Journey == new JourneyId("way")).Outcome);
        Assert.Equal(1, (await world.FiguresAsync("sub")).Started);
    }

    /// <summary>Of two pauses that end one soon after the other each tells everybody: neither takes the other's place, in this process or another.</summary>
    [Fact]
    public void Two_pauses_that_end_together_tell_everybody_of_both()
    {
        var (first, second) = (new SweepJob(new("way"), SweepKind.Resume, 17, 0), new SweepJob(new("way"), SweepKind.Resume, 18, 0));

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal((17L, "way"), (Job.Read(first.ToJson()).UpTo, Job.Read(first.ToJson()).Target));
        Assert.StartsWith(SweepJob.Stem(new("way"), SweepKind.Resume) + SweepJob.OrderMark, first.Id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_order_that_makes_no_sense_is_refused()
    {
        await using var world = await StartAsync();
        Assert.Equal("point.unknown", Assert.Single(Assert.IsType<CatalogueAnswer.Refused>(await world.Engine.Catalogue.PausePointAsync(new("way"), "none", world.Token)).Problems).Code);
        Assert.Equal("point.not-paused", Assert.Single(Assert.IsType<CatalogueAnswer.Refused>(await world.Engine.Catalogue.ResumePointAsync(new("way"), "mail", world.Token)).Problems).Code);
        Assert.IsType<CatalogueAnswer.NotFound>(await world.Engine.Catalogue.PausePointAsync(new("none"), "mail", world.Token));
        await PauseAsync(world, "mail");
        await PauseAsync(world, "mail");
        Assert.Equal("journey.resumes-at", Assert.Single(Assert.IsType<CatalogueAnswer.Refused>(await world.Engine.Catalogue.PauseJourneyAsync(new("way"), false, World.Monday9, world.Token)).Problems).Code);
    }

    /// <summary>Semantics 8.2: a pause that is set begins and ends by itself, at its moments, with the policy that was chosen; a restart between keeps it, and who pauses or ends before takes it back.</summary>
    [Fact]
    public async Task A_pause_begins_by_itself_at_its_time_and_ends_so()
    {
        await using var world = await StartAsync();
        await world.DoAsync("ada", "in", traits: Ada);
        World.Done(await world.Engine.Catalogue.SchedulePauseAsync(new("way"), World.Monday9 + Duration.FromHours(3), false, null, world.Token));
        World.Done(await world.Engine.Catalogue.SchedulePauseAsync(new("way"), World.Monday9 + Duration.FromHours(6), false, World.Monday9 + Duration.FromDays(3), world.Token));
        await world.RestartAsync();
        await world.AdvanceToAsync(World.Monday9 + Duration.FromHours(6) - Duration.FromSeconds(1));
        Assert.Equal(JourneyStatus.Live, (await JourneyAsync(world)).Status);

        await world.AdvanceAsync(Duration.FromSeconds(1));
        var paused = await JourneyAsync(world);
        Assert.Equal((JourneyStatus.Paused, World.Monday9 + Duration.FromHours(6), null), (paused.Status, paused.Dials.PausedAt, paused.Dials.PausesAt));
        await world.AdvanceToAsync(World.Monday9 + Duration.FromDays(3));
        Assert.Equal(JourneyStatus.Live, (await JourneyAsync(world)).Status);
        // Of a day six hours had passed; the rest of it begins with the end of the pause.
        await world.AdvanceToAsync(World.Monday9 + Duration.FromDays(3) + Duration.FromHours(18) - Duration.FromSeconds(1));
        Assert.Empty(world.Mail.Sent);
        await world.AdvanceAsync(Duration.FromSeconds(1));
        Assert.Single(world.Mail.Sent);
    }

    [Fact]
    public async Task A_pause_that_is_set_is_taken_back()
    {
        await using var world = await StartAsync();
        World.Done(await world.Engine.Catalogue.SchedulePauseAsync(new("way"), World.Monday9 + Duration.FromHours(3), true, null, world.Token));
        World.Done(await world.Engine.Catalogue.CancelPauseAsync(new("way"), world.Token));
        await world.AdvanceAsync(Duration.FromHours(4));
        Assert.Equal(JourneyStatus.Live, (await JourneyAsync(world)).Status);

        World.Done(await world.Engine.Catalogue.SchedulePauseAsync(new("way"), World.Monday9 + Duration.FromHours(6), true, null, world.Token));
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("way"), false, world.Token));
        Assert.Null((await JourneyAsync(world)).Dials.PausesAt);
        Assert.Equal("journey.not-live", await WhyAsync(world.Engine.Catalogue.SchedulePauseAsync(new("way"), World.Monday9 + Duration.FromHours(8), true, null, world.Token)));
        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("way"), world.Token));
        await world.AdvanceAsync(Duration.FromHours(4));
        Assert.Equal(JourneyStatus.Live, (await JourneyAsync(world)).Status);
    }

    [Fact]
    public async Task A_pause_lies_in_the_future_and_ends_after_it_begins()
    {
        await using var world = await StartAsync();
        var catalogue = world.Engine.Catalogue;

        Assert.Equal("journey.pauses-at", await WhyAsync(catalogue.SchedulePauseAsync(new("way"), World.Monday9, false, null, world.Token)));
        Assert.Equal("journey.resumes-at", await WhyAsync(catalogue.SchedulePauseAsync(new("way"), World.Monday9 + Duration.FromHours(2), false, World.Monday9 + Duration.FromHours(2), world.Token)));
        Assert.Equal("journey.no-pause-set", await WhyAsync(catalogue.CancelPauseAsync(new("way"), world.Token)));
        Assert.IsType<CatalogueAnswer.NotFound>(await catalogue.SchedulePauseAsync(new("none"), World.Monday9 + Duration.FromHours(2), false, null, world.Token));
    }

    static async Task<string> WhyAsync(Task<CatalogueAnswer> ordered) => Assert.Single(Assert.IsType<CatalogueAnswer.Refused>(await ordered).Problems).Code;

    static async Task<JourneyDocument> JourneyAsync(World world) => (await world.Engine.Catalogue.JourneyAsync(new("way"), world.Token))!;

    /// <summary>Semantics 8.2: what remained of a delay remains, counted from the moment at which the pause ends by itself; a restart keeps that, and the end can be moved.</summary>
    [Fact]
    public async Task A_pause_ends_by_itself_at_its_time()
    {
        await using var world = await StartAsync();
        await world.DoAsync("ada", "in", traits: Ada);
        await world.AdvanceAsync(Duration.FromHours(6));
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("way"), false, World.Monday9 + Duration.FromDays(2), world.Token));
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("way"), false, World.Monday9 + Duration.FromDays(3), world.Token));
        await world.RestartAsync();
        await world.AdvanceToAsync(World.Monday9 + Duration.FromDays(3) - Duration.FromSeconds(1));
        Assert.Equal(JourneyStatus.Paused, (await world.Engine.Catalogue.JourneyAsync(new("way"), world.Token))!.Status);
        await world.AdvanceAsync(Duration.FromSeconds(1));

        var journey = (await world.Engine.Catalogue.JourneyAsync(new("way"), world.Token))!;
        Assert.Equal((JourneyStatus.Live, null), (journey.Status, journey.Dials.ResumesAt));
        await world.AdvanceToAsync(World.Monday9 + Duration.FromDays(3) + Duration.FromHours(18) - Duration.FromSeconds(1));
        Assert.Empty(world.Mail.Sent);
        await world.AdvanceAsync(Duration.FromSeconds(1));
        Assert.Single(world.Mail.Sent);
    }
}
