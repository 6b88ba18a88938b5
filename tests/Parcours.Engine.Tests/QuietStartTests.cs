using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Starting points that hear of what does not happen, by the whole engine: no sign of life (Semantics 6.18), no answer to a message (6.17).</summary>
public sealed class QuietStartTests
{
    const string Lapsed = """
        {"format":1,"id":"lapsed","name":"Lapsed","settings":{"reEntry":{"kind":"afterLeaving"}},
         "start":[{"kind":"inactive","id":"quiet","events":["visit"],"for":"P10D","next":"end"}],"points":{"end":{"kind":"end","outcome":"completed"}}}
        """;

    const string Mails = """
        {"format":1,"id":"mails","name":"Mails","settings":{"reEntry":{"kind":"afterLeaving"},"email":{"topic":"shop-news"}},
         "start":[{"kind":"event","id":"ask","events":["ask"],"next":"mail"}],
         "points":{"mail":{"kind":"sendEmail","content":"hello","next":"end"},"end":{"kind":"end","outcome":"completed"}}}
        """;

    static string Watching(string id, string start) => $$$"""
        {"format":1,"id":"{{{id}}}","name":"Watching","settings":{"reEntry":{"kind":"afterLeaving"}},
         "start":[{"kind":"message","id":"in",{{{start}}},"next":"end"}],"points":{"end":{"kind":"end","outcome":"completed"} } }
        """;

    static async Task<IEnumerable<Instant>> EntriesAsync(World world, string user) => (await world.EnrolmentsAsync(user)).Select(enrolment => enrolment.StartedAt).Order();

    /// <summary>Semantics 6.18, 7.7, 6.10: the memory is filled before it goes live, so what was done before says when; who was quiet that long already is not caught up, and nothing is lost over restarts.</summary>
    [Fact]
    public async Task What_contacts_did_before_a_journey_went_live_says_when_they_are_quiet()
    {
        await using var world = await World.StartAsync();
        var begin = world.Clock.Now;
        await world.DoAsync("ada", "visit");
        await world.AdvanceAsync(Duration.FromDays(5));
        await world.DoAsync("bob", "visit");
        await world.AdvanceAsync(Duration.FromDays(6));
        await world.PublishAsync(Lapsed);
        await world.RestartAsync();
        await world.AdvanceAsync(Duration.FromDays(20));
        Assert.Empty(await world.EnrolmentsAsync("ada"));
        Assert.Equal([begin + Duration.FromDays(15)], await EntriesAsync(world, "bob"));

        await world.DoAsync("ada", "visit");
        await world.RestartAsync();
        await world.AdvanceAsync(Duration.FromDays(30));
        Assert.Equal([begin + Duration.FromDays(41)], await EntriesAsync(world, "ada"));
        Assert.Equal(2, (await world.FiguresAsync("lapsed")).Started);
    }

    /// <summary>Semantics 6.17: what the outbox sent is heard by another journey, at once or when nobody has opened it; what was opened is not.</summary>
    [Fact]
    public async Task A_message_that_was_sent_and_one_that_nobody_opened_start_other_journeys()
    {
        await using var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(Mails);
        await world.PublishAsync(Watching("sent", "\"is\":\"sent\",\"content\":\"hello\""));
        await world.PublishAsync(Watching("unread", "\"is\":\"notOpened\",\"within\":\"P2D\""));
        foreach (var user in new[] { "ada", "bob" })
        {
            await world.IdentifyAsync(user, "{}", new Identity(IdentityKind.Email, $"{user}@example.org"));
            await world.DoAsync(user, "ask");
        }
        await world.AdvanceAsync(Duration.FromDays(1));
        Assert.Equal((2, 0), ((await world.FiguresAsync("sent")).Started, (await world.FiguresAsync("unread")).Started));

        var message = (await world.Engine.Queries.MessagesAsync(null, (await world.ContactAsync("ada")).Id, null, null, 1, world.Token))[0];
        await world.SubmitAsync(new() { Contact = message.Contact, Origin = Origin.Live, Body = new SubmissionBody.Feedback(message.Key, FeedbackKind.Opened, null) });
        await world.RestartAsync();
        await world.AdvanceAsync(Duration.FromDays(5));

        Assert.Equal(1, (await world.FiguresAsync("unread")).Started);
        Assert.Single(await world.EnrolmentsAsync("bob"), enrolment => enrolment.Journey.Value == "unread");
    }
}
