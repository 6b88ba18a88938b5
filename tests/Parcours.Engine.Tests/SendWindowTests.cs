using System.Text;
using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Storage.Sqlite;

namespace Parcours.Engine.Tests;

/// <summary>Semantics 10.1, 10.4: a message that a provider, a pause or a stop carries out of its window waits for the next opening or is skipped, though its contact has gone on.</summary>
public sealed class SendWindowTests
{
    const string Ada = """{"email":"ada@example.org"}""";

    /// <summary>Monday, 9 to 10 in the morning in London, where clocks show what UTC says.</summary>
    const string Morning = """ "window": { "days": ["monday", "tuesday"], "from": "09:00", "until": "10:00", "zone": "Europe/London" }""";

    static string Journey(string mail) => $$"""
        {
          "format": 1, "id": "hours", "name": "Hours",
          "settings": { "reEntry": { "kind": "afterLeaving" }, "email": { "topic": "shop-news" } },
          "start": [ { "kind": "event", "id": "signed-up", "events": ["signed_up"], "next": "mail" } ],
          "points": { "mail": { "kind": "sendEmail", "content": "hello", {{mail}}, "next": "done" }, "done": { "kind": "end", "outcome": "completed" } }
        }
        """;

    static async Task<World> WithAsync(string mail, bool outOfOrder = true)
    {
        var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(Journey(mail));
        if (outOfOrder)
            world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order");
        await world.DoAsync("ada", "signed_up", traits: Ada);
        return world;
    }

    static async Task<MessageRow> OneAsync(World world) => Assert.Single(await world.Engine.Queries.MessagesAsync(null, null, null, null, 10, world.Token));

    static void ComesBack(World world) => world.Mail.Answer = _ => new(SendOutcome.Sent);

    [Fact]
    public async Task What_backs_off_past_the_closing_waits_for_the_next_opening()
    {
        await using var world = await WithAsync(Morning);
        Assert.Equal(Outcome.Completed, Assert.Single(await world.EnrolmentsAsync("ada")).Outcome);
        await world.AdvanceAsync(Duration.FromHours(2));
        var attempts = (await OneAsync(world)).Attempts;
        ComesBack(world);

        await world.AdvanceAsync(Duration.FromHours(21));
        Assert.Empty(world.Mail.Sent);
        var waiting = await OneAsync(world);
        Assert.Equal((MessageStatus.Pending, World.Monday9 + Duration.FromDays(1), attempts, "out of order"), (waiting.Status, waiting.NotBefore, waiting.Attempts, waiting.Why));
        Assert.Null(waiting.Claimed);

        await world.AdvanceAsync(Duration.FromHours(1));
        Assert.Equal(World.Monday9 + Duration.FromDays(1), Assert.Single(world.Mail.Sent).Now);
        Assert.Equal((1, 1), ((int)(await world.FiguresAsync("hours")).Decided, (int)(await world.FiguresAsync("hours")).Settled("sent")));
    }

    [Fact]
    public async Task Or_is_skipped_with_the_reason_on_record()
    {
        await using var world = await WithAsync(Morning.Replace(" }", ", \"outside\": \"skip\" }", StringComparison.Ordinal));
        await world.AdvanceAsync(Duration.FromMinutes(50));
        Assert.Equal(MessageStatus.Pending, (await OneAsync(world)).Status);
        ComesBack(world);

        await world.AdvanceAsync(Duration.FromHours(1));

        Assert.Empty(world.Mail.Sent);
        var skipped = await OneAsync(world);
        Assert.Equal((MessageStatus.Skipped, "outside-window"), (skipped.Status, skipped.Why));
        Assert.Equal(1, (await world.FiguresAsync("hours")).Settled("skipped"));
    }

    /// <summary>The next opening is no sooner than the expiry: there is nothing to wait for.</summary>
    [Fact]
    public async Task What_expires_before_the_next_opening_is_skipped_as_that()
    {
        await using var world = await WithAsync(Morning + """, "expiresAfter": "PT24H" """);
        await world.AdvanceAsync(Duration.FromMinutes(50));
        ComesBack(world);

        await world.AdvanceAsync(Duration.FromHours(1));

        var skipped = await OneAsync(world);
        Assert.Equal((MessageStatus.Skipped, "expired"), (skipped.Status, skipped.Why));
    }

    /// <summary>Semantics 8.3: a pause holds what is unsent.</summary>
    [Fact]
    public async Task What_a_pause_held_past_the_closing_waits_for_the_next_opening()
    {
        await using var world = await WithAsync(Morning);
        World.Done(await world.Engine.Catalogue.PauseJourneyAsync(new("hours"), false, world.Token));
        ComesBack(world);
        await world.AdvanceAsync(Duration.FromHours(3));
        World.Done(await world.Engine.Catalogue.ResumeJourneyAsync(new("hours"), world.Token));
        await world.AdvanceAsync(Duration.FromHours(20));
        Assert.Empty(world.Mail.Sent);

        await world.AdvanceAsync(Duration.FromHours(1));

        Assert.Equal(World.Monday9 + Duration.FromDays(1), Assert.Single(world.Mail.Sent).Now);
    }

