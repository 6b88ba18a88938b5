using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Claimed messages on their way to senders with threads of their own, and what is made of the senders' reports.</summary>
public sealed class HandOverTests
{
    const string Ada = """{"plan":"pro","email":"ada@example.org"}""";

    readonly List<SendReport> _reports = [];

    static OutgoingMessage Message(int number) => new(
        new MessageRow(number, new MessageKey(new Guid(number, 0, 0, new byte[8])), ContactId.Create(1, 0, number), null, new JourneyId("welcome"), 1, "mail", 1, "email", "hello", "news", MessagePurpose.Marketing,
            "ada@example.org", World.Monday9, World.Monday9, World.Monday9 + Duration.FromHours(72), MessageStatus.Pending, null, World.Monday9, 1, null, null, default),
        new Contact(ContactId.Create(1, 0, number), World.Monday9), EventProperties.Empty, null, "Welcome", World.Monday9);

    HandOverQueue Queue(Func<OutgoingMessage, bool>? isGood = null, Func<OutgoingMessage, OutgoingMessage>? ready = null) => new(TimeProvider.System, isGood ?? (_ => true), ready ?? (message => message), _reports.Add);

    /// Semantics 10.3
    [Fact]
    public void A_claim_that_is_too_old_goes_back_and_is_no_attempt()
    {
        var queue = Queue(message => message.Row.Number != 1);
        queue.Add(Message(1));
        queue.Add(Message(2));

        Assert.Equal(2, queue.Take(TimeSpan.Zero)?.Row.Number);
        Assert.Null(queue.Take(TimeSpan.Zero));
        Assert.Equal((1L, SendReport.NotBegun), (Assert.Single(_reports).Row.Number, _reports[0].Result));
    }

    [Fact]
    public void A_message_that_cannot_be_made_whole_waits_and_the_next_one_goes()
    {
        var queue = Queue(ready: message => message.Row.Number == 1 ? throw new StoreException("busy") : message);
        queue.Add(Message(1));
        queue.Add(Message(2));

        Assert.Equal(2, queue.Take(TimeSpan.Zero)?.Row.Number);
        Assert.Equal((SendOutcome.TryLater, "busy"), (Assert.Single(_reports).Result.Outcome, _reports[0].Result.Why));
    }

    [Fact]
    public async Task Whoever_waits_gets_the_message_that_comes_and_is_let_go_at_the_end()
    {
        var queue = Queue();
        var first = Task.Factory.StartNew(() => queue.Take(TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        queue.Add(Message(1));
        Assert.Equal(1, (await first)?.Row.Number);

        var second = Task.Factory.StartNew(() => queue.Take(TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        queue.Close();
        Assert.Null(await second);
    }

    [Fact]
    public void At_the_end_what_nobody_has_begun_goes_back_whole()
    {
        var queue = Queue();
        queue.Add(Message(1));

        queue.Close();

        Assert.Null(queue.Take(TimeSpan.FromMinutes(1)));
        Assert.Equal(SendReport.NotBegun, Assert.Single(_reports).Result);
    }

    [Fact]
    public async Task While_no_provider_can_be_reached_messages_wait_as_long_as_it_says_and_make_no_attempts()
    {
        await using var world = await WelcomeAsync();
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "no connection", Duration.FromSeconds(30));
        await world.DoAsync("ada", "signed_up", traits: Ada);
        await world.AdvanceAsync(Duration.FromMinutes(10));
        Assert.Equal((MessageStatus.Pending, "no connection", 0), (await OneAsync(world)) is var waiting ? (waiting.Status, waiting.Why, waiting.Attempts) : default);
        world.Mail.Answer = _ => new(SendOutcome.Sent);

        await world.AdvanceAsync(Duration.FromSeconds(31));

        Assert.Equal((MessageStatus.Sent, 1), (await OneAsync(world)) is var sent ? (sent.Status, sent.Attempts) : default);
    }

    /// Semantics 10.8
    [Theory]
    [InlineData("transactional", MessageStatus.Sent, 2)]
    [InlineData("marketing", MessageStatus.InDoubt, 1)]
    public async Task What_is_in_doubt_goes_again_if_it_is_transactional(string purpose, MessageStatus status, int times)
    {
        await using var world = await WelcomeAsync(purpose);
        var keys = new List<MessageKey>();
        world.Mail.Answer = message =>
        {
            keys.Add(message.Row.Key);
            return new(keys.Count == 1 ? SendOutcome.InDoubt : SendOutcome.Sent, "no answer");
        };
        await world.DoAsync("ada", "signed_up", traits: Ada);

        await world.AdvanceAsync(Duration.FromHours(1));

        Assert.Equal((status, times), ((await OneAsync(world)).Status, keys.Count));
        Assert.Single(keys.Distinct());
    }

    /// Semantics 10.8
    [Fact]
    public async Task A_transactional_message_that_is_always_in_doubt_fills_no_mailbox()
    {
        await using var world = await WelcomeAsync("transactional");
        var times = 0;
        world.Mail.Answer = _ =>
        {
            times++;
            return new(SendOutcome.InDoubt, "no answer");
        };
        await world.DoAsync("ada", "signed_up", traits: Ada);

        await world.AdvanceAsync(Duration.FromDays(4));

        Assert.Equal((MessageStatus.InDoubt, 5), ((await OneAsync(world)).Status, times));
    }

    static async Task<World> WelcomeAsync(string purpose = "marketing")
    {
        var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync($$"""
            {
              "format": 1, "id": "welcome", "name": "Welcome",
              "settings": { "email": { "topic": "shop-news", "purpose": "{{purpose}}" } },
              "start": [ { "kind": "event", "id": "in", "events": ["signed_up"], "next": "mail" } ],
              "points": { "mail": { "kind": "sendEmail", "content": "hello", "next": "done" }, "done": { "kind": "end", "outcome": "completed" } }
            }
            """);
        return world;
    }

    static async Task<MessageRow> OneAsync(World world) =>
        Assert.Single(await world.Engine.Queries.MessagesAsync(null, null, null, null, 10, world.Token));
}
