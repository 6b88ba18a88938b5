using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;

namespace Parcours.Contacts;

/// <summary>How many members a segment had when a day (UTC) began; of the last one told, how many it has now.</summary>
sealed record SegmentDay(DateOnly Day, long Members);

/// <summary>Writes down once a day how many members each segment has: one document a segment, its last ninety days.</summary>
/// <remarks>The store keeps the present number alone; a row for each change would be as long as the history itself, and nobody asks for more than a day.</remarks>
sealed class SegmentDays(IEngine engine)
{
    public const int DaysTold = 90;
    const int PageSize = 500;
    const string Kind = "segment-days";

    /// <summary>Writes the day down, where that was not done yet. A segment that fills has no number.</summary>
    public async Task TakeAsync(LocalDate today, CancellationToken cancellationToken)
    {
        var kept = new Dictionary<string, Document>(StringComparer.Ordinal);
        for (string? after = null; await engine.Queries.DocumentsAsync(Kind, null, after, PageSize, cancellationToken) is { Count: > 0 } page; after = page[^1].Id)
            foreach (var document in page)
                kept[document.Id] = document;
        for (string? after = null; await engine.Queries.DocumentsAsync(DocumentKinds.Segment, null, after, PageSize, cancellationToken) is { Count: > 0 } page; after = page[^1].Id)
            foreach (var name in page.Select(document => document.Id))
            {
                var was = kept.Remove(name, out var document) ? document : null;
                if (await engine.Catalogue.SegmentAsync(name, cancellationToken) is { Filling: false } segment)
                    await AddAsync(segment, was is null ? [] : Of(was, segment, today), today.ToDateOnly(), cancellationToken);
            }

        // Of segments that are no more.
        foreach (var gone in kept.Keys)
            await engine.WriteAsync((unit, _) => unit.DeleteDocumentAsync(Kind, gone, null, CancellationToken.None), cancellationToken);
    }

    async Task AddAsync(SegmentDocument segment, List<SegmentDay> days, DateOnly today, CancellationToken cancellationToken)
    {
        // After a restart the day may have been written already: what it began with stands.
        if (days.Count > 0 && days[^1].Day >= today)
            return;
        days.Add(new(today, segment.Members));
        var json = JsonSerializer.SerializeToUtf8Bytes(days, SegmentDaysJson.Default.IReadOnlyListSegmentDay);
        await engine.WriteAsync((unit, now) => unit.WriteDocumentAsync(Kind, segment.Name, json, null, now, CancellationToken.None), cancellationToken);
    }

    /// <summary>The last ninety days as far as they are known, and now.</summary>
    public async Task<IReadOnlyList<SegmentDay>> OfAsync(SegmentDocument segment, CancellationToken cancellationToken)
    {
        var today = engine.Now.InUtc().Date;
        var days = await engine.Queries.DocumentAsync(Kind, segment.Name, cancellationToken) is { } document ? Of(document, segment, today) : [];
        return segment.Filling ? days : [.. days.Where(day => day.Day < today.ToDateOnly()), new(today.ToDateOnly(), segment.Members)];
    }

    /// <summary>Another segment of the name may have been there before: its days are not this one's.</summary>
    static List<SegmentDay> Of(Document document, SegmentDocument segment, LocalDate today)
    {
        var first = LocalDate.Max(today.PlusDays(-DaysTold), segment.CreatedAt.InUtc().Date).ToDateOnly();
        return [.. JsonSerializer.Deserialize(document.Json.Span, SegmentDaysJson.Default.IReadOnlyListSegmentDay)!.Where(day => day.Day >= first)];
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<SegmentDay>))]
sealed partial class SegmentDaysJson : JsonSerializerContext;
