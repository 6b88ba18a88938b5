using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>Semantics 3.1 (c): goals, then exits, of who is inside; and all other ways to be taken out.</summary>
sealed partial class BurstRun
{
    void Leave(in Heard heard, Stimulus? stimulus)
    {
        foreach (var id in TakeInside())
        {
            var touched = Find(id);
            var enrolment = touched?.Now ?? InProgress(id);
            if (enrolment is null || enrolment.State is EnrolmentState.Ended || PlanOf(enrolment) is not var (journey, plan))
                continue;
            if (_input.Stimulus is Stimulus.EraseRequested)
            {
                End(touched ?? Touch(enrolment, enrolment, journey, plan, heard.Cause), Outcome.Removed, "erased", "removed", cancels: true);
                continue;
            }
            // By whatever it is heard of: nobody archived is inside anything (Semantics 6.16).
            if (_contact.IsArchived)
            {
                End(touched ?? Touch(enrolment, enrolment, journey, plan, heard.Cause), Outcome.Exited, "archived", "exit", cancels: true);
                continue;
            }
            if (heard.By == id)
                continue;
            if (stimulus is Stimulus.JourneyEnded ended && ended.Journey == enrolment.Journey)
            {
                End(touched ?? Touch(enrolment, enrolment, journey, plan, heard.Cause), Outcome.Exited, "journey-ended", "exit", cancels: true);
                continue;
            }
            if (!plan.Listeners.HasEnds)
                continue;
            _startEvent = null;
            if (Reached(enrolment, plan, heard, MessageOf(stimulus) == id) is not var (outcome, why))
                continue;
            // A goal that others brought about takes the contact out like an exit: the reminder for what was bought must not go (Semantics 1.7, 10.6).
            End(touched ?? Touch(enrolment, enrolment, journey, plan, heard.Cause), outcome, why, outcome == Outcome.Successful ? "goal" : "exit", cancels: true);
        }
        _startEvent = null;

        if (stimulus is Stimulus.RemoveRequested remove)
            Remove(remove, heard);
    }

    static EnrolmentId? MessageOf(Stimulus? stimulus) => stimulus switch
    {
        Stimulus.MessageSettled settled => settled.Enrolment,
        Stimulus.MessageFeedback feedback => feedback.Enrolment,
        _ => null,
    };

    Enrolment? InProgress(EnrolmentId id)
    {
        foreach (var enrolment in _contact.Enrolments)
            if (enrolment.Id == id)
                return enrolment;
        return null;
    }

    /// <summary>The goal or exit that the stimulus has brought about.</summary>
    (Outcome Outcome, string? Why)? Reached(Enrolment enrolment, JourneyPlan plan, in Heard heard, bool itsMessage, bool all = false)
    {
        var listeners = plan.Listeners;
        // What came together from two contacts is new altogether.
        all |= _input.Stimulus is Stimulus.Absorbed && heard.Depth == 0;
        if (listeners.Goal is { } goal && (all || Concerns(goal, heard, itsMessage)) && Holds(plan.Goal!, goal, enrolment, plan))
            return (Outcome.Successful, "goal");
        for (var index = 0; index < listeners.Exits.Length; index++)
            if ((all || Concerns(listeners.Exits[index], heard, itsMessage)) && Holds(plan.Exits[index].Condition, listeners.Exits[index], enrolment, plan))
                return (Outcome.Exited, plan.Exits[index].Name);
        return null;
    }

    bool Concerns(Listeners listeners, in Heard heard, bool itsMessage) =>
        (_flipped && listeners.Time && heard.Depth == 0)
        || (itsMessage && listeners.Messages)
        || (IsOfSent(heard) && listeners.HearEvent(_sentName))
        || listeners.Hear(_result.Changes, heard.From, heard.To, heard.Event?.Name);

    bool Holds(CompiledCondition condition, Listeners listeners, Enrolment? enrolment, JourneyPlan plan, ContactEvent? startEvent = null)
    {
        var context = enrolment is null ? new ConditionContext(_contact, _now, startEvent, null, plan.Zone) : ConditionsOf(enrolment, plan);
        if (!listeners.Time)
            return condition.Holds(context);
        var truth = condition.Evaluate(context);
        if (!truth.Holds)
            Expect(truth.FlipsAt);
        return truth.Holds;
    }

