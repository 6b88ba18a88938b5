using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Machine;

/// <summary>Semantics 10.2: what counts for frequency caps. Nothing is kept of channels that no cap is for.</summary>
sealed partial class BurstRun
{
    /// <summary>A place is taken at the decision.</summary>
    void TakePlace(MessageDecision decision)
    {
        if (decision.Purpose == MessagePurpose.Marketing && IsCapped(decision.Channel))
            _contact.Sent = _contact.Sent.Add(new(decision.Key, decision.Channel, decision.Topic, _now, Pending: true));
    }

    bool IsCapped(string channel)
    {
        foreach (var cap in _catalogue.Caps)
            if (cap.Channel == channel)
                return true;
        return false;
    }

    /// <summary>It is moved to the time of the hand-over, and given back when nothing was sent.</summary>
    void SettlePlace(MessageKey message, string? settledAs)
    {
        if (settledAs is null || PlaceOf(message) is not (>= 0 and var at))
            return;
        _result.ContactChanged = true;
        var left = settledAs is "sent" or "in-doubt";
        _contact.Sent = left ? _contact.Sent.SetItem(at, _contact.Sent[at] with { At = _now, Pending = false }) : _contact.Sent.RemoveAt(at);
        if (!left)
            WakeCapped();
    }

    /// <summary>A place is free before its time: all who wait for one are asked at once, and the machine lets through who is first (<see cref="StepContext.CappedUntil"/>); the others wait on.</summary>
    void WakeCapped()
    {
        foreach (var id in TakeInside())
            if (Inside(id, "cap") is { Now.State: EnrolmentState.Waiting { Wait: { Reason: StepContext.CapReason, Due: { } due } } waiting } touched && due > _now)
            {
                touched.Now = touched.Now with { State = waiting with { Wait = waiting.Wait with { Due = _now } }, Revision = touched.Now.Revision + 1 };
                Keep(touched, cancels: false);
            }
    }

    /// <summary>What is cancelled may be on its way: it counts from when it was decided, so that no cap is ever broken, until its sender says that it had not begun.</summary>
    void CancelPlaces(Enrolment enrolment)
    {
        if (_contact.Sent.IsEmpty)
            return;
        foreach (var message in enrolment.Messages)
            if (message.Status == MessageStatus.Pending && PlaceOf(message.Key) is >= 0 and var at)
                _contact.Sent = _contact.Sent.SetItem(at, _contact.Sent[at] with { Pending = false });
    }

    int PlaceOf(MessageKey message)
    {
        for (var index = 0; index < _contact.Sent.Length; index++)
            if (_contact.Sent[index].Key == message)
                return index;
        return -1;
    }

    void UnitePlaces(ImmutableArray<SentMark> others)
    {
        foreach (var mark in others)
            if (PlaceOf(mark.Key) < 0)
                _contact.Sent = _contact.Sent.Add(mark);
    }

    /// <summary>What no cap looks at any more is forgotten, where the contact is stored anyway.</summary>
    void ForgetPlaces()
    {
        if (_contact.Sent.IsEmpty || !_result.ContactChanged)
            return;
        var longest = Duration.Zero;
        foreach (var cap in _catalogue.Caps)
            longest = Duration.Max(longest, cap.Within);
        _contact.Sent = _contact.Sent.RemoveAll(mark => !mark.Pending && mark.At + longest <= _now);
    }
}
