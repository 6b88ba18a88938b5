using System.Text;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Webhooks through the outbox: tried again, waited for, answered, cancelled.</summary>
public sealed class WebhookTests
{
    const string Crm = """
        {
          "format": 1, "id": "crm", "name": "CRM", "settings": { "reEntry": { "kind": "afterLeaving" }, "exits": [ { "name": "left", "when": { "kind": "tag", "name": "left" } } ] },
          "start": [ { "kind": "event", "id": "asked", "events": ["asked"], "next": "tell" } ],
          "points": {
            "tell": { "kind": "webhook", "url": "https://crm.example.org/hook", "body": { "name": "{{contact.name}}" }, "into": "crm", "expiresAfter": "PT1H", "next": "level", "onFailure": "sorry" },
            "level": { "kind": "copyProperty", "field": "crm.body.level", "into": "level", "next": "gold" },
            "gold": { "kind": "end", "outcome": "successful" },
            "sorry": { "kind": "end", "outcome": "unsuccessful" }
          }
        }
        """;

    static readonly SendResult Later = new(SendOutcome.TryLater, "webhook: status 503");

    static SendResult Gold => new(SendOutcome.Sent) { Answer = """{"status":200,"body":{"level":"gold"}}"""u8.ToArray() };

    static async Task<World> StartAsync(Func<OutgoingMessage, SendResult> answers)
    {
        var world = await World.StartAsync();
        world.Hooks.Answer = answers;
        await world.PublishAsync(Crm);
        await world.IdentifyAsync("ada", """{"name":"Ada"}""");
        await world.DoAsync("ada", "asked");
        return world;
    }

    static async Task<EnrolmentRow> OneAsync(World world) => Assert.Single(await world.EnrolmentsAsync("ada"));

    /// <summary>Semantics 5.4, 10.5, 10.7: tried again under its key until it is taken; what comes back moves the contact.</summary>
    [Fact]
    public async Task A_receiver_that_comes_back_gets_the_same_request_and_its_answer_moves_the_contact()
    {
        List<(MessageKey Key, string Body)> tries = [];
        await using var world = await StartAsync(message =>
        {
            tries.Add((message.Row.Key, Encoding.UTF8.GetString(message.Request!.Body.Span)));
            return tries.Count < 3 ? Later : Gold;
        });
        Assert.Equal("tell", (await OneAsync(world)).Point);
        await world.IdentifyAsync("ada", """{"name":"Another"}""");

        await world.AdvanceAsync(Duration.FromMinutes(5));

        Assert.Equal(3, tries.Count);
        Assert.Equal([(tries[0].Key, """{"name":"Ada"}""")], tries.Distinct());
        Assert.Equal(Outcome.Successful, (await OneAsync(world)).Outcome);
        Assert.Equal(Value.Of("gold"), (await world.ContactAsync("ada")).Property("level"));
        Assert.Equal(1, (await world.FiguresAsync("crm")).Settled("sent"));
    }

    /// <summary>Semantics 10.7: at its expiry it has failed.</summary>
    [Fact]
    public async Task A_receiver_that_never_comes_back_fails_it_at_its_expiry()
    {
        await using var world = await StartAsync(_ => Later);

        await world.AdvanceAsync(Duration.FromMinutes(10));
        Assert.Null((await OneAsync(world)).Outcome);
        await world.AdvanceAsync(Duration.FromHours(2));

        Assert.Equal(Outcome.Unsuccessful, (await OneAsync(world)).Outcome);
        Assert.Equal(1, (await world.FiguresAsync("crm")).Settled("failed"));
    }

    /// <summary>Semantics 10.8: what was on its way when the process died goes out again under the same key.</summary>
    [Fact]
    public async Task What_was_waiting_is_sent_by_the_next_start()
    {
        await using var world = await StartAsync(_ => Later);
        var key = (await world.Engine.Queries.MessagesAsync(new("crm"), null, null, null, 1, world.Token))[0].Key;

        await world.RestartAsync();
        world.Hooks.Answer = message => message.Row.Key == key ? Gold : new(SendOutcome.Failed);
        await world.AdvanceAsync(Duration.FromMinutes(30));

        Assert.Equal(Outcome.Successful, (await OneAsync(world)).Outcome);
    }

    /// <summary>Semantics 10.6: an exit cancels what was not sent.</summary>
    [Fact]
    public async Task An_exit_cancels_it()
    {
        await using var world = await StartAsync(_ => Later);

        await world.EditAsync("ada", new ContactEdit.AddTag("left"));
        world.Hooks.Answer = _ => Gold;
        await world.AdvanceAsync(Duration.FromHours(2));

        Assert.Empty(world.Hooks.Sent);
        Assert.Equal((Outcome.Exited, 1), ((await OneAsync(world)).Outcome, (await world.FiguresAsync("crm")).Settled("cancelled")));
    }
}
