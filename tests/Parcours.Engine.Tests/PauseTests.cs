using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Tests;

public sealed class PauseTests
{
    static async Task<World> WithAdaWaitingAsync()
    {
        var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Basket);
        await world.DoAsync("ada", "basket_filled", traits: """{"email":"ada@example.org"}""");
        return world;
    }

    /// <summary>Semantics 8.2: freeze keeps what remained of an elapsed wait.</summary>
    [Fact]
    public async Task A_frozen_journey_keeps_what_remained_of_each_wait()
    {
        await using var world = await WithAdaWaitingAsync();
        await world.AdvanceAsync(Duration.FromDays(1));
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("basket"), runOn: false, world.Token));

        await world.AdvanceAsync(Duration.FromDays(10));
        Assert.Empty(world.Mail.Sent);
        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("basket"), world.Token));
        var resumed = world.Clock.Now;
        await world.AdvanceAsync(Duration.FromDays(1) - Duration.FromSeconds(1));
        Assert.Empty(world.Mail.Sent);

        await world.AdvanceAsync(Duration.FromSeconds(1));
        Assert.Equal(resumed + Duration.FromDays(1), Assert.Single(world.Mail.Sent).Row.DecidedAt);
    }

    /// <summary>Semantics 8.2: run on, and the overdue go on at resume.</summary>
    [Fact]
    public async Task A_journey_whose_clocks_run_on_catches_up_at_resume()
    {
        await using var world = await WithAdaWaitingAsync();
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("basket"), runOn: true, world.Token));
        await world.AdvanceAsync(Duration.FromDays(10));
        Assert.Empty(world.Mail.Sent);

        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("basket"), world.Token));
        await world.Engine.SettleAsync(world.Token);

        Assert.Single(world.Mail.Sent);
    }

    /// <summary>Semantics 8.3: entries are refused with a reason; an awaited activity is noted and acts at resume.</summary>
    [Fact]
    public async Task While_paused_entries_are_refused_and_what_was_awaited_is_noted()
    {
        await using var world = await WithAdaWaitingAsync();
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("basket"), runOn: false, world.Token));

        await world.DoAsync("ben", "basket_filled");
        await world.DoAsync("ada", "purchase");

        Assert.Equal("paused", Assert.Single(await world.Engine.Queries.RefusalsAsync(new("basket"), null, 10, world.Token)).Reason);
        Assert.Null(Assert.Single(await world.EnrolmentsAsync("ada")).Outcome);

        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("basket"), world.Token));
        await world.Engine.SettleAsync(world.Token);
        Assert.Equal(Outcome.Successful, Assert.Single(await world.EnrolmentsAsync("ada")).Outcome);
    }

    /// <summary>Semantics 8.3: entries queue where it is so set; exits act on them, and the journey's end.</summary>
    [Fact]
    public async Task While_paused_entries_may_queue_and_go_on_with_the_journey()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync("""
            {"format":1,"id":"basket","name":"Basket","settings":{"whilePaused":"queue","exits":[{"name":"left","when":{"kind":"tag","name":"gone"}}]},
             "start":[{"kind":"event","id":"in","events":["basket_filled"],"next":"mark"}],
             "points":{"mark":{"kind":"addTag","tag":"in","next":"end"},"end":{"kind":"end","outcome":"completed"} } }
            """);
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("basket"), runOn: false, world.Token));

        await world.DoAsync("ada", "basket_filled");
        await world.DoAsync("ben", "basket_filled");
        await world.EditAsync("ben", new ContactEdit.AddTag("gone"));

        var figures = await world.FiguresAsync("basket");
        Assert.Equal((2, 1, 1), (figures.Started, figures.InProgress, figures.By(Outcome.Exited)));
        Assert.Empty(await world.Engine.Queries.RefusalsAsync(new("basket"), null, 10, world.Token));
        Assert.False((await world.ContactAsync("ada")).HasTag("in"));

        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("basket"), world.Token));
        await world.Engine.SettleAsync(world.Token);
        Assert.True((await world.ContactAsync("ada")).HasTag("in"));
        Assert.False((await world.ContactAsync("ben")).HasTag("in"));
        figures = await world.FiguresAsync("basket");
        Assert.Equal((2, 0, 1), (figures.Started, figures.InProgress, figures.By(Outcome.Completed)));
    }

    /// <summary>Semantics 8.3, 4.5: whoever merges while the journey's going on is told to everybody inside is not missed, though its winner was passed already and it is itself a tombstone by then.</summary>
    [Fact]
    public async Task What_was_noted_acts_also_for_one_who_merges_while_the_others_are_told()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Basket);
        await world.DoAsync("ada", "visit");
        await world.DoAsync("ben", "basket_filled");
        var (ada, ben) = ((await world.ContactAsync("ada")).Id, (await world.ContactAsync("ben")).Id);
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("basket"), runOn: false, world.Token));
        await world.DoAsync("ben", "purchase");

        // As it stands when the process dies after the journey went on and its first contacts were told; a merge lies in the journal.
        await world.CrashAsync(async () =>
        {
            await using var store = await world.OpenStoreAsync();
            await using var unit = await store.BeginAsync(PartitionSet.All, world.Token);
            var journey = JsonNode.Parse((await unit.ReadDocumentAsync("journey", "basket", world.Token))!.Json.Span)!;
            (journey["status"], journey["pausedAt"]) = (nameof(JourneyStatus.Live), null);
            await unit.WriteDocumentAsync("journey", "basket", JsonSerializer.SerializeToUtf8Bytes(journey), null, world.Clock.Now, world.Token);
            await unit.WriteDocumentAsync("job", "resume-basket", Encoding.UTF8.GetBytes($$"""{"kind":"resume","target":"basket","after":{{ada.Number}}}"""), null, world.Clock.Now, world.Token);
            await unit.AppendAsync([new(ben, [], SenderRights.Server, false, null, false, EntryKind.Merge, Origin.Person, world.Clock.Now, null, MergeBody.Of(ada))], world.Clock.Now, [], world.Token);
            await unit.CommitAsync(world.Token);
        });
        await world.Engine.SettleAsync(world.Token);

        var row = Assert.Single(await world.EnrolmentsAsync("ada"));
        Assert.Equal((ada, Outcome.Successful), (row.Contact, row.Outcome));
    }

    /// <summary>Semantics 8.1, 8.2: a pause stops two queues, whoever waits, and holds across a restart.</summary>
    [Fact]
    public async Task A_pause_holds_across_a_restart()
    {
        await using var world = await WithAdaWaitingAsync();
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("basket"), runOn: false, world.Token));
        await world.RestartAsync();
        await world.AdvanceAsync(Duration.FromDays(10));

        Assert.Empty(world.Mail.Sent);
        Assert.Equal(JourneyStatus.Paused, (await world.Engine.Catalogue.JourneyAsync(new("basket"), world.Token))!.Status);
    }

    /// <summary>Semantics 6.8: at the end nothing more fires and who is inside leaves, exited.</summary>
    [Fact]
    public async Task Ending_a_journey_takes_everybody_out()
    {
        await using var world = await WithAdaWaitingAsync();
        for (var contact = 0; contact < 450; contact++)
            await world.Engine.SubmitAsync([world.Event($"u{contact}", "basket_filled")], world.Token);

        World.Done(await world.Engine.Catalogue.EndJourneyAsync(new("basket"), world.Token));
        await world.AdvanceAsync(Duration.FromDays(10));

        var figures = await world.FiguresAsync("basket");
        Assert.Equal((451, 0, 451), (figures.Started, figures.InProgress, figures.By(Outcome.Exited)));
        Assert.Empty(world.Mail.Sent);
    }

    /// <summary>Semantics 6.8: the end in the settings is an instant of the whole journey.</summary>
    [Fact]
    public async Task A_journey_with_an_end_ends_by_itself()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        var end = (world.Clock.Now + Duration.FromDays(1)).ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", null);
        await world.PublishAsync(TestJourneys.Basket.Replace("\"settings\": {", $$"""
            "settings": { "endsAt": "{{end}}",
            """, StringComparison.Ordinal));
        await world.DoAsync("ada", "basket_filled", traits: """{"email":"ada@example.org"}""");

        await world.AdvanceAsync(Duration.FromDays(3));

        Assert.Equal(Outcome.Exited, Assert.Single(await world.EnrolmentsAsync("ada")).Outcome);
        Assert.Empty(world.Mail.Sent);
        Assert.Equal(JourneyStatus.Ended, (await world.Engine.Catalogue.JourneyAsync(new("basket"), world.Token))!.Status);
    }

    /// <summary>Semantics 8.7: an act by hand names what it saw.</summary>
    [Fact]
    public async Task Moving_somebody_who_has_gone_on_is_refused_with_where_they_are_now()
    {
        await using var world = await WithAdaWaitingAsync();
        var seen = Assert.Single(await world.EnrolmentsAsync("ada"));
        await world.AdvanceAsync(Duration.FromDays(2));

        var refused = await world.SubmitAsync(new() { Contact = seen.Contact, Origin = Origin.Person, Body = new SubmissionBody.Move(seen.Id, "gone", seen.Revision) });

        var why = Assert.Single(refused.Refusals);
        Assert.Equal((SubmissionOutcome.Refused, "moved-on", "later"), (refused.Outcome, why.Code, why.Where));

        var now = Assert.Single(await world.EnrolmentsAsync("ada"));
        var moved = await world.SubmitAsync(new() { Contact = seen.Contact, Origin = Origin.Person, Body = new SubmissionBody.Move(now.Id, "gone", now.Revision) });
        Assert.Equal(SubmissionOutcome.Accepted, moved.Outcome);
        Assert.Equal(Outcome.Unsuccessful, Assert.Single(await world.EnrolmentsAsync("ada")).Outcome);
    }

    /// <summary>Semantics 6.3: who is inside keeps the old version, new entries take the newest (6.5).</summary>
    [Fact]
    public async Task Publishing_again_leaves_those_inside_on_their_version()
    {
        await using var world = await WithAdaWaitingAsync();
        await world.PublishAsync(TestJourneys.Basket.Replace("P2D", "P5D", StringComparison.Ordinal));
        await world.DoAsync("ben", "basket_filled", traits: """{"email":"ben@example.org"}""");

        await world.AdvanceAsync(Duration.FromDays(2));
        Assert.Equal("ada@example.org", Assert.Single(world.Mail.Sent).Row.Address);
        Assert.Equal(1, Assert.Single(await world.EnrolmentsAsync("ada")).Version);
        Assert.Equal(2, Assert.Single(await world.EnrolmentsAsync("ben")).Version);

        await world.AdvanceAsync(Duration.FromDays(3));
        Assert.Equal(2, world.Mail.Sent.Count);
    }

    /// <summary>Semantics 6.2, 1.5: a publish is a control entry in every partition.</summary>
    [Fact]
    public async Task A_publish_is_in_the_order_of_every_partition()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Basket);

        var states = await world.Engine.Queries.StatesAsync(world.Token);
        await world.DoAsync("ada", "basket_filled");

        Assert.Equal(Partition.Count, states.Count);
        Assert.All(states, state => Assert.True(state.Tail > 0));
    }

    /// <summary>Semantics 6.1: one lock; who saw an older draft is told.</summary>
    [Fact]
    public async Task Two_people_cannot_publish_over_each_other_unseen()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        var first = Assert.IsType<CatalogueAnswer.Done>(await world.Engine.Catalogue.SaveJourneyAsync(new("basket"), System.Text.Encoding.UTF8.GetBytes(TestJourneys.Basket), 0, world.Token));
        World.Done(await world.Engine.Catalogue.SaveJourneyAsync(new("basket"), System.Text.Encoding.UTF8.GetBytes(TestJourneys.Basket.Replace("P2D", "P3D", StringComparison.Ordinal)), first.Document.Revision, world.Token));

        Assert.IsType<CatalogueAnswer.Conflict>(await world.Engine.Catalogue.PublishJourneyAsync(new("basket"), first.Document.Revision, world.Token));
        Assert.IsType<CatalogueAnswer.Conflict>(await world.Engine.Catalogue.SaveJourneyAsync(new("basket"), System.Text.Encoding.UTF8.GetBytes(TestJourneys.Basket), 0, world.Token));
    }
}
