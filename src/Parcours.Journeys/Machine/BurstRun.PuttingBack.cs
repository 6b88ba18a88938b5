using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>Semantics 3.8: somebody puts a failed enrolment back where it stood, and there it steps again.</summary>
sealed partial class BurstRun
{
    void PutBack(Stimulus.PutBackRequested order, in Heard heard)
    {
        var at = FailedAt(order.Enrolment);
        if (at < 0 || IsTooOld(_contact.Failed[at]))
        {
            _result.Refused = (InProgress(order.Enrolment)?.State as EnrolmentState.Waiting)?.Point is { } where
                ? new("not-failed", $"It is in progress and stands at {where}: it has been put back already.", where)
                : new("not-kept", "What it needs to go on is not kept: it did not fail, or too long ago.");
            return;
        }

        var failed = _contact.Failed[at];
        var stood = ((EnrolmentState.Ended)failed.State).Stood!;
        if (Against(failed, stood, order) is { } refused)
        {
            _result.Refused = refused;
            return;
        }

        var (journey, plan) = PlanOf(failed)!.Value; // Else it was refused.
        var touched = StandAgain(at, failed, stood, journey, plan, heard);
        if (!LeavesAtOnce(touched, heard))
            GoOnAgain(touched, stood, order.Newest && journey.Newest > failed.Version ? journey.Versions[journey.Newest] : null, heard);
    }

    /// <summary>Why it cannot be put back; null: nothing is against it.</summary>
    Refusal? Against(Enrolment failed, EnrolmentState.Waiting stood, Stimulus.PutBackRequested order)
    {
        var point = FailedCounts.PointOf(failed);
        if (order.Revision is { } seen && seen != failed.Revision)
            return new("failed-again", $"It has been put back since, and has failed again at {point}.", point);
        if (_index.Journey(failed.Journey) is not { } journey || IsOver(journey))
            return new("ended", "The journey has ended.");
        if (journey.Status == JourneyStatus.Paused)
            return new("paused", "The journey is paused: nothing steps until it goes on.");
        if (PlanOf(failed) is null || !journey.Versions.TryGetValue(journey.Newest, out var newest))
            return new("unknown-version", $"Version {failed.Version} of the journey is not there any more.");
        if (KeptOut(failed.Journey) is { } standing)
            return new(standing, TextOf(standing));
        if (InsideOf(failed.Journey, failed.EventKey) is { } inside)
            return new("already-inside", "The contact has entered the journey again since, and is inside once at a time.", (inside.State as EnrolmentState.Waiting)?.Point);
        if (_contact.Enrolments.Count >= _catalogue.Limits.EnrolmentsInProgress)
            return new("too-many-enrolments", $"The contact is in {_contact.Enrolments.Count} journeys at once, the most there may be.");
        return order.Newest && newest.Version > failed.Version && !HasSetOutAnew(failed, stood) && newest.IndexOf(stood.Point) < 0 && newest.RuleFor(failed.Version, stood.Point) is null
            ? new("unknown-point", $"Version {newest.Version} of the journey has no point {stood.Point}: put it back in its own version.", stood.Point)
            : null;
    }

    /// <summary>It has not gone a step yet: it begins as those do who come now.</summary>
    static bool HasSetOutAnew(Enrolment failed, EnrolmentState.Waiting stood) => stood.Wait.Reason == EnrolmentState.OnItsWay && failed.Visits.Count == 0;

    /// <summary>In progress again, and counted so.</summary>
    Touched StandAgain(int at, Enrolment failed, EnrolmentState.Waiting stood, LiveJourney journey, JourneyPlan plan, in Heard heard)
    {
        var stands = FailedCounts.StoodAt(failed) is not null;
        var now = failed with { State = stands ? stood : Underway, Revision = failed.Revision + 1 };
        FailedCounts.Add(failed, -1, Count);
        _contact.Failed = _contact.Failed.RemoveAt(at);
        var place = 0;
        while (place < _contact.Enrolments.Count && IsOlder(_contact.Enrolments[place], now))
            place++;
        _contact.Enrolments.Insert(place, now);
        _result.ContactChanged = true;
        var touched = Touch(failed, now, journey, plan, heard.Cause);
        touched.Steps.Add(new(stood.Point, TrailStep.PutBack));
        TellMoved(failed, now, heard);
        return touched;
    }

    /// <param name="newest">The version in which it shall go on; null: its own.</param>
    void GoOnAgain(Touched touched, EnrolmentState.Waiting stood, JourneyPlan? newest, in Heard heard)
    {
        if (HasSetOutAnew(touched.Now, stood))
        {
            LetIn(touched, (EnrolmentState.Waiting)touched.Now.State, heard);
            return;
        }

        if (newest?.Listeners.IndexOf(stood.Point) is >= 0 and var there)
        {
            if (Stands(touched))
                MoveTo(touched, stood, newest, there, heard);
            else
                TakeOut(touched, stood, newest, "moved");
        }
        else
        {
            // What a publisher has said since of those who stand there holds of it too (Semantics 6.4).
            while (touched.Now.State is EnrolmentState.Waiting now && NextVersion(touched.Now) is var (_, _, plan))
                ChangeVersion(touched, now.Point.Length > 0 ? now : stood, plan, heard);
        }

        if (touched.Now.State is not EnrolmentState.Waiting waiting)
            return;
        if (waiting.Point.Length == 0)
            Travel(touched, touched.Plan.IndexOf(stood.Point) is >= 0 and var bound ? bound : StartOf(touched), null, heard);
        else if (waiting.Point == stood.Point && waiting.Since == stood.Since)
            StepAgain(touched, waiting, heard);
    }

    /// <summary>What it had heard acts now, and so does what has come about meanwhile; then its time, if that has passed.</summary>
    void StepAgain(Touched touched, EnrolmentState.Waiting waiting, in Heard heard)
    {
        var point = touched.Plan.Listeners.IndexOf(waiting.Point);
        if (point < 0)
            return;
        GoOn(touched, point, waiting, new Stimulus.JourneyResumed(touched.Now.Journey), heard);
        if (!touched.Journey.Dials.Holds(waiting.Point) && touched.Now.State is EnrolmentState.Waiting { Wait: { Noted: false, Due: { } due } wait } now && now.Point == waiting.Point && now.Since == waiting.Since && IsDue(touched, wait))
            Travel(touched, point, new Stimulus.TimerDue(touched.Now.Id, due), heard);
    }
}
