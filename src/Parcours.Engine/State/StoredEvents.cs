using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine.State;

/// <summary>Events as they are kept.</summary>
public static class StoredEvents
{
    /// <summary>An event of the event table as conditions see it.</summary>
    public static ContactEvent Read(StoredEvent stored) => new()
    {
        Name = stored.Name,
        OccurredAt = stored.OccurredAt,
        ReceivedAt = stored.ReceivedAt,
        Origin = stored.Origin,
        Sequence = stored.Sequence,
        Properties = EntryCodec.Decode(stored.Body.Span) is EntryBody.Received { Properties: { IsEmpty: false } properties } ? new(properties) : EventProperties.Empty,
    };
}
