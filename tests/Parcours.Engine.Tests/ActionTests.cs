using System.Text;
using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>Actions of one's own, by the whole engine: declared once, used by journeys, changed under them. Semantics 5.4, 6.2.</summary>
public sealed class ActionTests
{
    const string Score = """{"title":"Score","url":"https://crm.example.org/score","inputs":[{"name":"who","required":true},{"name":"depth","type":"number","default":2}],"outputs":[{"name":"level","from":"/data/level"}]}""";

    const string Journey = """
        {
          "format": 1, "id": "crm", "name": "CRM", "settings": { "reEntry": { "kind": "afterLeaving" } },
          "start": [ { "kind": "event", "id": "asked", "events": ["asked"], "next": "score" } ],
          "points": {
            "score": { "kind": "customAction", "action": "score", "inputs": { "who": "{{contact.name}}" }, "next": "level", "onFailure": "sorry" },
            "level": { "kind": "copyProperty", "field": "score.level", "into": "level", "next": "gold" },
            "gold": { "kind": "end", "outcome": "successful" },
            "sorry": { "kind": "end", "outcome": "unsuccessful" }
          }
        }
        """;

    static async Task<CatalogueAnswer> SaveAsync(World world, string json) => await world.Engine.Catalogue.SaveAsync("action", "score", Encoding.UTF8.GetBytes(json), null, world.Token);
    static IEnumerable<string> Codes(CatalogueAnswer answer) => Assert.IsType<CatalogueAnswer.Refused>(answer).Problems.Select(problem => problem.Code);

    static async Task<World> StartAsync(Func<OutgoingMessage, SendResult> answers)
    {
        var world = await World.StartAsync();
        world.Hooks.Answer = answers;
        World.Done(await SaveAsync(world, Score));
        await world.PublishAsync(Journey);
        await world.IdentifyAsync("ada", """{"name":"Ada"}""");
        return world;
    }

    [Fact]
    public async Task It_is_sent_as_a_webhook_is_and_its_outputs_move_the_contact()
    {
        List<string> bodies = [];
        await using var world = await StartAsync(message =>
        {
            bodies.Add(Encoding.UTF8.GetString(message.Request!.Body.Span));
            return bodies.Count < 2 ? new(SendOutcome.TryLater, "webhook: status 503") : new(SendOutcome.Sent) { Answer = """{"status":200,"body":{"data":{"level":"gold"}}}"""u8.ToArray() };
        });
        await world.DoAsync("ada", "asked");
        // What is declared outlives a restart.
        await world.RestartAsync();
        world.Hooks.Answer = message => new(SendOutcome.Sent) { Answer = """{"status":200,"body":{"data":{"level":"gold"}}}"""u8.ToArray() };
        await world.AdvanceAsync(Duration.FromMinutes(10));

        Assert.Equal(["""{"who":"Ada","depth":2}"""], bodies.Distinct());
        Assert.Equal(Outcome.Successful, Assert.Single(await world.EnrolmentsAsync("ada")).Outcome);
        Assert.Equal(Value.Of("gold"), (await world.ContactAsync("ada")).Property("level"));
    }

    /// <summary>Semantics 6.2: from its control entry on, those who come meet the new declaration.</summary>
    [Fact]
    public async Task A_change_that_fits_holds_for_those_who_come_after_it()
    {
        List<string> urls = [];
        await using var world = await StartAsync(message =>
        {
            urls.Add(message.Request!.Url);
            return new(SendOutcome.Sent) { Answer = """{"status":200,"body":{}}"""u8.ToArray() };
        });
        await world.DoAsync("ada", "asked");
        World.Done(await SaveAsync(world, Score.Replace("/score", "/v2/score", StringComparison.Ordinal)));
        await world.DoAsync("ada", "asked");

        Assert.Equal(["https://crm.example.org/score", "https://crm.example.org/v2/score"], urls);
    }

    /// <summary>Semantics 6.1: what a live journey needs is neither taken away nor demanded of it.</summary>
    [Fact]
    public async Task What_a_live_journey_uses_is_neither_deleted_nor_changed_away()
    {
        await using var world = await StartAsync(_ => new(SendOutcome.Sent));

        Assert.Equal(["catalogue.used"], Codes(await world.Engine.Catalogue.DeleteAsync("action", "score", null, world.Token)));
        Assert.Equal(["catalogue.action-output", "catalogue.action-input", "catalogue.action-needs"], Codes(await SaveAsync(world, """{"url":"https://crm.example.org","inputs":[{"name":"whom","required":true}]}""")));
        Assert.Equal(["catalogue.action-needs"], Codes(await SaveAsync(world, Score.Replace("\"name\":\"who\",", "\"name\":\"who\",\"type\":\"choice\",\"choices\":[\"a\"],", StringComparison.Ordinal).Replace("{\"name\":\"depth\",\"type\":\"number\",\"default\":2}", "{\"name\":\"depth\",\"type\":\"number\",\"required\":true}", StringComparison.Ordinal))));
        World.Done(await world.Engine.Catalogue.EndJourneyAsync(new("crm"), world.Token));
    }

    [Fact]
    public async Task A_declaration_that_cannot_be_is_refused_and_so_is_a_journey_without_one()
    {
        await using var world = await World.StartAsync();
        Assert.Equal(["webhook.url", "reference.secret"], Codes(await SaveAsync(world, """{"url":"no","signWith":"nobody"}""")));
        Assert.Equal(["field.unknown", "webhook.url"], Codes(await SaveAsync(world, """{"uri":"https://crm.example.org"}""")));
        World.Done(await world.Engine.Catalogue.SaveJourneyAsync(new("crm"), Encoding.UTF8.GetBytes(Journey), null, world.Token));

        Assert.Equal(["action.missing"], Codes(await world.Engine.Catalogue.PublishJourneyAsync(new("crm"), null, world.Token)));
    }
}
