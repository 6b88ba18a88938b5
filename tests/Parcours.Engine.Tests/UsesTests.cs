using System.Text;
using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Semantics 6.1: what something live uses is not deleted, and who does is told.</summary>
public sealed class UsesTests
{
    static string Journey(string id, string point, string settings = "{}", string start = """{ "kind": "event", "id": "in", "events": ["came"], "next": "p" }""") =>
        $$"""{ "format": 1, "id": "{{id}}", "name": "{{id}}", "settings": {{settings}}, "start": [ {{start}} ], "points": { "p": {{point}}, "wait": { "kind": "delay", "for": "P9D" } } }""";

    static async Task SaveAsync(World world, string kind, string name, string json) => World.Done(await world.Engine.Catalogue.SaveAsync(kind, name, Encoding.UTF8.GetBytes(json), null, world.Token));

    static async Task<World> StartAsync()
    {
        var world = await World.StartAsync();
        await SaveAsync(world, "property", "plan", """{"type":"text"}""");
        await SaveAsync(world, "property", "pace", """{"type":"number"}""");
        await SaveAsync(world, "list", "staff", "{}");
        await SaveAsync(world, "topic", "news", "{}");
        await SaveAsync(world, "content", "hello", """{"subject":"Hello","text":"Hello"}""");
        await SaveAsync(world, "coupon-pool", "spring", """{"pattern":"SPRING-*****","secret":"s"}""");
        await SaveAsync(world, "team", "Sales", """{"members":[]}""");
        await SaveAsync(world, "action", "score", """{"url":"https://crm.example.org"}""");
        await world.SegmentAsync("vip", """{"kind":"tag","name":"vip"}""");
        await world.PublishAsync("""{"format":1,"id":"other","name":"Other","start":[{"kind":"hand","id":"in","next":"e"}],"points":{"e":{"kind":"end","outcome":"completed"}}}""");
        return world;
    }

    static Task<CatalogueAnswer> DeleteAsync(World world, string kind, string name) => kind switch
    {
        "segment" => world.Engine.Catalogue.DeleteSegmentAsync(name, null, world.Token),
        "journey" => world.Engine.Catalogue.DeleteJourneyAsync(new(name), null, world.Token),
        _ => world.Engine.Catalogue.DeleteAsync(kind, name, null, world.Token),
    };

    static async Task RefusedAsync(World world, string kind, string name, string users)
    {
        var problem = Assert.Single(Assert.IsType<CatalogueAnswer.Refused>(await DeleteAsync(world, kind, name)).Problems);
        Assert.Equal(("catalogue.used", users), (problem.Code, problem.Arguments!["users"]));
    }

    [Theory]
    [InlineData("segment", "vip", """{"kind":"if","condition":{"kind":"segment","name":"vip"},"then":"wait","else":"wait"}""")]
    [InlineData("segment", "vip", """{"kind":"branch","paths":[{"name":"a","condition":{"kind":"segment","name":"vip"},"next":"wait"}],"otherwise":"wait"}""")]
    [InlineData("segment", "vip", """{"kind":"waitUntilTrue","condition":{"kind":"segment","name":"vip"},"next":"wait"}""")]
    [InlineData("segment", "vip", """{"kind":"experiment","paths":[{"name":"a","share":50,"next":"wait"},{"name":"b","share":50,"next":"wait"}],"goal":{"kind":"segmentEntered","segment":"vip"},"within":"P7D"}""")]
    [InlineData("list", "staff", """{"kind":"if","condition":{"kind":"list","name":"staff"},"then":"wait","else":"wait"}""")]
    [InlineData("list", "staff", """{"kind":"addToList","list":"staff","next":"wait"}""")]
    [InlineData("list", "staff", """{"kind":"removeFromList","list":"staff","next":"wait"}""")]
    [InlineData("list", "staff", """{"kind":"if","condition":{"kind":"tag","name":"a"},"then":"wait","else":"e"},"e":{"kind":"end","outcome":"completed","addToList":"staff"}""")]
    [InlineData("property", "plan", """{"kind":"if","condition":{"kind":"property","name":"plan","is":"known"},"then":"wait","else":"wait"}""")]
    [InlineData("property", "plan", """{"kind":"switch","property":"plan","paths":[{"name":"a","values":["pro"],"next":"wait"}],"otherwise":"wait"}""")]
    [InlineData("property", "plan", """{"kind":"setProperty","property":"plan","value":"pro","next":"wait"}""")]
    [InlineData("property", "plan", """{"kind":"copyProperty","property":"pace","into":"plan","next":"wait"}""")]
    [InlineData("property", "pace", """{"kind":"increaseProperty","property":"pace","by":1,"next":"wait"}""")]
    [InlineData("property", "pace", """{"kind":"delay","for":"P1D","property":"pace","next":"wait"}""")]
    [InlineData("content", "hello", """{"kind":"sendEmail","content":"hello","purpose":"transactional","next":"wait"}""")]
    [InlineData("topic", "news", """{"kind":"setConsent","topic":"news","state":"refused","next":"wait"}""")]
    [InlineData("coupon-pool", "spring", """{"kind":"coupon","pool":"spring","next":"wait"}""")]
    [InlineData("action", "score", """{"kind":"customAction","action":"score","next":"wait"}""")]
    [InlineData("team", "Sales", """{"kind":"createTask","title":"Call","team":"Sales","next":"wait"}""")]
    [InlineData("team", "Sales", """{"kind":"notify","text":"Look","toTeams":["Sales"],"next":"wait"}""")]
    [InlineData("team", "Sales", """{"kind":"assignOwner","team":"Sales","next":"wait"}""")]
    public async Task What_a_live_journey_names_is_not_deleted_until_it_has_ended(string kind, string name, string point)
    {
        await using var world = await StartAsync();
        await world.PublishAsync(Journey("uses", point));

        await RefusedAsync(world, kind, name, "journey uses");

        World.Done(await world.Engine.Catalogue.EndJourneyAsync(new("uses"), world.Token));
        await world.Engine.SettleAsync(world.Token);
        World.Done(await DeleteAsync(world, kind, name));
    }

