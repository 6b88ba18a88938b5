using System.Security.Claims;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Http;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Api;

/// <summary>What can be set of a journey while it runs, without a new version: shares of splits and the entry rate (Semantics 6.3).</summary>
static class DialsApi
{
    public static void Map(RouteGroupBuilder journeys)
    {
        var one = journeys.MapGroup("{id}");
        one.MapGet("dials", GetAsync).WithName("journey-dials").WithSummary("The shares of the live version's splits and its entry rate, as they hold and as they were published; and what was set of them, when and by whom, newest first.").Produces<DialsView>().Fails(404);
        one.MapPut("splits/{point}/shares", PutSharesAsync).WithName("put-shares").WithSummary("Other shares for a split, from now on and without a new version. Who has drawn keeps the path; a version that says other shares begins with its own.")
            .Produces<DialsView>().Produces<DialsView>(202).Fails(400, 404, 422);
        one.MapPut("entry-rate", PutRateAsync).WithName("put-entry-rate").WithSummary("Another entry rate, from now on and without a new version; who stands in line is let in by it.").Produces<DialsView>().Produces<DialsView>(202).Fails(400, 404, 422);
        one.MapDelete("entry-rate", DropRateAsync).WithName("delete-entry-rate").WithSummary("Lets in as many as come, those who stand in line at once.").Produces<DialsView>().Produces<DialsView>(202).Fails(404, 422);
    }

    static async Task<IResult> GetAsync(string id, IEngine engine, CancellationToken cancellationToken) =>
        await JourneysApi.FindAsync(engine, id, cancellationToken) is { } journey ? Results.Ok(await ViewAsync(engine, journey.Id, cancellationToken)) : JourneysApi.NotFound(id);

    static Task<IResult> PutSharesAsync(string id, string point, Body<SharesBody> body, HttpContext context, IEngine engine, CancellationToken cancellationToken) =>
        SetAsync(id, context, engine, by => engine.Catalogue.SetSharesAsync(new(id), point, [.. body.Value.Paths.Select(path => new PathShare(path.Name, path.Share))], by, cancellationToken), cancellationToken);

    static Task<IResult> PutRateAsync(string id, Body<EntryRateBody> body, HttpContext context, IEngine engine, CancellationToken cancellationToken) =>
        SetAsync(id, context, engine, by => engine.Catalogue.SetEntryRateAsync(new(id), new() { Most = body.Value.Most, Per = body.Value.Per }, by, cancellationToken), cancellationToken);

    static Task<IResult> DropRateAsync(string id, HttpContext context, IEngine engine, CancellationToken cancellationToken) =>
        SetAsync(id, context, engine, by => engine.Catalogue.SetEntryRateAsync(new(id), null, by, cancellationToken), cancellationToken);

    static async Task<IResult> SetAsync(string id, HttpContext context, IEngine engine, Func<string?, Task<CatalogueAnswer>> set, CancellationToken cancellationToken)
    {
        if (await JourneysApi.FindAsync(engine, id, cancellationToken) is not { } journey)
            return JourneysApi.NotFound(id);
        var answer = await set(JourneyListApi.ActorOf(context.User));
        return answer switch
        {
            CatalogueAnswer.Done => Results.Ok(await ViewAsync(engine, journey.Id, cancellationToken)),
            CatalogueAnswer.InProgress => Results.Accepted(null, await ViewAsync(engine, journey.Id, cancellationToken)),
            _ => await answer.ToResultAsync(context, default, $"journey '{id}'", async (_, _) => await ViewAsync(engine, journey.Id, cancellationToken)),
        };
    }

    static async ValueTask<DialsView> ViewAsync(IEngine engine, JourneyId journey, CancellationToken cancellationToken)
    {
        var changes = (await engine.Catalogue.DialChangesAsync(journey, cancellationToken)).Select(DialChangeView.Of).ToList();
        if (engine.Current.Journeys.FirstOrDefault(live => live.Id == journey) is not { } live || live.Versions.GetValueOrDefault(live.Newest) is not { } plan)
            return new([], null, changes);
        var splits = plan.Points.Where(point => point.Split is not null).Select(point => SplitDialView.Of(point.Id, point.Split!, live.Dials.SharesAt(point.Id, point.Split!.Fingerprint)));
        var rate = live.Dials.Rate is { } dial && dial.Of == plan.EntryRate ? dial : null;
        return new([.. splits], new(EntryRateBody.Of(EntryRateSetting.Of(live.EntryRate)), EntryRateBody.Of(EntryRateSetting.Of(plan.EntryRate)), rate?.At.ToApi(), rate?.By), changes);
    }
}

/// <param name="Splits">Of the live version.</param>
/// <param name="EntryRate">Null: nothing is live.</param>
/// <param name="Changes">What was set, newest first.</param>
sealed record DialsView(IReadOnlyList<SplitDialView> Splits, EntryRateDialView? EntryRate, IReadOnlyList<DialChangeView> Changes);

/// <param name="SetAt">When the shares that hold were set; null: they are as they were published.</param>
sealed record SplitDialView(string Point, IReadOnlyList<PathShareView> Paths, DateTimeOffset? SetAt, string? SetBy)
{
    public static SplitDialView Of(string point, SplitPlan split, ShareDial? dial) =>
        new(point, [.. split.Paths.Select((path, index) => new PathShareView(path.Name, dial?.Paths[index].Share ?? path.Share, path.Share))], dial?.At.ToApi(), dial?.By);
}

/// <param name="Share">Percent, as it holds.</param>
/// <param name="Published">Percent, as the version says.</param>
sealed record PathShareView(string Name, decimal Share, decimal Published);

/// <param name="Rate">As it holds; null: as many as come.</param>
/// <param name="Published">As the version says.</param>
/// <param name="SetAt">When it was set; null: it is as it was published.</param>
sealed record EntryRateDialView(EntryRateBody? Rate, EntryRateBody? Published, DateTimeOffset? SetAt, string? SetBy);

/// <param name="Version">The newest when it was set.</param>
/// <param name="Point">The split; null: it is the entry rate.</param>
/// <param name="Paths">Of a split.</param>
/// <param name="EntryRate">Where there is no point; null there: as many as come.</param>
sealed record DialChangeView(DateTimeOffset At, string? By, int Version, string? Point, IReadOnlyList<PathShareBody>? Paths, EntryRateBody? EntryRate)
{
    public static DialChangeView Of(DialChange change) =>
        new(change.At.ToApi(), change.By, change.Version, change.Point, change.Point is null ? null : [.. change.Paths.Select(path => new PathShareBody(path.Name, path.Share))], EntryRateBody.Of(change.Rate));
}

/// <param name="Paths">Each path of the split once; the shares make 100.</param>
sealed record SharesBody(IReadOnlyList<PathShareBody> Paths);

/// <param name="Share">Percent.</param>
sealed record PathShareBody(string Name, decimal Share);

/// <param name="Most">From 1 to 1,000,000; they are spread evenly over the time.</param>
sealed record EntryRateBody(int Most, RatePeriod Per)
{
    public static EntryRateBody? Of(EntryRateSetting? rate) => rate is null ? null : new(rate.Most, rate.Per);
}
