using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Contacts;
using Parcours.Security;

namespace Parcours.Api.Audit;

/// <summary>Who changed what, and when: each order under <c>/api/v1</c> that was carried out, written before its answer leaves.</summary>
/// <remarks>
/// It is written after what it tells of, so a process that dies between the two leaves a change without its line; a line without its change there is none.
/// Secrets never come here: what was said is kept of settings alone.
/// </remarks>
sealed partial class AuditTrail(IEngine engine, ILogger<AuditTrail> log)
{
    public const string Kind = "audit";
    const int SaidMost = 4_096;

    /// <summary>Orders that change nothing that others share, or that have a record of their own: what contacts do and are told lies in their timelines.</summary>
    static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        "sign-in", "sign-out", "set-up", "search-contacts", "count-condition", "try-condition", "check-definition", "check-content", "preview-content", "preview-unsaved-content", "preview-hook", "post-event", "post-feedback", "post-bounce", "post-contact",
        "patch-contact", "post-contact-view", "put-contact-view", "delete-contact-view", "patch-me", "read-notification", "read-notifications", "post-task", "put-task", "complete-task", "reopen-task",
    };

    /// <summary>Settings are small and hold no secret: what was ordered is kept too, so that two lines tell before and after.</summary>
    static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "put-property", "put-topic", "put-cap", "put-quiet", "put-holiday-calendar", "put-list", "put-segment", "put-journey-labels", "put-approval", "publish-journey", "send-back", "bulk-contacts", "put-clock",
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
        var line = new AuditRecord(ByOf(context.User), act, target.Length > 0 ? target : null, long.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : null, said);
        try
        {
            await engine.WriteAsync(async (unit, now) =>
            {
                await unit.WriteDocumentAsync(Kind, IdOf(now), JsonSerializer.SerializeToUtf8Bytes(line, AuditJson.Default.AuditRecord), 0, now, CancellationToken.None);
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

    /// <summary>The newest is the first: ids fall with time, and within an instant with the order of the answers. Those of two nodes differ in their end.</summary>
    string IdOf(Instant now) =>
        string.Create(CultureInfo.InvariantCulture, $"{long.MaxValue - now.ToMicroseconds():D19}-{uint.MaxValue - Interlocked.Increment(ref _written):D10}-{Guid.NewGuid():N}");

    uint _written;

    public static Instant TimeOf(string id) => Microseconds.ToInstant(long.MaxValue - long.Parse(id.AsSpan(0, 19), CultureInfo.InvariantCulture));

    [LoggerMessage(Level = LogLevel.Error, Message = "{Act} of {Target} was done and could not be put on record.")]
    static partial void NotWritten(ILogger log, string act, string target, Exception failure);
}

/// <param name="By">A user's address, or the name of a key.</param>
/// <param name="Act">The operation's name.</param>
/// <param name="Target">What it was done to: the parts of the address.</param>
/// <param name="Revision">Of the document, after it.</param>
/// <param name="Said">Of settings: what was ordered.</param>
sealed record AuditRecord(string By, string Act, string? Target, long? Revision, JsonElement? Said);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditRecord))]
sealed partial class AuditJson : JsonSerializerContext;
