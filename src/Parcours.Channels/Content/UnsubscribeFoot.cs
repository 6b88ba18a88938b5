using System.Net;
using Parcours.Channels.Pages;

namespace Parcours.Channels.Content;

/// <summary>The link to unsubscribe at the foot of marketing mail whose author put none.</summary>
static class UnsubscribeFoot
{
    public static string OfHtml(string html, string language, string link)
    {
        var words = WebUtility.HtmlEncode(PageTexts.For(language)["mail.unsubscribe"]);
        var foot = $"<p style=\"margin:24px 0;text-align:center;font:13px/1.5 Arial,sans-serif;color:#666666\"><a href=\"{WebUtility.HtmlEncode(link)}\" style=\"color:#666666\">{words}</a></p>";
        var end = html.LastIndexOf("</body", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html + foot : html.Insert(end, foot);
    }

    public static string OfText(string text, string language, string link) =>
        $"{text.TrimEnd()}\n\n-- \n{PageTexts.For(language)["mail.unsubscribe"]}: {link}\n";
}
