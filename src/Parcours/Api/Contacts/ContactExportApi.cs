using System.Security.Claims;
using System.Text.Json;
using Parcours.Contacts;
using Parcours.Engine;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Contacts as a CSV file: ordered with a filter, fetched from the address that the order answers.</summary>
static class ContactExportApi
{
    const int IdsMax = 10_000;

    public static void Map(RouteGroupBuilder api)
    {
        var exports = api.MapGroup("contacts/exports").WithTags("Contacts").RequireAuthorization(Access.Admin);
        exports.MapPost("", OrderAsync).WithName("export-contacts").WithSummary("Orders a CSV file of those whom a search and a condition find, as in /contacts/search, or of those named by id; the answer says where it is fetched, within ten minutes, by the one who ordered it.").Produces<ExportView>(201).Fails(400, 422).WithMetadata(new NotRepeatable());
        exports.MapGet("{name}", FetchAsync).WithName("contacts-file").WithSummary("The file: written while contacts are looked through, newest first, so it may take as long as it is long.").Produces<Stream>(200, "text/csv").Fails(404);
    }

    static List<ProblemReason> Judge(ExportBody order)
    {
        var reasons = new List<ProblemReason>();
        if (order.Ids is not null && (order.Search is not null || order.Condition is not null || order.Archived is not null))
            reasons.Add(new("export.whom", "/ids", "Say whom: ids, or a condition or search; and not both."));
        if (order.Ids is { Count: 0 or > IdsMax })
            reasons.Add(new("export.ids", "/ids", $"1 to {IdsMax} ids; for more take a condition."));
        return reasons;
    }

    static async Task<IResult> OrderAsync(JudgedBody<ExportBody> body, ClaimsPrincipal user, IEngine engine, ContactExports exports, CancellationToken cancellationToken)
    {
        var order = await body.JudgedAsync(Judge);
        // Every reason against the condition is told now: in the midst of a file it would be too late.
        if (order.Condition is { } condition)
            await ContactJudge.OfAsync(engine, condition, "/condition", cancellationToken);
        var (name, until) = exports.Keep(new(order.Search, order.Condition?.Clone(), order.Ids, order.Delimiter == ExportDelimiter.Semicolon ? ';' : ',', Access.IdOf(user), order.Archived));
        var file = $"/api/v1/contacts/exports/{name}";
        return Results.Created(file, new ExportView(file, until));
    }

    static async Task<IResult> FetchAsync(string name, ClaimsPrincipal user, IEngine engine, ContactExports exports, ContactFinder finder, TimeProvider time, CancellationToken cancellationToken)
    {
        if (exports.Find(name, Access.IdOf(user)) is not { } export)
            return new ProblemAnswer(Problems.NotFound("export of this name any more; order it again"));
        var judge = export.Condition is { } condition ? await ContactJudge.OfAsync(engine, condition, "/condition", cancellationToken) : null;
        var wish = new ContactWish(ContactWords.Of(export.Search), judge, static _ => true, export.Ids is { } ids ? [.. ids.Distinct().Select(id => new ContactId(id)).OrderByDescending(id => id.Number)] : null, export.Archived);
        return Results.Stream(
            to => new ContactCsv(finder).WriteAsync(wish, export.Delimiter, to, cancellationToken), "text/csv; charset=utf-8", $"contacts-{time.GetUtcNow():yyyy-MM-dd}.csv");
    }
}

enum ExportDelimiter
{
    Comma,
    /// <summary>As spreadsheets want it where the comma is the decimal mark.</summary>
    Semicolon,
}

/// <param name="Search">As in /contacts/search.</param>
/// <param name="Condition">As in /contacts/search; without either, all contacts.</param>
/// <param name="Ids">These contacts alone, and neither search, condition nor archived.</param>
/// <param name="Archived">As in /contacts/search.</param>
sealed record ExportBody(string? Search = null, JsonElement? Condition = null, IReadOnlyList<Guid>? Ids = null, ExportDelimiter Delimiter = ExportDelimiter.Comma, bool? Archived = null);

/// <param name="File">Where it is fetched.</param>
sealed record ExportView(string File, DateTimeOffset Until);
