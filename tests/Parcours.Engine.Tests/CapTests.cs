using System.Text;
using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Frequency caps: Semantics 10.1, 10.2.</summary>
public sealed class CapTests
{
    static string Journey(string id, string settings = "", string point = "") => $$"""
        {
          "format": 1, "id": "{{id}}", "name": "{{id}}",
          "settings": { "reEntry": { "kind": "afterLeaving" }, "email": { "topic": "shop-news" }{{settings}} },
          "start": [ { "kind": "event", "id": "in", "events": ["{{id}}"], "next": "mail" } ],
          "points": {
            "mail": { "kind": "sendEmail", "content": "hello"{{point}}, "next": "done" },
            "done": { "kind": "end", "outcome": "completed" }
          }
        }
        """;

    static async Task<World> WithCapAsync(string cap, params string[] journeys)
    {
        var world = await World.StartAsync();
        await world.ShopNewsAsync();
        World.Done(await world.Engine.Catalogue.SaveAsync("cap", "calm", Encoding.UTF8.GetBytes(cap), null, world.Token));
        foreach (var journey in journeys)
            await world.PublishAsync(journey);
        await world.IdentifyAsync("ada", """{"email":"ada@example.org"}""");
        return world;
    }

    const string OneADay = """{"most":1,"within":"P1D"}""";

    static IEnumerable<Instant> Sent(World world) => world.Mail.Sent.Select(mail => mail.Row.DecidedAt);

    /// <summary>Semantics 10.1, 10.2: it waits at its card, with the reason, until the first leaves the window; 2.1: at exactly its time plus the window.</summary>
    [Fact]
    public async Task A_capped_message_waits_its_turn()
    {
        await using var world = await WithCapAsync(OneADay, Journey("a"), Journey("b"));
        await world.DoAsync("ada", "a");
        await world.AdvanceAsync(Duration.FromHours(1));
        await world.DoAsync("ada", "b");

        var waiting = Assert.IsType<EnrolmentState.Waiting>(Assert.Single((await world.ContactAsync("ada")).Enrolments).State);
        Assert.Equal(("mail", "cap", World.Monday9 + Duration.FromDays(1)), (waiting.Point, waiting.Wait.Reason, waiting.Wait.Due!.Value));
        await world.AdvanceAsync(Duration.FromHours(23) - Duration.FromSeconds(1));
        Assert.Single(world.Mail.Sent);
        await world.AdvanceAsync(Duration.FromSeconds(1));

        Assert.Equal([World.Monday9, World.Monday9 + Duration.FromDays(1)], Sent(world));
        Assert.Empty((await world.ContactAsync("ada")).Enrolments);
    }

    [Fact]
    public async Task Or_it_is_skipped_with_the_reason_where_its_author_says_so()
    {
        await using var world = await WithCapAsync(OneADay, Journey("a"), Journey("b", point: ", \"whenCapped\": \"skip\""));
        await world.DoAsync("ada", "a");
        await world.DoAsync("ada", "b");

        Assert.Single(world.Mail.Sent);
        Assert.Equal(["capped"], (await world.Engine.Queries.MessagesAsync(new("b"), null, null, null, 10, world.Token)).Select(message => message.Why));
        Assert.Equal(Outcome.Completed, (await world.EnrolmentsAsync("ada")).Single(row => row.Journey.Value == "b").Outcome);
    }

    /// <summary>Semantics 10.2: transactional messages neither count nor are capped; a cap on one topic leaves the others alone.</summary>
    [Fact]
    public async Task What_is_transactional_neither_counts_nor_waits()
    {
        await using var world = await WithCapAsync(OneADay, Journey("receipt", point: ", \"purpose\": \"transactional\""), Journey("a"), Journey("b"));
        foreach (var journey in new[] { "receipt", "a", "receipt", "b" })
            await world.DoAsync("ada", journey);

        Assert.Equal(3, world.Mail.Sent.Count);
        Assert.Equal("b", Assert.Single((await world.ContactAsync("ada")).Enrolments).Journey.Value);
    }

    [Fact]
    public async Task A_cap_on_a_topic_counts_its_messages_alone()
    {
        await using var world = await WithCapAsync("""{"most":1,"within":"P1D","topic":"shop-news"}""", Journey("a"), Journey("b"));
        World.Done(await world.Engine.Catalogue.SaveAsync("topic", "tips", """{"whenUnknown":"unlessRefused"}"""u8.ToArray(), null, world.Token));
        await world.PublishAsync(Journey("other", point: ", \"topic\": \"tips\""));
        foreach (var journey in new[] { "a", "other", "b" })
            await world.DoAsync("ada", journey);

        Assert.Equal(2, world.Mail.Sent.Count);
        Assert.Equal("b", Assert.Single((await world.ContactAsync("ada")).Enrolments).Journey.Value);
    }

    /// <summary>Semantics 10.2: a place that is free goes to the higher priority, then to the longest wait.</summary>
    [Fact]
    public async Task A_free_place_goes_to_the_higher_priority_then_to_the_longest_wait()
    {
        await using var world = await WithCapAsync(OneADay, Journey("first"), Journey("early"), Journey("late"), Journey("urgent", settings: ", \"priority\": 5"));
        await world.DoAsync("ada", "first");
        foreach (var journey in new[] { "early", "late", "urgent" })
        {
            await world.AdvanceAsync(Duration.FromMinutes(1));
            await world.DoAsync("ada", journey);
        }

        await world.AdvanceAsync(Duration.FromDays(4));

        Assert.Equal(["first", "urgent", "early", "late"], world.Mail.Sent.Select(mail => mail.Row.Journey.Value));
        Assert.Equal(Enumerable.Range(0, 4).Select(day => World.Monday9 + Duration.FromDays(day)), Sent(world));
    }

