using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Parcours.Http;
using Parcours.Imports;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Imports: upload, progress, bad rows, cancelling.</summary>
static class ImportsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var imports = api.MapGroup("imports").WithTags("Imports");
        imports.MapPost("", PostAsync).WithName("post-import")
            .WithSummary("Takes a CSV file of contacts, events, or enrolments in a journey, and imports it in the background: multipart/form-data with the fields kind, options (JSON, as a mapping file) and file; or the file itself (text/csv, also gzip), with kind and options as parameters.")
            .Accepts<ImportForm>("multipart/form-data", "text/csv", "application/gzip", "application/octet-stream").Produces<ImportView>(202).Fails(400, 413, 415)
            .WithMetadata(new NotRepeatable());
        imports.MapGet("", ListAsync).WithName("imports").WithSummary("All imports, the newest first.").Produces<Page<ImportView>>();
        imports.MapGet("{id}", async (string id, ClaimsPrincipal user, ImportService service, CancellationToken cancellationToken) =>
                await service.FindAsync(id, cancellationToken) is { } import ? Results.Ok(Shown(import, user)) : Missing(id))
            .WithName("import").WithSummary("One import, with its progress.").Produces<ImportView>().Fails(404);
        imports.MapGet("{id}/rejects", async (string id, ImportService service, CancellationToken cancellationToken) => await service.OpenRejectsAsync(id, cancellationToken) is { } rejects
                ? Results.Stream(rejects, "text/csv; charset=utf-8", $"{id}-rejects.csv")
                : new ProblemAnswer(Problems.NotFound($"file of bad rows for import '{id}'; it is kept for 30 days, where there are any")))
            .WithName("import-rejects").WithSummary("The bad rows with their reasons, as CSV: can be corrected and imported. For administrators.").RequireAuthorization(Access.Admin)
            .Produces<Stream>(200, "text/csv").Fails(404);
        imports.MapPost("{id}/cancel", async (string id, ClaimsPrincipal user, ImportService service, CancellationToken cancellationToken) =>
                await service.CancelAsync(id, cancellationToken) is { } import ? Results.Ok(Shown(import, user)) : Missing(id))
            .WithName("cancel-import").WithSummary("Stops an import; what went in stays, and the same file goes on where it stopped. One that is over stays as it is.").Produces<ImportView>().Fails(404);
    }

    static async Task<IResult> PostAsync(HttpContext context, ImportService service, HttpSettings settings, CancellationToken cancellationToken, [FromQuery, Description("contacts, events or enrolments, where the file is sent by itself.")] string? kind = null, [FromQuery, Description("A JSON object, as a mapping file has it.")] string? options = null, [FromQuery, Description("What the file is called.")] string? name = null)
    {
        try
        {
            var import = await service.TakeAsync((spool, cancellation) => new ImportUpload(context, settings.ImportBytesMax).ReceiveAsync(spool, kind, options, name, cancellation), cancellationToken);
            return Results.Accepted($"/api/v1/imports/{import.Id}", import);
        }
        catch (ImportException wrong)
        {
            return new ProblemAnswer(Problems.Invalid(wrong.Code, "options", wrong.Message));
        }
        catch (IOException full) when (full is not BadHttpRequestException)
        {
            return new ProblemAnswer(Problems.Of(503, "import.disk", $"The file could not be kept: {full.Message}"));
        }
    }

    static async Task<Page<ImportView>> ListAsync([AsParameters] PageQuery page, ClaimsPrincipal user, ImportService service, CancellationToken cancellationToken)
    {
        var all = await service.ListAsync(cancellationToken);
        // Ids rise with time, so the cursor is one of them.
        var rest = page.Key is { } after ? all.Where(import => string.CompareOrdinal(import.Id, after) < 0) : all;
        return page.Of([.. rest.Take(page.Size + 1)], import => Shown(import, user), import => import.Id);
    }

    /// <summary>Examples of bad rows hold what people have written; whoever may only read does not see it (Semantics 11.4).</summary>
    static ImportView Shown(ImportView import, ClaimsPrincipal user) => Access.Has(user, KeyScope.Admin) ? import : import with { Examples = [] };

    static ProblemAnswer Missing(string id) => new(Problems.NotFound($"import '{id}'"));
}

/// <summary>The fields of an upload.</summary>
/// <param name="Kind"><c>contacts</c>, <c>events</c> or <c>enrolments</c>.</param>
/// <param name="Options">A JSON object, as a mapping file has it (docs/imports.md).</param>
/// <param name="File">CSV, which may be gzip.</param>
sealed record ImportForm(ImportKind Kind, string? Options, IFormFile File);
