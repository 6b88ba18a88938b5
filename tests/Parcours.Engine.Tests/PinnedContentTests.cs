using System.Text;
using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Semantics 6.7: a journey may pin the version of a content that it sends.</summary>
public sealed class PinnedContentTests
{
    static string Journey(string point = ", \"pinned\": true", string settings = "") => $$"""
        {
          "format": 1, "id": "letters", "name": "Letters", "settings": { "reEntry": { "kind": "afterLeaving" }, "email": { "topic": "shop-news"{{settings}} } },
          "start": [ { "kind": "event", "id": "in", "events": ["in"], "next": "wait" } ],
          "points": {
            "wait": { "kind": "delay", "for": "P1D", "next": "mail" },
            "mail": { "kind": "sendEmail", "content": "hello"{{point}}, "next": "done" },
            "done": { "kind": "end", "outcome": "completed" }
          }
        }
        """;

    static async Task<World> LiveAsync(string journey)
    {
        var world = await World.StartAsync();
        await world.ShopNewsAsync();
        await world.PublishAsync(journey);
        return world;
    }

    static async Task<int> RewriteAsync(World world)
    {
        World.Done(await world.Engine.Catalogue.SaveAsync("content", "hello", """{"subject":"Hello again","text":"Hello again"}"""u8.ToArray(), null, world.Token));
        return (int)(await world.Engine.Queries.DocumentAsync("content", "hello", world.Token))!.Revision;
    }

    static async Task<int?> SentAsync(World world, string user)
    {
        await world.DoAsync(user, "in", traits: $$"""{"email":"{{user}}@example.org"}""");
        await world.AdvanceAsync(Duration.FromDays(1));
        return world.Mail.Sent.Last().ContentVersion;
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task What_is_pinned_is_sent_as_it_was_when_the_version_was_published(bool byPoint)
    {
        await using var world = await LiveAsync(byPoint ? Journey() : Journey("", ", \"pinned\": true"));
        await world.DoAsync("ada", "in", traits: """{"email":"ada@example.org"}""");
        var second = await RewriteAsync(world);
        await world.RestartAsync();

        await world.AdvanceAsync(Duration.FromDays(1));

        Assert.Equal(second - 1, Assert.Single(world.Mail.Sent).ContentVersion);
        Assert.Contains("\"Hello\"", Encoding.UTF8.GetString((await world.Engine.Queries.DocumentAsync("content-version", $"hello/{second - 1}", world.Token))!.Json.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_version_pins_what_is_live_then_and_who_is_inside_gets_what_its_own_has_pinned()
    {
        await using var world = await LiveAsync(Journey());
        await world.DoAsync("ada", "in", traits: """{"email":"ada@example.org"}""");
        var second = await RewriteAsync(world);
        await world.PublishAsync(Journey());
        await world.DoAsync("ben", "in", traits: """{"email":"ben@example.org"}""");

        await world.AdvanceAsync(Duration.FromDays(1));

        Assert.Equal([(1, second - 1), (2, second)], world.Mail.Sent.Select(mail => (mail.Row.Version, mail.ContentVersion!.Value)).Order());
    }

    [Fact]
    public async Task What_is_not_pinned_is_sent_as_it_is_live()
    {
        await using var world = await LiveAsync(Journey(""));
        Assert.Null(await SentAsync(world, "ada"));

        await world.PublishAsync(Journey(", \"pinned\": false", ", \"pinned\": true"));
        Assert.Null(await SentAsync(world, "ben"));
        Assert.Empty(await world.Engine.Queries.DocumentsAsync("content-version", null, null, 10, world.Token));
    }

    [Fact]
    public async Task What_was_pinned_goes_with_its_content()
    {
        await using var world = await LiveAsync(Journey());
        Assert.IsType<CatalogueAnswer.Refused>(await world.Engine.Catalogue.DeleteAsync("content", "hello", null, world.Token));
        World.Done(await world.Engine.Catalogue.EndJourneyAsync(new("letters"), world.Token));
        await world.Engine.SettleAsync(world.Token);

        World.Done(await world.Engine.Catalogue.DeleteAsync("content", "hello", null, world.Token));

        Assert.Empty(await world.Engine.Queries.DocumentsAsync("content-version", null, null, 10, world.Token));
    }
}
