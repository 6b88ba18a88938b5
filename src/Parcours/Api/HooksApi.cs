using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Hooks;
using Parcours.Http;
using Parcours.Journeys.StartingPoints;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Incoming webhooks: for administrators alone, reading too, since what came last is somebody's.</summary>
static class HooksApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var hooks = api.MapGroup("hooks").WithTags("Incoming webhooks").RequireAuthorization(Access.Admin);
        hooks.MapGet("", async ([AsParameters] PageQuery page, IEngine engine, HookBoard board, CancellationToken cancellationToken) =>
                page.Of(await engine.Queries.DocumentsAsync(HookShelf.Kind, null, page.Key, page.Size + 1, cancellationToken), document => HookView.Of(document, engine, board), document => document.Id))
            .WithName("hooks").WithSummary("Addresses at which other programs tell what happened, with what came there since the start.").Produces<Page<HookView>>();
        hooks.MapGet("{id}", async (string id, HttpContext context, IEngine engine, HookBoard board, CancellationToken cancellationToken) =>
            {
                if (await engine.Queries.DocumentAsync(HookShelf.Kind, id, cancellationToken) is not { } document)
                    return new ProblemAnswer(Problems.NotFound($"hook '{id}'"));
                context.Response.Headers.ETag = Precondition.Tag(document.Revision);
                return Results.Ok(HookView.Of(document, engine, board));
            })
            .WithName("hook").WithSummary("One incoming webhook: its mapping, and what came lately.").Produces<HookView>().Fails(404);
        hooks.MapPut("{id}", PutAsync).WithName("put-hook").WithSummary("Creates or replaces an incoming webhook. The answer that creates it shows its address, once.").Produces<HookView>().Produces<HookView>(201).Fails(400, 412, 422, 428).WithMetadata(new TakesIfMatch()).WithMetadata(new NotRepeatable());
        hooks.MapDelete("{id}", async (string id, HttpContext context, HookShelf shelf, CancellationToken cancellationToken) =>
            {
                var seen = Precondition.Of(context.Request);
                return await shelf.DeleteAsync(id, seen.Revision, cancellationToken) switch
                {
                    (true, _) => Results.NoContent(),
                    (_, { } current) => new ProblemAnswer(seen.Missed(current.Revision)),
                    _ => new ProblemAnswer(Problems.NotFound($"hook '{id}'")),
                };
            })
            .WithName("delete-hook").WithSummary("Deletes an incoming webhook: its address leads nowhere from now on.").Produces(204).Deletes();
        hooks.MapPost("{id}/rotate", async (string id, IEngine engine, HookBoard board, HookShelf shelf, CancellationToken cancellationToken) =>
                await shelf.RotateAsync(id, cancellationToken) is var (document, token) ? Results.Ok(HookView.Of(document, engine, board) with { Path = HookView.PathOf(token) }) : new ProblemAnswer(Problems.NotFound($"hook '{id}'")))
            .WithName("rotate-hook").WithSummary("Gives it another address, shown once; the one before leads nowhere from now on.").Produces<HookView>().Fails(404).WithMetadata(new NotRepeatable());
        hooks.MapGet("{id}/received", async (string id, IEngine engine, HookBoard board, CancellationToken cancellationToken) =>
                await engine.Queries.DocumentAsync(HookShelf.Kind, id, cancellationToken) is null ? new ProblemAnswer(Problems.NotFound($"hook '{id}'")) : Results.Ok(ReceivedView.Of(board.Of(id))))
            .WithName("hook-received").WithSummary("What came last, to map against, and the last errors. Kept in memory for a day at most; a body over 16 KB is not kept.").Produces<ReceivedView>().Fails(404);
        hooks.MapPost("preview", (Body<HookPreviewBody> body) => Results.Ok(HookPreview.Of(HookReading.Of(body.Value.Mapping.ToMapping(), body.Value.Body))))
            .WithName("preview-hook").WithSummary("What a body comes to by a mapping that need not be saved; nothing is recorded.").Produces<HookPreview>().Fails(400).WithMetadata(new NotRepeatable());
    }

    static async Task<IResult> PutAsync(string id, JudgedBody<HookBody> body, HttpContext context, IEngine engine, HookBoard board, HookShelf shelf, CancellationToken cancellationToken)
    {
        var (order, seen) = (await body.JudgedAsync(said => HookCheck.Check(id, said.Title, said.Mapping.ToMapping(), said.Signature?.ToSignature())), Precondition.Of(context.Request));
        var (mapping, signature) = (order.Mapping.ToMapping(), order.Signature?.ToSignature());
        if (signature is not null && await engine.Queries.DocumentAsync(DocumentKinds.Secret, signature.Secret, cancellationToken) is null)
            return new ProblemAnswer(Problems.Refused([new ProblemReason("reference.secret", "/signature/secret", $"There is no stored secret '{signature.Secret}'.") { Arguments = new Dictionary<string, string> { ["name"] = signature.Secret } }]));
        var (document, token, current) = await shelf.SaveAsync(id, order.Title, mapping, signature, seen.ForSaving, cancellationToken);
        if (document is null)
            return new ProblemAnswer(seen.Missed(current?.Revision));
        context.Response.Headers.ETag = Precondition.Tag(document.Revision);
        var view = HookView.Of(document, engine, board) with { Path = token is null ? null : HookView.PathOf(token) };
        return token is null ? Results.Ok(view) : Results.Created($"/api/v1/hooks/{id}", view);
    }
}

