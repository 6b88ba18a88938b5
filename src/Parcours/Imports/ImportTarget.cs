using Parcours.Journeys.Contacts;

namespace Parcours.Imports;

/// <summary>What a column is. The forms in which it is written are in docs/imports.md.</summary>
abstract record ImportTarget
{
    ImportTarget() { }

    public sealed record Ignored : ImportTarget;
    public sealed record Named(IdentityKind Kind) : ImportTarget;
    /// <param name="Type">Null: as the property is declared; where it is not, as its cells look.</param>
    /// <param name="OfContact">False: of the event.</param>
    public sealed record Property(string Name, CellType? Type, bool OfContact) : ImportTarget;
    public sealed record Tags : ImportTarget;
    public sealed record Tag(string Name) : ImportTarget;
    public sealed record Lists : ImportTarget;
    public sealed record List(string Name) : ImportTarget;
    public sealed record Consent(string Channel, string Topic) : ImportTarget;
    public sealed record Time : ImportTarget;
    public sealed record EventName : ImportTarget;
    public sealed record MessageId : ImportTarget;

    /// <summary>Two columns cannot both be this.</summary>
    public bool IsUnique => this is not (Ignored or Tags or Lists);

    static readonly string[] Channels = ["email", "sms", "whatsapp"];

    /// <summary>Reads what somebody wrote.</summary>
    /// <returns>What is wrong with it; null: nothing.</returns>
    public static string? Read(string? text, ImportKind kind, out ImportTarget target)
    {
        target = new Ignored();
        var said = text?.Trim() ?? "";
        if (said is "" or "-")
            return null;
        var colon = said.IndexOf(':', StringComparison.Ordinal);
        var (head, rest) = colon < 0 ? (said, "") : (said[..colon], said[(colon + 1)..].Trim());
        var found = colon < 0 ? Plain(said, kind) : null;
        if (kind == ImportKind.Enrolments && (found is not (null or Named) || colon > 0 && head is "tag" or "list" or "consent"))
            return $"'{said}' is of contacts or events: a file of enrolments says who enters, and what the journey is to know. Import contacts first.";
        if (found is not null)
        {
            target = found;
            return null;
        }

        switch (head)
        {
            case "tag" or "list" when colon > 0:
                if (rest.Length is 0 or > 100)
                    return $"'{said}' needs the name of a {head}, of 1 to 100 characters.";
                target = head == "tag" ? new Tag(rest) : new List(rest);
                return null;
            case "consent" when colon > 0:
                if (rest.Split('/', 2) is not [var channel, { Length: > 0 } topic] || !Channels.Contains(channel))
                    return $"'{said}' must be consent:CHANNEL/TOPIC, with a channel of {string.Join(", ", Channels)}, e.g. consent:email/news.";
                target = new Consent(channel, topic);
                return null;
            case "property" when colon > 0:
                return ReadProperty(rest, kind == ImportKind.Contacts, out target);
            case "contact" when colon > 0 && kind == ImportKind.Events:
                return ReadProperty(rest, true, out target);
            default:
                return ReadProperty(said, kind == ImportKind.Contacts, out target);
        }
    }

    static string? ReadProperty(string text, bool ofContact, out ImportTarget target)
    {
        CellType? type = null;
        var name = text;
        var colon = text.LastIndexOf(':');
        if (colon > 0 && Enum.TryParse<CellType>(text[(colon + 1)..], ignoreCase: true, out var said) && !char.IsAsciiDigit(text[colon + 1]))
            (name, type) = (text[..colon], said);
        target = new Property(name, type, ofContact);
        return name.Trim().Length is 0 or > Parcours.Engine.Intake.PropertyRegistry.NameLengthMax
            ? $"'{text}' is no name of a property: it has 1 to {Parcours.Engine.Intake.PropertyRegistry.NameLengthMax} characters."
            : null;
    }

    /// <summary>The words that stand for something other than a property.</summary>
    static ImportTarget? Plain(string word, ImportKind kind) => word switch
    {
        "userId" => new Named(IdentityKind.UserId),
        "email" => new Named(IdentityKind.Email),
        "phone" => new Named(IdentityKind.Phone),
        "anonymousId" => new Named(IdentityKind.AnonymousId),
        "tags" => new Tags(),
        "lists" => new Lists(),
        "timestamp" => new Time(),
        "event" when kind == ImportKind.Events => new EventName(),
        "messageId" when kind == ImportKind.Events => new MessageId(),
        _ => null,
    };
}

/// <summary>The type of a column's cells.</summary>
enum CellType
{
    Text = 0,
    Number = 1,
    Boolean = 2,
    Date = 3,
    DateTime = 4,
    Choice = 5,
    Choices = 6,
}
