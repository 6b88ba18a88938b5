using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Plans;

/// <summary>A window whose zone is still to be found: the contact's may be asked.</summary>
public sealed record SendWindowPlan(WeekDays Days, LocalTime From, LocalTime Until, ZoneChoice Zone, OutsideWindow Outside, Duration Spread)
{
    /// <summary>The window for this contact, now.</summary>
    public SendWindow For(StepContext context) => new(Days, From, Until, Zone.For(context.Contact, context.Plan.Zone), Outside) { Spread = Spread };

    /// <summary>Whoever waits for it in the contact's zone listens to that (Semantics 8.4).</summary>
    public Dependencies Hears { get; } = Zone.OfContact ? Dependencies.None with { Properties = [.. ZoneChoice.HeardProperties] } : Dependencies.None;
}
