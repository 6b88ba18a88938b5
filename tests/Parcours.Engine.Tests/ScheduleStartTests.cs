using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Starting points by schedule, by the whole engine. Semantics 6.12, 8.8.</summary>
public sealed class ScheduleStartTests
{
    static string Digest(string start = """ "repeats":"FREQ=DAILY","filter":{"kind":"tag","name":"reader"}""", string settings = """{"timeZone":"Europe/Paris","reEntry":{"kind":"afterLeaving"}}""") => $$$"""
        {"format":1,"id":"digest","name":"Digest","settings":{{{settings}}},
         "start":[{"kind":"schedule","id":"daily","date":"2026-03-02","time":"11:00",{{{start}}},"next":"end"}],
         "points":{"end":{"kind":"end","outcome":"completed"} } }
        """;

    static async Task ReadersAsync(World world, int count)
    {
        for (var user = 0; user < count; user++)
            await world.Engine.SubmitAsync([new()
            {
                Identities = [new(IdentityKind.UserId, $"u{user}")],
                Body = new SubmissionBody.Received(user % 2 == 0 ? [new ContactEdit.AddTag("reader")] : [], default, user % 2 == 0 ? null : "visit", default),
            }], world.Token);
        await world.Engine.SettleAsync(world.Token);
    }

    static async Task<long> RefusedAsync(World world, string reason) =>
        (await world.FiguresAsync("digest")).Counters.Where(pair => pair.Key.Kind == CounterKind.Refused && pair.Key.Edge == reason).Sum(pair => pair.Value);

    [Fact]
    public async Task At_each_moment_whoever_matches_comes_in_once()
    {
        await using var world = await World.StartAsync(new() { ItemsPerCommit = 50 });
        await ReadersAsync(world, 500);
        await world.PublishAsync(Digest());
        await world.AdvanceToAsync(World.At("2026-03-02T09:59:59Z"));
        Assert.Equal(0, (await world.FiguresAsync("digest")).Started);
        await world.AdvanceToAsync(World.At("2026-03-02T10:00:00Z"));
        Assert.Equal(250, (await world.FiguresAsync("digest")).Started);

        await world.EditAsync("u1", new ContactEdit.AddTag("reader"));
        await world.AdvanceAsync(Duration.FromDays(2));
        Assert.Equal(250 + 251 + 251, (await world.FiguresAsync("digest")).Started);
        Assert.All(await world.EnrolmentsAsync("u0"), enrolment => Assert.Equal(10, enrolment.StartedAt.InUtc().Hour));
        Assert.Empty(await world.EnrolmentsAsync("u3"));
    }

    /// <summary>Semantics 2.1: a condition on time is as of the moment.</summary>
    [Fact]
    public async Task A_segment_chooses_who_comes_in()
    {
        await using var world = await World.StartAsync();
        await world.SegmentAsync("fresh", """{"kind":"event","events":["visit"],"is":"did","window":{"last":"P1D"}}""");
        await world.DoAsync("ada", "visit");
        await world.PublishAsync(Digest(""" "repeats":"FREQ=DAILY;COUNT=3","filter":{"kind":"segment","name":"fresh"}"""));
        await world.AdvanceAsync(Duration.FromDays(9));

        Assert.Equal([World.At("2026-03-02T10:00:00Z")], (await world.EnrolmentsAsync("ada")).Select(enrolment => enrolment.StartedAt));
    }

    [Fact]
    public async Task A_fixed_moment_comes_once_and_one_that_has_passed_not_at_all()
    {
        await using var world = await World.StartAsync();
        await ReadersAsync(world, 2);
        await world.PublishAsync(Digest(""" "filter":{"kind":"not","of":{"kind":"tag","name":"nobody"} }"""));
        await world.AdvanceAsync(Duration.FromDays(1));
        Assert.Equal(2, (await world.FiguresAsync("digest")).Started);

        await world.PublishAsync(Digest(""" "name":"again","filter":{"kind":"not","of":{"kind":"tag","name":"nobody"} }"""));
        await world.AdvanceAsync(Duration.FromDays(400));
        Assert.Equal(2, (await world.FiguresAsync("digest")).Started);
    }

