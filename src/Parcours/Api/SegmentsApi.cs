using System.Text.Json;
using Parcours.Contacts;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Http;

namespace Parcours.Api;

/// <summary>Segments: conditions with their members, kept live.</summary>
static class SegmentsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var segments = api.MapGroup("segments").WithTags("Segments");
        segments.MapGet("", async ([AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken) =>
                page.Of(await engine.Catalogue.SegmentsAsync(page.Key, page.Size + 1, cancellationToken), SegmentView.Of, segment => segment.Name))
            .WithName("segments").WithSummary("All segments with their live counts, by name.").Produces<Page<SegmentView>>();
        segments.MapGet("{name}", GetAsync).WithName("segment").WithSummary("A segment: condition, live count, and how far it is filled.").Produces<SegmentView>().Fails(404);
        segments.MapPut("{name}", PutAsync).WithName("put-segment").WithSummary("Creates a segment, or gives it a new condition. It then fills; who journeys name it wait for that (Semantics 7.7).").Produces<SegmentView>().Produces<SegmentView>(201).Saves();
        segments.MapDelete("{name}", async (string name, HttpContext context, IEngine engine, CancellationToken cancellationToken) =>
            {
                var seen = Precondition.Of(context.Request);
                return await (await engine.Catalogue.DeleteSegmentAsync(name, seen.Revision, cancellationToken)).ToDeletionAsync(context, seen, $"segment '{name}'");
            })
            .WithName("delete-segment").WithSummary("Deletes a segment; refused while something live uses it.").Produces(204).Deletes();
        segments.MapGet("{name}/forecast", ForecastAsync).WithName("segment-forecast").WithSummary("Who will join and leave within so many days (7, at most 31) by time alone. Contacts are looked through, newest first, for two seconds at most: complete says whether all were.").Produces<SegmentForecast>().Fails(400, 404);
        segments.MapGet("{name}/days", async (string name, IEngine engine, SegmentDays days, CancellationToken cancellationToken) =>
                await engine.Catalogue.SegmentAsync(name, cancellationToken) is { } segment ? Results.Ok(await days.OfAsync(segment, cancellationToken)) : NotFound(name))
            .WithName("segment-days").WithSummary("How many members it had when each of the last ninety days (UTC) began, as far as that was written down, and how many it has now.").Produces<IReadOnlyList<SegmentDay>>().Fails(404);
        segments.MapGet("{name}/members", async (string name, [AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken) =>
                await engine.Catalogue.SegmentAsync(name, cancellationToken) is not null ? Results.Ok(await MemberView.PageAsync(engine, "segment", name, page, cancellationToken)) : NotFound(name))
            .WithName("segment-members").WithSummary("Members, oldest contact first.").Produces<Page<MemberView>>().Fails(404);
    }

    static async Task<IResult> ForecastAsync(string name, int? days, IEngine engine, SegmentForecasts forecasts, CancellationToken cancellationToken)
    {
        if (days is < 1 or > SegmentForecasts.DaysMax)
            return new ProblemAnswer(Problems.Invalid("segment.days", "/days", $"1 to {SegmentForecasts.DaysMax} days."));
        return await engine.Catalogue.SegmentAsync(name, cancellationToken) is { } segment ? Results.Ok(await forecasts.OfAsync(segment, days ?? 7, cancellationToken)) : NotFound(name);
    }

    static async Task<IResult> GetAsync(string name, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        if (await engine.Catalogue.SegmentAsync(name, cancellationToken) is not { } segment)
            return NotFound(name);
        context.Response.Headers.ETag = Precondition.Tag(segment.Revision);
        return Results.Ok(SegmentView.Of(segment));
    }

    static async Task<IResult> PutAsync(string name, JudgedBody<SegmentBody> body, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        var seen = Precondition.Of(context.Request);
        var segment = await body.ReadAsync(async rest => CatalogueAnswers.Errors(await engine.Catalogue.CheckSegmentAsync(Json(name, rest), cancellationToken)));
        var answer = await engine.Catalogue.SaveSegmentAsync(name, Json(name, segment), seen.ForSaving, cancellationToken);
        return await answer.ToResultAsync(context, seen, $"segment '{name}'", async (_, _) => await engine.Catalogue.SegmentAsync(name, cancellationToken) is { } saved ? SegmentView.Of(saved) : null, $"/api/v1/segments/{Uri.EscapeDataString(name)}");
    }

    static byte[] Json(string name, SegmentBody body) => JsonSerializer.SerializeToUtf8Bytes(new { name = body.Name ?? name, description = body.Description, condition = body.Condition }, ApiJson.Options);

    static ProblemAnswer NotFound(string name) => new(Problems.NotFound($"segment '{name}'"));
}

/// <param name="Condition">docs/journeys.md, "Conditions".</param>
/// <param name="Name">May repeat the name in the address, and nothing else; so a file can be sent as it is.</param>
sealed record SegmentBody(JsonElement Condition, string? Description = null, string? Name = null);

/// <param name="Filled">0 to 1 while filling; 1 when all members are known.</param>
sealed record SegmentView(string Name, string? Description, int Version, bool Filling, double Filled, long Members, long Revision, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, JsonElement? Condition)
{
    public static SegmentView Of(SegmentDocument segment) => new(
        segment.Name, segment.Description, segment.Version, segment.Filling, segment.Filled, segment.Members, segment.Revision, segment.CreatedAt.ToApi(), segment.UpdatedAt.ToApi(), RawJson.Of(segment.Condition));
}
