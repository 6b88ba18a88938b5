using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Machine;

/// <summary>Semantics 3.1 (d): who is inside and waits for this.</summary>
sealed partial class BurstRun
{
    void Hear(in Heard heard, Stimulus? stimulus)
    {
        Restage(heard, stimulus);
        if (heard.Waits && (heard.Event is not null || heard.To > heard.From || IsOfSent(heard)))
            HearChange(heard);
        // What happened at an instant counts before what falls due at it (Semantics 1.4), so the timer comes second.
        switch (stimulus)
        {
            case Stimulus.TimerDue timer:
                Fire(timer, heard);
                break;
            case Stimulus.MessageSettled or Stimulus.MessageFeedback:
                HearMessage(stimulus, heard);
                break;
            case Stimulus.MoveRequested move:
                MoveByHand(move, heard);
                break;
            case Stimulus.PutBackRequested order:
                PutBack(order, heard);
                break;
            case Stimulus.Answered answered:
                Take(answered, heard);
                break;
            case Stimulus.JourneyResumed resumed:
                Resume(resumed.Journey, heard);
                break;
            case Stimulus.Absorbed:
                // What was noted in a pause that is over: whoever tells the others of it may have passed this contact already (Semantics 8.3).
                Resume(null, heard with { Origin = Origin.Person, Cause = "resumed" });
                break;
            default:
                break;
        }
    }

    void HearChange(in Heard heard)
    {
        Stimulus.Changed? whole = null;
        Stimulus.Changed? withoutEvent = null;
        foreach (var id in TakeInside())
        {
            var touched = Find(id);
            // A wait that began after the effect, or within this stimulus, does not hear it (Semantics 2.4, 3.3).
            if (heard.By == id || touched?.WaitsSince > heard.Tick)
                continue;
            var enrolment = touched?.Now ?? InProgress(id);
            if (enrolment?.State is not EnrolmentState.Waiting waiting || PlanOf(enrolment) is not var (journey, plan))
                continue;
            var point = plan.Listeners.IndexOf(waiting.Point);
            if (point < 0)
                continue;
            var listeners = plan.Listeners.Points[point];
            // Of events, only those that occurred no earlier than what started the enrolment (Semantics 2.4).
            var hearsEvent = heard.Event is { } occurred && occurred.OccurredAt >= enrolment.StartOccurredAt && listeners.HearEvent(occurred.Name);
            if (!hearsEvent && !(IsOfSent(heard) && listeners.HearEvent(_sentName)) && !listeners.Hear(_result.Changes, heard.From, heard.To, null)
                && !(waiting.Wait.Reason is Opening.QuietReason or Opening.WindowReason && HasMoved(heard)))
                continue;
            if (heard.Depth >= _catalogue.Limits.DerivedDepth)
            {
                AlertLoop(heard);
                continue;
            }
            var stimulus = hearsEvent || heard.Event is null ? whole ??= AsChanged(heard) : withoutEvent ??= AsChanged(heard, withEvent: false);
            touched ??= Touch(enrolment, enrolment, journey, plan, heard.Cause);
            GoOn(touched, point, waiting, stimulus, heard);
        }
    }

    /// <summary>Quiet hours are the installation's: a journey's plan does not say that whoever waits for their end listens to where the contact lives.</summary>
    bool HasMoved(in Heard heard)
    {
        for (var index = heard.From; index < heard.To; index++)
            if (ZoneChoice.Changes(_result.Changes[index]))
                return true;
        return false;
    }

    /// <summary>The wait is asked whether this is what it waited for.</summary>
    void GoOn(Touched touched, int point, EnrolmentState.Waiting waiting, Stimulus stimulus, in Heard heard)
    {
        if (IsOver(touched.Journey))
            End(touched, Outcome.Exited, "journey-ended", "exit", cancels: true);
        else if (touched.Journey.Status != JourneyStatus.Paused && Misplaced(touched.Plan, waiting) is { } target)
            GoToStage(touched, waiting, target, heard);
        else if (touched.Journey.Status != JourneyStatus.Paused && !touched.Journey.Dials.Holds(waiting.Point))
        {
            if (!IsOutside(waiting.Wait))
            {
                Travel(touched, point, stimulus, heard);
                return;
            }

            // The point goes on, and whoever tells those before it has not come here yet: it is let in first, and hears this then.
            Travel(touched, point, new Stimulus.JourneyResumed(touched.Now.Journey), heard);
            if (stimulus is not Stimulus.JourneyResumed && touched.Now.State is EnrolmentState.Waiting now && now.Point == waiting.Point)
                Travel(touched, point, stimulus, heard);
        }
        // Who was not let in yet waits for nothing of the point's own (Semantics 2.4).
        else if (!waiting.Wait.Noted && !IsOutside(waiting.Wait))
            NoteWhilePaused(touched, point, waiting, stimulus, heard);
    }

