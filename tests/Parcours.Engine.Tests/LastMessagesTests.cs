using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Conditions on the last messages, by the whole engine.</summary>
public sealed class LastMessagesTests
{
    const string Mails = """
        {"format":1,"id":"mails","name":"Mails","settings":{"reEntry":{"kind":"afterLeaving"},"email":{"topic":"shop-news"}},
         "start":[{"kind":"event","id":"ask","events":["ask"],"next":"mail"}],
         "points":{"mail":{"kind":"sendEmail","content":"hello","next":"end"},"end":{"kind":"end","outcome":"completed"}}}
        """;

    const string Quiet = """{"kind":"lastMessages","count":2,"is":"noneOpened"}""";

    static async Task<World> WithMailsAsync()
    {
        var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(Mails);
        foreach (var user in new[] { "ada", "bob" })
            await world.IdentifyAsync(user, "{}", new Identity(IdentityKind.Email, $"{user}@example.org"));
        return world;
    }

    static async Task OpensAsync(World world)
    {
        var message = (await world.Engine.Queries.MessagesAsync(null, (await world.ContactAsync("ada")).Id, null, null, 1, world.Token))[0];
        await world.SubmitAsync(new()
        {
            Contact = message.Contact,
            Origin = Origin.Live,
            Body = new SubmissionBody.Feedback(message.Key, FeedbackKind.Opened, null),
        });
    }

    static async Task AskAsync(World world, string user, int times)
    {
        for (var time = 0; time < times; time++)
        {
            await world.DoAsync(user, "ask");
            await world.AdvanceAsync(Duration.FromMinutes(1));
        }
    }

    /// <summary>Semantics 7.7: what was sent before the segment was there is read of the messages, what was opened of the events, and what comes since counts once.</summary>
    [Fact]
    public async Task A_segment_knows_of_what_was_sent_before_it_and_since()
    {
        await using var world = await WithMailsAsync();
        await AskAsync(world, "ada", 2);
        await OpensAsync(world);
        await AskAsync(world, "bob", 2);
        await world.SegmentAsync("quiet", Quiet);
        Assert.Equal(1, await world.MembersAsync("quiet"));
        Assert.Contains("quiet", (await world.ContactAsync("bob")).Segments);

        await AskAsync(world, "ada", 1);
        Assert.Equal(1, await world.MembersAsync("quiet"));
        await AskAsync(world, "ada", 1);
        Assert.Equal(2, await world.MembersAsync("quiet"));
        await world.RestartAsync();
        await OpensAsync(world);
        Assert.Equal(1, await world.MembersAsync("quiet"));
    }

    /// <summary>Semantics 4.6: the messages of both are those of the winner.</summary>
    [Fact]
    public async Task A_merged_contact_has_the_messages_of_both()
    {
        await using var world = await WithMailsAsync();
        await world.SegmentAsync("quiet", Quiet);
        await AskAsync(world, "ada", 1);
        await AskAsync(world, "bob", 1);
        Assert.Equal(0, await world.MembersAsync("quiet"));
        var (ada, bob) = ((await world.ContactAsync("ada")).Id, (await world.ContactAsync("bob")).Id);
        await world.SubmitAsync(new() { Contact = ada, Origin = Origin.Person, Body = new SubmissionBody.Merge(bob) });

        Assert.Equal(1, await world.MembersAsync("quiet"));
    }
}
