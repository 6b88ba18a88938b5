using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Machine;

/// <summary>What one journey does to another of the same contact, and hears of it.</summary>
sealed partial class BurstRun
{
    void CarryOut(Effect order, in Heard heard)
    {
        switch (order)
        {
            case Effect.EnterJourney enter:
                var entered = Admit(enter.Journey, enter.Data, null, heard, out var refused);
                if (refused is { Code: "unknown-journey" or "not-live" } && heard.Chain is { } chain)
                    _result.Alerts.Add(new(chain.Journey, "journey-not-live", $"The journey {enter.Journey}, into which contacts are sent, is not live.", _now, ("other", enter.Journey.Value)));
                if (enter.Asks)
                    TellAsker(heard, entered);
                break;
            case Effect.LeaveJourney leave:
                foreach (var id in TakeInside())
                    if (Find(id)?.Now is { } known ? known.Journey == leave.Journey : InProgress(id)?.Journey == leave.Journey)
                        if (Inside(id, heard.Cause) is { } touched)
                            End(touched, Outcome.Exited, "stopped", "exit", cancels: true);
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"{order.GetType().Name} is no order to another journey.");
        }
    }

    /// <summary>Tells the enrolment that asked whether the contact came in.</summary>
    void TellAsker(in Heard heard, EnrolmentId? entered)
    {
        if (heard.By is not { } by || Inside(by, heard.Cause) is not { } asker || asker.Now.State is not EnrolmentState.Waiting waiting)
            return;
        var point = asker.Plan.Listeners.IndexOf(waiting.Point);
        if (point < 0)
            return;
        var since = asker.WaitsSince;
        GoOn(asker, point, waiting, new Stimulus.JourneyEntered(entered), heard);
        // It has only been told whom it waits for: an end that came at once is still to be heard.
        if (asker.Now.State is EnrolmentState.Waiting still && still.Point == waiting.Point)
            asker.WaitsSince = since;
    }

    /// <summary>Lets those hear who ask where contacts stand, once the enrolment waits again or has ended (Semantics 7.10).</summary>
    /// <param name="before">Null: it was not in the journey.</param>
    void TellMoved(Enrolment? before, Enrolment now, in Heard cause)
    {
        if (!_index.HearsPositionsOf(now.Journey) || (before is not null && PlaceOf(before) == PlaceOf(now)))
            return;
        var from = _result.Changes.Count;
        var moved = new ContactChange.JourneyMoved(now.Journey);
        _result.Changes.Add(moved);
        Mark(moved);
        Settle();
        _queue.Add(Derived(cause, now, from, "journey-moved") with { Starts = cause.Starts });

        static string? PlaceOf(Enrolment enrolment) => (enrolment.State as EnrolmentState.Waiting)?.Point;
    }

    /// <summary>Lets those hear of an end who listen for it: others pay nothing for it (Semantics 3.7).</summary>
    void TellEnd(Enrolment ended, Outcome outcome, in Heard cause, List<Heard> to)
    {
        if (!_index.HearsEndOf(ended.Journey))
            return;
        var from = _result.Changes.Count;
        _result.Changes.Add(new ContactChange.JourneyLeft(ended.Journey, ended.Id, outcome));
        // A merge starts nothing (Semantics 2.6), but who waits for the end must not wait for ever.
        to.Add(Derived(cause, ended, from, "journey-left") with { Starts = cause.Starts });
    }
}
