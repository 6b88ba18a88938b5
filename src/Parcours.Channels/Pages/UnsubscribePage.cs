using System.Collections.Frozen;

namespace Parcours.Channels.Pages;

/// <summary>Where somebody stands who follows a link to unsubscribe.</summary>
public enum UnsubscribeState
{
    /// <summary>A GET: asks, and changes nothing (Semantics 10.9).</summary>
    Ask,

    /// <summary>A POST has ended the subscription.</summary>
    Done,

    /// <summary>There was none any more.</summary>
    Already,

    /// <summary>The link's key was revoked.</summary>
    Revoked,

    /// <summary>No link of ours, or its message is gone.</summary>
    Unknown,

    /// <summary>It could not be carried out now.</summary>
    Failed,
}

/// <summary>The page behind a mail's link to unsubscribe. Its one button posts to the page's own address, as mailboxes do (RFC 8058).</summary>
public static class UnsubscribePage
{
    /// <param name="state">What to say.</param>
    /// <param name="language">As <see cref="PublicPage.ChooseLanguage"/> chose.</param>
    /// <param name="topic">The topic's title for readers; null: "this kind of e-mail".</param>
    /// <param name="address">The recipient's address; shown in part only, for mails are passed on. Null if it is not known.</param>
    /// <param name="sender">The sender's name; null to show none.</param>
    public static PublicPage Render(UnsubscribeState state, string language, string? topic = null, string? address = null, string? sender = null)
    {
        var words = PageTexts.For(language);
        var (status, name) = state switch
        {
            UnsubscribeState.Ask => (200, "ask"),
            UnsubscribeState.Done => (200, "done"),
            UnsubscribeState.Already => (200, "already"),
            UnsubscribeState.Revoked => (410, "revoked"),
            UnsubscribeState.Unknown => (404, "unknown"),
            _ => (503, "failed"),
        };
        var title = words["unsubscribe.title"];
        if (status != 200)
            return PublicPage.Make(status, words["language"], title, sender, words[$"link.{name}.heading"], PublicPage.Paragraph(words[$"link.{name}.text"]));

        var text = Text(words, name, topic, address);
        var heading = words[$"unsubscribe.{name}.heading"];
        return state == UnsubscribeState.Ask
            ? PublicPage.Make(status, words["language"], title, sender, heading, PublicPage.Paragraph(text), Form(words), $"<p class=\"soft\">{PublicPage.Encode(words["unsubscribe.ask.keep"])}</p>")
            : PublicPage.Make(status, words["language"], title, sender, heading, PublicPage.Announced(text));
    }

    /// <summary>Enough of an address for its owner to know it: <c>a•••@example.org</c>.</summary>
    internal static string Mask(string address) => address.LastIndexOf('@') is var at and > 0 ? $"{First(address)}•••{address[at..]}" : "•••";

    static string First(string text) => text[..(char.IsHighSurrogate(text[0]) && text.Length > 1 ? 2 : 1)];

    static string Text(FrozenDictionary<string, string> words, string name, string? topic, string? address)
    {
        var said = string.IsNullOrWhiteSpace(topic) ? "textAll" : "text";
        var to = string.IsNullOrWhiteSpace(address) ? "NoAddress" : "";
        // In this order: a topic's title cannot smuggle in a place for the address.
        return words[$"unsubscribe.{name}.{said}{to}"]
            .Replace("{address}", Mask(address ?? ""), StringComparison.Ordinal)
            .Replace("{topic}", topic, StringComparison.Ordinal);
    }

    static string Form(FrozenDictionary<string, string> words) =>
        $"<form method=\"post\"><input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\"><button type=\"submit\">{PublicPage.Encode(words["unsubscribe.ask.button"])}</button></form>";
}
