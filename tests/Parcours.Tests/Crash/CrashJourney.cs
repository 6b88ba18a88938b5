using System.Text;
using Parcours.Cli;
using Parcours.Configuration;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Journeys.Machine;
using Parcours.Security;

namespace Parcours.Tests.Crash;

/// <summary>What runs while the process is killed: a journey with mails and short waits, and one that counts.</summary>
static class CrashJourney
{
    public static readonly JourneyId Id = new("crash"), Counting = new("counting");

    /// <summary>The purchase that starts <see cref="Counting"/>: not the fourth, not the sixth.</summary>
    public const int Counted = 5;

    /// <summary>The points of <see cref="Id"/> in order; everybody passes each once.</summary>
    public static readonly string[] Points = ["tag", "hello", "wait", "again", "longer", "done"];

    const string Journey = """
        {
          "format": 1, "id": "crash", "name": "Crash",
          "settings": { "reEntry": { "kind": "never" }, "email": { "topic": "news" } },
          "start": [{ "kind": "event", "id": "in", "events": ["signed_up"], "next": "tag" }],
          "points": {
            "tag": { "kind": "addTag", "tag": "in", "next": "hello" },
            "hello": { "kind": "sendEmail", "content": "hello", "next": "wait" },
            "wait": { "kind": "delay", "for": "PT0.4S", "next": "again" },
            "again": { "kind": "sendEmail", "content": "hello", "next": "longer" },
            "longer": { "kind": "delay", "for": "PT1S", "next": "done" },
            "done": { "kind": "end", "outcome": "completed" }
          }
        }
        """;

    static readonly string CountingJourney = $$"""
        {
          "format": 1, "id": "counting", "name": "Counting",
          "settings": { "reEntry": { "kind": "always" } },
          "start": [{
            "kind": "event", "id": "in", "events": ["bought"], "next": "done",
            "filter": { "kind": "event", "events": ["bought"], "function": "count", "is": "equals", "value": {{Counted}} }
          }],
          "points": { "done": { "kind": "end", "outcome": "completed" } }
        }
        """;

    /// <summary>Takes both live in a new folder; returns a key for the intake.</summary>
    /// <param name="database">Null: SQLite in the folder.</param>
    /// <param name="capped">With a frequency cap that keeps nobody back: contacts remember what was sent.</param>
    public static async Task<string> SetUpAsync(string data, string? database = null, bool capped = false)
    {
        var settings = Settings.Read(new SettingSources(setting => setting == Setting.Data ? data : setting == Setting.Database ? database : null, _ => null));
        await using var server = await Server.OpenAsync(settings, testClock: null, salt: 1, CancellationToken.None);
        var catalogue = server.Engine.Catalogue;
        Taken(await catalogue.SaveAsync("topic", "news", Bytes("""{ "name": "news", "title": "News", "whenUnknown": "unlessRefused" }"""), 0, CancellationToken.None));
        Taken(await catalogue.SaveAsync("content", "hello", Bytes("""{ "name": "hello", "language": "en", "subject": "Hello", "text": "Hello. {{links.unsubscribe}}" }"""), 0, CancellationToken.None));
        if (capped)
            Taken(await catalogue.SaveAsync("cap", "wide", Bytes("""{ "most": 100, "within": "P7D" }"""), 0, CancellationToken.None));
        await PublishAsync(catalogue, Id, Journey);
        await PublishAsync(catalogue, Counting, CountingJourney);
        return (await server.Get<ApiKeys>().CreateAsync("crash", KeyScope.Intake, CancellationToken.None)).Secret;
    }

    /// <summary>A key for everything, of an installation that is set up and that nobody serves yet.</summary>
    public static async Task<string> AdminKeyAsync(string data, string database)
    {
        var settings = Settings.Read(new SettingSources(setting => setting == Setting.Data ? data : setting == Setting.Database ? database : null, _ => null));
        await using var server = await Server.OpenAsync(settings, testClock: null, salt: 1, CancellationToken.None);
        return (await server.Get<ApiKeys>().CreateAsync("all", KeyScope.Admin, CancellationToken.None)).Secret;
    }

    static async Task PublishAsync(ICatalogueService catalogue, JourneyId journey, string json)
    {
        Taken(await catalogue.SaveJourneyAsync(journey, Bytes(json), 0, CancellationToken.None));
        Taken(await catalogue.PublishJourneyAsync(journey, null, CancellationToken.None));
    }

    static void Taken(CatalogueAnswer answer) =>
        Assert.True(answer is CatalogueAnswer.Done, answer is CatalogueAnswer.Refused refused ? string.Join("\n", refused.Problems) : answer.ToString());

    static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
