using System.Collections.Frozen;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Parcours.Channels.Pages;

/// <summary>A page for readers of mail, ready to be answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Html">The page.</param>
/// <param name="ContentSecurityPolicy">The page needs no more than it allows.</param>
public sealed record PublicPage(int Status, string Html, string ContentSecurityPolicy)
{
    /// <summary>The headers to answer with. The page's address is a key: nobody shall keep it, index it or hand it on.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers =>
    [
        new("Content-Type", "text/html; charset=utf-8"),
        new("Content-Security-Policy", ContentSecurityPolicy),
        new("Referrer-Policy", "no-referrer"),
        new("Cache-Control", "no-store"),
        new("X-Robots-Tag", "noindex, nofollow"),
        new("X-Content-Type-Options", "nosniff"),
    ];

    /// <summary>The languages that pages are written in.</summary>
    public static IReadOnlyCollection<string> Languages => PageTexts.All;

    /// <summary>The language of a page: the contact's if it is there, else the browser's, else English.</summary>
    /// <param name="contactLanguage">The contact's language tag, as it stands there.</param>
    /// <param name="acceptLanguage">The request's <c>Accept-Language</c>.</param>
    public static string ChooseLanguage(string? contactLanguage, string? acceptLanguage) =>
        Channels.Languages.Best(contactLanguage, PageTexts.All) ?? Channels.Languages.BestOfHeader(acceptLanguage, PageTexts.All) ?? PageTexts.Fallback;

    const string Style = """
        :root{color-scheme:light dark;--page:#f6f5f3;--card:#fff;--ink:#1f2328;--soft:#5c6470;--line:#e4e2de;--accent:#0b6b5d;--on-accent:#fff}
        @media (prefers-color-scheme:dark){:root{--page:#16181b;--card:#202328;--ink:#eceff2;--soft:#a9b1bb;--line:#343940;--accent:#5fd0bb;--on-accent:#08231e}}
        *{box-sizing:border-box}
        body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px 16px;background:var(--page);color:var(--ink);font:17px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        main{width:100%;max-width:30rem;padding:40px 36px;background:var(--card);border:1px solid var(--line);border-radius:16px}
        .sender{margin:0 0 20px;color:var(--soft);font-size:15px}
        h1{margin:0 0 12px;font-size:27px;line-height:1.2;font-weight:650;letter-spacing:-.01em;text-wrap:balance}
        p{margin:0 0 12px;overflow-wrap:anywhere}
        form{margin:28px 0 20px}
        button{min-height:48px;padding:12px 28px;border:0;border-radius:10px;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:600;cursor:pointer}
        button:hover{filter:brightness(1.08)}
        button:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
        button.plain{background:transparent;color:var(--ink);border:1px solid var(--soft)}
        fieldset{margin:0 0 20px;padding:16px 20px;border:1px solid var(--line);border-radius:10px}
        legend{padding:0 8px;font-weight:600}
        label{display:flex;gap:12px;align-items:flex-start;padding:8px 0;cursor:pointer}
        input[type=checkbox]{flex:none;width:22px;height:22px;margin:2px 0 0;accent-color:var(--accent)}
        input:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
        .soft{color:var(--soft);font-size:15px;margin-bottom:0}
        @media (max-width:30rem){main{padding:28px 22px}button{width:100%}}
        """;

    // The hash, not a nonce: the page is the same for everybody and may be made ahead.
    static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    internal static PublicPage Make(int status, string language, string title, string? sender, string heading, params ReadOnlySpan<string> bodyHtml)
    {
        var html = new StringBuilder(4096);
        html.Append("<!doctype html>\n<html lang=\"").Append(Encode(language)).Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            // The address of the page is a key: neither search engines nor the next site shall have it.
            .Append("<meta name=\"robots\" content=\"noindex, nofollow\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
            .Append("<title>").Append(Encode(title)).Append("</title>\n<style>").Append(Style).Append("</style>\n</head>\n<body>\n<main>\n");
        if (!string.IsNullOrWhiteSpace(sender))
            html.Append("<p class=\"sender\">").Append(Encode(sender)).Append("</p>\n");
        html.Append("<h1>").Append(Encode(heading)).Append("</h1>\n");
        foreach (var piece in bodyHtml)
            html.Append(piece).Append('\n');
        return new PublicPage(status, html.Append("</main>\n</body>\n</html>\n").ToString(), Policy);
    }

    internal static string Paragraph(string text) => $"<p>{Encode(text)}</p>";

    /// <summary>Lets everybody know that something was done, also those who do not see the page change.</summary>
    internal static string Announced(string text) => $"<p role=\"status\">{Encode(text)}</p>";

    internal static string Encode(string text) => WebUtility.HtmlEncode(text);
}