    // Semantics 8.3: nothing steps in a pause; an awaited activity is noted and acts at resume, and a wait that follows its data follows it.
    void NoteWhilePaused(Touched touched, int point, EnrolmentState.Waiting waiting, Stimulus stimulus, in Heard heard)
    {
        var move = Ask(touched, point, stimulus, heard);
        var wait = move.What switch
        {
            Move.Kind.Stay => waiting.Wait,
            Move.Kind.Wait => move.Wait!,
            _ => waiting.Wait with { Noted = true },
        };
        if (wait == waiting.Wait)
            return;
        touched.Now = touched.Now with { State = waiting with { Wait = wait }, Revision = touched.Now.Revision + 1 };
        Keep(touched, cancels: false);
    }

    void Fire(Stimulus.TimerDue timer, in Heard heard)
    {
        // Gone on within this very burst: the timer is that of a wait that is over.
        if (Find(timer.Enrolment) is { WaitsSince: >= 0 })
            return;
        if (Inside(timer.Enrolment, heard.Cause) is not { } touched || touched.Now.State is not EnrolmentState.Waiting waiting || waiting.Wait.Due != timer.Due)
            return;
        if (IsOver(touched.Journey))
        {
            End(touched, Outcome.Exited, "journey-ended", "exit", cancels: true);
            return;
        }
        var point = touched.Plan.Listeners.IndexOf(waiting.Point);
        // A paused journey's queues are not read: what falls due stands there until it goes on (Semantics 8.2).
        if (touched.Journey.Status == JourneyStatus.Paused || !IsDue(touched, waiting.Wait) || point < 0)
            return;
        // After a pause the overdue time-out may come first; what changed or was noted happened before it.
        if (Misplaced(touched.Plan, waiting) is { } target)
            GoToStage(touched, waiting, target, heard);
        // At a paused point it stands there until the queues are read anew.
        else if (!touched.Journey.Dials.Holds(waiting.Point))
        {
            if (waiting.Wait.Noted)
                Travel(touched, point, new Stimulus.JourneyResumed(touched.Now.Journey), heard);
            // Where nothing was noted, or what was has come to nothing, the time acts.
            if (touched.Now.State is EnrolmentState.Waiting { Wait.Noted: false } now && now.Point == waiting.Point && now.Since == waiting.Since && IsDue(touched, now.Wait))
                Travel(touched, point, timer, heard);
        }
    }

    bool IsDue(Touched touched, Wait wait) => wait.Due is { } due && (wait.Queue == TimerQueue.Elapsed ? touched.Journey.Dials.ToWallTime(due) : due) <= _now;

    void MoveByHand(Stimulus.MoveRequested move, in Heard heard)
    {
        if (ByHand(move.Enrolment, move.Revision, heard) is not { } touched)
            return;
        var waiting = (EnrolmentState.Waiting)touched.Now.State;
        var target = touched.Plan.Listeners.IndexOf(move.Point);
        if (target < 0)
        {
            _result.Refused = new("unknown-point", $"Version {touched.Now.Version} of the journey has no point {move.Point}.", waiting.Point);
            return;
        }
        if (IsOver(touched.Journey) || touched.Journey.Status == JourneyStatus.Paused)
        {
            var over = touched.Journey.Status != JourneyStatus.Paused;
            _result.Refused = new(over ? "ended" : "paused", over ? "The journey has ended." : "The journey is paused: nothing steps until it goes on.", waiting.Point);
            return;
        }
        Travel(touched, target, null, heard, takenFrom: new(waiting.Point, "moved"));
    }

    /// <param name="which">Null: whichever is not paused.</param>
    void Resume(JourneyId? which, in Heard heard)
    {
        foreach (var id in TakeInside())
        {
            var touched = Find(id);
            var enrolment = touched?.Now ?? InProgress(id);
            if (enrolment is null || (which ?? enrolment.Journey) != enrolment.Journey || enrolment.State is not EnrolmentState.Waiting waiting || !(waiting.Wait.Noted || IsOutside(waiting.Wait)) || PlanOf(enrolment) is not var (journey, plan))
                continue;
            var point = plan.Listeners.IndexOf(waiting.Point);
            if (point < 0 && IsInLine(waiting))
                LetIn(touched ?? Touch(enrolment, enrolment, journey, plan, heard.Cause), waiting, heard);
            if (point < 0 || journey.Status == JourneyStatus.Paused || journey.Dials.Holds(waiting.Point))
                continue;
            GoOn(touched ?? Touch(enrolment, enrolment, journey, plan, heard.Cause), point, waiting, new Stimulus.JourneyResumed(enrolment.Journey), heard);
        }
    }

    void AlertLoop(in Heard heard)
    {
        for (var link = heard.Chain; link is not null; link = link.Before)
        {
            var known = false;
            foreach (var alert in _result.Alerts)
                known |= alert.Journey == link.Journey && alert.Code == "loop";
            if (!known)
                _result.Alerts.Add(new(link.Journey, "loop", $"Journeys set each other going more than {_catalogue.Limits.DerivedDepth} times at one stimulus.", _now, ("most", $"{_catalogue.Limits.DerivedDepth}")));
        }
    }
}
