using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>Semantics 3.8: a step that throws fails its enrolment, which keeps what it needs to be put back where it stood.</summary>
sealed partial class BurstRun
{
    /// <summary>A point is asked what it would note, as if nothing stepped there.</summary>
    bool _notes;

    /// <param name="at">The point whose step threw, as far as it had come.</param>
    /// <param name="point">Where the run began, or was to arrive.</param>
    void Fail(Touched touched, string? at, Exception failure, int point, Stimulus? stimulus, in Heard cause)
    {
        var why = $"{(at is null ? "" : at + ": ")}{(failure is InvalidOperationException ? "" : failure.GetType().Name + ": ")}{failure.Message}";
        if (why.Length > 500)
            why = why[..500];
        var (before, stood) = (touched.Now, StandingOf(touched, point, stimulus, cause));
        if (Stands(touched))
            CountAt(CounterKind.Left, touched, ((EnrolmentState.Waiting)touched.Now.State).Point, "failed");
        at ??= stood?.Point;
        touched.Steps.Add(new(at ?? "", "failed", 0, why));
        _result.Alerts.Add(new(touched.Now.Journey, "step-failed", why, _now, ("why", why)));
        touched.Now = touched.Now with { State = new EnrolmentState.Ended(Outcome.Failed, _now, why, at) { Stood = stood }, Revision = touched.Now.Revision + 1 };
        CountAt(CounterKind.Ended, touched, "", NameOf(Outcome.Failed));
        Keep(touched, cancels: false);
        if (stood is not null)
            KeepFailed(touched.Now);
        TellEnd(touched.Now, Outcome.Failed, _heard, _queue);
        TellMoved(before, touched.Now, _heard);
    }

    /// <summary>Where it stands, with what it has just heard noted as in a pause; where it was bound, if it stood nowhere or waited for what its end has handed back.</summary>
    EnrolmentState.Waiting? StandingOf(Touched touched, int point, Stimulus? stimulus, in Heard cause)
    {
        if (!Stands(touched) || touched.Now.State is not EnrolmentState.Waiting waiting || IsInLine(waiting))
            return point < 0 ? null : new(touched.Plan.Points[point].Id, _now, OnItsWay);
        foreach (var claim in touched.Now.Claims)
            if (claim.Answer is null && claim.Point == waiting.Point)
                return waiting with { Wait = OnItsWay };
        if (waiting.Wait.Noted || stimulus is null or Stimulus.TimerDue or Stimulus.JourneyResumed)
            return waiting;
        _notes = true;
        var move = Ask(touched, point, stimulus, cause);
        _notes = false;
        return move.What switch
        {
            Move.Kind.Stay => waiting,
            Move.Kind.Wait => waiting with { Wait = move.Wait! },
            _ => waiting with { Wait = waiting.Wait with { Noted = true } },
        };
    }

    void KeepFailed(Enrolment failed)
    {
        Count(FailedCounts.Key(failed, CounterKind.Failed, FailedCounts.PointOf(failed), ""));
        _contact.Failed = _contact.Failed.Add(failed);
        TrimFailed();
    }

    void TrimFailed()
    {
        while (_contact.Failed.Length > _catalogue.Limits.FailedKept)
            DropFailed(0);
    }

    /// <summary>It can be put back no more: it stays failed, and a code that it held is somebody else's.</summary>
    void DropFailed(int index)
    {
        var failed = _contact.Failed[index];
        _contact.Failed = _contact.Failed.RemoveAt(index);
        _result.ContactChanged = true;
        Count(FailedCounts.Key(failed, CounterKind.Failed, FailedCounts.PointOf(failed), ""), -1);
        foreach (var claim in failed.Claims)
            if (claim is { Allocator.Kind: AllocatorKind.Coupons, Answer.Granted: true })
                _result.Orders.Add(new(claim.Allocator, claim.Ask, failed.Contact, failed.Id, failed.Journey, claim.Point, null));
    }

    /// <summary>Where the contact is stored anyway: those that are too old, and those of journeys that are over. All of them, of who is erased.</summary>
    void ForgetFailed()
    {
        var isErased = _input.Stimulus is Stimulus.EraseRequested;
        if (_contact.Failed.IsEmpty || !(_result.ContactChanged || isErased))
            return;
        for (var index = _contact.Failed.Length - 1; index >= 0; index--)
            if (isErased || IsTooOld(_contact.Failed[index]) || _index.Journey(_contact.Failed[index].Journey) is not { } journey || IsOver(journey))
                DropFailed(index);
    }

    bool IsTooOld(Enrolment failed) => ((EnrolmentState.Ended)failed.State).At + _catalogue.Limits.FailedKeptFor <= _now;

    int FailedAt(EnrolmentId id)
    {
        for (var index = 0; index < _contact.Failed.Length; index++)
            if (_contact.Failed[index].Id == id)
                return index;
        return -1;
    }

    /// <summary>What becomes of its messages meanwhile is known to it when it goes on.</summary>
    void SettleFailed(EnrolmentId enrolment, MessageKey key)
    {
        var at = FailedAt(enrolment);
        if (at < 0)
            return;
        var failed = _contact.Failed[at];
        for (var index = 0; index < failed.Messages.Length; index++)
        {
            if (failed.Messages[index] is not { } held || held.Key != key)
                continue;
            var before = new Standing(held.Status, held.Opened, held.Clicked);
            var (after, link) = _input.Stimulus is Stimulus.MessageFeedback feedback ? (before.Answer(feedback.Kind), feedback.Link) : (before.Settle(((Stimulus.MessageSettled)_input.Stimulus).Status), null);
            var links = link is null || held.Links.Contains(link) ? held.Links : held.Links.Add(link);
            failed = failed with { Messages = failed.Messages.SetItem(index, held with { Status = after.Status, Opened = after.Opened, Clicked = after.Clicked, Links = links }) };
            if (_input.Stimulus is Stimulus.MessageSettled { Answer: { IsEmpty: false } answer } && PlanOf(failed) is var (_, plan) && plan.IndexOf(held.Point) is >= 0 and var point && plan.Points[point].AnswerInto is { } into
                && failed.Data.With(into, plan.Points[point].Kept(_catalogue, answer).Span) is var data && data.Json.Length <= _catalogue.Limits.JourneyDataBytes)
                failed = failed with { Data = data };
            _contact.Failed = _contact.Failed.SetItem(at, failed);
            _result.ContactChanged = true;
        }
    }

    /// <summary>What failed of a contact that becomes part of this one can be put back here (Semantics 4.7).</summary>
    void TakeOverFailed(Contact other)
    {
        foreach (var theirs in other.Failed)
        {
            if (PlanOf(theirs) is not var (journey, plan))
                continue;
            var before = _contact.Entries[theirs.Journey].Count - (other.Entries.TryGetValue(theirs.Journey, out var entries) ? entries.Count : 0);
            var moved = theirs with { Contact = _contact.Id, Number = before + theirs.Number, Revision = theirs.Revision + 1 };
            CountAt(CounterKind.MovedIn, Touch(null, moved, journey, plan, "merged"), "", "");
            FailedCounts.Add(moved, 1, Count);
            if (FailedCounts.StoodAt(moved) is { } stood)
                Count(FailedCounts.Key(moved, CounterKind.Arrived, stood.Point, ""));
            _contact.Failed = _contact.Failed.Add(moved);
        }

        if (other.Failed.IsEmpty)
            return;
        _contact.Failed = [.. _contact.Failed.OrderBy(failed => ((EnrolmentState.Ended)failed.State).At).ThenBy(failed => failed.Id.Value)];
        TrimFailed();
    }
}
