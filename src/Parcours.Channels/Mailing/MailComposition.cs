using NodaTime;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Mailing;

/// <summary>What composing a message came to: a whole mail, or why there is none (Semantics 6.7).</summary>
public abstract record MailComposition
{
    private protected MailComposition() { }
}

/// <summary>A mail ready to be handed over: envelope, header and words, nothing encoded yet. Immutable; composed twice for one key at one time it is equal.</summary>
/// <param name="Key">The message: its Message-ID and a provider's idempotency key (Semantics 5.4).</param>
/// <param name="Sender">By whom: the header's From and Reply-To.</param>
/// <param name="To">The recipient's address, of the envelope and of the header.</param>
/// <param name="Date">When it was composed.</param>
/// <param name="Subject">One line, not encoded.</param>
/// <param name="Preheader">One line; it stands in <paramref name="Html"/> already.</param>
/// <param name="Html">Empty for a mail of text alone.</param>
/// <param name="Text">The plain part.</param>
/// <param name="Language">The tag of the words.</param>
/// <param name="ContentVersion">The version of the content that was rendered (Semantics 6.7).</param>
/// <param name="UnsubscribeLink">Set for marketing: the one-click link of RFC 8058, for the header.</param>
public sealed record ComposedMail(
    MessageKey Key, SenderSettings Sender, string To, Instant Date, string Subject, string Preheader, string Html, string Text, string Language, int ContentVersion,
    string? UnsubscribeLink) : MailComposition
{
    /// <summary>The address of the envelope's sender (MAIL FROM): bounces go there.</summary>
    /// <remarks>Where bounces have an address of their own, each message has one of it: who reports knows no more than where to (VERP).</remarks>
    public string EnvelopeFrom => Sender.BounceAddress is { } bounces && bounces.LastIndexOf('@') is > 0 and var at ? $"{bounces[..at]}+{Key}{bounces[at..]}" : Sender.FromAddress;

    /// <summary>In angle brackets, as the header has it.</summary>
    public string MessageId => MailHeaders.MessageId(Key, Sender.FromAddress);

    /// <summary>The header in order, values decoded: what the sandbox shows. Made anew with each call.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers() => MailHeaders.Of(this);
}

/// <summary>There is no mail: the message has failed for good.</summary>
/// <param name="Why">Begins with a stable code (<c>address:</c>, <c>content:</c>, <c>render:</c>) and holds no value of a field: it is stored and logged (Semantics 11.4).</param>
/// <param name="ContentVersion">Null: there is no such content, or none was looked for.</param>
public sealed record UncomposedMail(string Why, int? ContentVersion) : MailComposition;
