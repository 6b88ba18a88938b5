using System.Collections.Frozen;
using Parcours.Channels.Content;

namespace Parcours.Channels.Pages;

/// <summary>The mail in a browser: what the recipient got, and nothing that a mailbox would not let it do.</summary>
public static class ViewPage
{
    /// <summary>No scripts, no forms, no frames, and an origin of its own: a mail's author is not the installation's master.</summary>
    const string Policy =
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src http: https: data:; font-src http: https: data:; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'; base-uri 'none'";

    /// <param name="language">The mail's language tag, if it is known.</param>
    /// <param name="subject">The mail's subject.</param>
    /// <param name="html">The mail's HTML; empty if it is text alone.</param>
    /// <param name="text">The mail's text.</param>
    public static PublicPage Render(string language, string subject, string html, string text)
    {
        if (html.Contains("<html", StringComparison.OrdinalIgnoreCase))
            return new PublicPage(200, html, Policy);

        var body = html.Length > 0 ? html : $"<pre style=\"white-space:pre-wrap;overflow-wrap:anywhere;font:16px/1.5 system-ui,Arial,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem\">{PublicPage.Encode(text)}</pre>";
        return new PublicPage(
            200,
            $"<!doctype html>\n<html lang=\"{PublicPage.Encode(language)}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex, nofollow\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{PublicPage.Encode(subject)}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n",
            Policy);
    }

    /// <summary>For people who look at somebody else's mail: it is not counted as opened by that.</summary>
    public static PublicPage RenderForOthers(string language, string subject, string html, string text) => Render(language, subject, TrackingMarks.WithoutImage(html), text);

    /// <summary>For a link that is good while its mail is kept no longer (410), was revoked (410), or is none of ours (404).</summary>
    public static PublicPage RenderAbsence(ViewAbsence absence, string language, string? sender = null)
    {
        var words = PageTexts.For(language);
        var (status, name) = absence switch
        {
            ViewAbsence.Gone => (410, "view.gone"),
            ViewAbsence.Revoked => (410, "link.revoked"),
            _ => (404, "link.unknown"),
        };
        return PublicPage.Make(status, words["language"], words["view.title"], sender, words[$"{name}.heading"], PublicPage.Paragraph(words[$"{name}.text"]));
    }
}

/// <summary>Why there is no mail to show.</summary>
public enum ViewAbsence
{
    Gone,
    Revoked,
    Unknown,
}
