using NodaTime;

namespace Parcours.Journeys.Contacts;

/// <summary>Where an entry comes from (Semantics 2.6). The numbers are stored.</summary>
public enum Origin : byte
{
    /// <summary>Sent by a site, an app or a server as it happened.</summary>
    Live = 0,
    /// <summary>Done by a person, on a screen or over <c>/api/v1</c>.</summary>
    Person = 1,
    /// <summary>Done by a journey.</summary>
    Journey = 2,
    Import = 3,
    /// <summary>A segment's first filling, or its new version.</summary>
    Fill = 4,
    Merge = 5,
}

/// <summary>Something that a contact did or that happened to one.</summary>
public sealed record ContactEvent
{
    public required string Name { get; init; }
    /// <summary>When it happened: what conditions count by (Semantics 2.1). Never more than 24 h after <see cref="ReceivedAt"/>.</summary>
    public required Instant OccurredAt { get; init; }
    public required Instant ReceivedAt { get; init; }
    public EventProperties Properties { get; init; } = EventProperties.Empty;
    public Origin Origin { get; init; }
    /// <summary>The journal's number of it: rising within a partition. 0 while it has none.</summary>
    public long Sequence { get; init; }
    public string? MessageId { get; init; }
}