    /// <summary>Whether the run's own effects have brought about its goal or an exit: asked before each next point (Semantics 3.2).</summary>
    (Outcome Outcome, string? Why)? EndsItself()
    {
        var plan = _run.Plan;
        var listeners = plan.Listeners;
        if (!listeners.HasEnds || (_pending.Count == 0 && !_messagesTouched))
            return null;
        var goal = listeners.Goal is { } asked && ConcernsRun(asked) && Holds(plan.Goal!, asked, _run.Now, plan);
        if (goal)
            return (Outcome.Successful, "goal");
        for (var index = 0; index < listeners.Exits.Length; index++)
            if (ConcernsRun(listeners.Exits[index]) && Holds(plan.Exits[index].Condition, listeners.Exits[index], _run.Now, plan))
                return (Outcome.Exited, plan.Exits[index].Name);
        _lookedAt = _result.Changes.Count;
        _messagesTouched = false;
        return null;
    }

    bool ConcernsRun(Listeners listeners)
    {
        if ((_messagesTouched && listeners.Messages) || listeners.Hear(_result.Changes, _lookedAt, _result.Changes.Count, null))
            return true;
        foreach (var pending in _pending)
            if (pending.Event is { } recorded && listeners.HearEvent(recorded.Name))
                return true;
        return false;
    }

    /// <summary>Takes an enrolment out of its wait.</summary>
    /// <param name="edge">How the point counts the departure.</param>
    void End(Touched touched, Outcome outcome, string? why, string edge, bool cancels)
    {
        var before = touched.Now;
        var point = (touched.Now.State as EnrolmentState.Waiting)?.Point;
        if (point is { Length: > 0 })
        {
            CountAt(CounterKind.Left, touched, point, edge);
            touched.Steps.Add(new(point, NameOf(outcome), 0, why));
        }
        touched.Now = touched.Now with { State = new EnrolmentState.Ended(outcome, _now, why, point), Revision = touched.Now.Revision + 1 };
        CountAt(CounterKind.Ended, touched, "", NameOf(outcome));
        Keep(touched, cancels);
        TellEnd(touched.Now, outcome, _heard, _queue);
        TellMoved(before, touched.Now, _heard);
    }

    void CancelMessages(Enrolment enrolment)
    {
        CancelPlaces(enrolment);
        foreach (var message in enrolment.Messages)
            if (message.Status == MessageStatus.Pending)
            {
                _result.CancelMessagesOf.Add(enrolment.Id);
                return;
            }
    }

    void Remove(Stimulus.RemoveRequested remove, in Heard heard)
    {
        if (ByHand(remove.Enrolment, remove.Revision, heard) is not { } touched)
            return;
        End(touched, Outcome.Removed, remove.Why, "removed", cancels: true);
        if (remove.Bars)
            Apply(new ContactEdit.Bar(touched.Now.Journey, true), _now, _input.Origin);
    }

    /// <summary>The enrolment that an act by hand named; null, with the refusal, when it is not what the person saw (Semantics 8.7).</summary>
    Touched? ByHand(EnrolmentId id, int? revision, in Heard heard)
    {
        if (Inside(id, heard.Cause) is not { } touched)
        {
            _result.Refused = new("not-inside", "This enrolment is not in progress.");
            return null;
        }
        if (revision is { } seen && seen != touched.Now.Revision)
        {
            var where = (touched.Now.State as EnrolmentState.Waiting)?.Point;
            _result.Refused = new("moved-on", $"The contact has gone on since and is at {where}.", where);
            return null;
        }
        return touched;
    }

    /// <summary>Nothing fires any more in a journey that is over (Semantics 6.8).</summary>
    bool IsOver(LiveJourney journey)
    {
        if (journey.Status is JourneyStatus.Ended or JourneyStatus.Archived)
            return true;
        return journey.Versions.TryGetValue(journey.Newest, out var newest) && newest.EndsAt is { } end && end <= _now;
    }
}
