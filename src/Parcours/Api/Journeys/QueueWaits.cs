using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Machine;

namespace Parcours.Api;

/// <summary>How long those who stand at a point have stood there.</summary>
static class QueueWaits
{
    /// <summary>A queue may hold a million: beyond a thousand the middle is that of slices from all over it, oldest contacts to newest.</summary>
    const int All = 1_000, Slices = 20;

    public static void Map(RouteGroupBuilder journeys) =>
        journeys.MapGet("{id}/points/{point}/queue/waits", GetAsync).WithName("queue-waits").WithSummary("How long those who wait at a point have waited: the median, of all or, where there are more than a thousand, of a sample.").Produces<WaitsView>().Fails(404);

    static async Task<IResult> GetAsync(string id, string point, IEngine engine, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var (rows, all) = await RowsAsync(engine.Queries, journey.Id, point, cancellationToken);
        var since = rows.Select(row => row.Since).Order().ToList();
        return Results.Ok(new WaitsView(since.Count == 0 ? null : Math.Max(0, (engine.Now - since[since.Count / 2]).TotalSeconds), since.Count, all));
    }

    static async Task<(IReadOnlyList<EnrolmentRow> Rows, bool All)> RowsAsync(IStoreQueries queries, JourneyId journey, string point, CancellationToken cancellationToken)
    {
        var first = await queries.QueueAsync(journey, point, 0, All + 1, cancellationToken);
        if (first.Count <= All)
            return (first, true);
        var newest = await queries.ContactsAsync(long.MaxValue, descending: true, 1, cancellationToken) is [var last] ? last.Contact.Number : 0;
        var (from, rows) = (first[0].Contact.Number - 1, new Dictionary<(Guid, Guid), EnrolmentRow>());
        for (var slice = 0; slice < Slices; slice++)
            foreach (var row in await queries.QueueAsync(journey, point, from + (newest - from) * slice / Slices, All / Slices, cancellationToken))
                rows[(row.Contact.Value, row.Id.Value)] = row;
        return ([.. rows.Values], false);
    }
}

/// <param name="MedianSeconds">Null: nobody waits here.</param>
/// <param name="Of">How many were looked at.</param>
/// <param name="All">They are all who wait here.</param>
sealed record WaitsView(double? MedianSeconds, int Of, bool All);
