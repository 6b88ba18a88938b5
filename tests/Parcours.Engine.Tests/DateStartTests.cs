using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Starting points on dates, by the whole engine. Semantics 6.11, 7.6.</summary>
public sealed class DateStartTests
{
    static string Renewal(string time = "10:00", string more = "", string start = "") => $$$"""
        {"format":1,"id":"renewal","name":"Renewal","settings":{"timeZone":"Europe/Paris","reEntry":{"kind":"afterLeaving"}},
         "start":[{"kind":"date","id":"due","property":"renews_on","time":"{{{time}}}"{{{more}}},"next":"end"}{{{start}}}],
         "points":{"end":{"kind":"end","outcome":"completed"} } }
        """;

    static Task<SubmissionResult> RenewsAsync(World world, string user, string day) => world.EditAsync(user, new ContactEdit.SetProperty("renews_on", Value.Of(NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value)));
    static async Task<IEnumerable<Instant>> EntriesAsync(World world, string user) => (await world.EnrolmentsAsync(user)).Select(enrolment => enrolment.StartedAt).Order();

    /// <summary>Semantics 6.10: whoever has the date already is armed by a sweep, in slices; what had passed is not caught up.</summary>
    [Fact]
    public async Task Whoever_has_the_date_when_it_goes_live_comes_in_when_it_comes()
    {
        await using var world = await World.StartAsync(new() { ItemsPerCommit = 50 });
        for (var user = 0; user < 300; user++)
            await world.Engine.SubmitAsync([new()
            {
                Identities = [new(IdentityKind.UserId, $"u{user}")],
                Body = new SubmissionBody.Received([new ContactEdit.SetProperty("renews_on", Value.Of(new LocalDate(2026, 3, 1 + user % 3)))], default, null, default),
                Origin = Origin.Person,
            }], world.Token);

        await world.PublishAsync(Renewal("11:00"));
        Assert.Equal(0, (await world.FiguresAsync("renewal")).Started);
        await world.AdvanceToAsync(World.At("2026-03-02T10:00:00Z"));
        // The first of March was yesterday; in Paris it is eleven.
        Assert.Equal(100, (await world.FiguresAsync("renewal")).Started);

        await world.AdvanceAsync(Duration.FromDays(30));
        Assert.Equal(200, (await world.FiguresAsync("renewal")).Started);
        Assert.Empty(await world.EnrolmentsAsync("u0"));
        Assert.Equal([World.At("2026-03-03T10:00:00Z")], await EntriesAsync(world, "u2"));
    }

