using NodaTime;

namespace Parcours.Channels.Mime;

/// <summary>A name, which may be empty, and an address.</summary>
public readonly record struct NamedAddress(string Name, MailAddress Address);

/// <summary>A mail before it is written down: nothing in it is encoded yet.</summary>
public sealed record MimeMessage
{
    public required NamedAddress From { get; init; }

    public required NamedAddress To { get; init; }

    /// <summary>Null: answers go to the sender.</summary>
    public NamedAddress? ReplyTo { get; init; }

    public required string Subject { get; init; }

    /// <summary>In angle brackets, ASCII.</summary>
    public required string MessageId { get; init; }

    public required Instant Date { get; init; }

    /// <summary>ASCII letters, digits and hyphens; makes the boundary between the parts, so that the same message gives the same bytes.</summary>
    public required string Key { get; init; }

    /// <summary>Empty for none. Any kind of line end.</summary>
    public string Text { get; init; } = "";

    /// <summary>Empty for none. Any kind of line end.</summary>
    public string Html { get; init; } = "";

    /// <summary>The tag of the words; null: not said.</summary>
    public string? Language { get; init; }

    /// <summary>More header fields. They are ASCII and structured: folded at their spaces, never encoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> More { get; init; } = [];

    /// <summary>An address is not ASCII, so the mail needs a server with SMTPUTF8.</summary>
    public bool NeedsUtf8 => From.Address.NeedsUtf8 || To.Address.NeedsUtf8 || ReplyTo is { Address.NeedsUtf8: true };
}
