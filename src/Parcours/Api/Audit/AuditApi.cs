using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Http;
using Parcours.Security;

namespace Parcours.Api.Audit;

/// <summary>The audit log: for administrators.</summary>
static class AuditApi
{
    const int PageLength = 500;
    /// <summary>Of lines that do not match: a page may be short and still have a next.</summary>
    const int LooksMost = 20;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("audit", ListAsync).RequireAuthorization(Access.Admin).WithName("audit").WithTags("Audit").WithSummary("Who changed what, newest first; a page may be short and still have a next.").Produces<Page<AuditView>>().Fails(400, 403);

    static async Task<IResult> ListAsync(
        [AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken,
        [FromQuery, Description("Of this user or key: a part of its name.")] string? by = null,
        [FromQuery, Description("Operations whose name has this in it: publish, journey, put-topic.")] string? act = null,
        [FromQuery, Description("What it was done to: a part of its address.")] string? target = null)
    {
        var (found, after) = (new List<AuditView>(), page.Key);
        for (var look = 0; look < LooksMost; look++)
        {
            var lines = await engine.Queries.DocumentsAsync(AuditLine.Kind, null, after, PageLength, cancellationToken);
            foreach (var document in lines)
            {
                after = document.Id;
                var line = AuditLine.Read(document);
                if (!Has(line.By, by) || !Has(line.Act, act) || !Has(line.Target, target))
                    continue;
                found.Add(new(document.Id, AuditLine.TimeOf(document.Id).ToApi(), line.By, line.Act, line.Target, line.Revision, line.Said));
                if (found.Count == page.Size)
                    return Results.Ok(new Page<AuditView>(found, PageQuery.Cursor(after)));
            }

            if (lines.Count < PageLength)
                return Results.Ok(new Page<AuditView>(found, null));
        }

        return Results.Ok(new Page<AuditView>(found, PageQuery.Cursor(after!)));
    }

    static bool Has(string? text, string? part) => string.IsNullOrEmpty(part) || text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
}

/// <param name="By">A user's address, the name of a key, <c>parcours</c> for what came by itself, or <c>command line</c>.</param>
/// <param name="Act">The operation's name, as in the API's document.</param>
/// <param name="Target">What it was done to: the parts of the address.</param>
/// <param name="Revision">Of the document, after it.</param>
/// <param name="Said">Of settings: what was ordered.</param>
sealed record AuditView(string Id, DateTimeOffset At, string By, string Act, string? Target, long? Revision, JsonElement? Said);
