using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Api;

/// <summary>Whether a contact could come in now, and what speaks for and against it.</summary>
static class EntryReading
{
    public static EntryView Of(IEngine engine, Contact contact, JourneyDocument journey, Mask mask)
    {
        var now = engine.Now;
        if (engine.Current.Journeys.FirstOrDefault(live => live.Id == journey.Id) is not { } live || !live.Versions.TryGetValue(live.Newest, out var plan))
            return new(false, journey.Status == JourneyStatus.Ended ? "ended" : "not-live", null, null, null, null, []);
        // The machine itself is asked, on a copy that nobody keeps: so that this can never say anything else than what would happen.
        var asked = new BurstResult();
        Burst.Run(engine.Current, contact.Clone(), new(new Stimulus.EnrolRequested(journey.Id, EventProperties.Empty), Origin.Person, now, now, 0), asked);
        var context = new ConditionContext(contact, now, Zone: plan.Zone);
        return new(
            asked.Entered is not null, asked.Refused?.Code, plan.ReEntry.Kind, contact.Entries.GetValueOrDefault(journey.Id)?.LastEnteredAt.ToApi(),
            ExplanationView.Of(plan.Eligibility?.Explain(context), mask), ExplanationView.Of(plan.Exclusion?.Explain(context), mask),
            [.. plan.Starts.Select(start => new StartRuleView(start.Id, ExplanationView.Of(start.Filter?.Explain(context), mask)))]);
    }
}

/// <param name="MayEnter">Whether the rules would let it in, were it entered by hand now.</param>
/// <param name="Reason">Why not: a code as refusals have it.</param>
/// <param name="LastEntered">When it came in last; null: never.</param>
/// <param name="Eligibility">As it stands now; null: everybody is.</param>
/// <param name="Exclusions">Holds: the contact is kept out.</param>
sealed record EntryView(bool MayEnter, string? Reason, ReEntry? ReEntry, DateTimeOffset? LastEntered, ExplanationView? Eligibility, ExplanationView? Exclusions, IReadOnlyList<StartRuleView> Starts);

/// <param name="Filter">As it stands now, without an event; null: it lets everybody in.</param>
sealed record StartRuleView(string StartingPoint, ExplanationView? Filter);