    [Theory]
    [InlineData("""{"kind":"startJourney","journey":"other","next":"wait"}""", null)]
    [InlineData("""{"kind":"stopJourney","journey":"other","next":"wait"}""", null)]
    [InlineData("""{"kind":"runJourney","journey":"other","paths":[{"name":"a","outcomes":["successful"],"next":"wait"}],"otherwise":"wait"}""", null)]
    [InlineData("""{"kind":"waitFor","activities":[{"kind":"journeyLeft","journey":"other"}],"next":"wait"}""", null)]
    [InlineData("""{"kind":"if","condition":{"kind":"journey","journey":"other"},"then":"wait","else":"wait"}""", null)]
    [InlineData("""{"kind":"addTag","tag":"a","next":"wait"}""", """{"kind":"journeyLeft","id":"in","journey":"other","next":"p"}""")]
    public async Task A_journey_that_a_live_one_names_is_not_deleted(string point, string? start)
    {
        await using var world = await StartAsync();
        await world.PublishAsync(start is null ? Journey("uses", point) : Journey("uses", point, start: start));
        World.Done(await world.Engine.Catalogue.EndJourneyAsync(new("other"), world.Token));
        await world.Engine.SettleAsync(world.Token);

        await RefusedAsync(world, "journey", "other", "journey uses");

        World.Done(await world.Engine.Catalogue.EndJourneyAsync(new("uses"), world.Token));
        await world.Engine.SettleAsync(world.Token);
        World.Done(await DeleteAsync(world, "journey", "other"));
    }

    [Fact]
    public async Task What_a_segment_names_is_not_deleted_and_all_who_use_it_are_told_by_kind()
    {
        await using var world = await StartAsync();
        await world.SegmentAsync("asks", """{"kind":"any","of":[{"kind":"journey","journey":"other"},{"kind":"list","name":"staff"},{"kind":"segment","name":"vip"},{"kind":"property","name":"plan","is":"known"}]}""");
        World.Done(await world.Engine.Catalogue.EndJourneyAsync(new("other"), world.Token));
        await world.Engine.SettleAsync(world.Token);
        await world.PublishAsync(Journey("uses", """{"kind":"addToList","list":"staff","next":"wait"}"""));

        await RefusedAsync(world, "journey", "other", "segment asks");
        await RefusedAsync(world, "segment", "vip", "segment asks");
        await RefusedAsync(world, "property", "plan", "segment asks");
        await RefusedAsync(world, "list", "staff", "segment asks, journey uses");
        var problem = Assert.Single(Assert.IsType<CatalogueAnswer.Refused>(await DeleteAsync(world, "list", "staff")).Problems);
        Assert.Equal(("asks", "uses"), (problem.Arguments!["segments"], problem.Arguments["journeys"]));
    }

    [Fact]
    public async Task A_property_that_drives_a_journeys_stages_is_not_deleted()
    {
        await using var world = await StartAsync();
        await world.PublishAsync("""{"format":1,"id":"uses","name":"uses","settings":{"stageProperty":"plan"},"start":[{"kind":"hand","id":"in"}],"points":{"p":{"kind":"stage","values":["pro"],"next":"wait"},"wait":{"kind":"delay","for":"P9D"}}}""");

        await RefusedAsync(world, "property", "plan", "journey uses");
    }

    [Fact]
    public async Task What_an_older_version_names_stays_while_somebody_may_be_in_it()
    {
        await using var world = await StartAsync();
        await world.PublishAsync(Journey("uses", """{"kind":"delay","for":"P1D","next":"wait"}""".Replace("\"wait\"", "\"l\"", StringComparison.Ordinal) + ""","l":{"kind":"addToList","list":"staff","next":"wait"}"""));
        await world.DoAsync("ada", "came");
        await world.PublishAsync(Journey("uses", """{"kind":"delay","for":"P1D","next":"wait"}"""));

        await RefusedAsync(world, "list", "staff", "journey uses");

        // Ada has left the version that names it.
        await world.AdvanceAsync(Duration.FromDays(11));
        World.Done(await DeleteAsync(world, "list", "staff"));
    }

    [Fact]
    public async Task Who_uses_a_user_or_a_secret_is_known_too()
    {
        await using var world = await StartAsync();
        await world.PublishAsync(Journey("uses", """{"kind":"createTask","title":"Call","assignee":"Eva@example.org","next":"wait"}"""));

        Assert.Equal([new CatalogueUser("journey", "uses", "uses")], await world.Engine.Catalogue.UsersAsync(UsedKind.User, "eva@example.org", world.Token));
        Assert.Empty(await world.Engine.Catalogue.UsersAsync(UsedKind.Secret, "crm", world.Token));
    }
}
