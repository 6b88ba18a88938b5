using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Work;

/// <summary>Places under frequency caps that cancelled messages give back: only the outbox knows which of them had not left (Semantics 10.2, 10.6).</summary>
sealed partial class Worker
{
    /// <summary>Cancelled in this turn, and never with a sender.</summary>
    readonly List<(ContactId Contact, MessageKey Message)> _freed = [];

    /// <summary>In the commit of the cancelling: the contact was written already by the burst that ended the trip, and is written once more.</summary>
    async ValueTask GiveBackAsync(IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        foreach (var (id, message) in _freed)
        {
            if (await ReadableAsync(unit, id, "Giving back a place", now, cancellationToken) is not var (contact, isNew) || contact is null || !contact.Sent.Any(mark => mark.Key == message))
                continue;
            var copy = contact.Clone();
            copy.Sent = copy.Sent.RemoveAll(mark => mark.Key == message);
            for (var place = 0; place < copy.Enrolments.Count; place++)
                if (copy.Enrolments[place] is { State: EnrolmentState.Waiting { Wait: { Reason: StepContext.CapReason, Due: { } due } } waiting } before && due > now)
                {
                    var after = before with { State = waiting with { Wait = waiting.Wait with { Due = now } }, Revision = before.Revision + 1 };
                    copy.Enrolments[place] = after;
                    GatherEnrolment(new(before, after));
                    _turn.Writes.Enrolments.Add(RowOf(after, isNew: false));
                }
            _turn.Touched[id] = (copy, isNew);
            _turn.Writes.Contacts.RemoveAll(body => body.Contact == id);
            _turn.Writes.Contacts.Add(new(id, _contactCodec.Encode(copy, State.Kept, _turn.BodiesWritten), copy.FlipAt, false));
        }

        _freed.Clear();
    }
}
