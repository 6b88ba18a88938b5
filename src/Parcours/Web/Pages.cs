using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Parcours.Security;

namespace Parcours.Web;

/// <summary>The frame of the server's own pages: no script at all, one style sheet inside the page, allowed by its hash.</summary>
public static class Pages
{
    static readonly string Style = Read("Parcours.Web.pages.css");
    static readonly string StyleHash = "'sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style))) + "'";

    /// <summary>Whether a person with a browser asks, who wants a page and not JSON.</summary>
    public static bool Wants(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return !request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && !request.Path.StartsWithSegments("/v1", StringComparison.Ordinal)
            && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The sign of the program, where browsers look for it by themselves: for pages that name none, and mails seen in a browser.</summary>
    public static void MapIcon(IEndpointRouteBuilder app) => app.MapGet("/favicon.ico", (HttpContext context) =>
    {
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return Results.Text(Icon.Value, "image/svg+xml");
    }).AllowAnonymous().ExcludeFromDescription();

    static readonly Lazy<string> Icon = new(() => Read("icon.svg"));

    /// <summary>A page of somebody who is signed in: with the bar at the top.</summary>
    public static Task AnswerAsync(HttpContext context, PageTexts texts, string title, Html body)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(texts);
        var signOut = context.User.HasClaim(Access.ByClaim, "session")
            ? Html.Of($"""<span class="who">{context.User.FindFirstValue(ClaimTypes.Name)}</span><form method="post" action="/sign-out"><button class="plain">{texts["signOut.button"]}</button></form>""")
            : Html.Empty;
        return WriteAsync(context, 200, texts, title, Html.Of($"""<header class="bar">{Brand}{signOut}</header><main>{body}</main>"""));
    }

    /// <summary>A small page in the middle: sign-in, set-up.</summary>
    public static Task AnswerNarrowAsync(HttpContext context, int status, PageTexts texts, string title, Html body) =>
        WriteAsync(context, status, texts, title, Html.Of($"""<main class="narrow"><div class="card">{Brand}{body}</div></main>"""));

    static Html Brand => Html.Of($"""
        <a class="brand" href="/"><svg width="28" height="22" viewBox="0 0 28 22" aria-hidden="true"><path d="M4 11h8c4 0 4-7 8-7h4M12 11c4 0 4 7 8 7h4" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round"/><circle cx="4" cy="11" r="3.5" fill="#0C7F70"/><circle cx="24" cy="4" r="3.5" fill="#CF7820"/><circle cx="24" cy="18" r="3.5" fill="#652BA3"/></svg>Parcours</a>
        """);

    static Task WriteAsync(HttpContext context, int status, PageTexts texts, string title, Html body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Http.SecurityHeaders.PageContentPolicy.Replace("style-src 'self'", "style-src " + StyleHash, StringComparison.Ordinal);
        response.Headers.ContentLanguage = texts.Language;
        response.Headers.Vary = "Accept-Language";
        var page = Html.Of($"""
            <!doctype html>
            <html lang="{texts.Language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} · Parcours</title><style>{new Html(Style)}</style></head>
            <body>{body}</body></html>
            """);
        return response.WriteAsync(page.Text!, context.RequestAborted);
    }

    static string Read(string resource)
    {
        using var stream = typeof(Pages).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{resource} is missing from the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
