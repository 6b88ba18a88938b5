using System.Text;
using Parcours.Cli;
using Parcours.Configuration;
using Parcours.Engine.Catalogues;
using Parcours.Journeys.Machine;
using Parcours.Security;

namespace Parcours.Tests.Crash;

/// <summary>Two journeys that everybody who signs up begins at once: news, and a receipt that must arrive.</summary>
static class MailJourneys
{
    public static readonly JourneyId News = new("news"), Receipt = new("receipt");

    /// <summary>Takes both live in a new folder; returns a key for the intake and one that reads.</summary>
    public static async Task<(string Intake, string Read)> SetUpAsync(string data)
    {
        var settings = Settings.Read(new SettingSources(setting => setting == Setting.Data ? data : null, _ => null));
        await using var server = await Server.OpenAsync(settings, testClock: null, salt: 1, CancellationToken.None);
        var catalogue = server.Engine.Catalogue;
        Taken(await catalogue.SaveAsync("topic", "news", Bytes("""{ "name": "news", "title": "News", "whenUnknown": "unlessRefused" }"""), 0, CancellationToken.None));
        foreach (var (journey, email) in new[] { (News, """{ "topic": "news" }"""), (Receipt, """{ "purpose": "transactional" }""") })
        {
            Taken(await catalogue.SaveAsync(
                "content", journey.Value, Bytes($$$"""{ "name": "{{{journey}}}", "language": "en", "subject": "{{{journey}}} for {{contact.user_id}}", "text": "Dear {{contact.user_id}}{{links.unsubscribe}}" }"""),
                0, CancellationToken.None));
            Taken(await catalogue.SaveJourneyAsync(journey, Bytes($$"""
                {
                  "format": 1, "id": "{{journey}}", "name": "{{journey}}",
                  "settings": { "reEntry": { "kind": "never" }, "email": {{email}} },
                  "start": [{ "kind": "event", "id": "in", "events": ["signed_up"], "next": "mail" }],
                  "points": { "mail": { "kind": "sendEmail", "content": "{{journey}}", "next": "done" }, "done": { "kind": "end", "outcome": "completed" } }
                }
                """), 0, CancellationToken.None));
            Taken(await catalogue.PublishJourneyAsync(journey, null, CancellationToken.None));
        }
        var keys = server.Get<ApiKeys>();
        return ((await keys.CreateAsync("shop", KeyScope.Intake, CancellationToken.None)).Secret, (await keys.CreateAsync("look", KeyScope.Read, CancellationToken.None)).Secret);
    }

    static void Taken(CatalogueAnswer answer) =>
        Assert.True(answer is CatalogueAnswer.Done, answer is CatalogueAnswer.Refused refused ? string.Join("\n", refused.Problems) : answer.ToString());

    static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
