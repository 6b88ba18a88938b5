using System.Text;
using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Testing;

namespace Parcours.Engine.Tests;

/// <summary>Many timers, many messages: what waits for later costs nothing now, and keeps nobody else waiting.</summary>
public sealed class ManyWaitTests
{
    /// <summary>Semantics 8.1: only what is due soon is in memory.</summary>
    [Fact]
    public async Task Those_who_wait_for_days_do_not_keep_others_from_their_timers()
    {
        await using var world = await World.StartAsync(new() { TimersAhead = 10 });
        await world.ShopNewsAsync();
        for (var journey = 0; journey < 3; journey++)
            await world.PublishAsync(TestJourneys.Basket.Replace("\"basket\"", $"\"basket-{journey}\"", StringComparison.Ordinal));
        await world.PublishAsync(TestJourneys.Welcome);
        for (var user = 0; user < 20; user++)
            await world.DoAsync($"u-{user}", "basket_filled");
        await world.RestartAsync();

        for (var user = 0; user < 20; user++)
            await world.DoAsync($"v-{user}", "signed_up", traits: """{"plan":"free"}""");
        await world.AdvanceAsync(Duration.FromSeconds(2));

        Assert.Equal((20, 20), ((await world.FiguresAsync("welcome")).Started, (await world.FiguresAsync("welcome")).Ended));
        await world.AdvanceAsync(Duration.FromDays(4));
        for (var journey = 0; journey < 3; journey++)
            Assert.Equal(20, (await world.FiguresAsync($"basket-{journey}")).By(Outcome.Unsuccessful));
    }

    /// <summary>Semantics 7.6: one flip timer a contact, also in memory.</summary>
    [Fact]
    public async Task A_contact_of_many_events_fills_the_heap_with_one_flip_timer()
    {
        await using var world = await World.StartAsync(new() { TimersAhead = 50 });
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Welcome);
        await world.SegmentAsync("buyers", """{"kind":"event","events":["purchase"],"window":{"last":"PT4S"}}""");
        await world.DoAsync("ada", "purchase");
        for (var i = 0; i < 200; i++)
            await world.DoAsync("ada", "visit");
        await world.DoAsync("bob", "signed_up", traits: """{"plan":"free"}""");

