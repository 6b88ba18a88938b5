using System.Diagnostics;
using System.Globalization;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Intake;
using Parcours.Security;

namespace Parcours.Api.Intake;

/// <summary>Segment's HTTP API (docs/api.md, "Intake"): answers when everything taken is durable, judges a batch item by item.</summary>
sealed class IntakeEndpoints(IEngine engine, ApiKeys keys, EntryRates rates, IntakeTally tally, HttpSettings settings)
{
    public static void Map(IEndpointRouteBuilder app)
    {
        // The key may stand in the body, so the endpoints look for it themselves.
        var intake = app.MapGroup("/v1").AllowAnonymous().WithTags("Intake");
        foreach (var name in IntakeRoutes.Names)
        {
            if (!IntakeRoutes.TryParse(name, out var route))
                throw new UnreachableException($"{name} is a name of a path, and yet unknown.");
            var post = intake.MapPost(name, (HttpContext context, IntakeEndpoints endpoints) => endpoints.ReceiveAsync(context, route));
            // Any content type: RudderStack's library calls its JSON a form, and browsers call theirs plain text.
            if (name.Length > 1)
                post.WithName("intake-" + name).WithSummary(Summary(route)).Accepts<object>("application/json", "*/*").Produces<IntakeAnswer>();
            else
                post.ExcludeFromDescription();
            intake.MapMethods(name, ["OPTIONS"], Preflight).ExcludeFromDescription();
        }

        intake.MapGet("projects/{writeKey}/settings", (HttpContext context, IntakeEndpoints endpoints, string writeKey) => endpoints.SettingsAsync(context, writeKey)).ExcludeFromDescription();
        intake.MapMethods("projects/{writeKey}/settings", ["OPTIONS"], Preflight).ExcludeFromDescription();
    }

    async Task<IResult> ReceiveAsync(HttpContext context, IntakeRoute route)
    {
        AllowAnyOrigin(context.Response);
        var (request, cancellationToken) = (context.Request, context.RequestAborted);
        var header = request.Headers.Authorization.ToString();

        // A wrong key in the header is refused before its body is read.
        var key = header.Length > 0 ? await FindAsync(IntakeCredentials.FromHeader(header), cancellationToken) : null;
        if (header.Length > 0 && key is null)
            return Unauthorized();

        var (body, refusal) = await IntakeBody.ReadAsync(request.Body, request.Headers.ContentEncoding.ToString(), IntakeLimits.Default, cancellationToken);
        using var held = body;
        key ??= body is null ? null : await FindAsync(IntakeCredentials.From(null, body.Bytes), cancellationToken);
        if (key is null)
            return Unauthorized();
        if (body is null)
            return Refuse(key, refusal!);

        return IntakeParser.Parse(body.Bytes, route) switch
        {
            IntakeReading.Refused refused => Refuse(key, refused.Refusal),
            IntakeReading.Accepted accepted => await SubmitAsync(context, key, accepted, cancellationToken),
            var reading => throw new UnreachableException($"{reading.GetType().Name} is no reading."),
        };
    }

    async Task<IResult> SubmitAsync(HttpContext context, ApiKey key, IntakeReading.Accepted accepted, CancellationToken cancellationToken)
    {
        if (Wait(context, key, accepted) is { Ticks: > 0 } wait)
            return new ProblemAnswer(Problems.Of(429, "too-many-entries", "More entries came than may. Wait as long as Retry-After says and send the same again, under the same message ids.") with
            {
                Headers = new Dictionary<string, string> { ["Retry-After"] = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture) },
            });

        var rights = key.Scope == KeyScope.Public ? SenderRights.Public : SenderRights.Server;
        IReadOnlyList<SubmissionResult> results;
        try
        {
            results = accepted.Items.Count == 0 ? [] : await engine.IntakeAsync([.. accepted.Items.Select(item => item.ToSubmission(rights))], cancellationToken);
        }
        catch (Exception exception) when (exception is OverloadedException or StoreException)
        {
            // Told here and not by the frame around: a page on another origin must be able to read when to come back.
            return new ProblemAnswer(exception is OverloadedException busy ? Failures.Overloaded(busy) : Failures.Store((StoreException)exception));
        }

        var refused = accepted.Refusals.Select(item => new IntakeAnswer.Item(item.Index, item.Code, item.Reason, item.MessageId)).ToList();
        var partly = new List<IntakeAnswer.Item>();
        var taken = 0;
        foreach (var (item, result) in accepted.Items.Zip(results))
        {
            if (result.Outcome == SubmissionOutcome.UnknownContact)
                refused.Add(new(item.Index, "no_contact", "This names nobody whom the key may speak for: a public key needs an anonymousId.", item.MessageId));
            else if (result.Outcome == SubmissionOutcome.Refused)
                refused.AddRange(result.Refusals.Select(why => new IntakeAnswer.Item(item.Index, why.Code, why.Text, item.MessageId)));
            else
            {
                taken++;
                if (result.OtherBody)
                    tally.TookOtherBody(key, item.MessageId);
                partly.AddRange(result.Refusals.Select(why => new IntakeAnswer.Item(item.Index, why.Code, why.Text, item.MessageId)));
            }
        }

