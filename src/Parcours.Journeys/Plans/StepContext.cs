using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Plans;

/// <summary>What a point sees and may do in one step: its plan, contact, enrolment, stimulus and now; nothing else (Semantics, principle C).</summary>
public abstract class StepContext
{
    public abstract JourneyPlan Plan { get; }
    public abstract LiveJourney Journey { get; }
    public abstract Catalogue Catalogue { get; }
    public abstract Contact Contact { get; }
    public abstract Enrolment Enrolment { get; }
    public abstract Instant Now { get; }
    /// <summary>How often this point was entered, this time included: 1 at the first visit.</summary>
    public abstract int Visit { get; }
    /// <summary>Conditions of this journey are asked over this.</summary>
    public abstract ConditionContext Conditions { get; }

    /// <summary>What texts of its points are filled with.</summary>
    public FieldValues Fields => new(Contact, Enrolment.Data, Plan.Definition.Name);

    /// <summary>When the contact came here: now, but for one who has waited here in an older version (Semantics 6.5).</summary>
    public abstract Instant Arrived { get; }

    /// <summary>When a wait of so long, begun at the arrival, is over: in the journey's time, for <see cref="TimerQueue.Elapsed"/>; null: never by itself.</summary>
    public Instant? After(Duration? most) => most is { } time ? (Journey.Dials.ToJourneyTime(Arrived) + time).Truncate() : null;

    /// <summary>Does it: changes to the contact are visible to the next point at once (Semantics 3.2).</summary>
    public abstract void Do(Effect effect);

    /// <summary>Puts on record how this condition was answered, and by which values (Semantics 11.3).</summary>
    public void Note(CompiledCondition decided)
    {
        var conditions = Conditions;
        Note(decided.LeafBits(conditions), decided.LeafValues(conditions));
    }

    /// <summary>Puts on record what decided here (Semantics 11.3).</summary>
    public abstract void Note(ulong bits, string? detail);
}
