using System.Collections.Frozen;
using System.Text;

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

    /// <summary>A POST has ended all marketing on the channel.</summary>
    DoneAll,

    /// <summary>It had ended already.</summary>
    AlreadyAll,

    /// <summary>A POST has taken an unsubscription back.</summary>
    Again,

    /// <summary>A POST has saved which topics are wanted.</summary>
    Saved,
}

/// <summary>
/// The page behind a mail's link to unsubscribe. Its first button posts to the page's own address, as mailboxes do (RFC 8058); the others post there too, with the field <see cref="Field"/>.
/// </summary>
public static class UnsubscribePage
{
    /// <summary>The form field that says what a button does; a mailbox's one click has none.</summary>
    public const string Field = "do";

    /// <summary>Its values: leave all, take back, take back the leaving of all, save <see cref="TopicField"/>.</summary>
    public const string All = "all", Again = "again", AgainAll = "again-all", Save = "save";

    /// <summary>The field with a topic that is wanted; several.</summary>
    public const string TopicField = "topic";

    /// <param name="state">What to say.</param>
    /// <param name="language">As <see cref="PublicPage.ChooseLanguage"/> chose.</param>
    /// <param name="topic">The topic's title for readers; null: "this kind of e-mail".</param>
    /// <param name="address">The recipient's address; shown in part only, for mails are passed on. Null if it is not known.</param>
    /// <param name="sender">The sender's name; null to show none.</param>
    /// <param name="choices">The topics there are; null: nothing can be chosen but what the state itself offers.</param>
    public static PublicPage Render(UnsubscribeState state, string language, string? topic = null, string? address = null, string? sender = null, IReadOnlyList<TopicChoice>? choices = null)
    {
        var words = PageTexts.For(language);
        var (status, name) = state switch
        {
            UnsubscribeState.Ask => (200, "ask"),
            UnsubscribeState.Done => (200, "done"),
            UnsubscribeState.Already => (200, "already"),
            UnsubscribeState.DoneAll => (200, "doneAll"),
            UnsubscribeState.AlreadyAll => (200, "alreadyAll"),
            UnsubscribeState.Again => (200, "again"),
            UnsubscribeState.Saved => (200, "saved"),
            UnsubscribeState.Revoked => (410, "revoked"),
            UnsubscribeState.Unknown => (404, "unknown"),
            _ => (503, "failed"),
        };
        var title = words["unsubscribe.title"];
        if (status != 200)
            return PublicPage.Make(status, words["language"], title, sender, words[$"link.{name}.heading"], PublicPage.Paragraph(words[$"link.{name}.text"]));

        var text = Text(words, name, topic, address, namesTopic: state is UnsubscribeState.Ask or UnsubscribeState.Done or UnsubscribeState.Already or UnsubscribeState.Again);
        var body = new StringBuilder(state == UnsubscribeState.Ask ? PublicPage.Paragraph(text) : PublicPage.Announced(text));
        if (state == UnsubscribeState.Ask)
            body.Append(OneClick(words)).Append("<p class=\"soft\">").Append(PublicPage.Encode(words["unsubscribe.ask.keep"])).Append("</p>");
        if (choices is not null)
            Offer(body, words, state, choices);
        return PublicPage.Make(status, words["language"], title, sender, words[$"unsubscribe.{name}.heading"], body.ToString());
    }

    /// <summary>Enough of an address for its owner to know it: <c>a•••@example.org</c>.</summary>
    internal static string Mask(string address) => address.LastIndexOf('@') is var at and > 0 ? $"{First(address)}•••{address[at..]}" : "•••";

    static string First(string text) => text[..(char.IsHighSurrogate(text[0]) && text.Length > 1 ? 2 : 1)];

    static string Text(FrozenDictionary<string, string> words, string name, string? topic, string? address, bool namesTopic)
    {
        var said = namesTopic && string.IsNullOrWhiteSpace(topic) ? "textAll" : "text";
        var to = string.IsNullOrWhiteSpace(address) ? "NoAddress" : "";
        // In this order: a topic's title cannot smuggle in a place for the address.
        return words[$"unsubscribe.{name}.{said}{to}"]
            .Replace("{address}", Mask(address ?? ""), StringComparison.Ordinal)
            .Replace("{topic}", topic, StringComparison.Ordinal);
    }

    static string OneClick(FrozenDictionary<string, string> words) =>
        $"<form method=\"post\"><input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\"><button type=\"submit\">{PublicPage.Encode(words["unsubscribe.ask.button"])}</button></form>";

    /// <summary>What else can be done: take it back, choose topics, leave all.</summary>
    static void Offer(StringBuilder body, FrozenDictionary<string, string> words, UnsubscribeState state, IReadOnlyList<TopicChoice> choices)
    {
        if (state is UnsubscribeState.Done or UnsubscribeState.Already)
            body.Append(Button(words, Again, "unsubscribe.undo"));
        else if (state is UnsubscribeState.DoneAll or UnsubscribeState.AlreadyAll)
            body.Append(Button(words, AgainAll, "unsubscribe.undo"));
        if (choices.Count > 0)
        {
            body.Append("<form method=\"post\"><input type=\"hidden\" name=\"").Append(Field).Append("\" value=\"").Append(Save).Append("\"><fieldset><legend>")
                .Append(PublicPage.Encode(words["preferences.legend"])).Append("</legend>");
            foreach (var choice in choices)
                body.Append("<label><input type=\"checkbox\" name=\"").Append(TopicField).Append("\" value=\"").Append(PublicPage.Encode(choice.Name)).Append(choice.IsWanted ? "\" checked>" : "\">")
                    .Append("<span>").Append(PublicPage.Encode(choice.Title)).Append("</span></label>");
            body.Append("</fieldset><button type=\"submit\" class=\"plain\">").Append(PublicPage.Encode(words["preferences.save"])).Append("</button></form>");
        }

        if (state is not (UnsubscribeState.DoneAll or UnsubscribeState.AlreadyAll))
            body.Append(Button(words, All, "unsubscribe.all"));
    }

    static string Button(FrozenDictionary<string, string> words, string does, string text) =>
        $"<form method=\"post\"><input type=\"hidden\" name=\"{Field}\" value=\"{does}\"><button type=\"submit\" class=\"plain\">{PublicPage.Encode(words[text])}</button></form>";
}
