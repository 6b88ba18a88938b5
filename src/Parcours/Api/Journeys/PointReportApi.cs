using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Api;

/// <summary>What became of the messages of one point.</summary>
static class PointReportApi
{
    static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);
    const int PageLength = 1_000;

    public static void Map(RouteGroupBuilder journeys) =>
        journeys.MapGet("{id}/points/{point}/report", ReportAsync).WithName("point-report").WithSummary("Messages of a point: decided, sent, delivered, opened, clicked, bounced …, and clicks by link. Links are counted from the events that are kept; complete says whether all were looked at.").Produces<PointReport>().Fails(404);

    static async Task<IResult> ReportAsync(string id, string point, IEngine engine, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var asOf = await engine.Queries.ClockAsync(cancellationToken);
        var statistics = StatisticsReading.Of(await engine.Queries.CountersAsync(null, journey.Id, cancellationToken), asOf);
        var messages = statistics.Points.FirstOrDefault(one => one.Point == point)?.Messages;
        var (links, complete) = messages?.GetValueOrDefault("clicked") > 0 ? await LinksAsync(engine, time, id, point, cancellationToken) : ([], true);
        return Results.Ok(new PointReport(asOf.ToApi(), messages ?? new Dictionary<string, long>(), links, complete));
    }

    static async Task<(IReadOnlyList<LinkReport> Links, bool Complete)> LinksAsync(IEngine engine, TimeProvider time, string journey, string point, CancellationToken cancellationToken)
    {
        var links = new Dictionary<string, (long Clicks, HashSet<string> Messages)>(StringComparer.Ordinal);
        var (began, after, complete) = (time.GetTimestamp(), 0L, false);
        while (!complete && time.GetElapsedTime(began) < Budget)
        {
            var page = await engine.Queries.EventsAsync(PartitionSet.All, ["email_clicked"], after, long.MaxValue, PageLength, cancellationToken);
            foreach (var stored in page)
            {
                after = stored.Sequence;
                if (EntryCodec.Decode(stored.Body.Span) is not EntryBody.Received { Properties: { IsEmpty: false } properties })
                    continue;
                using var json = JsonDocument.Parse(properties);
                if (Text(json, "journey") != journey || Text(json, "point") != point || Text(json, "link") is not { } link)
                    continue;
                if (!links.TryGetValue(link, out var held))
                    held = (0, new(StringComparer.Ordinal));
                held.Messages.Add(Text(json, "message") ?? "");
                links[link] = (held.Clicks + 1, held.Messages);
            }

            complete = page.Count < PageLength;
        }

        return ([.. links.OrderByDescending(link => link.Value.Messages.Count).Select(link => new LinkReport(link.Key, link.Value.Messages.Count, link.Value.Clicks))], complete);
    }

    static string? Text(JsonDocument json, string field) => json.RootElement.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <param name="Messages">As in the statistics: decided, waiting, sent, skipped, failed, delivered, opened, clicked, opens, clicks, bounced, complained, unsubscribed …</param>
/// <param name="Complete">False: only the older clicks were looked at within the time there was.</param>
sealed record PointReport(DateTimeOffset AsOf, IReadOnlyDictionary<string, long> Messages, IReadOnlyList<LinkReport> Links, bool Complete);

/// <param name="Link">Its name (data-link), else its address as written.</param>
/// <param name="Messages">In how many messages it was followed.</param>
/// <param name="Clicks">How often in all.</param>
sealed record LinkReport(string Link, long Messages, long Clicks);