    /// <summary>The window is kept with the message: a start that finds the hour passed sends nothing, and a new version of the journey changes nothing for what was decided.</summary>
    [Fact]
    public async Task A_restart_keeps_the_window()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(Journey(Morning));
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order", Duration.FromMinutes(90));
        await world.DoAsync("ada", "signed_up", traits: Ada);
        await world.PublishAsync(Journey(""" "purpose": "marketing" """));
        ComesBack(world);
        await world.RestartAsync();
        await world.AdvanceAsync(Duration.FromHours(4));
        Assert.Empty(world.Mail.Sent);

        await world.AdvanceToAsync(World.Monday9 + Duration.FromHours(25));

        Assert.Equal(World.Monday9 + Duration.FromDays(1), Assert.Single(world.Mail.Sent).Now);
    }

    /// <summary>Semantics 8.5: the second of two equal hours is outside of a window that the first of them closed.</summary>
    [Fact]
    public async Task On_the_day_on_which_an_hour_comes_twice_the_window_closes_at_the_first()
    {
        await using var world = await World.StartAsync();
        await world.AdvanceToAsync(World.At("2026-10-25T00:10:00Z"));
        await world.ShopNewsAsync();
        await world.PublishAsync(Journey(""" "window": { "from": "02:00", "until": "02:30", "zone": "Europe/Paris" }"""));
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order", Duration.FromHours(1));
        await world.DoAsync("ada", "signed_up", traits: Ada);
        ComesBack(world);

        // 02:10 in Paris once more.
        await world.AdvanceToAsync(World.At("2026-10-25T01:20:00Z"));
        Assert.Empty(world.Mail.Sent);
        await world.AdvanceAsync(Duration.FromDays(2));

        Assert.Equal(World.At("2026-10-26T01:00:00Z"), Assert.Single(world.Mail.Sent).Now);
    }

    [Fact]
    public async Task Whoever_waits_for_the_opening_stands_at_the_card_and_is_decided_when_it_opens()
    {
        await using var world = await WithAsync(Morning.Replace("\"monday\", ", "", StringComparison.Ordinal), outOfOrder: false);
        var waiting = Assert.Single(await world.EnrolmentsAsync("ada"));
        Assert.Equal(("mail", World.Monday9 + Duration.FromDays(1)), (waiting.Point, waiting.Due));
        Assert.Equal(0, (await world.FiguresAsync("hours")).Decided);
        await world.RestartAsync();

        await world.AdvanceAsync(Duration.FromDays(1));

        Assert.Equal(World.Monday9 + Duration.FromDays(1), Assert.Single(world.Mail.Sent).Now);
        Assert.Equal(Outcome.Completed, Assert.Single(await world.EnrolmentsAsync("ada")).Outcome);
    }

    sealed class HandClock : TimeProvider
    {
        long _ticks = (World.Monday9 + Duration.FromMinutes(59)).ToUnixTimeTicks();
        public Instant Now { get => Instant.FromUnixTimeTicks(Volatile.Read(ref _ticks)); set => Volatile.Write(ref _ticks, value.ToUnixTimeTicks()); }
        public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
    }

    /// <summary>Last thing before handing over: claimed inside the window, taken up by a sender after it has closed.</summary>
    [Fact]
    public async Task What_closes_between_claim_and_sender_goes_back_to_the_outbox()
    {
        var folder = Directory.CreateTempSubdirectory("parcours-window-").FullName;
        var token = TestContext.Current.CancellationToken;
        var clock = new HandClock();
        var mail = new TestChannel { Holds = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using (var store = SqliteStore.Open(Path.Combine(folder, "data")))
        await using (var engine = await JourneyEngine.StartAsync(store, new() { Senders = 1 }, [mail], clock, null, token))
        {
            World.Done(await engine.Catalogue.SaveAsync("topic", "shop-news", """{"name":"shop-news","whenUnknown":"unlessRefused"}"""u8.ToArray(), null, token));
            World.Done(await engine.Catalogue.SaveAsync("content", "hello", """{"subject":"Hello","text":"Hello"}"""u8.ToArray(), null, token));
            World.Done(await engine.Catalogue.SaveJourneyAsync(new("hours"), Encoding.UTF8.GetBytes(Journey(Morning)), null, token));
            World.Done(await engine.Catalogue.PublishJourneyAsync(new("hours"), null, token));
            await engine.SubmitAsync([SignUp("ada")], token);
            var first = await mail.Has.Task.WaitAsync(token);
            await engine.SubmitAsync([SignUp("bob")], token);
            var second = (await engine.Queries.MessagesAsync(null, null, null, null, 10, token)).Single(row => row.Key != first.Row.Key);
            Assert.NotNull(second.Claimed);

            clock.Now += Duration.FromSeconds(60);
            mail.Holds.SetResult(new(SendOutcome.Sent));
            await engine.SettleAsync(token);

            second = (await engine.Queries.MessageAsync(second.Key, token))!;
            Assert.Single(mail.Sent);
            Assert.Equal((MessageStatus.Pending, World.Monday9 + Duration.FromDays(1), 0), (second.Status, second.NotBefore, second.Attempts));
        }

        Directory.Delete(folder, recursive: true);
    }

    static Submission SignUp(string user) => new()
    {
        Identities = [new(IdentityKind.UserId, user)],
        Body = new SubmissionBody.Received([], Encoding.UTF8.GetBytes($$"""{"email":"{{user}}@example.org"}"""), "signed_up", "{}"u8.ToArray()),
    };
}
