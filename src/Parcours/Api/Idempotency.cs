using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parcours.Engine;
using Parcours.Http;
using Parcours.Security;

namespace Parcours.Api;

/// <summary><c>Idempotency-Key</c>: for 24 h the same request under the same key is answered as before and changes nothing (Semantics 5.3).</summary>
sealed partial class Idempotency(IEngine engine, TimeProvider time)
{
    const string Kind = "idempotency";
    const string Header = "Idempotency-Key";
    static readonly object ItemKey = new();
    static readonly TimeSpan Length = TimeSpan.FromHours(24);

    readonly ConcurrentDictionary<string, byte> _underWay = new(StringComparer.Ordinal);

    /// <summary>The message id for what this request submits: should the process die between the deed and the note of it, the deed is still done once.</summary>
    public static string? MessageId(HttpContext context) => context.Items.TryGetValue(ItemKey, out var id) ? (string)id! : null;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var given = request.Headers[Header].ToString();
        if (given.Length == 0 || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || context.User.Identity?.IsAuthenticated != true || context.GetEndpoint() is not { } endpoint)
        {
            await next(context);
            return;
        }

        if (given.Length > 255)
            throw new BadInputException(Problems.Invalid("idempotency.long", Header, "An Idempotency-Key has at most 255 characters."));
        // An answer that shows a secret is not written down.
        if (endpoint.Metadata.GetMetadata<NotRepeatable>() is not null)
            throw new BadInputException(Problems.Invalid("idempotency.not-here", Header, "This call takes no Idempotency-Key, since its answer must not be kept. Look whether it was done, then send it again."));

        var id = Secrets.Hash(Access.IdOf(context.User) + "\n" + given);
        var asked = Hash(request, await RawBody.ReadAsync(context));
        if (!_underWay.TryAdd(id, 0))
        {
            await new ProblemAnswer(Problems.Of(409, "idempotency.under-way", "A request under this Idempotency-Key is being carried out. Send it again in a moment.")).ExecuteAsync(context);
            return;
        }

        try
        {
            if (await FindAsync(id, context.RequestAborted) is not { } kept)
                await CarryOutAsync(context, next, id, asked);
            else if (kept.Request != asked)
                await new ProblemAnswer(Problems.Of(422, "idempotency.other", "This Idempotency-Key was used for another request. Take a new key for each deed.")).ExecuteAsync(context);
            else
                await RepeatAsync(context, kept);
        }
        finally
        {
            _underWay.TryRemove(id, out _);
        }
    }

    async Task CarryOutAsync(HttpContext context, RequestDelegate next, string id, string asked)
    {
        context.Items[ItemKey] = "api-" + id[..32];
        var wire = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = wire;
        }

        var response = context.Response;
        // A failure of ours may be tried again; everything else is how it went.
        if (response.StatusCode is < 500 and not (401 or 403 or 409 or 429 or 499))
        {
            var kept = new KeptAnswer(asked, response.StatusCode, response.ContentType, response.Headers.ETag.ToString(), response.Headers.Location.ToString(), buffer.ToArray(), time.GetUtcNow() + Length);
            await KeepAsync(id, kept);
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(wire, context.RequestAborted);
    }

    static async Task RepeatAsync(HttpContext context, KeptAnswer kept)
    {
        var response = context.Response;
        response.StatusCode = kept.Status;
        response.ContentType = kept.ContentType;
        if (kept.ETag.Length > 0)
            response.Headers.ETag = kept.ETag;
        if (kept.Location.Length > 0)
            response.Headers.Location = kept.Location;
        response.Headers["Idempotency-Replayed"] = "true";
        await response.Body.WriteAsync(kept.Body, context.RequestAborted);
    }

    async Task<KeptAnswer?> FindAsync(string id, CancellationToken cancellationToken) =>
        await engine.Queries.DocumentAsync(Kind, id, cancellationToken) is { } document && JsonSerializer.Deserialize(document.Json.Span, Stored.Default.KeptAnswer) is { } kept && kept.Until > time.GetUtcNow() ? kept : null;

    async Task KeepAsync(string id, KeptAnswer kept)
    {
        // Ids are hashes, so those that follow this one are a sample of all: two looked at for each one written keeps the old from piling up.
        var sample = await engine.Queries.DocumentsAsync(Kind, null, id, 2, CancellationToken.None);
        var old = sample.Where(document => JsonSerializer.Deserialize(document.Json.Span, Stored.Default.KeptAnswer)!.Until < time.GetUtcNow()).ToList();
        // The deed is done: the note of it must outlive a client that has gone away.
        await engine.WriteAsync(async (unit, now) =>
        {
            await unit.WriteDocumentAsync(Kind, id, JsonSerializer.SerializeToUtf8Bytes(kept, Stored.Default.KeptAnswer), null, now, CancellationToken.None);
            foreach (var document in old)
                await unit.DeleteDocumentAsync(Kind, document.Id, document.Revision, CancellationToken.None);
            return true;
        }, CancellationToken.None);
    }

    static string Hash(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path}{request.QueryString}\n{request.Headers.IfMatch}\n"));
        hash.AppendData(body.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <param name="Request">Hash of what was asked.</param>
    internal sealed record KeptAnswer(string Request, int Status, string? ContentType, string ETag, string Location, byte[] Body, DateTimeOffset Until);

    [JsonSerializable(typeof(KeptAnswer))]
    sealed partial class Stored : JsonSerializerContext;
}

/// <summary>The endpoint takes no Idempotency-Key.</summary>
sealed class NotRepeatable;
