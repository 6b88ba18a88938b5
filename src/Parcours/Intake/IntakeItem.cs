using NodaTime;

namespace Parcours.Intake;

/// <summary>One accepted item of an intake request. It holds nothing of the request's buffer: what is raw is a copy.</summary>
public sealed record IntakeItem
{
    /// <summary>Place in the batch, from 0; 0 for a single call.</summary>
    public required int Index { get; init; }

    public required IntakeKind Kind { get; init; }

    /// <summary>The sender's id of this item; null where it gave none (it then cannot be recognised again, semantics 5.1).</summary>
    public string? MessageId { get; init; }

    /// <summary>Exact text (semantics 4.3); a JSON number is its text.</summary>
    public string? UserId { get; init; }

    public string? AnonymousId { get; init; }

    /// <summary>The user id, or anonymous id, that an alias joins to <see cref="UserId"/>.</summary>
    public string? PreviousId { get; init; }

    public string? GroupId { get; init; }

    /// <summary>The event's name; track only, and never empty there.</summary>
    public string? EventName { get; init; }

    /// <summary>Name of a page or screen.</summary>
    public string? Name { get; init; }

    public string? Category { get; init; }

    /// <summary>UTF-8 JSON object, or empty where there was none.</summary>
    public ReadOnlyMemory<byte> Properties { get; init; }

    /// <summary>UTF-8 JSON object, or empty where there was none.</summary>
    public ReadOnlyMemory<byte> Traits { get; init; }

    /// <summary>UTF-8 JSON object of <c>context.traits</c>, or empty where there was none.</summary>
    public ReadOnlyMemory<byte> ContextTraits { get; init; }

    /// <summary>As the sender wrote it, such as <c>fr-CH</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>As the sender wrote it, such as <c>Europe/Zurich</c>.</summary>
    public string? TimeZone { get; init; }

    public string? Ip { get; init; }

    /// <summary>The sender's time of it, by the sender's clock; null where there was none that can be read. The engine corrects it (semantics 1.2).</summary>
    public Instant? Timestamp { get; init; }

    /// <summary>When the sender sent it, by the same clock.</summary>
    public Instant? SentAt { get; init; }

    /// <summary>The sender gave a time that nobody can read: the item counts as of its receipt.</summary>
    public bool TimeUnreadable { get; init; }
}
