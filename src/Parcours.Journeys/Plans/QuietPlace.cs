using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Plans;

/// <summary>Where a contact lives, as far as quiet hours ask.</summary>
/// <param name="Country">Two letters; null: unknown, and rules for single countries do not hold.</param>
/// <param name="WhenQuiet">What its author wants of a message that is held up.</param>
public sealed record QuietPlace(DateTimeZone Zone, string? Country, OutsideWindow WhenQuiet)
{
    /// <summary>The contact's own zone, else its country's, else the journey's, which is the installation's where the journey says none.</summary>
    public static QuietPlace Of(Contact contact, DateTimeZone journey, OutsideWindow whenQuiet) =>
        new(ZoneChoice.Own(contact) ?? Countries.ZoneOf(Countries.Said(contact)) ?? journey, Countries.Of(contact), whenQuiet);
}