        await world.AdvanceAsync(Duration.FromSeconds(1));
        Assert.Equal(1, (await world.FiguresAsync("welcome")).Ended);
        Assert.Equal(1, await world.MembersAsync("buyers"));
        await world.AdvanceAsync(Duration.FromSeconds(4));
        Assert.Equal(0, await world.MembersAsync("buyers"));
    }

    /// <summary>Semantics 10.6: an exit cancels the unsent messages, also those whose turn to be claimed it is in the very same commit.</summary>
    [Fact]
    public async Task An_exit_in_the_commit_that_would_claim_a_message_comes_first()
    {
        await using var world = await World.StartAsync(new() { MessagesInFlight = 1 });
        await world.ShopNewsAsync();
        await world.PublishAsync(Sale);
        Task? exit = null;
        world.Mail.Answer = message =>
        {
            // While the first is on its way the second waits for its place; now its contact buys.
            exit ??= world.Engine.SubmitAsync([world.Event("bob", "purchase")], world.Token);
            return new(SendOutcome.Sent);
        };

        await world.Engine.SubmitAsync([world.Event("ada", "sale", traits: Mail("ada")), world.Event("bob", "sale", traits: Mail("bob"))], world.Token);
        await world.Engine.SettleAsync(world.Token);
        await exit!;
        await world.Engine.SettleAsync(world.Token);

        var figures = await world.FiguresAsync("sale");
        Assert.Equal((1, 1), (figures.Settled("sent"), figures.Settled("cancelled")));
        Assert.Single(world.Mail.Sent);
    }

    [Fact]
    public async Task All_messages_go_though_few_may_be_on_their_way_and_others_are_held()
    {
        await using var world = await World.StartAsync(new() { MessagesInFlight = 2 });
        await world.ShopNewsAsync();
        await world.PublishAsync(Sale);
        await world.PublishAsync(Sale.Replace("sale", "held", StringComparison.Ordinal));
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order", Duration.FromMinutes(1));
        for (var user = 0; user < 40; user++)
            await world.DoAsync($"h-{user}", "held", traits: Mail($"h-{user}"));
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("held"), false, world.Token));
        world.Mail.Answer = _ => new(SendOutcome.Sent);

        await world.Engine.SubmitAsync([.. Enumerable.Range(0, 50).Select(user => world.Event($"u-{user}", "sale", traits: Mail($"u-{user}")))], world.Token);
        await world.AdvanceAsync(Duration.FromHours(1));
        Assert.Equal(50, world.Mail.Sent.Count);

        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("held"), world.Token));
        await world.AdvanceAsync(Duration.FromHours(1));
        Assert.Equal(90, world.Mail.Sent.Count);
    }

    /// <summary>A failure of the store after a commit undoes nothing of it and repeats nothing.</summary>
    [Fact]
    public async Task What_was_settled_is_not_settled_again_when_a_later_write_fails()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(Sale);
        await world.DoAsync("ada", "sale", traits: Mail("ada"));

        await Assert.ThrowsAsync<StoreException>(() => world.Engine.WriteAsync<int>((_, _) => throw new StoreException("no more"), world.Token));
        await world.Engine.SettleAsync(world.Token);

        Assert.Equal(1, (await world.FiguresAsync("sale")).Settled("sent"));
        Assert.Equal(1, world.Engine.Figures.MessagesSent);
    }

    [Fact]
    public async Task Commands_are_carried_out_while_the_provider_hangs_and_more_messages_wait()
    {
        var folder = Directory.CreateTempSubdirectory("parcours-hang-").FullName;
        var mail = new TestChannel { Hangs = new() };
        await using (var store = await TestStore.OpenAsync(folder))
        await using (var engine = await JourneyEngine.StartAsync(store, new() { MessagesInFlight = 1, Senders = 1 }, [mail], TimeProvider.System, null, TestContext.Current.CancellationToken))
        {
            var token = TestContext.Current.CancellationToken;
            World.Done(await engine.Catalogue.SaveAsync("topic", "shop-news", """{"name":"shop-news","whenUnknown":"unlessRefused"}"""u8.ToArray(), null, token));
            World.Done(await engine.Catalogue.SaveAsync("content", "hello", """{"subject":"Hello","text":"Hello"}"""u8.ToArray(), null, token));
            World.Done(await engine.Catalogue.SaveJourneyAsync(new("sale"), Encoding.UTF8.GetBytes(Sale), null, token));
            World.Done(await engine.Catalogue.PublishJourneyAsync(new("sale"), null, token));
            await engine.SubmitAsync([Sold("ada"), Sold("bob")], token);
            await mail.Hangs!.Task.WaitAsync(TimeSpan.FromSeconds(10), token);

            var before = engine.Figures.Commits;
            for (var i = 0; i < 5; i++)
                await engine.WriteAsync((_, _) => ValueTask.FromResult(1), token).WaitAsync(TimeSpan.FromSeconds(10), token);

            // Nothing to do is no reason to commit.
            Assert.InRange(engine.Figures.Commits - before, 0, 20);
        }

        Directory.Delete(folder, recursive: true);
    }

    static Submission Sold(string user) => new()
    {
        Identities = [new(IdentityKind.UserId, user)],
        Body = new SubmissionBody.Received([], Encoding.UTF8.GetBytes(Mail(user)), "sale", default),
    };

    static string Mail(string user) => $$"""{"email":"{{user}}@example.org"}""";

    /// <summary>One e-mail, then a day in which a purchase takes the contact out.</summary>
    const string Sale = """
        {
          "format": 1, "id": "sale", "name": "Sale",
          "settings": { "reEntry": { "kind": "afterLeaving" }, "email": { "topic": "shop-news" }, "exits": [ { "name": "bought", "when": { "kind": "event", "events": ["purchase"] } } ] },
          "start": [ { "kind": "event", "id": "sale", "events": ["sale"], "next": "mail" } ],
          "points": {
            "mail": { "kind": "sendEmail", "content": "hello", "next": "wait" },
            "wait": { "kind": "delay", "for": "P30D", "next": "done" },
            "done": { "kind": "end", "outcome": "completed" }
          }
        }
        """;
}