    [Fact]
    public async Task What_is_ahead_outlives_a_restart()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Renewal());
        await RenewsAsync(world, "ada", "2026-03-10");
        await world.RestartAsync();
        await world.AdvanceAsync(Duration.FromDays(5));
        await RenewsAsync(world, "ada", "2026-03-20");
        await world.RestartAsync();
        await world.AdvanceAsync(Duration.FromDays(30));

        Assert.Equal([World.At("2026-03-20T09:00:00Z")], await EntriesAsync(world, "ada"));
    }

    /// <summary>A process that died within the sweep goes on where it stood, and reckons from when the journey went live.</summary>
    [Fact]
    public async Task A_sweep_goes_on_after_a_restart_and_catches_up_what_came_meanwhile()
    {
        await using var world = await World.StartAsync();
        await RenewsAsync(world, "ada", "2026-03-02");
        await RenewsAsync(world, "bob", "2026-03-02");
        await world.PublishAsync(Renewal("09:59"));
        var first = Math.Min((await world.ContactAsync("ada")).Id.Number, (await world.ContactAsync("bob")).Id.Number);
        await world.CrashAsync(async () =>
        {
            await using var store = await world.OpenStoreAsync();
            await using var unit = await store.BeginAsync(PartitionSet.All, world.Token);
            // As if it had gone live two minutes before ten in Paris, and had come to one of the two.
            await unit.WriteDocumentAsync("job", "arm-renewal", new JobDocument("arm", "renewal", first, Since: World.At("2026-03-02T08:58:00Z").ToMicroseconds()).ToJson(), null, world.Clock.Now, world.Token);
            await unit.CommitAsync(world.Token);
        });
        await world.Engine.SettleAsync(world.Token);

        Assert.Equal(1, (await world.FiguresAsync("renewal")).Started);
    }

    /// <summary>A version with another time is reckoned anew; one with the same dates sweeps nobody.</summary>
    [Fact]
    public async Task A_new_version_comes_by_its_own_time()
    {
        await using var world = await World.StartAsync();
        await RenewsAsync(world, "ada", "2026-03-10");
        await RenewsAsync(world, "bob", "2026-03-02");
        await world.PublishAsync(Renewal());
        await world.AdvanceToAsync(World.At("2026-03-02T10:00:00Z"));
        var bursts = world.Engine.Figures.Bursts;
        await world.PublishAsync(Renewal(start: """,{"kind":"hand","id":"desk","next":"end"}"""));
        Assert.Equal(bursts, world.Engine.Figures.Bursts);

        await world.PublishAsync(Renewal("18:00"));
        await world.AdvanceAsync(Duration.FromDays(30));

        Assert.Equal([World.At("2026-03-10T17:00:00Z")], await EntriesAsync(world, "ada"));
        // That day has come for bob already.
        Assert.Equal([World.At("2026-03-02T09:00:00Z")], await EntriesAsync(world, "bob"));
    }

    /// <summary>Semantics 7.7: a journey that waits for its memory arms its contacts when it is live.</summary>
    [Fact]
    public async Task A_journey_that_was_filled_first_arms_then()
    {
        await using var world = await World.StartAsync();
        await world.DoAsync("ada", "order");
        await RenewsAsync(world, "ada", "2026-03-10");
        await RenewsAsync(world, "bob", "2026-03-10");
        await world.PublishAsync(Renewal(more: ""","filter":{"kind":"event","events":["order"],"is":"did"}"""));
        await world.AdvanceAsync(Duration.FromDays(30));

        Assert.Single(await world.EnrolmentsAsync("ada"));
        Assert.Empty(await world.EnrolmentsAsync("bob"));
    }

    /// <summary>Semantics 8.3: paused, it refuses with the reason; ended, nothing comes.</summary>
    [Fact]
    public async Task Paused_it_refuses_and_ended_it_is_over()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Renewal());
        await RenewsAsync(world, "ada", "2026-03-03");
        await RenewsAsync(world, "bob", "2026-03-05");
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("renewal"), false, world.Token));
        await world.AdvanceAsync(Duration.FromDays(2));
        Assert.Equal(1, (await world.FiguresAsync("renewal")).Counters.Where(pair => pair.Key is { Kind: CounterKind.Refused, Edge: "paused" }).Sum(pair => pair.Value));

        World.Done(await world.Engine.Catalogue.EndJourneyAsync(new("renewal"), world.Token));
        await world.AdvanceAsync(Duration.FromDays(9));
        Assert.Equal(0, (await world.FiguresAsync("renewal")).Started);
        Assert.Empty((await world.ContactAsync("bob")).Dates);
    }

    /// <summary>Semantics 8.6: a new time-zone database moves what is ahead.</summary>
    [Fact]
    public async Task A_new_time_zone_database_reckons_anew()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Renewal());
        await RenewsAsync(world, "ada", "2026-03-10");
        await world.RestartAsync();
        await world.Engine.SettleAsync(world.Token);
        Assert.Equal(0, world.Engine.Figures.Bursts);

        world.Options = world.Options with { Zones = new ZoneDatabaseTests.ParisAhead() };
        await world.RestartAsync();
        await world.Engine.SettleAsync(world.Token);
        Assert.Equal(1, world.Engine.Figures.Bursts);
    }

    /// <summary>Semantics 4.5, 4.6: the day of a merged contact comes to the winner, once.</summary>
    [Fact]
    public async Task The_date_of_a_merged_contact_comes_to_the_winner()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync(Renewal());
        await world.DoAsync("ada", "visit");
        await RenewsAsync(world, "bob", "2026-03-03");
        var (ada, bob) = ((await world.ContactAsync("ada")).Id, (await world.ContactAsync("bob")).Id);
        await world.SubmitAsync(new() { Contact = ada, Origin = Origin.Person, Body = new SubmissionBody.Merge(bob) });
        await world.AdvanceAsync(Duration.FromDays(9));

        Assert.Equal(1, (await world.FiguresAsync("renewal")).Started);
        Assert.Equal([World.At("2026-03-03T09:00:00Z")], await EntriesAsync(world, "ada"));
    }
}
