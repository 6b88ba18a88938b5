using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Contacts;

/// <param name="PerDay">On average over the days looked at.</param>
/// <param name="Contacts">How many were looked at; fewer than there are: a sample, evenly over all.</param>
sealed record EntryForecast(double PerDay, long Contacts)
{
    public const int Days = 28;

    const int PageLength = 200, ItemsMost = 1_000;

    /// <summary>How many would come into a journey that is not live yet, by what happened in the last days, and by dates in those to come; what its conditions would need to remember is not asked.</summary>
    /// <returns>Null: nothing that has happened says anything of its starting points.</returns>
    public static async Task<EntryForecast?> OfAsync(IEngine engine, JourneyPlan plan, long total, CancellationToken cancellationToken)
    {
        List<PlanStart> starts = [.. plan.Starts.Where(start => start.Date is StartDate || start.Hears != Dependencies.None)];
        if (starts.Count == 0)
            return null;
        long entries = 0, looked = 0;
        await foreach (var body in ContactSample.OfAsync(engine, total, cancellationToken))
        {
            looked++;
            if (engine.Decode(body.Body.Span) is { MergedInto: null, IsArchived: false } contact && !contact.IsBarredFrom(plan.Id) && IsEligible(plan, contact, engine.Now))
                entries += await EntriesAsync(engine, plan, starts, contact, cancellationToken);
        }

        return looked == 0 ? null : new((double)entries / looked * Math.Max(total, looked) / Days, looked);
    }

    static bool IsEligible(JourneyPlan plan, Contact contact, Instant now)
    {
        var context = new ConditionContext(contact, now, Zone: plan.Zone);
        return Allows(plan.Eligibility, context) && !(plan.Exclusion is { Aggregates: [] } exclusion && exclusion.Holds(context));
    }

    // What would ask for memory that is not kept yet is taken to hold.
    static bool Allows(CompiledCondition? condition, in ConditionContext context) => condition is not { Aggregates: [] } || condition.Holds(context);

    /// <summary>Once a day at most; where nobody comes again, once.</summary>
    static async Task<int> EntriesAsync(IEngine engine, JourneyPlan plan, List<PlanStart> starts, Contact contact, CancellationToken cancellationToken)
    {
        var once = plan.ReEntry.Kind == ReEntry.Never;
        if (once && contact.Entries.ContainsKey(plan.Id))
            return 0;
        var (now, days) = (engine.Now, new HashSet<long>());
        var since = now - Duration.FromDays(Days);
        if (starts.Any(start => (start.Date as StartDate)?.Next(contact, plan.Zone, default, now, now).Due < now + Duration.FromDays(Days) && Allows(start.Filter, new(contact, now, Zone: plan.Zone))))
            days.Add(long.MaxValue);
        if (starts.Exists(static start => start.Date is null))
            await foreach (var item in SinceAsync(engine, contact.Id, since, cancellationToken))
            {
                if (once && days.Count > 0)
                    break;
                var occurred = item.Event is { } stored ? StoredEvents.Read(stored) : null;
                var changes = TimelineCodec.Decode(item.Row.Body.Span).Changes;
                var context = new ConditionContext(contact, now, occurred, null, plan.Zone);
                if (starts.Exists(start => (start.TakesImports || item.Event?.Origin != Origin.Import) && start.Matches(occurred, changes, context) && Allows(start.Filter, context)))
                    days.Add((now - item.Row.At).Days);
            }

        return days.Count;
    }

    static async IAsyncEnumerable<TimelineItem> SinceAsync(IEngine engine, ContactId contact, Instant since, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? before = null;
        for (var looked = 0; looked < ItemsMost; looked += PageLength)
        {
            var page = await engine.Queries.TimelineAsync(contact, before, PageLength, cancellationToken);
            foreach (var item in page)
            {
                if (item.Row.At < since)
                    yield break;
                yield return item;
            }

            if (page.Count < PageLength)
                yield break;
            before = page[^1].Row.Sequence;
        }
    }
}
