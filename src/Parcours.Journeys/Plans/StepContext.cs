using System.Collections.Immutable;
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

    /// <summary>Nothing steps here now: the journey is paused, or this point alone. What is heard is noted (Semantics 8.3).</summary>
    public abstract bool IsPaused { get; }

    /// <summary>When the contact came here: now, but for one who has waited here in an older version (Semantics 6.5).</summary>
    public abstract Instant Arrived { get; }

    /// <summary>When a wait of so long, begun at the arrival, is over: in the journey's time, for <see cref="TimerQueue.Elapsed"/>; null: never by itself.</summary>
    public Instant? After(Duration? most) => most is { } time ? (Journey.Dials.ToJourneyTime(Arrived) + time).Truncate() : null;

    /// <summary>When a frequency cap lets one more message through; null: now. Transactional messages are not asked about.</summary>
    public Instant? CappedUntil(string channel, string topic)
    {
        Instant? until = null;
        var ahead = -1;
        foreach (var cap in Catalogue.Caps)
            if (cap.Counts(channel, topic))
            {
                if (ahead < 0)
                    ahead = Ahead();
                if (cap.FreeAt(Contact.Sent, Now, ahead) is var free && free > Now && free > (until ?? Now))
                    until = free;
            }
        return until;
    }

    /// <summary>A place that is free goes to the higher priority, then to who has waited longest (Semantics 10.2): how many of the contact's other trips are let through first.</summary>
    int Ahead()
    {
        var (mine, since, ahead) = (Journey.Priority, (Enrolment.State as EnrolmentState.Waiting)?.Since ?? Now, 0);
        foreach (var other in Contact.Enrolments)
            if (other.Id != Enrolment.Id && other.State is EnrolmentState.Waiting { Wait: { Reason: CapReason, Due: { } due } } waiting && due <= Now && Catalogue.Index.Journey(other.Journey) is { Status: JourneyStatus.Live } journey
                && (journey.Priority > mine || (journey.Priority == mine && (waiting.Since < since || (waiting.Since == since && other.Id.Value.CompareTo(Enrolment.Id.Value) < 0)))))
                ahead++;
        return ahead;
    }

    /// <summary>Who is in a team now; of one that is gone, nobody.</summary>
    public ImmutableArray<string> MembersOf(string team) => Catalogue.Teams.GetValueOrDefault(team)?.Members ?? [];

    /// <summary>What the allocator has said that this visit of the point asked; null: nothing yet.</summary>
    public abstract AllocatorAnswer? Allotted { get; }

    /// <summary>What the contact has met of an experiment; null: it meets it now.</summary>
    public ExposureMark? Exposure(string point, uint trial)
    {
        foreach (var mark in Contact.Exposures)
            if (mark.Trial == trial && mark.Point == point && mark.Journey == Plan.Id)
                return mark;
        return null;
    }

    /// <summary>Why somebody waits whose message a cap holds up.</summary>
    public const string CapReason = "cap";

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
