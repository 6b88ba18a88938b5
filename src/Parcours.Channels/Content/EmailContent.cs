namespace Parcours.Channels.Content;

/// <summary>
/// What an e-mail says, in one or more languages. It knows no topic and no sender: the journey's point says why it is sent,
/// the settings say by whom. Immutable; each saved change is a new version.
/// </summary>
public sealed record EmailContent
{
    /// <summary>The name by which journeys refer to it.</summary>
    public required string Name { get; init; }

    /// <summary>The language, as in <see cref="Texts"/>, for a contact whose own language is unknown or not there.</summary>
    public required string DefaultLanguage { get; init; }

    /// <summary>The wording by language tag: <c>en</c>, <c>fr</c>, <c>fr-CH</c>.</summary>
    public required IReadOnlyDictionary<string, EmailText> Texts { get; init; }

    /// <summary>Whether opens may be noticed; likewise <see cref="TrackClicks"/>.</summary>
    public bool TrackOpens { get; init; } = true;

    public bool TrackClicks { get; init; } = true;

    /// <summary>Content in a single language.</summary>
    public static EmailContent InOneLanguage(string name, string language, EmailText text) => new()
    {
        Name = name,
        DefaultLanguage = language,
        Texts = new Dictionary<string, EmailText> { [language] = text },
    };
}

/// <summary>The wording of an e-mail in one language; every part is a template (docs/content.md).</summary>
/// <param name="Subject">One line.</param>
/// <param name="Preheader">The line that mailboxes show beside the subject; null for none.</param>
/// <param name="Html">The designed mail; null for a mail of text alone.</param>
/// <param name="Text">The plain mail; null to have it derived from the HTML.</param>
public sealed record EmailText(string Subject, string? Preheader = null, string? Html = null, string? Text = null);
