using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Contacts;

/// <summary>What keeps a contact out of journeys whatever their rules say: bars from single ones (Semantics 6.15), and the archive (6.16).</summary>
public sealed partial class Contact
{
    /// <summary>Journeys that do not let the contact in, because somebody said so; in order of their ids.</summary>
    public ImmutableArray<JourneyId> Barred { get; set; } = [];

    /// <summary>Since when the contact is archived: kept, but out of everything; null: it is not.</summary>
    public Instant? ArchivedAt { get; set; }

    public bool IsArchived => ArchivedAt is not null;

    /// <summary>Most contacts are barred from nothing, and for them this asks for a length.</summary>
    public bool IsBarredFrom(JourneyId journey) => !Barred.IsEmpty && Barred.Contains(journey);

    // A person's word, or that of a program with a server key: no import says it, and none takes it back (Semantics 2.5).
    ContactChange.JourneyBarred? Bar(ContactEdit.Bar bar, Origin origin)
    {
        if (origin is Origin.Import or Origin.Fill || Barred.Contains(bar.Journey) == bar.On)
            return null;
        Barred = bar.On ? Barred.Add(bar.Journey).Sort() : Barred.Remove(bar.Journey);
        return new(bar.Journey, bar.On);
    }

    // A journey may put away, but only somebody who asks brings back.
    ContactChange.Archived? Archive(bool on, Instant at, Origin origin)
    {
        if (IsArchived == on || origin is Origin.Import or Origin.Fill || (!on && origin != Origin.Person))
            return null;
        ArchivedAt = on ? at : null;
        return new(on);
    }
}
