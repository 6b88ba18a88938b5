using System.Globalization;
using System.Text.Json;
using Parcours.Api;
using Parcours.Api.Intake;
using Parcours.Channels.Webhooks;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Intake;
using Parcours.Webhooks;

namespace Parcours.Hooks;

/// <summary>Where other programs send what happened, in words of their own: <c>POST /hooks/{token}</c>. Answers when everything taken is durable; a list is judged item by item.</summary>
sealed class HookEndpoint(IEngine engine, HookShelf shelf, HookBoard board, StoredSecrets secrets, EntryRates rates, IntakeTally tally, HttpSettings settings, TimeProvider time)
{
    const int ItemsMax = 500;
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/hooks/{token}", (string token, HttpContext context, HookEndpoint endpoint) => endpoint.ReceiveAsync(token, context)).AllowAnonymous().ExcludeFromDescription();

    async Task<IResult> ReceiveAsync(string token, HttpContext context)
    {
        var (request, cancellationToken) = (context.Request, context.RequestAborted);
        if (await shelf.FindAsync(token, cancellationToken) is not var (name, hook))
            return new ProblemAnswer(Problems.NotFound("such hook"));
        var (body, refusal) = await IntakeBody.ReadAsync(request.Body, request.Headers.ContentEncoding.ToString(), IntakeLimits.Default, cancellationToken);
        using var held = body;
        if (body is null)
            return Refuse(name, refusal!.Status, refusal.Code, refusal.Reason);
        if (hook.Signature is { } signature && await UnprovedAsync(name, signature, request.Headers, body, cancellationToken) is { } unproved)
            return unproved;
        if (rates.Take("hook " + name, 1, settings.EntriesPerMinuteByHook) is { Ticks: > 0 } wait)
            return TooMany(wait);
        if (!IntakeText.IsUtf8(body.Bytes))
            return Refuse(name, 400, "hook.json", "The body is not UTF-8 text.");
        // As intake takes it: what nothing can read later never gets into the journal.
        var text = IntakeText.WithWholeCharacters(IntakeText.WithoutMark(body.Bytes)).ToArray();
        board.Received(name, text);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, Strict);
        }
        catch (JsonException)
        {
            return Refuse(name, 400, "hook.json", "The body is not JSON.");
        }

        using (document)
            return await TakeAsync(name, hook, document.RootElement, DeliveryOf(request.Headers), cancellationToken);
    }

    /// <returns>Null: it is proved.</returns>
    async Task<IResult?> UnprovedAsync(string name, HookSignature signature, IHeaderDictionary headers, IntakeBody body, CancellationToken cancellationToken)
    {
        try
        {
            if (await secrets.FindAsync(signature.Secret, cancellationToken) is { } secret)
                return HookSigning.Holds(signature, secret, headers, body.Bytes, time.GetUtcNow()) ? null : Refuse(name, 401, "hook.bad-signature", "The signature is missing, older than five minutes, or not of this body by the stored secret.");
        }
        catch (SealedSecretException)
        {
            // As one that is not there: an operator puts it back, and the sender tries again.
        }

        board.Refused(name, "hook.no-secret", $"The stored secret '{signature.Secret}' cannot be had.");
        return new ProblemAnswer(Problems.Of(503, "no-secret", "The sender cannot be verified at the moment. Try again later.") with { Headers = new Dictionary<string, string> { ["Retry-After"] = "60" } });
    }

    async Task<IResult> TakeAsync(string name, Hook hook, JsonElement body, string? delivery, CancellationToken cancellationToken)
    {
        var isList = body.ValueKind == JsonValueKind.Array;
        IReadOnlyList<JsonElement> items = isList ? [.. body.EnumerateArray()] : [body];
        if (items.Count > ItemsMax)
            return Refuse(name, 400, "hook.too-many", $"A list has at most {ItemsMax} items.");
        if (rates.Take("hook " + name, items.Count - 1, settings.EntriesPerMinuteByHook) is { Ticks: > 0 } wait)
            return TooMany(wait);
        var refused = new List<IntakeAnswer.Item>();
        var (readings, indices) = (new List<HookReading>(), new List<int>());
        for (var index = 0; index < items.Count; index++)
        {
            var reading = HookReading.Of(hook.Mapping, items[index]);
            if (reading.Problems.FirstOrDefault(problem => problem.Severity == "error") is { } problem)
                refused.Add(new(index, problem.Code, problem.Text, null));
            else
            {
                readings.Add(reading);
                indices.Add(index);
            }
        }

        var results = await SubmitAsync(name, readings, indices, isList, delivery, cancellationToken);
        if (results.Problem is { } trouble)
            return new ProblemAnswer(trouble);
        var ownWords = refused.Count;
        for (var at = 0; at < results.Taken.Count; at++)
            foreach (var why in results.Taken[at].Refusals)
                refused.Add(new(indices[at], why.Code, why.Text, null));
        foreach (var (place, item) in refused.Index())
        {
            // The engine's words quote what came: they are the sender's, and not kept.
            board.Refused(name, item.Code, place < ownWords ? item.Reason : "A part was not taken.");
            tally.RefusedItem(null, item.Code, item.Reason, null);
        }

        var taken = results.Taken.Count(result => result.Outcome == SubmissionOutcome.Accepted);
        board.Took(name, taken, results.Taken.Count(result => result.Outcome == SubmissionOutcome.Duplicate));
        tally.Took(taken, 0);
        refused.Sort((left, right) => left.Index.CompareTo(right.Index));
        return !isList && refused.Count > 0 && results.Taken.All(result => result.Outcome is SubmissionOutcome.Refused or SubmissionOutcome.UnknownContact)
            ? new ProblemAnswer(Problems.Of(422, "refused", "This was not taken.", [.. refused.Select(item => new ProblemReason(item.Code, "", item.Reason))]))
            : Results.Json(new IntakeAnswer(true, refused.Count > 0 ? refused : null), ApiJson.Options);
    }

    async Task<(IReadOnlyList<SubmissionResult> Taken, ApiProblem? Problem)> SubmitAsync(string name, List<HookReading> readings, List<int> indices, bool isList, string? delivery, CancellationToken cancellationToken)
    {
        try
        {
            // Of a list each item is a message of its own, also where the delivery alone has an id.
            return (readings.Count == 0 ? [] : await engine.IntakeAsync([.. readings.Select((reading, at) => reading.ToSubmission(name, delivery is null || !isList ? delivery : $"{delivery} {indices[at]}"))], cancellationToken), null);
        }
        catch (Exception exception) when (exception is OverloadedException or StoreException)
        {
            return ([], exception is OverloadedException busy ? Failures.Overloaded(busy) : Failures.Store((StoreException)exception));
        }
    }

    /// <summary>What Standard Webhooks, and some others, call a delivery: the same when it is tried again.</summary>
    static string? DeliveryOf(IHeaderDictionary headers)
    {
        foreach (var name in (ReadOnlySpan<string>)["webhook-id", "X-GitHub-Delivery", "X-Shopify-Webhook-Id", "Idempotency-Key"])
            if (headers[name].ToString() is { Length: > 0 and <= 200 } id)
                return id;
        return null;
    }

    ProblemAnswer Refuse(string name, int status, string code, string reason)
    {
        board.Refused(name, code, reason);
        tally.RefusedItem(null, code, reason, null);
        return new(Problems.Of(status, code, reason));
    }

    static ProblemAnswer TooMany(TimeSpan wait) => new(Problems.Of(429, "too-many-entries", "More came than may. Wait as long as Retry-After says, and send it again.") with
    {
        Headers = new Dictionary<string, string> { ["Retry-After"] = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture) },
    });
}