/// <param name="Event">What the event is called; where EventFrom finds a name, that instead.</param>
/// <param name="EventFrom">Where its name stands: a JSON pointer, /type, or a path with dots.</param>
/// <param name="Identities">Where they stand, by kind: userId, email, phone, anonymousId. At least one.</param>
/// <param name="Data">By name, where the event's properties stand: the data of the journeys that it starts. Without it, the whole body.</param>
/// <param name="Properties">By name, where the contact's properties stand.</param>
/// <param name="MessageId">Where stands what makes a delivery one: the same again within 7 days changes nothing. Without it, the sender's header (webhook-id), if there is one.</param>
/// <param name="Timestamp">Where stands when it happened; without it, when it came.</param>
sealed record HookMappingBody(
    IReadOnlyDictionary<string, string> Identities, string? Event = null, string? EventFrom = null, IReadOnlyDictionary<string, string>? Data = null, IReadOnlyDictionary<string, string>? Properties = null, string? MessageId = null, string? Timestamp = null)
{
    public HookMapping ToMapping() => new(Event, EventFrom, Identities, Data, Properties, MessageId, Timestamp);
    public static HookMappingBody Of(HookMapping mapping) => new(mapping.Identities, mapping.Event, mapping.EventFrom, mapping.Data, mapping.Properties, mapping.MessageId, mapping.Timestamp);
}

/// <param name="Kind">standard (Standard Webhooks) or hmac (HMAC-SHA256 of the body in a header).</param>
/// <param name="Secret">The name of a stored secret.</param>
/// <param name="Header">For hmac, the header: X-Hub-Signature-256.</param>
sealed record HookSignatureBody(HookSignatureKind Kind, string Secret, string? Header = null)
{
    public HookSignature ToSignature() => new(Kind, Secret, Header);
}

sealed record HookBody(HookMappingBody Mapping, string? Title = null, HookSignatureBody? Signature = null);

/// <param name="Body">Any JSON.</param>
sealed record HookPreviewBody(HookMappingBody Mapping, JsonElement Body);

/// <param name="Path">Behind this installation's address; in the answer that makes it and nowhere else.</param>
/// <param name="Tail">The end of the address, by which people tell addresses apart.</param>
/// <param name="UsedBy">Live journeys that its event starts, where it has one name.</param>
/// <param name="Taken">Since the start of the node that leads.</param>
sealed record HookView(
    string Id, long Revision, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? Title, HookMappingBody Mapping, HookSignatureBody? Signature, string Tail, IReadOnlyList<string> UsedBy, DateTimeOffset? LastAt, long Taken, long Duplicates, long Refused, string? Path = null)
{
    public static string PathOf(string token) => "/hooks/" + token;

    public static HookView Of(Document document, IEngine engine, HookBoard board)
    {
        var (hook, line) = (HookShelf.Read(document), board.Of(document.Id));
        return new(
            document.Id, document.Revision, document.CreatedAt.ToApi(), document.UpdatedAt.ToApi(), hook.Title, HookMappingBody.Of(hook.Mapping),
            hook.Signature is { } signature ? new(signature.Kind, signature.Secret, signature.Header) : null, hook.Tail, Users(engine, hook.Mapping.Event), line.LastAt, line.Taken, line.Duplicates, line.Refused);
    }

    static List<string> Users(IEngine engine, string? name) => name is null ? []
        : [.. engine.Current.Journeys.Where(journey => journey.Versions.TryGetValue(journey.Newest, out var plan) && plan.Definition.Start.OfType<EventStart>().Any(start => start.Events.Contains(name))).Select(journey => journey.Id.Value)];
}

/// <param name="Body">The JSON that came last; null: nothing came within a day, or it was over 16 KB or no JSON.</param>
sealed record ReceivedView(DateTimeOffset? At, int Bytes, JsonElement? Body, long Taken, long Duplicates, long Refused, IReadOnlyList<HookErrorView> Errors)
{
    public static ReceivedView Of(HookBoard.Line line) =>
        new(line.LastAt, line.Bytes, JsonOf(line.Body), line.Taken, line.Duplicates, line.Refused, [.. line.Errors.Select(error => new HookErrorView(error.At, error.Code, error.Reason))]);

    static JsonElement? JsonOf(ReadOnlyMemory<byte>? body)
    {
        try
        {
            return body is { } bytes ? JsonSerializer.Deserialize<JsonElement>(bytes.Span) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

sealed record HookErrorView(DateTimeOffset At, string Code, string Reason);

/// <summary>What would be recorded.</summary>
/// <param name="Problems">Errors would refuse it; warnings are parts that were not found.</param>
sealed record HookPreview(string? Event, IReadOnlyDictionary<string, string> Identities, JsonElement Data, JsonElement? Properties, string? MessageId, DateTimeOffset? Timestamp, IReadOnlyList<ProblemReason> Problems)
{
    public static HookPreview Of(HookReading reading) => new(
        reading.Event, reading.Identities.ToDictionary(identity => HookReading.Kinds.First(kind => kind.Kind == identity.Kind).Name, identity => identity.Value),
        JsonSerializer.Deserialize<JsonElement>(reading.Data.Span), reading.Properties.IsEmpty ? null : JsonSerializer.Deserialize<JsonElement>(reading.Properties.Span), reading.MessageId, reading.Timestamp?.ToApi(), reading.Problems);
}