    /// <summary>A process that dies within the sweep goes on where it stood; one that dies after it does not begin it again.</summary>
    [Fact]
    public async Task It_comes_once_over_restarts()
    {
        await using var world = await World.StartAsync();
        await ReadersAsync(world, 10);
        await world.PublishAsync(Digest(""" "repeats":"FREQ=DAILY;COUNT=1","filter":{"kind":"tag","name":"reader"}"""));
        await world.AdvanceToAsync(World.At("2026-03-02T10:00:00Z"));
        await world.RestartAsync();
        await world.Engine.SettleAsync(world.Token);
        Assert.Equal(5, (await world.FiguresAsync("digest")).Started);

        var sixth = (await world.ContactAsync("u5")).Id.Number;
        await world.CrashAsync(async () =>
        {
            await using var store = await world.OpenStoreAsync();
            await using var unit = await store.BeginAsync(PartitionSet.All, world.Token);
            // As if it had come to six of the ten.
            var job = new OccurrenceJob(new("digest"), world.Clock.Now, ["daily"], sixth);
            await unit.WriteDocumentAsync("job", job.Id, job.ToJson(), null, world.Clock.Now, world.Token);
            await unit.CommitAsync(world.Token);
        });
        await world.Engine.SettleAsync(world.Token);
        Assert.Equal(5 + 2, (await world.FiguresAsync("digest")).Started);
    }

    /// <summary>Semantics 6.12: whoever was down for three days has one moment to catch up, not three.</summary>
    [Fact]
    public async Task What_nobody_ran_is_caught_up_once()
    {
        await using var world = await World.StartAsync();
        await ReadersAsync(world, 2);
        await world.PublishAsync(Digest());
        await world.CrashAsync(() => world.Clock.MoveTo(World.At("2026-03-05T12:00:00Z")));
        await world.Engine.SettleAsync(world.Token);
        await world.AdvanceAsync(Duration.FromHours(1));
        Assert.Equal(1, (await world.FiguresAsync("digest")).Started);

        await world.AdvanceAsync(Duration.FromDays(1));
        Assert.Equal(2, (await world.FiguresAsync("digest")).Started);
    }

    /// <summary>Semantics 8.3, 6.8: paused, it refuses with the reason; ended, nothing comes.</summary>
    [Fact]
    public async Task Paused_it_refuses_and_ended_it_is_over()
    {
        await using var world = await World.StartAsync();
        await ReadersAsync(world, 4);
        await world.PublishAsync(Digest());
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("digest"), false, world.Token));
        await world.AdvanceAsync(Duration.FromHours(12));
        Assert.Equal((0, 2), ((await world.FiguresAsync("digest")).Started, await RefusedAsync(world, "paused")));
        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("digest"), world.Token));
        World.Done(await world.Engine.Catalogue.EndJourneyAsync(new("digest"), world.Token));
        await world.AdvanceAsync(Duration.FromDays(3));

        Assert.Equal((0, 2), ((await world.FiguresAsync("digest")).Started, await RefusedAsync(world, "paused")));
    }

    /// <summary>The journey ends at the very moment: nothing comes any more (Semantics 6.8).</summary>
    [Fact]
    public async Task An_end_at_the_moment_comes_first()
    {
        await using var world = await World.StartAsync();
        await ReadersAsync(world, 2);
        await world.PublishAsync(Digest(settings: """{"timeZone":"Europe/Paris","endsAt":"2026-03-02T10:00:00Z"}"""));
        await world.AdvanceAsync(Duration.FromDays(2));

        Assert.Equal(0, (await world.FiguresAsync("digest")).Started);
    }

    /// <summary>Whoever edits the draft meanwhile is not told of somebody else's edit.</summary>
    [Fact]
    public async Task A_moment_is_no_edit_of_the_journey()
    {
        await using var world = await World.StartAsync();
        await ReadersAsync(world, 2);
        await world.PublishAsync(Digest());
        var revision = (await world.Engine.Catalogue.JourneyAsync(new("digest"), world.Token))!.Revision;
        await world.AdvanceAsync(Duration.FromDays(2));

        Assert.IsType<CatalogueAnswer.Done>(await world.Engine.Catalogue.SaveJourneyAsync(new("digest"), System.Text.Encoding.UTF8.GetBytes(Digest()), revision, world.Token));
    }
}
