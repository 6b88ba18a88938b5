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
        imports.MapPost("{id}/check", async (string id, JudgedBody<ImportWishes> wishes, ImportService service, CancellationToken cancellationToken) => await AnewAsync(id, await wishes.JudgedAsync(said => said.Problems()) with { DryRun = true }, service, cancellationToken))
            .WithName("check-import").WithSummary("Looks at a file again that was sent for a dry run, with other options; nothing is written. The file is kept for a day.").Produces<ImportView>(202).Fails(400, 404, 422).WithMetadata(new NotRepeatable());
        imports.MapPost("{id}/start", async (string id, JudgedBody<ImportWishes> wishes, ImportService service, CancellationToken cancellationToken) => await AnewAsync(id, await wishes.JudgedAsync(said => said.Problems()) with { DryRun = false }, service, cancellationToken))
            .WithName("start-import").WithSummary("Imports a file that was sent for a dry run, without sending it again.").Produces<ImportView>(202).Fails(400, 404, 422).WithMetadata(new NotRepeatable());
        imports.MapGet("{id}/rejects", RejectsAsync)
            .WithName("import-rejects").WithSummary("The bad rows with their reasons, as CSV: can be corrected and imported; with ?reason= those of one reason, of the column in ?column=. For administrators.").RequireAuthorization(Access.Admin)
            .Produces<Stream>(200, "text/csv").Fails(404);
        imports.MapPost("{id}/cancel", async (string id, ClaimsPrincipal user, ImportService service, CancellationToken cancellationToken) =>
                await service.CancelAsync(id, cancellationToken) is { } import ? Results.Ok(Shown(import, user)) : Missing(id))
            .WithName("cancel-import").WithSummary("Stops an import; what went in stays, and the same file goes on where it stopped. A file that was only looked at is let go of. One that is over stays as it is.").Produces<ImportView>().Fails(404);
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
            return new ProblemAnswer(Problems.Invalid([.. wrong.Reasons.Select(reason => reason with { Path = "options" })]));
        }
        catch (IOException full) when (full is not BadHttpRequestException)
        {
            return new ProblemAnswer(Problems.Of(503, "import.disk", $"The file could not be kept: {full.Message}"));
        }
    }

    static async Task<IResult> AnewAsync(string id, ImportWishes wishes, ImportService service, CancellationToken cancellationToken)
    {
        try
        {
            return await service.DoAnewAsync(id, wishes, cancellationToken) is { } import ? Results.Accepted($"/api/v1/imports/{id}", import) : Missing(id);
        }
        catch (ImportException refused)
        {
            return new ProblemAnswer(Problems.Refused(refused.Reasons));
        }
    }

    static async Task<IResult> RejectsAsync(string id, ImportService service, CancellationToken cancellationToken, [FromQuery, Description("The code of a reason.")] string? reason = null, [FromQuery, Description("Of which column; left out where the row as a whole is at fault.")] string? column = null,
        [FromQuery, Description("In which language the reasons are said: en (else), fr or it.")] string? language = null)
    {
        const string Type = "text/csv; charset=utf-8";
        if ((reason ?? language) is not null && await service.OpenRejectsAsync(id, reason, column ?? "", language, cancellationToken) is { } some)
            return Results.Stream(to => some(to, cancellationToken), Type, $"{id}-{reason ?? "rejects"}.csv");
        return reason is null && await service.OpenRejectsAsync(id, cancellationToken) is { } all
            ? Results.Stream(all, Type, $"{id}-rejects.csv")
            : new ProblemAnswer(Problems.NotFound($"file of bad rows for import '{id}'; it is kept for 30 days, where there are any"));
    }

    static async Task<Page<ImportView>> ListAsync([AsParameters] PageQuery page, ClaimsPrincipal user, ImportService service, CancellationToken cancellationToken)
    {
        var all = await service.ListAsync(cancellationToken);
        // Ids rise with time, so the cursor is one of them.
        var rest = page.Key is { } after ? all.Where(import => string.CompareOrdinal(import.Id, after) < 0) : all;
        return page.Of([.. rest.Take(page.Size + 1)], import => Shown(import, user), import => import.Id);
    }

    /// <summary>Examples of bad rows hold what people have written; whoever may only read does not see it (Semantics 11.4).</summary>
    static ImportView Shown(ImportView import, ClaimsPrincipal user) => Access.Has(user, KeyScope.Admin) ? import : import with
    {
        Examples = [],
        Groups = [.. import.Groups.Select(group => group with { Text = "", Arguments = null, Examples = [] })],
        Mapping = [.. import.Mapping.Select(column => column with { Samples = [], Doubt = column.Doubt is { } doubt ? doubt with { Text = "", Arguments = null } : null })],
    };

    static ProblemAnswer Missing(string id) => new(Problems.NotFound($"import '{id}'"));
}

/// <summary>The fields of an upload.</summary>
/// <param name="Kind"><c>contacts</c>, <c>events</c> or <c>enrolments</c>.</param>
/// <param name="Options">A JSON object, as a mapping file has it (docs/imports.md).</param>
/// <param name="File">CSV, which may be gzip.</param>
sealed record ImportForm(ImportKind Kind, string? Options, IFormFile File);
