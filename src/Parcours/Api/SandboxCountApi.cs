using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Engine;
using Parcours.Journeys.Contacts;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>How many mails of the sandbox mailbox somebody has not looked at: those that came after the newest that stood there when they last did.</summary>
static class SandboxCountApi
{
    /// <summary>Counted no further: a count must not grow with the mailbox.</summary>
    const int Most = 999;
    const string Kind = "sandbox-seen";

    public static void Map(RouteGroupBuilder api)
    {
        var sandbox = api.MapGroup("sandbox").WithTags("Sandbox");
        sandbox.MapGet("count", async (ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken) =>
            {
                var seen = await engine.Queries.DocumentAsync(Kind, Access.IdOf(user), cancellationToken) is { } document ? JsonSerializer.Deserialize(document.Json.Span, SandboxSeenJson.Default.SandboxSeen)!.At : 0;
                var count = await engine.Queries.SandboxCountAsync(Microseconds.ToInstant(seen), Most + 1, cancellationToken);
                return new SandboxCountView(Math.Min(count, Most), count > Most);
            })
            .WithName("sandbox-count").WithSummary($"How many mails stay here that came since the caller looked; at most {Most}.").Produces<SandboxCountView>();
        sandbox.MapPost("seen", async (ClaimsPrincipal user, IEngine engine, CancellationToken cancellationToken) =>
            {
                var newest = await engine.Queries.SandboxMailsAsync(null, null, 1, cancellationToken) is [var mail] ? mail.At : Instant.FromUnixTimeTicks(0);
                await engine.WriteAsync(
                    async (unit, now) => await unit.WriteDocumentAsync(Kind, Access.IdOf(user), JsonSerializer.SerializeToUtf8Bytes(new(newest.ToMicroseconds()), SandboxSeenJson.Default.SandboxSeen), null, now, CancellationToken.None), cancellationToken);
                return new SandboxCountView(0, false);
            })
            .WithName("sandbox-seen").WithSummary("The caller has looked at the sandbox mailbox: what comes from now on counts.").Produces<SandboxCountView>();
    }
}

/// <param name="Unseen">Since the caller looked.</param>
/// <param name="More">There are more than these.</param>
sealed record SandboxCountView(long Unseen, bool More);

/// <param name="At">Of the newest mail then: microseconds since 1970 UTC.</param>
sealed record SandboxSeen(long At);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SandboxSeen))]
sealed partial class SandboxSeenJson : JsonSerializerContext;
