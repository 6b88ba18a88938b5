using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

public sealed class OutboxTests
{
    static async Task<World> WelcomeAsync()
    {
        var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Welcome);
        return world;
    }

    const string Ada = """{"plan":"pro","email":"ada@example.org"}""";

    /// <summary>Semantics 10.7: temporary failures back off until expiry, then failed.</summary>
    [Fact]
    public async Task A_provider_out_of_order_is_tried_again_until_the_message_expires()
    {
        await using var world = await WelcomeAsync();
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order");
        await world.DoAsync("ada", "signed_up", traits: Ada);
        await world.AdvanceAsync(Duration.FromMinutes(10));
        Assert.Equal(MessageStatus.Pending, (await OneAsync(world)).Status);
        Assert.True((await OneAsync(world)).Attempts > 3);

        await world.AdvanceAsync(Duration.FromDays(4));

        Assert.Equal(MessageStatus.Failed, (await OneAsync(world)).Status);
        Assert.Equal(1, (await world.FiguresAsync("welcome")).Settled("failed"));
    }

    [Fact]
    public async Task A_provider_that_comes_back_gets_the_message_once()
    {
        await using var world = await WelcomeAsync();
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order");
        await world.DoAsync("ada", "signed_up", traits: Ada);
        await world.AdvanceAsync(Duration.FromMinutes(1));
        world.Mail.Answer = _ => new(SendOutcome.Sent);

        await world.AdvanceAsync(Duration.FromHours(2));

        Assert.Single(world.Mail.Sent);
        Assert.Equal(MessageStatus.Sent, (await OneAsync(world)).Status);
    }

    /// <summary>Semantics 10.3: every claim after the acknowledgement of an opt-out sees it.</summary>
    [Fact]
    public async Task An_opt_out_stops_a_message_that_was_decided_before_it()
    {
        await using var world = await WelcomeAsync();
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order");
        await world.DoAsync("ada", "signed_up", traits: Ada);
        await world.EditAsync("ada", new ContactEdit.SetConsent("email", "shop-news", ConsentState.Refused));
        world.Mail.Answer = _ => new(SendOutcome.Sent);

        await world.AdvanceAsync(Duration.FromDays(1));

        Assert.Empty(world.Mail.Sent);
        var message = await OneAsync(world);
        Assert.Equal((MessageStatus.Skipped, "refused"), (message.Status, message.Why));
    }

    [Fact]
    public async Task Consent_given_again_lifts_the_block()
    {
        await using var world = await WelcomeAsync();
        await world.EditAsync("ada", new ContactEdit.SetConsent("email", "shop-news", ConsentState.Refused));
        await world.DoAsync("ada", "signed_up", traits: Ada);
        Assert.Empty(world.Mail.Sent);

        await world.AdvanceAsync(Duration.FromSeconds(1));
        await world.EditAsync("ada", new ContactEdit.SetConsent("email", "shop-news", ConsentState.Given));
        await world.DoAsync("ada", "signed_up", traits: Ada);

        Assert.Single(world.Mail.Sent);
    }

    /// <summary>Semantics 2.5: no import lifts an opt-out, whatever its time.</summary>
    [Fact]
    public async Task An_import_does_not_lift_an_opt_out()
    {
        await using var world = await WelcomeAsync();
        await world.EditAsync("ada", new ContactEdit.SetConsent("email", "shop-news", ConsentState.Refused));
        await world.AdvanceAsync(Duration.FromDays(1));
        await world.SubmitAsync(new()
        {
            Identities = [new(IdentityKind.UserId, "ada")],
            Origin = Origin.Import,
            Body = new SubmissionBody.Received([new ContactEdit.SetConsent("email", "shop-news", ConsentState.Given)], default, null, default),
        });

        await world.DoAsync("ada", "signed_up", traits: Ada);

        Assert.Empty(world.Mail.Sent);
    }

    /// <summary>Semantics 10.6: an exit or removal cancels unsent messages; an ordinary end does not.</summary>
    [Fact]
    public async Task Taking_a_contact_out_cancels_what_was_not_sent()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Basket);
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order");
        await world.DoAsync("ada", "basket_filled", traits: """{"email":"ada@example.org"}""");
        await world.AdvanceAsync(Duration.FromDays(2) + Duration.FromMinutes(1));
        var enrolment = Assert.Single(await world.EnrolmentsAsync("ada"));

        await world.SubmitAsync(new() { Contact = enrolment.Contact, Origin = Origin.Person, Body = new SubmissionBody.Remove(enrolment.Id, null, "asked") });
        world.Mail.Answer = _ => new(SendOutcome.Sent);
        await world.AdvanceAsync(Duration.FromDays(1));

        Assert.Empty(world.Mail.Sent);
        Assert.Equal(MessageStatus.Cancelled, (await OneAsync(world)).Status);
        Assert.Equal(1, (await world.FiguresAsync("basket")).Settled("cancelled"));
    }

    /// <summary>Semantics 8.3: unsent messages of a paused journey are held.</summary>
    [Fact]
    public async Task A_paused_journey_sends_nothing()
    {
        await using var world = await WelcomeAsync();
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order");
        await world.DoAsync("ada", "signed_up", traits: Ada);
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("welcome"), false, world.Token));
        world.Mail.Answer = _ => new(SendOutcome.Sent);
        await world.AdvanceAsync(Duration.FromHours(5));
        Assert.Empty(world.Mail.Sent);

        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("welcome"), world.Token));
        await world.AdvanceAsync(Duration.FromHours(5));
        Assert.Single(world.Mail.Sent);
    }

    /// <summary>Semantics 10.4: suppression belongs to the address, and holds for transactional mail too.</summary>
    [Fact]
    public async Task A_bounce_suppresses_the_address()
    {
        await using var world = await WelcomeAsync();
        await world.DoAsync("ada", "signed_up", traits: Ada);
        var message = await OneAsync(world);
        await world.SubmitAsync(new() { Contact = message.Contact, Body = new SubmissionBody.Feedback(message.Key, FeedbackKind.Bounced, null) });

        await world.DoAsync("ada", "signed_up", traits: Ada);

        Assert.Single(world.Mail.Sent);
        var skipped = (await world.Engine.Queries.MessagesAsync(new("welcome"), null, MessageStatus.Skipped, null, 10, world.Token))[0];
        Assert.Equal("suppressed", skipped.Why);
    }

    /// <summary>Semantics 10.5: status only rises; an open implies sent and delivered; feedback after the end is counted and moves nobody.</summary>
    [Fact]
    public async Task Feedback_only_raises_a_message()
    {
        await using var world = await WelcomeAsync();
        await world.DoAsync("ada", "signed_up", traits: Ada);
        var message = await OneAsync(world);
        await world.SubmitAsync(new() { Contact = message.Contact, Body = new SubmissionBody.Feedback(message.Key, FeedbackKind.Clicked, "https://example.org/") });
        await world.SubmitAsync(new() { Contact = message.Contact, Body = new SubmissionBody.Feedback(message.Key, FeedbackKind.Opened, null) });

        Assert.Equal(MessageStatus.Clicked, (await OneAsync(world)).Status);
        Assert.Equal(Outcome.Completed, Assert.Single(await world.EnrolmentsAsync("ada")).Outcome);
    }

    /// <summary>Semantics 10.8: what was claimed and not settled when the process died is in doubt; marketing by a channel that may send twice is not sent again.</summary>
    [Theory]
    [InlineData(true, MessageStatus.Sent)]
    [InlineData(false, MessageStatus.InDoubt)]
    public async Task A_message_in_doubt_is_sent_again_only_where_that_is_safe(bool idempotent, MessageStatus expected)
    {
        await using var world = await WelcomeAsync();
        world.Mail.IsIdempotent = idempotent;
        // The channel dies with the message: the process is stopped while it has it.
        var had = world.Mail.Hangs = new();
        _ = world.Engine.SubmitAsync([world.Event("ada", "signed_up", traits: Ada)], world.Token);
        await had.Task.WaitAsync(world.Token);
        await world.CrashAsync(() => world.Mail.Hangs = null);
        await world.Engine.SettleAsync(world.Token);

        Assert.Equal(expected, (await OneAsync(world)).Status);
        Assert.Equal(idempotent ? 1 : 0, world.Mail.Sent.Count);
    }

    /// <summary>Semantics 5.4, 10.5: messages decided = waiting + sent + skipped + failed + in doubt (11.1).</summary>
    [Fact]
    public async Task Messages_add_up()
    {
        await using var world = await WelcomeAsync();
        var turn = 0;
        world.Mail.Answer = _ => (turn++ % 3) switch { 0 => new(SendOutcome.Sent), 1 => new(SendOutcome.Failed, "render: x"), _ => new(SendOutcome.Skipped, "y") };
        for (var contact = 0; contact < 30; contact++)
            await world.DoAsync($"u{contact}", "signed_up", traits: $$"""{"plan":"pro","email":"u{{contact}}@example.org"}""");
        await world.DoAsync("no-address", "signed_up", traits: """{"plan":"pro"}""");

        var figures = await world.FiguresAsync("welcome");
        Assert.Equal(31, figures.Decided);
        Assert.Equal((10, 10, 11), (figures.Settled("sent"), figures.Settled("failed"), figures.Settled("skipped")));
    }

    /// <summary>Semantics 11.1, 15.9: kept once a key, with the settlement.</summary>
    [Fact]
    public async Task What_the_sandbox_kept_can_be_read_with_the_settlement()
    {
        await using var world = await WelcomeAsync();
        world.Mail.Answer = message => new(SendOutcome.Sent, Kept: new(message.Row.Key, message.Row.Contact, message.Now, "shop@example.org", message.Row.Address!, "Hello", "", "<p>Hello", "Hello", "{}"));
        await world.DoAsync("ada", "signed_up", traits: Ada);

        var message = await OneAsync(world);
        Assert.Equal("ada@example.org", (await world.Engine.Queries.SandboxMailAsync(message.Key, world.Token))!.To);
    }

    /// <summary>Semantics 10.7: waits double up to an hour, until the message expires after 72 h; then it has failed, and is not tried again.</summary>
    [Fact]
    public async Task A_provider_that_stays_out_of_order_is_tried_for_72_hours()
    {
        await using var world = await WelcomeAsync();
        var tries = new List<Instant>();
        world.Mail.Answer = message =>
        {
            tries.Add(message.Now);
            return new(SendOutcome.TryLater, "out of order");
        };
        await world.DoAsync("ada", "signed_up", traits: Ada);
        await world.AdvanceAsync(Duration.FromDays(6));

        var message = await OneAsync(world);
        Assert.Equal((MessageStatus.Failed, "out of order"), (message.Status, message.Why));
        var waits = tries.Zip(tries.Skip(1), (one, next) => next - one).ToList();
        Assert.InRange(waits[0].TotalSeconds, 3.7, 6.3);
        Assert.All(waits, wait => Assert.True(wait <= Duration.FromMinutes(75), $"{wait}"));
        Assert.All(waits.Take(9).Zip(waits.Skip(2)), pair => Assert.True(pair.Second > pair.First, $"{pair}"));
        Assert.InRange((tries[^1] - tries[0]).TotalHours, 70.7, 72);
        Assert.Equal(tries[^1], message.SettledAt);
        Assert.Equal(tries.Count, message.Attempts);
    }

    /// <summary>Semantics 10.4: what could not leave before its expiry is skipped when its turn comes.</summary>
    [Fact]
    public async Task A_message_that_was_held_beyond_its_expiry_is_skipped()
    {
        await using var world = await WelcomeAsync();
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order");
        await world.DoAsync("ada", "signed_up", traits: Ada);
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("welcome"), false, world.Token));
        world.Mail.Answer = _ => new(SendOutcome.Sent);
        await world.AdvanceAsync(Duration.FromDays(3) + Duration.FromMinutes(1));

        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("welcome"), world.Token));
        await world.AdvanceAsync(Duration.FromHours(2));

        Assert.Empty(world.Mail.Sent);
        Assert.Equal((MessageStatus.Skipped, "expired"), ((await OneAsync(world)).Status, (await OneAsync(world)).Why));
        Assert.Equal(1, (await world.FiguresAsync("welcome")).Settled("skipped"));
    }

    static Task<SubmissionResult> ResendAsync(World world, MessageKey key) => world.SubmitAsync(new() { Body = new SubmissionBody.Resend(key), Origin = Origin.Person, CreatesContact = false });

    /// <summary>Semantics 10.8: what is in doubt can be sent again by a person; asked twice it is sent once, and what was sent is not sent again.</summary>
    [Fact]
    public async Task A_message_in_doubt_is_sent_again_when_a_person_asks()
    {
        await using var world = await WelcomeAsync();
        world.Mail.Answer = _ => new(SendOutcome.InDoubt, "hung up");
        await world.DoAsync("ada", "signed_up", traits: Ada);
        var message = await OneAsync(world);
        Assert.Equal((MessageStatus.InDoubt, 1), (message.Status, (await world.FiguresAsync("welcome")).Settled("in-doubt")));
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order", Duration.FromMinutes(1));

        Assert.Equal(SubmissionOutcome.Accepted, (await ResendAsync(world, message.Key)).Outcome);
        Assert.Equal((0, MessageStatus.Pending), ((await world.FiguresAsync("welcome")).Settled("in-doubt"), (await OneAsync(world)).Status));
        Assert.Equal(SubmissionOutcome.Accepted, (await ResendAsync(world, message.Key)).Outcome);
        world.Mail.Answer = _ => new(SendOutcome.Sent);
        await world.AdvanceAsync(Duration.FromHours(2));

        Assert.Equal(message.Key, Assert.Single(world.Mail.Sent).Row.Key);
        Assert.Equal((MessageStatus.Sent, 2), ((await OneAsync(world)).Status, (await OneAsync(world)).Attempts));
        var figures = await world.FiguresAsync("welcome");
        Assert.Equal((1, 1, 0), (figures.Decided, figures.Settled("sent"), figures.Settled("in-doubt")));
        var refused = await ResendAsync(world, message.Key);
        Assert.Equal((SubmissionOutcome.Refused, "not-resendable"), (refused.Outcome, refused.Refusals.Single().Code));
        Assert.Single(world.Mail.Sent);
    }

    /// <summary>Semantics 10.8, 10.3: so can one that failed, even by expiry: it may wait as long again. Who refused meanwhile is not written to all the same.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_message_that_failed_is_sent_again_when_a_person_asks_unless_it_was_refused_meanwhile(bool refuses)
    {
        await using var world = await WelcomeAsync();
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order");
        await world.DoAsync("ada", "signed_up", traits: Ada);
        await world.AdvanceAsync(Duration.FromDays(5));
        world.Mail.Answer = _ => new(SendOutcome.Sent);
        if (refuses)
            await world.EditAsync("ada", new ContactEdit.SetConsent("email", "shop-news", ConsentState.Refused));

        await ResendAsync(world, (await OneAsync(world)).Key);

        Assert.Equal(refuses ? MessageStatus.Skipped : MessageStatus.Sent, (await OneAsync(world)).Status);
        Assert.Equal(refuses ? 0 : 1, world.Mail.Sent.Count);
        var figures = await world.FiguresAsync("welcome");
        Assert.Equal((0, 1), (figures.Settled("failed"), figures.Settled(refuses ? "skipped" : "sent")));
    }

    /// <summary>Semantics 10.8: a wish to send again is durable with its answer.</summary>
    [Fact]
    public async Task A_wish_to_send_again_holds_over_a_crash_and_what_comes_back_settles_doubt()
    {
        await using var world = await WelcomeAsync();
        world.Mail.Answer = _ => new(SendOutcome.InDoubt, "hung up");
        await world.DoAsync("ada", "signed_up", traits: Ada);
        var key = (await OneAsync(world)).Key;
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order", Duration.FromMinutes(1));
        await ResendAsync(world, key);
        await world.RestartAsync();
        world.Mail.Answer = _ => new(SendOutcome.InDoubt, "hung up again");
        await world.AdvanceAsync(Duration.FromMinutes(2));
        Assert.Equal((MessageStatus.InDoubt, "hung up again"), ((await OneAsync(world)).Status, (await OneAsync(world)).Why));

        await world.SubmitAsync(new() { Body = new SubmissionBody.Feedback(key, FeedbackKind.Delivered) });

        Assert.Equal(MessageStatus.Delivered, (await OneAsync(world)).Status);
        var figures = await world.FiguresAsync("welcome");
        Assert.Equal((1, 0), (figures.Settled("sent"), figures.Settled("in-doubt")));
        Assert.Equal("not-resendable", (await ResendAsync(world, key)).Refusals.Single().Code);
    }

    static async Task<MessageRow> OneAsync(World world) => Assert.Single(await world.Engine.Queries.MessagesAsync(null, null, null, null, 10, world.Token));
}
