using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Parcours.Engine;
using Parcours.Http;
using Parcours.Security;

namespace Parcours.Nodes;

/// <summary>Any node answers any request. Events it takes in itself; what asks of the whole installation, or changes it, it passes to the node that leads, and passes the answer back. No request is passed on twice.</summary>
/// <param name="localToken">By which commands of this machine prove themselves (Semantics 15.8).</param>
sealed class Forwarding(IEngine engine, NodeKey key, string localToken) : IDisposable
{
    // Whom it is meant for, from whom it comes in truth, and the proof that a node says so.
    const string To = "Parcours-Node", Token = "Parcours-Node-Token", Client = "Parcours-Client", Scheme = "Parcours-Scheme", Local = "Parcours-Local";

    static readonly HashSet<string> NotPassedOn = new(StringComparer.OrdinalIgnoreCase)
    {
        To, Token, Client, Scheme, Local,
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect",
    };

    // Nothing is done on behalf of the caller but carrying: no cookies kept, no redirect followed, nothing unpacked.
    readonly HttpMessageInvoker _line = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        ActivityHeadersPropagator = null,
    });

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        var isOfNode = headers.TryGetValue(Token, out var given) && Secrets.Same(given.ToString(), key.Token);
        if (isOfNode && headers[To] != key.Id.ToString())
            return Refuse(context, "wrong-node", $"Another node than the one that leads answers at its address. Say with {Configuration.Setting.NodeUrl.Option} where nodes reach each other.");
        if (isOfNode)
            Restore(context);
        foreach (var name in (string[])[To, Token, Client, Scheme, Local])
            headers.Remove(name);
        // Whoever asks whether this process lives means this one.
        return engine.WorkedOnBy is not { } other || context.Request.Path == "/healthz" || (engine.TakesIn && context.Request.Path.StartsWithSegments("/v1")) ? next(context)
            : isOfNode || other.Address is null ? Refuse(context, "no-leader", "No node leads at this moment. Try again in a second.")
            : ForwardAsync(context, other, other.Address);
    }

    void Restore(HttpContext context)
    {
        var (headers, request) = (context.Request.Headers, context.Request);
        context.Connection.RemoteIpAddress = IPAddress.TryParse(headers[Client].ToString(), out var address) ? address : null;
        request.Scheme = headers[Scheme].ToString();
        if (headers.ContainsKey(Local))
            headers.Authorization = $"Bearer {localToken}";
    }

    async Task ForwardAsync(HttpContext context, WorkedOnBy other, string address)
    {
        // How large a body may be is the other's to judge.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, other.Gone);
        try
        {
            using var request = Request(context, other, address);
            using var answer = await _line.SendAsync(request, ends.Token);
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
                if (!NotPassedOn.Contains(name))
                    context.Response.Headers[name] = values.ToArray();
            // A stream of events has a head long before it says anything.
            await context.Response.StartAsync(ends.Token);
            await answer.Content.CopyToAsync(context.Response.Body, ends.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            if (context.RequestAborted.IsCancellationRequested)
                return;
            if (context.Response.HasStarted)
                context.Abort();
            else if (failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError })
                await Refuse(context, "no-leader", "The node that leads cannot be reached, and nothing of this was done. Try again in a moment: another takes over when it is gone.");
            else
                await new ProblemAnswer(Problems.Of(502, "broken-off", "The node that leads has not answered, and whether this was done is not known. Send it again, with the same message id or Idempotency-Key.")).ExecuteAsync(context);
        }
    }

    HttpRequestMessage Request(HttpContext context, WorkedOnBy other, string address)
    {
        var asked = context.Request;
        // As it was sent: what is escaped in a path stays so.
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget is { } raw && raw.StartsWith('/') ? raw : asked.Path.ToUriComponent() + asked.QueryString.ToUriComponent();
        var request = new HttpRequestMessage(new HttpMethod(asked.Method), new Uri(address.TrimEnd('/') + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
            request.Content = new StreamContent(asked.Body);
        foreach (var (name, values) in asked.Headers)
            if (!NotPassedOn.Contains(name) && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        request.Headers.TryAddWithoutValidation(To, other.Node.ToString());
        request.Headers.TryAddWithoutValidation(Token, key.Token);
        request.Headers.TryAddWithoutValidation(Client, context.Connection.RemoteIpAddress?.ToString());
        request.Headers.TryAddWithoutValidation(Scheme, asked.Scheme);
        if (Cli.LocalControl.IsFromHere(context, localToken))
            request.Headers.TryAddWithoutValidation(Local, "yes");
        return request;
    }

    static Task Refuse(HttpContext context, string code, string why) =>
        new ProblemAnswer(Problems.Of(503, code, why) with { Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } }).ExecuteAsync(context);

    public void Dispose() => _line.Dispose();
}