    /// <summary>Semantics 10.2: given back when nothing was sent.</summary>
    [Fact]
    public async Task What_failed_takes_no_place()
    {
        await using var world = await WithCapAsync(OneADay, Journey("a"), Journey("b"));
        world.Mail.Answer = _ => new(SendOutcome.Failed, "smtp: 550 no such mailbox");
        await world.DoAsync("ada", "a");
        world.Mail.Answer = _ => new(SendOutcome.Sent);
        await world.DoAsync("ada", "b");

        Assert.Equal("b", Assert.Single(world.Mail.Sent).Row.Journey.Value);
        Assert.Empty((await world.ContactAsync("ada")).Enrolments);
    }

    /// <summary>Semantics 10.2: a place that comes back before its time is taken at once by who waits.</summary>
    [Fact]
    public async Task A_place_that_comes_back_early_wakes_who_waits_for_it()
    {
        await using var world = await WithCapAsync(OneADay, Journey("a"), Journey("b"), Journey("c", settings: ", \"priority\": 5"));
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order", Duration.FromHours(1));
        await world.DoAsync("ada", "a");
        foreach (var journey in new[] { "b", "c" })
            await world.DoAsync("ada", journey);
        world.Mail.Answer = mail => mail.Row.Journey.Value == "a" ? new(SendOutcome.Failed, "smtp: 550 no such mailbox") : new(SendOutcome.Sent);

        await world.AdvanceAsync(Duration.FromHours(1));

        var sent = Assert.Single(world.Mail.Sent, mail => mail.Row.Journey.Value != "a");
        Assert.Equal(("c", World.Monday9 + Duration.FromHours(1)), (sent.Row.Journey.Value, sent.Now));
        Assert.Equal("b", Assert.Single((await world.ContactAsync("ada")).Enrolments).Journey.Value);
    }

    /// <summary>Semantics 10.2, 10.6: what is cancelled before any sender had it gives its place back, in the same commit; a restart keeps that.</summary>
    [Fact]
    public async Task What_was_cancelled_before_it_left_gives_its_place_back()
    {
        await using var world = await WithCapAsync(OneADay, Journey("a", settings: """, "exits": [ { "name": "bought", "when": { "kind": "event", "events": ["bought"], "is": "did" } } ]""").Replace("\"next\": \"done\" },", "\"next\": \"rest\" }, \"rest\": { \"kind\": \"delay\", \"for\": \"P9D\", \"next\": \"done\" },", StringComparison.Ordinal), Journey("b"));
        world.Mail.Answer = _ => new(SendOutcome.TryLater, "out of order", Duration.FromHours(5));
        await world.DoAsync("ada", "a");
        await world.DoAsync("ada", "b");
        Assert.Equal("cap", Assert.IsType<EnrolmentState.Waiting>((await world.ContactAsync("ada")).Enrolments.Single(one => one.Journey.Value == "b").State).Wait.Reason);
        world.Mail.Answer = _ => new(SendOutcome.Sent);

        await world.AdvanceAsync(Duration.FromHours(1));
        await world.DoAsync("ada", "bought");
        await world.AdvanceAsync(Duration.FromSeconds(1));

        Assert.Equal("b", world.Mail.Sent.Last().Row.Journey.Value);
        Assert.Equal(World.Monday9 + Duration.FromHours(1), world.Mail.Sent.Last().Now);
        await world.RestartAsync();
        Assert.Single((await world.ContactAsync("ada")).Sent);
    }

    /// <summary>Semantics 10.1: what its author does not want sent so late is not waited for.</summary>
    [Fact]
    public async Task What_would_be_too_late_is_skipped()
    {
        await using var world = await WithCapAsync(OneADay, Journey("a"), Journey("b", point: ", \"expiresAfter\": \"PT2H\""));
        await world.DoAsync("ada", "a");
        await world.DoAsync("ada", "b");

        Assert.Equal(["capped"], (await world.Engine.Queries.MessagesAsync(new("b"), null, null, null, 10, world.Token)).Select(message => message.Why));
    }

    /// <summary>It holds over a restart, and what counts for nothing any more is forgotten.</summary>
    [Fact]
    public async Task It_holds_over_a_restart_and_is_forgotten_afterwards()
    {
        await using var world = await WithCapAsync(OneADay, Journey("a"), Journey("b"));
        await world.DoAsync("ada", "a");
        await world.RestartAsync();
        await world.DoAsync("ada", "b");
        Assert.Single((await world.ContactAsync("ada")).Enrolments);

        await world.AdvanceAsync(Duration.FromDays(3));
        await world.DoAsync("ada", "anything", traits: """{"city":"Bern"}""");
        Assert.Empty((await world.ContactAsync("ada")).Sent);
    }

    [Theory]
    [InlineData("""{"most":0,"within":"soon"}""", "catalogue.cap-most", "catalogue.cap-within")]
    [InlineData("""{"most":1,"within":"P1D","topic":"none"}""", "catalogue.cap-topic")]
    [InlineData("""{"most":1,"within":"P400D","channel":"pigeon"}""", "catalogue.cap-channel", "catalogue.cap-within")]
    public async Task Every_problem_of_a_cap_is_told(string cap, params string[] codes)
    {
        await using var world = await World.StartAsync();
        var refused = Assert.IsType<CatalogueAnswer.Refused>(await world.Engine.Catalogue.SaveAsync("cap", "calm", Encoding.UTF8.GetBytes(cap), null, world.Token));
        Assert.Equal(codes, refused.Problems.Select(problem => problem.Code));
    }
}
