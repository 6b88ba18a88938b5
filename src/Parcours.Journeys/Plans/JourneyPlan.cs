using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Schedules;
using Parcours.Journeys.StartingPoints;

namespace Parcours.Journeys.Plans;

/// <summary>A compiled journey version: points by small integers, conditions ready to be asked. Immutable and thread-safe.</summary>
public sealed partial class JourneyPlan
{
    public required JourneyId Id { get; init; }
    public required int Version { get; init; }
    /// <summary>The number of the semantics under which it was published (Semantics 13.2).</summary>
    public required int Semantics { get; init; }
    public required JourneyDefinition Definition { get; init; }
    public required DateTimeZone Zone { get; init; }
    /// <summary>Of what its points pin, by name: the version that was live when it was published (Semantics 6.7).</summary>
    public ImmutableDictionary<string, int> PinnedContents { get; init; } = ImmutableDictionary<string, int>.Empty;
    /// <summary>When it was published.</summary>
    public Instant PublishedAt { get; init; }
    /// <summary>In definition order.</summary>
    public required ImmutableArray<PlanStart> Starts { get; init; }
    public required ImmutableArray<PlanPoint> Points { get; init; }
    /// <summary>Who may enter: null = everybody.</summary>
    public CompiledCondition? Eligibility { get; init; }
    /// <summary>Who may not enter.</summary>
    public CompiledCondition? Exclusion { get; init; }
    /// <summary>Reached: the enrolment ends successful.</summary>
    public CompiledCondition? Goal { get; init; }
    public ImmutableArray<PlanExit> Exits { get; init; } = [];
    public required ReEntryRule ReEntry { get; init; }
    /// <summary>The property of the starting event that keys runs, so that one contact may be inside once per value (Semantics 3.4); null: once.</summary>
    public string? EventKey { get; init; }
    /// <summary>Where one property drives the journey; null: its lines alone do.</summary>
    public StagePlan? Stages { get; init; }
    /// <summary>How many may enter in a time; null: as many as come. That of the newest version holds for all who wait, unless another was set: <see cref="LiveJourney.EntryRate"/>.</summary>
    public EntryRate? EntryRate { get; init; }
    /// <summary>What becomes of who would come in while the journey is paused.</summary>
    public EntryWhilePaused WhilePaused { get; init; }
    /// <summary>Nothing enters before this.</summary>
    public Instant? StartsAt { get; init; }
    /// <summary>At this instant the whole journey ends (Semantics 6.8).</summary>
    public Instant? EndsAt { get; init; }
    /// <summary>All aggregates that its conditions need.</summary>
    public ImmutableArray<AggregateDefinition> Aggregates { get; init; } = [];

    /// <summary>All that it names: asked when something is to be deleted.</summary>
    public IReadOnlyList<Use> Uses => field ??= JourneyUses.Of(Definition);

    /// <summary>The index of the point with this id; −1 if this version has none.</summary>
    public int IndexOf(string point)
    {
        for (var index = 0; index < Points.Length; index++)
            if (Points[index].Id == point)
                return index;
        return -1;
    }
}

/// <param name="Name">What the enrolment's end says as its reason: the exit's name in the definition.</param>
public sealed record PlanExit(string Name, CompiledCondition Condition);

/// <summary>Whether a contact who was inside may come again (Semantics 6.9). Nobody is inside twice unless the journey has an event key.</summary>
public enum ReEntry
{
    Never = 0,
    AfterLeaving = 1,
    /// <summary>Counted from the last entry; and not while inside.</summary>
    AfterInterval = 2,
    /// <summary>Leaves where it stands (outcome removed, why <c>re-entered</c>) and begins anew.</summary>
    Always = 3,
}

public sealed record ReEntryRule(ReEntry Kind, Duration? Interval);

/// <summary>A compiled starting point.</summary>
public abstract class PlanStart
{
    /// <summary>Its id in the definition.</summary>
    public required string Id { get; init; }
    /// <summary>The index of the point where it leads; −1 ends at once as completed.</summary>
    public required int Target { get; init; }
    /// <summary>Who of those that match may come: its extra filter.</summary>
    public CompiledCondition? Filter { get; init; }
    /// <summary>All that must hold for one who comes in here, for the record: eligibility, no exclusion, filter; null: nothing must.</summary>
    public CompiledCondition? Rule { get; init; }
    /// <summary>Whether imports that ask for it start it too (Semantics 2.6).</summary>
    public bool TakesImports { get; init; }
    /// <summary>What it listens to.</summary>
    public abstract Dependencies Hears { get; }
    /// <summary>Whether contacts who are enrolled by hand or over the API begin here; without such a starting point they begin at the first.</summary>
    public virtual bool ByHand => false;
    /// <summary>The moment of each contact's own at which it comes in; null: there is none.</summary>
    public StartMoment? Date { get; init; }
    /// <summary>The moments at which it brings in whoever matches its filter; null: there are none.</summary>
    public StartSchedule? Schedule { get; init; }

    /// <summary>Who comes in besides, once, when the journey goes live (Semantics 6.10); null: nobody.</summary>
    public CompiledCondition? Current { get; init; }

    /// <summary>As <see cref="StartingPoint.CurrentKey"/>.</summary>
    public string? CurrentKey { get; init; }

    /// <summary>What it counts as abandoned; null: nothing.</summary>
    public Abandonment? Abandonment { get; init; }

    /// <summary>Which messages that were sent bring a contact in; null: none do.</summary>
    public SentMessages? Sent { get; init; }

    /// <summary>All that it names of a contact.</summary>
    public Dependencies Uses => Date is null ? Hears : Hears with { Properties = Hears.Properties.Union(Date.Properties), Events = Hears.Events.Union(Date.Events) };

    /// <summary>Whether this stimulus is what it waits for: the event and changes as they were; <paramref name="contact"/> as it stands, so that an "entered" that is no longer true starts nothing (Semantics 3.2).</summary>
    public abstract bool Matches(ContactEvent? occurred, ImmutableArray<ContactChange> changes, in ConditionContext contact);
}