        tally.Took(taken, accepted.UnreadableTimes);
        foreach (var item in refused)
            tally.RefusedItem(key, item.Code, item.Reason, item.MessageId);
        foreach (var item in partly)
            tally.RefusedItem(key, item.Code, item.Reason, item.MessageId);
        refused.Sort((left, right) => left.Index.CompareTo(right.Index));
        return Results.Json(new IntakeAnswer(true, refused.Count > 0 ? refused : null, partly.Count > 0 ? partly : null), ApiJson.Options);
    }

    TimeSpan Wait(HttpContext context, ApiKey key, IntakeReading.Accepted accepted)
    {
        var entries = accepted.Items.Count + accepted.Refusals.Count;
        var wait = rates.Take("key " + key.Id, entries, settings.EntriesPerMinuteByKey);
        if (key.Scope != KeyScope.Public || wait > TimeSpan.Zero)
            return wait;
        wait = rates.Take("address " + ClientAddress.Of(context), entries, settings.EntriesPerMinuteInPublic);
        foreach (var contact in accepted.Items.CountBy(item => item.AnonymousId is { } anonymous ? "a" + anonymous : "u" + item.UserId))
            if (wait == TimeSpan.Zero)
                wait = rates.Take("contact " + Secrets.Hash(contact.Key), contact.Value, settings.EntriesPerMinuteInPublic);
        return wait;
    }

    async ValueTask<ApiKey?> FindAsync(IntakeCredentials? credentials, CancellationToken cancellationToken) =>
        credentials is not null && await keys.FindAsync(credentials.Key, cancellationToken) is { Scope: KeyScope.Intake or KeyScope.Public } key ? key : null;

    ProblemAnswer Refuse(ApiKey key, IntakeRefusal refusal)
    {
        tally.RefusedItem(key, refusal.Code, refusal.Reason, null);
        return new(Problems.Of(refusal.Status, refusal.Code, refusal.Reason));
    }

    static ProblemAnswer Unauthorized() => new(Problems.Of(401, "unauthorized", "The intake needs a key of scope intake or public: as the user name of Basic, as Bearer, or as writeKey in the body.") with
    {
        Headers = new Dictionary<string, string> { ["WWW-Authenticate"] = "Bearer realm=\"parcours intake\"" },
    });

    /// <summary>What analytics.js asks before it sends: that its events come here and nowhere else.</summary>
    async Task<IResult> SettingsAsync(HttpContext context, string writeKey)
    {
        AllowAnyOrigin(context.Response);
        if (await FindAsync(new(writeKey), context.RequestAborted) is null)
            return Unauthorized();
        return Results.Json(new
        {
            integrations = new Dictionary<string, object>
            {
                ["Segment.io"] = new { apiKey = writeKey, apiHost = $"{context.Request.Host}/v1", protocol = context.Request.Scheme, unbundledIntegrations = Array.Empty<string>(), addBundledMetadata = true },
            },
            plan = new { track = new Dictionary<string, object> { ["__default"] = new { enabled = true, integrations = new { } } } },
            edgeFunction = new { },
            analyticsNextEnabled = true,
            middlewareSettings = new { },
            enabledMiddleware = new { },
            metrics = new { sampleRate = 0 },
            legacyVideoPluginsEnabled = false,
            remotePlugins = Array.Empty<string>(),
        });
    }

    static IResult Preflight(HttpContext context)
    {
        AllowAnyOrigin(context.Response);
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = "POST, GET, OPTIONS";
        headers.AccessControlAllowHeaders = "authorization, content-type, content-encoding, x-retry-count";
        headers.AccessControlMaxAge = "86400";
        return Results.NoContent();
    }

    // Any page may send: the key says for whom. No cookie is ever read here, so none is allowed.
    static void AllowAnyOrigin(HttpResponse response)
    {
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlExposeHeaders = "Retry-After";
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
    }

    static string Summary(IntakeRoute route) => route switch
    {
        IntakeRoute.Identify => "Says who a contact is: identities and properties.",
        IntakeRoute.Track => "Something that a contact did.",
        IntakeRoute.Page => "A contact looked at a page: the event Page Viewed.",
        IntakeRoute.Screen => "A contact looked at a screen of an app: the event Screen Viewed.",
        IntakeRoute.Group => "A contact belongs to a group: the event Group Joined.",
        IntakeRoute.Alias => "Two ids are one contact.",
        _ => "Many items, judged one by one.",
    };
}
