using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Schedules;

/// <summary>In which time zone a local time is meant: the journey's, the contact's, or a named one.</summary>
public sealed record ZoneChoice
{
    /// <summary>The contact properties that may hold an IANA time zone, as sites and apps send it; the first that holds one counts.</summary>
    public static IReadOnlyList<string> ContactProperties { get; } = ["timezone", "time_zone", "timeZone"];

    /// <summary>The properties by which the zone of a contact goes: its own, then those of its country.</summary>
    public static IReadOnlyList<string> HeardProperties { get; } = [.. ContactProperties, .. Countries.ContactProperties];

    /// <summary>How a definition names the journey's own zone; also what it means to say nothing.</summary>
    public const string JourneyText = "journey";

    /// <summary>How a definition names the zone of the contact.</summary>
    public const string ContactText = "contact";

    ZoneChoice(DateTimeZone? named, bool ofContact) => (Named, OfContact) = (named, ofContact);

    public DateTimeZone? Named { get; }
    public bool OfContact { get; }

    /// <returns>Null: the text is neither of the two words nor the id of a zone.</returns>
    public static ZoneChoice? Parse(string? text) => text switch
    {
        null or JourneyText => new(null, false),
        ContactText => new(null, true),
        _ => DateTimeZoneProviders.Tzdb.GetZoneOrNull(text) is { } zone ? new(zone, false) : null,
    };

    /// <summary>The zone for one contact; where the contact's is unknown or no zone, its country's; where that is unknown too, the journey's.</summary>
    public DateTimeZone For(Contact contact, DateTimeZone journey) =>
        OfContact ? Own(contact) ?? Countries.ZoneOf(Countries.Said(contact)) ?? journey : Named ?? journey;

    /// <summary>The zone that the contact itself has; null: none that is known.</summary>
    public static DateTimeZone? Own(Contact contact)
    {
        foreach (var property in ContactProperties)
            if (contact.Property(property) is { Kind: ValueKind.Text } held && DateTimeZoneProviders.Tzdb.GetZoneOrNull(held.AsText) is { } zone)
                return zone;
        return null;
    }

    /// <summary>Whether the contact may be in another zone after this.</summary>
    public static bool ChangesIn(Stimulus.Changed changed)
    {
        foreach (var change in changed.Changes)
            if (Changes(change))
                return true;
        return false;
    }

    /// <summary>Whether the contact may be in another zone, or country, after this.</summary>
    public static bool Changes(ContactChange change) => change is ContactChange.PropertySet set && HeardProperties.Contains(set.Name);
}
