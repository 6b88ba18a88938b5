using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Bars from single journeys (Semantics 6.15) and the archive (6.16), over a real store.</summary>
public sealed class StandingTests
{
    const string Ada = """{"email":"ada@example.org"}""";

    static string Journey(string mail = "") => $$"""
        {
          "format": 1, "id": "sale", "name": "Sale",
          "settings": { "reEntry": { "kind": "afterLeaving" }, "email": { "topic": "shop-news" } },
          "start": [ { "kind": "event", "id": "in", "events": ["sale"], "next": "mail" } ],
          "points": { "mail": { "kind": "sendEmail", "content": "hello"{{mail}}, "next": "wait" }, "wait": { "kind": "delay", "for": "PT1H", "next": "done" }, "done": { "kind": "end", "outcome": "completed" } }
        }
        """;

    static async Task<World> WithAsync(string journey)
    {
        var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.SegmentAsync("reachable", """{"kind":"property","name":"email","is":"known"}""");
        await world.PublishAsync(journey);
        await world.IdentifyAsync("ada", Ada);
        return world;
    }

    /// <summary>Semantics 6.15: removed and kept out in one act, over a restart; the timeline says both.</summary>
    [Fact]
    public async Task A_bar_outlives_a_restart()
    {
        await using var world = await WithAsync(Journey());
        await world.DoAsync("ada", "sale");
        var inside = Assert.Single((await world.ContactAsync("ada")).Enrolments);
        await world.SubmitAsync(new() { Contact = inside.Contact, Origin = Origin.Person, Body = new SubmissionBody.Remove(inside.Id, null, "asked", Bars: true) });
        await world.RestartAsync();

        await world.DoAsync("ada", "sale");

        var ada = await world.ContactAsync("ada");
        Assert.Equal([new("sale")], ada.Barred);
        Assert.Equal(Outcome.Removed, Assert.Single(await world.EnrolmentsAsync("ada")).Outcome);
        Assert.Equal("barred", Assert.Single(await world.Engine.Queries.RefusalsAsync(new("sale"), ada.Id, 10, world.Token)).Reason);
        Assert.Contains(new ContactChange.JourneyBarred(new("sale"), true), (await world.Engine.Queries.TimelineAsync(ada.Id, null, 50, world.Token)).SelectMany(item => TimelineCodec.Decode(item.Row.Body.Span).Changes));
        await world.EditAsync("ada", new ContactEdit.Bar(new("sale"), false));
        await world.DoAsync("ada", "sale");
        Assert.Single((await world.ContactAsync("ada")).Enrolments);
    }

    /// <summary>Semantics 6.16: it leaves journeys and segments, over a restart, and comes back to its segments.</summary>
    [Fact]
    public async Task Who_is_archived_leaves_and_comes_back()
    {
        await using var world = await WithAsync(Journey());
        await world.DoAsync("ada", "sale");
        Assert.Equal(1, await world.MembersAsync("reachable"));

        await world.EditAsync("ada", new ContactEdit.Archive(true));
        await world.RestartAsync();
        await world.DoAsync("ada", "sale");

        Assert.Equal((Outcome.Exited, "archived"), Assert.Single(await world.EnrolmentsAsync("ada")) is var row ? (row.Outcome, row.Why) : default);
        Assert.Equal(0, await world.MembersAsync("reachable"));
        await world.EditAsync("ada", new ContactEdit.Archive(false));
        Assert.Equal(1, await world.MembersAsync("reachable"));
        await world.DoAsync("ada", "sale");
        Assert.Single((await world.ContactAsync("ada")).Enrolments);
    }

    /// <summary>Semantics 6.16, 10.6: a message of a trip that has ended in its own way is not cancelled; the outbox skips it for who is archived meanwhile, unless it is transactional.</summary>
    [Theory]
    [InlineData("", MessageStatus.Skipped, "archived")]
    [InlineData(""", "purpose": "transactional" """, MessageStatus.Sent, null)]
    public async Task Marketing_that_waits_in_the_outbox_is_skipped(string mail, MessageStatus status, string? why)
    {
        await using var world = await WithAsync(Journey(mail));
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order");
        await world.DoAsync("ada", "sale");
        await world.AdvanceAsync(Duration.FromHours(2));
        Assert.Equal(Outcome.Completed, Assert.Single(await world.EnrolmentsAsync("ada")).Outcome);

        await world.EditAsync("ada", new ContactEdit.Archive(true));
        world.Mail.Answer = _ => new(SendOutcome.Sent);
        await world.AdvanceAsync(Duration.FromHours(12));

        var message = Assert.Single(await world.Engine.Queries.MessagesAsync(null, null, null, null, 10, world.Token));
        Assert.Equal((status, why), (message.Status, status == MessageStatus.Sent ? null : message.Why));
        Assert.Equal(1, (await world.FiguresAsync("sale")).Settled(status == MessageStatus.Sent ? "sent" : "skipped"));
    }
}
