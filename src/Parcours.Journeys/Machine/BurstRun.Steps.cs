using System.Diagnostics;

namespace Parcours.Journeys.Machine;

/// <summary>What a run leaves behind: visits and steps, where the enrolment stands, how it ended.</summary>
sealed partial class BurstRun
{
    void Arrive(int index)
    {
        var limits = _catalogue.Limits;
        _point = _run.Plan.Points[index];
        if (++_run.Made > limits.StepsPerBurst)
            throw new InvalidOperationException($"More than {limits.StepsPerBurst} steps at once: a loop without a wait.");
        _visit = VisitsOf(index) + 1;
        if (_visit > limits.VisitsPerPoint)
            throw new InvalidOperationException($"Visited more than {limits.VisitsPerPoint} times.");
        SetVisits(index);
        _recorded = 0;
        CountAt(CounterKind.Arrived, _run, _point.Id, "");
    }

    void Stand(int index)
    {
        _point = _run.Plan.Points[index];
        _visit = Math.Max(1, VisitsOf(index));
    }

    int VisitsOf(int index)
    {
        foreach (var (point, visit) in _visits)
            if (point == index)
                return visit;
        return _run.Now.Visits.Count == 0 ? 0 : _run.Now.Visits.GetValueOrDefault(_run.Plan.Points[index].Id);
    }

    void SetVisits(int index)
    {
        for (var place = 0; place < _visits.Count; place++)
            if (_visits[place].Point == index)
            {
                _visits[place] = (index, _visit);
                return;
            }
        _visits.Add((index, _visit));
    }

    void Step(string? edge)
    {
        _run.Steps.Add(new(_point.Id, edge, _bits, _detail));
        (_bits, _detail) = (0, null);
    }

    Wait NotBeforeNow(Wait wait)
    {
        var now = wait.Queue == TimerQueue.Elapsed ? Journey.Dials.ToJourneyTime(_now) : _now;
        return wait.Due < now ? wait with { Due = now } : wait;
    }

    void Stay(Wait wait)
    {
        // Waiting on at the same point is no new arrival.
        var since = _visits.Count == 0 && _run.Now.State is EnrolmentState.Waiting waiting && waiting.Point == _point.Id ? waiting.Since : _now;
        SetState(new EnrolmentState.Waiting(_point.Id, since, wait));
    }

    void EndRun(Outcome outcome, string? why, string? point)
    {
        SetState(new EnrolmentState.Ended(outcome, _now, why, point));
        CountAt(CounterKind.Ended, _run, "", NameOf(outcome));
        TellEnd(_run.Now, outcome, _cause, _pending);
    }

    void SetState(EnrolmentState state)
    {
        var visits = _run.Now.Visits;
        if (_visits.Count > 0)
        {
            visits = new(visits);
            visits.EnsureCapacity(visits.Count + _visits.Count);
            foreach (var (point, visit) in _visits)
                visits[_run.Plan.Points[point].Id] = visit;
        }
        _run.Now = _run.Now with { State = state, Revision = _run.Now.Revision + 1, Visits = visits };
    }

    /// <summary>The contact holds the enrolment as it now is.</summary>
    void Keep(Touched touched, bool cancels)
    {
        _result.ContactChanged = true;
        if (!touched.Now.Claims.IsEmpty)
            SettleClaims(touched);
        var enrolments = _contact.Enrolments;
        for (var index = 0; index < enrolments.Count; index++)
        {
            if (enrolments[index].Id != touched.Now.Id)
                continue;
            if (touched.Now.State is EnrolmentState.Ended)
                enrolments.RemoveAt(index);
            else
                enrolments[index] = touched.Now;
            break;
        }
        if (touched.Now.State is not EnrolmentState.Ended)
            return;
        if (_contact.Entries.TryGetValue(touched.Now.Journey, out var entries))
            _contact.Entries[touched.Now.Journey] = entries with { LastLeftAt = _now };
        if (cancels)
            CancelMessages(touched.Now);
    }

    static string NameOf(Outcome outcome) => outcome switch
    {
        Outcome.Successful => "successful",
        Outcome.Unsuccessful => "unsuccessful",
        Outcome.Completed => "completed",
        Outcome.Exited => "exited",
        Outcome.Removed => "removed",
        Outcome.Failed => "failed",
        _ => throw new UnreachableException($"{outcome} is no outcome."),
    };
}
