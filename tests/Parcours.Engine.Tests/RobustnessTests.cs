using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>What one sender, one message or one merge does must not be lost, counted twice, or stop anybody else.</summary>
public sealed class RobustnessTests
{
    [Fact]
    public async Task Traits_that_are_no_text_refuse_themselves_and_nothing_else()
    {
        await using var world = await World.StartAsync();

        var results = await world.Engine.SubmitAsync([world.Event("ada", "visit", traits: """{"plan":"\ud800"}"""), world.Event("bob", "visit", traits: "[1]"), world.Event("cyd", "visit", traits: """{"plan":"pro"}""")], world.Token);

        Assert.All(results, result => Assert.Equal(SubmissionOutcome.Accepted, result.Outcome));
        Assert.Equal(["property.unreadable", "property.unreadable"], results.Take(2).Select(result => result.Refusals.Single().Code));
        Assert.Empty(results[2].Refusals);
        Assert.Equal("pro", (await world.ContactAsync("cyd")).Property("plan").AsText);
    }

    /// <summary>Semantics 7.7: events that journeys recorded count in a new condition as well.</summary>
    [Fact]
    public async Task A_fill_finds_what_a_journey_recorded_last()
    {
        await using var world = await World.StartAsync();
        await world.PublishAsync("""
            {"format":1,"id":"later","name":"Later","start":[{"kind":"event","id":"go","events":["go"],"next":"wait"}],
             "points":{"wait":{"kind":"delay","for":"PT1H","next":"record"},"record":{"kind":"recordEvent","event":"reached","next":"end"},"end":{"kind":"end","outcome":"completed"}}}
            """);
        await world.DoAsync("ada", "go");
        await world.AdvanceAsync(Duration.FromHours(1));

        await world.SegmentAsync("reached", """{"kind":"event","events":["reached"]}""");

        Assert.Equal(1, await world.MembersAsync("reached"));
    }

    /// <summary>Semantics 2.5: the later word counts, also where the older comes in last.</summary>
    [Fact]
    public async Task An_old_opt_out_that_arrives_late_blocks_nothing()
    {
        await using var world = await SoldAsync();
        await world.EditAsync("ada", new ContactEdit.SetConsent("email", "shop-news", ConsentState.Given));
        await world.SubmitAsync(new()
        {
            Identities = [new(IdentityKind.UserId, "ada")],
            Body = new SubmissionBody.Received([new ContactEdit.SetConsent("email", "shop-news", ConsentState.Refused)], default, null, default),
            Timestamp = world.Clock.Now - Duration.FromDays(3),
        });

        await world.DoAsync("ada", "sale", traits: """{"email":"ada@example.org"}""");

        Assert.Single(world.Mail.Sent);
    }

    /// <summary>Semantics 10.3, 4.5: whoever has absorbed a contact speaks for it.</summary>
    [Fact]
    public async Task An_opt_out_after_a_merge_holds_for_messages_decided_before_it()
    {
        await using var world = await SoldAsync();
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order", Duration.FromHours(1));
        await world.SubmitAsync(new()
        {
            Identities = [new(IdentityKind.AnonymousId, "a-1")],
            Body = new SubmissionBody.Received([], """{"email":"ada@example.org"}"""u8.ToArray(), "sale", default),
        });
        await world.IdentifyAsync("ada", "{}");
        await world.IdentifyAsync("ada", "{}", new Identity(IdentityKind.AnonymousId, "a-1"));
        await world.EditAsync("ada", new ContactEdit.SetConsent("email", "shop-news", ConsentState.Refused));
        world.Mail.Answer = _ => new(SendOutcome.Sent);

        await world.AdvanceAsync(Duration.FromHours(2));

        Assert.Empty(world.Mail.Sent);
        Assert.Equal(1, (await world.FiguresAsync("sale")).Settled("skipped"));
    }

    /// <summary>Semantics 10.3, 10.4: a complaint suppresses the address in the commit that takes it in, also for what was decided before it.</summary>
    [Fact]
    public async Task A_complaint_stops_what_waits_already_for_the_same_address()
    {
        await using var world = await SoldAsync();
        await world.DoAsync("ada", "sale", traits: """{"email":"ada@example.org"}""");
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order", Duration.FromHours(1));
        await world.DoAsync("ada", "sale");
        await BackAsync(world, FeedbackKind.Complained);
        world.Mail.Answer = _ => new(SendOutcome.Sent);

        await world.AdvanceAsync(Duration.FromHours(2));

        Assert.Single(world.Mail.Sent);
        Assert.Equal(1, (await world.FiguresAsync("sale")).Settled("skipped"));
    }

    /// <summary>Semantics 11.1: each message at most once a kind.</summary>
    [Fact]
    public async Task An_open_and_a_click_in_one_commit_are_one_open_and_one_click()
    {
        await using var world = await SoldAsync();
        await world.DoAsync("ada", "sale", traits: """{"email":"ada@example.org"}""");
        await BackAsync(world, FeedbackKind.Opened, FeedbackKind.Clicked, FeedbackKind.Opened);

        var counters = (await world.FiguresAsync("sale")).Counters.Where(pair => pair.Key.Kind == CounterKind.MessageFeedback).ToDictionary(pair => pair.Key.Edge, pair => pair.Value);

        Assert.Equal((1, 1, 1), (counters["delivered"], counters["opened"], counters["clicked"]));
    }

    /// <summary>Semantics 4.6, 10.3: what was claimed when the process died is claimed anew, and the claim asks again.</summary>
    [Fact]
    public async Task A_message_that_was_on_its_way_at_a_crash_is_claimed_anew_and_sent_once()
    {
        await using var world = await SoldAsync();
        world.Mail.Hangs = new();
        var submitted = world.Engine.SubmitAsync([world.Event("ada", "sale", traits: """{"email":"ada@example.org"}""")], world.Token);
        await world.Mail.Hangs.Task;
        await submitted;
        await world.CrashAsync(() => world.Mail.Hangs = null);
        await world.Engine.SettleAsync(world.Token);
        Assert.Single(world.Mail.Sent);
        Assert.Equal(1, (await world.FiguresAsync("sale")).Settled("sent"));
    }

    static async Task BackAsync(World world, params FeedbackKind[] kinds)
    {
        var key = world.Mail.Sent.First().Row.Key;
        await world.Engine.SubmitAsync([.. kinds.Select(kind => new Submission { Body = new SubmissionBody.Feedback(key, kind) })], world.Token);
        await world.Engine.SettleAsync(world.Token);
    }

    static async Task<World> SoldAsync()
    {
        var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync("""
            {"format":1,"id":"sale","name":"Sale","settings":{"reEntry":{"kind":"always"},"email":{"topic":"shop-news"}},
             "start":[{"kind":"event","id":"sale","events":["sale"],"next":"mail"}],
             "points":{"mail":{"kind":"sendEmail","content":"hello","next":"end"},"end":{"kind":"end","outcome":"completed"}}}
            """);
        return world;
    }
}
