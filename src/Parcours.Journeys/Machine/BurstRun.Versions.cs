using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>Semantics 6.4 and 6.5: who stands in an older version goes where the publisher of a newer one has said.</summary>
sealed partial class BurstRun
{
    /// <summary>Whoever is touched is mapped first. In a pause nothing steps: they are mapped when the journey goes on, and what was noted meanwhile acts before.</summary>
    void ChangeVersions()
    {
        if (!_index.MovesPeople)
            return;
        var heard = new Heard { From = _result.Changes.Count, To = _result.Changes.Count, Starts = true, Waits = true, Origin = Origin.Journey, Cause = "published" };
        foreach (var id in TakeInside())
            while (InProgress(id) is { State: EnrolmentState.Waiting { Wait.Noted: false } waiting } enrolment && NextVersion(enrolment) is var (journey, old, plan))
                ChangeVersion(Find(id) ?? Touch(enrolment, enrolment, journey, old, heard.Cause), waiting, plan, heard);
        for (var next = 0; next < _queue.Count; next++)
            Process(_queue[next], null);
        _queue.Clear();
    }

    /// <summary>The next newer version whose publisher said something of people, and that this enrolment has not been through.</summary>
    (LiveJourney Journey, JourneyPlan Old, JourneyPlan New)? NextVersion(Enrolment enrolment)
    {
        var (from, known) = (Math.Max(enrolment.Version, enrolment.Settled), PlanOf(enrolment));
        if (known is not var (journey, old) || from >= journey.Newest || journey.Status != JourneyStatus.Live || IsOver(journey))
            return null;
        for (var version = from + 1; version <= journey.Newest; version++)
            if (journey.Versions.TryGetValue(version, out var plan) && !plan.People.IsEmpty)
                return (journey, old, plan);
        return null;
    }

    void ChangeVersion(Touched touched, EnrolmentState.Waiting waiting, JourneyPlan plan, in Heard heard)
    {
        var rule = plan.RuleFor(touched.Now.Version, waiting.Point);
        switch (rule?.Fate ?? PeopleFate.Keep)
        {
            case PeopleFate.Exit:
                End(touched, Outcome.Exited, "new-version", "exit", cancels: true);
                break;
            case PeopleFate.Restart:
                BeginAnew(touched, waiting, plan, heard);
                break;
            case PeopleFate.Move when plan.Listeners.IndexOf(rule!.To ?? waiting.Point) is >= 0 and var target:
                MoveTo(touched, waiting, plan, target, heard);
                break;
            default:
                touched.Now = touched.Now with { Settled = plan.Version };
                Keep(touched, cancels: false);
                break;
        }
    }

    void MoveTo(Touched touched, EnrolmentState.Waiting waiting, JourneyPlan plan, int target, in Heard heard)
    {
        var (old, from) = (touched.Plan, touched.Plan.Listeners.IndexOf(waiting.Point));
        var stays = Stands(touched) && plan.Points[target].Id == waiting.Point && from >= 0 && plan.Points[target].GetType() == old.Points[from].GetType();
        TakeOut(touched, waiting, plan, stays ? "carried" : "moved");
        if (!stays)
        {
            if (!LeavesAtOnce(touched, heard))
                Travel(touched, target, null, heard, takenFrom: new("", "moved"));
            return;
        }

        touched.Now = touched.Now with { State = waiting };
        CountAt(CounterKind.Arrived, touched, waiting.Point, "");
        Keep(touched, cancels: false);
        // Its wait as it was, unless what it waits for was changed: then reckoned anew, from the arrival.
        if (!LeavesAtOnce(touched, heard) && old.WaitOf(from) != plan.WaitOf(target))
            Travel(touched, target, new Stimulus.VersionPublished(touched.Now.Journey), heard);
    }

    void BeginAnew(Touched touched, EnrolmentState.Waiting waiting, JourneyPlan plan, in Heard heard)
    {
        TakeOut(touched, waiting, plan, "moved");
        var target = StartOf(touched);
        if (LeavesAtOnce(touched, heard))
            return;
        if (plan.Stages is { } stages && BeginsAt(stages, ref target) is { } nowhere)
            End(touched, Outcome.Exited, nowhere, "exit", cancels: true);
        else
            Travel(touched, target, null, heard, takenFrom: new("", "moved"));
    }

    /// <summary>At a point, not only on its way to one.</summary>
    static bool Stands(Touched touched) => touched.Now.State is EnrolmentState.Waiting { Point.Length: > 0 };

    /// <summary>Out of the point in one version, and into the other: nowhere yet.</summary>
    void TakeOut(Touched touched, EnrolmentState.Waiting waiting, JourneyPlan plan, string edge)
    {
        if (Stands(touched))
            CountAt(CounterKind.Left, touched, waiting.Point, edge);
        CountAt(CounterKind.MovedOut, touched, "", "");
        if (waiting.Point.Length > 0)
            touched.Steps.Add(new(waiting.Point, edge, 0, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{touched.Now.Version} → {plan.Version}")));
        touched.Plan = plan;
        touched.Now = touched.Now with { Version = plan.Version, Settled = 0, State = Underway, Revision = touched.Now.Revision + 1 };
        CountAt(CounterKind.MovedIn, touched, "", "");
        _startEvent = null;
    }

    /// <summary>A goal or an exit of the new version holds already: it acts, as on everybody whom it comes to hold for; else it is known from now on when it may.</summary>
    bool LeavesAtOnce(Touched touched, in Heard heard)
    {
        var reached = touched.Plan.Listeners.HasEnds ? Reached(touched.Now, touched.Plan, heard, itsMessage: false, all: true) : null;
        _startEvent = null;
        if (reached is not var (outcome, why))
            return false;
        End(touched, outcome, why, outcome == Outcome.Successful ? "goal" : "exit", cancels: true);
        return true;
    }
}
