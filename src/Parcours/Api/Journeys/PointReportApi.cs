using System.ComponentModel;
using System.Text.Json;
using NodaTime;
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
        journeys.MapGet("{id}/points/{point}/report", ReportAsync).WithName("point-report").WithSummary("Messages of a point: decided, sent, delivered, opened, clicked, bounced …, and clicks by link; of all versions and times, or of one version, or since a day. Links are counted from the events that are kept; complete says whether all were looked at.").Produces<PointReport>().Fails(404);

    static async Task<IResult> ReportAsync(string id, string point, IEngine engine, FiguresLog log, TimeProvider time, CancellationToken cancellationToken, [Description("Of this version alone.")] int? version = null, [Description("Since the day (UTC) of this time, of the last hundred.")] DateTimeOffset? since = null)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var statistics = await JourneysApi.StatisticsOfAsync(engine, log, journey.Id, version, since, cancellationToken);
        var messages = statistics.Points.FirstOrDefault(one => one.Point == point)?.Messages;
        var (links, complete) = messages?.GetValueOrDefault("clicked") > 0 ? await LinksAsync(engine, time, new(id, point, version, statistics.From?.ToInstant()), cancellationToken) : ([], true);
        return Results.Ok(new PointReport(statistics.AsOf, messages ?? new Dictionary<string, long>(), links, complete, statistics.From));
    }

    /// <summary>Of which messages, and since when.</summary>
    readonly record struct Wanted(string Journey, string Point, int? Version, Instant? From)
    {
        public bool Takes(JsonDocument json, StoredEvent stored) =>
            Text(json, "journey") == Journey && Text(json, "point") == Point && !(stored.ReceivedAt < From)
            && (Version is not { } version || json.RootElement.TryGetProperty("version", out var said) && said.ValueKind == JsonValueKind.Number && said.TryGetInt32(out var number) && number == version);
    }

    static async Task<(IReadOnlyList<LinkReport> Links, bool Complete)> LinksAsync(IEngine engine, TimeProvider time, Wanted wanted, CancellationToken cancellationToken)
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
                if (!wanted.Takes(json, stored) || Text(json, "link") is not { } link)
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
/// <param name="From">Of a period: from when its figures are; null: from the beginning.</param>
sealed record PointReport(DateTimeOffset AsOf, IReadOnlyDictionary<string, long> Messages, IReadOnlyList<LinkReport> Links, bool Complete, DateTimeOffset? From = null);

/// <param name="Link">Its name (data-link), else its address as written.</param>
/// <param name="Messages">In how many messages it was followed.</param>
/// <param name="Clicks">How often in all.</param>
sealed record LinkReport(string Link, long Messages, long Clicks);
