using System.Security.Cryptography;
using Parcours.Http;

namespace Parcours.Web;

/// <summary>Serves the web application: its files, and its one page for every address that a person may open.</summary>
sealed class Application
{
    /// <summary>Stands in the built page where the nonce of each answer goes (Vite's <c>html.cspNonce</c>).</summary>
    const string NoncePlaceholder = "__CSP_NONCE__";

    readonly WebFiles _files;
    readonly Lazy<string> _page;

    public Application(HttpSettings settings)
    {
        _files = new(settings.WebFolder ?? Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        _page = new(_files.ReadIndex);
    }

    /// <summary>False where the program was built without it; then the server's own few pages stand in.</summary>
    public bool IsThere => _files.AreThere;

    /// <summary>After routing: what an endpoint answers is its own.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!IsThere || context.GetEndpoint() is not null || !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return next(context);
        if (_files.Find(request.Path.Value ?? "") is { } file)
            return AnswerFileAsync(context, file);
        // A file that is not there is no page: a page in its place would be run as a script by an old tab after an update.
        return Pages.Wants(request) && !request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? AnswerPageAsync(context) : next(context);
    }

    async Task AnswerPageAsync(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.ApplicationContentPolicy(nonce);
        if (HttpMethods.IsGet(context.Request.Method))
            await context.Response.WriteAsync(_page.Value.Replace(NoncePlaceholder, nonce, StringComparison.Ordinal), context.RequestAborted);
    }

    static async Task AnswerFileAsync(HttpContext context, WebFile file)
    {
        var (request, response) = (context.Request, context.Response);
        // Vite names what lies there by its content.
        response.Headers.CacheControl = request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.ETag = file.ETag;
        response.Headers.Vary = "Accept-Encoding";
        if (request.Headers.IfNoneMatch.ToString().Contains(file.ETag, StringComparison.Ordinal))
        {
            response.StatusCode = 304;
            return;
        }

        var (bytes, coding) = Choose(request.Headers.AcceptEncoding.ToString(), file);
        response.ContentType = file.ContentType;
        response.ContentLength = bytes.Length;
        if (coding is not null)
            response.Headers.ContentEncoding = coding;
        if (HttpMethods.IsGet(request.Method))
            await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    static (byte[] Bytes, string? Coding) Choose(string accepts, WebFile file) =>
        file.Brotli is not null && accepts.Contains("br", StringComparison.Ordinal) ? (file.Brotli, "br")
        : file.GZip is not null && accepts.Contains("gzip", StringComparison.Ordinal) ? (file.GZip, "gzip")
        : (file.Bytes, null);
}
