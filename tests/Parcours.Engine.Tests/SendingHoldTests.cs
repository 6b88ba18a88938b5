using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

public sealed class SendingHoldTests
{
    const string Ada = """{"plan":"pro","email":"ada@example.org"}""", Bob = """{"plan":"pro","email":"bob@example.org"}""";

    /// <summary>Goes one way when what it asked was sent and another when it was not.</summary>
    const string Asks = """
        {
          "format": 1, "id": "asks", "name": "Asks",
          "settings": { "reEntry": { "kind": "afterLeaving" } },
          "start": [ { "kind": "event", "id": "asked", "events": ["asked"], "next": "tell" } ],
          "points": {
            "tell": { "kind": "webhook", "url": "https://crm.example.org/hook", "next": "sent", "onFailure": "skipped" },
            "sent": { "kind": "end", "outcome": "successful" },
            "skipped": { "kind": "end", "outcome": "unsuccessful" }
          }
        }
        """;

    static async Task<World> HeldAsync()
    {
        var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Welcome);
        await world.PublishAsync(Asks);
        World.Done(await world.Engine.Catalogue.HoldSendingAsync(world.Token));
        return world;
    }

    /// <summary>Semantics 12.3: what is held is decided and waits; nothing is lost.</summary>
    [Fact]
    public async Task Held_messages_are_decided_and_leave_when_somebody_says_so()
    {
        await using var world = await HeldAsync();
        await world.DoAsync("ada", "signed_up", traits: Ada);
        await world.AdvanceAsync(Duration.FromHours(1));
        Assert.Empty(world.Mail.Sent);
        Assert.Equal((MessageStatus.Pending, 0), ((await OneAsync(world)).Status, (await OneAsync(world)).Attempts));
        Assert.Equal(1, (await world.FiguresAsync("welcome")).Decided);

        World.Done(await world.Engine.Catalogue.ReleaseSendingAsync(discard: false, world.Token));
        await world.Engine.SettleAsync(world.Token);

        Assert.Single(world.Mail.Sent);
        Assert.Equal(MessageStatus.Sent, (await OneAsync(world)).Status);
    }

    /// <summary>Semantics 12.3: it holds over a restart, whatever was on its way when the process died.</summary>
    [Fact]
    public async Task Sending_stays_held_when_the_process_starts_again()
    {
        await using var world = await HeldAsync();
        await world.DoAsync("ada", "signed_up", traits: Ada);

        await world.RestartAsync();
        await world.AdvanceAsync(Duration.FromHours(1));

        Assert.Empty(world.Mail.Sent);
        Assert.Equal(MessageStatus.Pending, (await OneAsync(world)).Status);
    }

    /// <summary>Semantics 12.3: somebody decides what of the unsent may still go.</summary>
    [Fact]
    public async Task What_waits_can_be_discarded_and_what_is_decided_later_leaves()
    {
        await using var world = await HeldAsync();
        for (var number = 0; number < 450; number++)
            await world.Engine.SubmitAsync([world.Event($"early-{number}", "signed_up", traits: $$"""{"plan":"pro","email":"early-{{number}}@example.org"}""")], world.Token);
        await world.DoAsync("ada", "asked", traits: Ada);

        World.Done(await world.Engine.Catalogue.ReleaseSendingAsync(discard: true, world.Token));
        await world.Engine.SettleAsync(world.Token);
        await world.DoAsync("bob", "asked", traits: Bob);

        Assert.Empty(world.Mail.Sent);
        Assert.Single(world.Hooks.Sent);
        var settled = await world.Engine.Queries.MessagesAsync(null, null, MessageStatus.Skipped, null, 1_000, world.Token);
        Assert.Equal(451, settled.Count);
        Assert.All(settled, message => Assert.Equal("discarded", message.Why));
        // Whoever waited for it hears of it.
        Assert.Equal(Outcome.Unsuccessful, Assert.Single(await world.EnrolmentsAsync("ada")).Outcome);
        Assert.Equal(Outcome.Successful, Assert.Single(await world.EnrolmentsAsync("bob")).Outcome);
        Assert.Equal(450, (await world.FiguresAsync("welcome")).Settled("skipped"));
    }

    /// <summary>Semantics 10.8, 12.3: what the backup had as claimed is not sent a second time behind anybody's back.</summary>
    [Fact]
    public async Task What_was_on_its_way_when_it_was_held_is_finished_and_what_died_with_the_process_waits()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(TestJourneys.Welcome);
        world.Mail.Hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = world.Engine.SubmitAsync([world.Event("ada", "signed_up", traits: Ada)], world.Token);
        await world.Mail.Hangs.Task;

        await world.CrashAsync(async () =>
        {
            await using var store = await world.OpenStoreAsync();
            await using var unit = await store.BeginAsync(Journeys.Contacts.PartitionSet.None, world.Token);
            await unit.WriteDocumentAsync(DocumentKinds.Sending, SendingRecord.DocumentId, SendingRecord.HeldSince(World.Monday9, SendingRecord.Restored).ToJson(), null, World.Monday9, world.Token);
            await unit.CommitAsync(world.Token);
            world.Mail.Hangs = null;
        });
        await world.AdvanceAsync(Duration.FromHours(1));
        Assert.Empty(world.Mail.Sent);
        Assert.Equal(MessageStatus.Pending, (await OneAsync(world)).Status);

        World.Done(await world.Engine.Catalogue.ReleaseSendingAsync(discard: false, world.Token));
        await world.Engine.SettleAsync(world.Token);

        Assert.Single(world.Mail.Sent);
    }

    [Fact]
    public async Task It_is_held_once_and_let_go_once()
    {
        await using var world = await HeldAsync();

        Assert.Equal("sending.held", Refusal(await world.Engine.Catalogue.HoldSendingAsync(world.Token)));
        World.Done(await world.Engine.Catalogue.ReleaseSendingAsync(discard: false, world.Token));
        Assert.Equal("sending.not-held", Refusal(await world.Engine.Catalogue.ReleaseSendingAsync(discard: true, world.Token)));
    }

    static string Refusal(CatalogueAnswer answer) => Assert.Single(Assert.IsType<CatalogueAnswer.Refused>(answer).Problems).Code;

    static async Task<MessageRow> OneAsync(World world) => Assert.Single(await world.Engine.Queries.MessagesAsync(null, null, null, null, 10, world.Token));
}
