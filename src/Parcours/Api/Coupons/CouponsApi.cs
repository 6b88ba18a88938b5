using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Pools of coupon codes: what they hold, what is left, and who has which (Semantics 9.2).</summary>
static class CouponsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var pools = api.MapGroup("coupons").WithTags("Coupons");
        pools.MapGet("", ListAsync).WithName("coupons").WithSummary("All pools of coupon codes, by name, with how many codes are left.").Produces<Page<PoolView>>();
        pools.MapGet("{id}", GetAsync).WithName("coupon-pool").WithSummary("One pool of coupon codes.").Produces<PoolView>().Fails(404);
        pools.MapPut("{id}", PutAsync).WithName("put-coupon-pool").WithSummary("Makes a pool of coupon codes, or changes it. How its codes come about stays as it is: with a pattern they are made when they are given, else they are uploaded.")
            .Accepts<PoolBody>("application/json").Produces<PoolView>().Produces<PoolView>(201).Saves();
        pools.MapDelete("{id}", DeleteAsync).WithName("delete-coupon-pool").WithSummary("Deletes a pool with all its codes; refused while a live journey gives them.").Produces(204).Deletes();
        pools.MapPost("{id}/codes", AddAsync).WithName("add-coupon-codes").WithSummary("Adds codes: one a line, or the first column of a CSV. What the pool has already, and what is no code, is told and left out.").Produces<AddedCodes>().Fails(400, 404, 413, 422);
        pools.MapGet("{id}/codes", CodesAsync).WithName("coupon-codes").WithSummary("The codes of a pool: those that are free, or those that were given, with who has each. For administrators.").RequireAuthorization(Access.Admin).Produces<Page<CodeView>>().Fails(400, 404);
    }

    static async Task<IResult> ListAsync([AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken)
    {
        var found = page.Of(await engine.Queries.DocumentsAsync(DocumentKinds.Pool, null, page.Key, page.Size + 1, cancellationToken), document => document, document => document.Id);
        var views = new List<PoolView>();
        foreach (var document in found.Items)
            views.Add(await ViewAsync(engine, document, cancellationToken));
        return Results.Ok(new Page<PoolView>(views, found.Next));
    }

    static async Task<IResult> GetAsync(string id, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        if (await engine.Queries.DocumentAsync(DocumentKinds.Pool, id, cancellationToken) is not { } document)
            return Missing(id);
        context.Response.Headers.ETag = Precondition.Tag(document.Revision);
        return Results.Ok(await ViewAsync(engine, document, cancellationToken));
    }

    // Read by hand: code for an endpoint cannot be generated where the precondition is read before.
    static async Task<IResult> PutAsync(string id, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        var seen = Precondition.Of(context.Request);
        var body = await Body<PoolBody>.ReadAsync(context, rest => engine.AlsoWrongAsync(DocumentKinds.Pool, id, Bytes(id, rest), cancellationToken));
        var answer = await engine.Catalogue.SaveAsync(DocumentKinds.Pool, id, Bytes(id, body), seen.ForSaving, cancellationToken);
        return await answer.ToResultAsync(context, seen, $"pool '{id}'", async (document, _) => await ViewAsync(engine, document, cancellationToken), $"/api/v1/coupons/{Uri.EscapeDataString(id)}");
    }

    /// <summary>The document of a pool, as the catalogue takes it.</summary>
    public static byte[] Bytes(string id, PoolBody body)
    {
        // Kept by the catalogue from the first time on, and told to nobody.
        var secret = body.Pattern is null ? null : Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        return JsonSerializer.SerializeToUtf8Bytes(new { name = body.Name ?? id, title = body.Title, pattern = body.Pattern, secret, warnBelow = body.WarnBelow, expiresAt = body.ExpiresAt, expiresAfter = body.ExpiresAfter });
    }

    static async Task<IResult> DeleteAsync(string id, HttpContext context, IEngine engine, CancellationToken cancellationToken)
    {
        var seen = Precondition.Of(context.Request);
        return await (await engine.Catalogue.DeleteAsync(DocumentKinds.Pool, id, seen.Revision, cancellationToken)).ToDeletionAsync(context, seen, $"pool '{id}'");
    }

    /// <summary>As many a commit as hold nobody up (Semantics 15.7).</summary>
    const int CodesAtOnce = 1_000;

    /// <summary>Of codes that were left out, as many are told by name.</summary>
    const int ToldMost = 100;

    static async Task<IResult> AddAsync(string id, Body<CodesBody> body, IEngine engine, CancellationToken cancellationToken)
    {
        if (await engine.Queries.DocumentAsync(DocumentKinds.Pool, id, cancellationToken) is not { } document)
            return Missing(id);
        if (PoolBody.Of(document).Pattern is not null)
            return new ProblemAnswer(Problems.Refused([new("coupons.pattern", "/codes", "The codes of this pool are made by its pattern; make another pool for codes of your own.")]));
        var (codes, wrong) = CouponCodes.Read(body.Value.Codes);
        if (codes.Count == 0)
            return new ProblemAnswer(Problems.Refused([new("coupons.none", "/codes", "There is no code in it: put one on each line.")]));
        var pool = AllocatorId.OfPool(id);
        var counts = await engine.Queries.AllocationCountsAsync(pool, cancellationToken);
        if (counts.Free + counts.Given + codes.Count > CouponPool.StockMax)
            return new ProblemAnswer(Problems.Refused([new("coupons.many", "/codes", $"A pool holds at most {CouponPool.StockMax.ToString("N0", CultureInfo.InvariantCulture)} codes; make another one.")]));
        var twice = new List<string>();
        for (var from = 0; from < codes.Count; from += CodesAtOnce)
        {
            var part = codes.GetRange(from, Math.Min(CodesAtOnce, codes.Count - from));
            twice.AddRange((await engine.WriteAsync((unit, now) => unit.AddCodesAsync(pool, part, now, CancellationToken.None), cancellationToken)).Select(index => part[index]));
        }

        await engine.Catalogue.RestockAsync(id, cancellationToken);
        return Results.Ok(new AddedCodes(codes.Count - twice.Count, twice.Count, [.. twice.Take(ToldMost)], wrong.Count, [.. wrong.Take(ToldMost)]));
    }

    static async Task<IResult> CodesAsync(string id, [AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken, [FromQuery] bool given = true)
    {
        if (await engine.Queries.DocumentAsync(DocumentKinds.Pool, id, cancellationToken) is null)
            return Missing(id);
        var rows = await engine.Queries.AllocationsAsync(AllocatorId.OfPool(id), given ? AllocationStatus.Given : AllocationStatus.Free, page.Number ?? 0, page.Size + 1, cancellationToken);
        return Results.Ok(page.Of(rows, row => new CodeView(row.Value ?? "", row.At.ToApi(), row.Contact?.Value, row.Expires?.ToApi()), row => row.Number.ToString(CultureInfo.InvariantCulture)));
    }

    static ProblemAnswer Missing(string id) => new(Problems.NotFound($"pool '{id}'"));

    static async ValueTask<PoolView> ViewAsync(IEngine engine, Document document, CancellationToken cancellationToken)
    {
        var (body, counts) = (PoolBody.Of(document), await engine.Queries.AllocationCountsAsync(AllocatorId.OfPool(document.Id), cancellationToken));
        return new(document.Id, document.Revision, document.CreatedAt.ToApi(), document.UpdatedAt.ToApi(), body.Title, body.Pattern, body.WarnBelow, body.ExpiresAt, body.ExpiresAfter,
            body.Pattern is null ? counts.Free : null, counts.Given, body.Pattern is null && body.WarnBelow > 0 && counts.Free < body.WarnBelow);
    }
}

/// <param name="Pattern">How codes are made: # is a digit, ? a letter, * either, such as SPRING-*****. Without it they are uploaded.</param>
/// <param name="WarnBelow">Users are warned when fewer codes are left; 0: never.</param>
/// <param name="ExpiresAt">A date and time with its offset, from which on none is given and none is good.</param>
/// <param name="ExpiresAfter">How long a code is good from when it is given: ISO 8601.</param>
sealed record PoolBody(string? Title = null, string? Pattern = null, long WarnBelow = 0, string? ExpiresAt = null, string? ExpiresAfter = null, string? Name = null)
{
    public static PoolBody Of(Document document) => JsonSerializer.Deserialize<PoolBody>(document.Json.Span, CatalogueApi.Kept)!;
}

/// <param name="Left">How many can still be given; null: they are made by a pattern.</param>
/// <param name="Low">Fewer are left than somebody is warned of.</param>
sealed record PoolView(string Id, long Revision, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? Title, string? Pattern, long WarnBelow, string? ExpiresAt, string? ExpiresAfter, long? Left, long Given, bool Low);

/// <param name="Codes">One a line; of a CSV the first column counts.</param>
sealed record CodesBody(string Codes);

/// <param name="Duplicates">How many were there already, or came twice.</param>
/// <param name="DuplicateCodes">The first of them.</param>
/// <param name="Wrong">How many lines hold no code.</param>
/// <param name="WrongLines">The first of them.</param>
sealed record AddedCodes(int Added, int Duplicates, IReadOnlyList<string> DuplicateCodes, int Wrong, IReadOnlyList<string> WrongLines);

/// <param name="Since">When it was given, or came in.</param>
/// <param name="Contact">Who has it; null: nobody.</param>
sealed record CodeView(string Code, DateTimeOffset Since, Guid? Contact, DateTimeOffset? Expires);
