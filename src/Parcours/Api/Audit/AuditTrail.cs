using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Http;
using Parcours.Security;

namespace Parcours.Api.Audit;

/// <summary>Who changed what, and when: each order under <c>/api/v1</c> that was carried out, written before its answer leaves.</summary>
/// <remarks>
/// It is written after what it tells of, so a process that dies between the two leaves a change without its line; a line without its change there is none. What the engine does by itself it writes with the change (<see cref="AuditLine"/>).
/// Secrets never come here: what was said is kept of settings alone.
/// </remarks>
sealed partial class AuditTrail(IEngine engine, ILogger<AuditTrail> log)
{
    const int SaidMost = 4_096;

    /// <summary>Orders that change nothing that others share, or that have a record of their own: what contacts do and are told lies in their timelines.</summary>
    static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        "sign-in", "sign-out", "set-up", "search-contacts", "count-contacts", "count-condition", "try-condition", "check-definition", "check-content", "preview-content", "preview-unsaved-content", "preview-hook", "post-event", "post-feedback", "post-bounce", "post-contact",
        "patch-contact", "post-contact-view", "put-contact-view", "delete-contact-view", "patch-me", "read-notification", "read-notifications", "put-notification-mail", "post-task", "put-task", "complete-task", "reopen-task", "check-import", "sandbox-seen",
    };

    /// <summary>Settings are small and hold no secret: what was ordered is kept too, so that two lines tell before and after.</summary>
    static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "put-property", "put-topic", "put-cap", "put-quiet", "put-holiday-calendar", "put-list", "put-team", "put-segment", "put-journey-labels", "put-approval", "schedule-pause", "put-back-all", "put-shares", "put-entry-rate", "publish-journey", "send-back", "bulk-contacts", "put-clock",
    };

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName is not { } act || Silent.Contains(act))
            return next(context);
        context.Response.OnStarting(async () =>
        {
            if (context.Response.StatusCode is >= 200 and < 300)
                await WriteAsync(context, act);
        });
        return next(context);
    }

    async Task WriteAsync(HttpContext context, string act)
    {
        var route = context.Request.RouteValues;
        var target = string.Join('/', route.Where(pair => pair.Value is not null).Select(pair => pair.Value!.ToString()));
        var revision = context.Response.Headers.ETag.ToString().Trim('"');
        var said = Kept.Contains(act) ? SaidOf(context) : null;
        var line = new AuditLine(ByOf(context.User), act, target.Length > 0 ? target : null, long.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : null, said);
        try
        {
            await engine.WriteAsync(async (unit, now) =>
            {
                await line.WriteAsync(unit, now, CancellationToken.None);
                return true;
            }, CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // What was ordered is done; the answer must not say otherwise.
            NotWritten(log, act, target, failure);
        }
    }

    static JsonElement? SaidOf(HttpContext context)
    {
        if (RawBody.HeldOf(context) is not { Length: > 0 and <= SaidMost } body)
            return null;
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string ByOf(ClaimsPrincipal caller) => caller.Identity?.Name is { Length: > 0 } name ? name : caller.FindFirstValue(Access.ByClaim) ?? "";

    [LoggerMessage(Level = LogLevel.Error, Message = "{Act} of {Target} was done and could not be put on record.")]
    static partial void NotWritten(ILogger log, string act, string target, Exception failure);
}
