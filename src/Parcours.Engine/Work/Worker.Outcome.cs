using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

sealed partial class Worker
{
    readonly ByteWriter _rowWriter = new();
    readonly TimelineCodec _timeline = new();

    /// <summary>Turns what a burst made into rows of this turn.</summary>
    /// <param name="before">Its flip timer before the burst: one that did not move is in the heap or in the store already.</param>
    void Gather(Contact contact, Instant? before, long sequence, Instant now, bool isEvent)
    {
        var writes = _turn.Writes;
        foreach (var change in _result.Enrolments)
            GatherEnrolment(change);
        if (contact.FlipAt is { } flip && flip != before)
            Expect(_flips, flip, new(flip, contact.Id, null));
        if (isEvent || _result.Trails.Count > 0 || _result.Changes.Count > 0)
            writes.Timeline.Add(new(contact.Id, sequence, now, _timeline.Encode(_result, _turn.BodiesWritten)));
        foreach (var membership in _result.Memberships)
            if (membership.Kind is "segment" or "list")
                writes.Memberships.Add(new(membership.Kind, membership.Name, contact.Id, membership.Change > 0, now));
        foreach (var (key, by) in _result.Counters)
            Count(key, by);
        foreach (var refusal in _result.Refusals)
            writes.Refusals.Add(new(contact.Id, refusal.Journey, refusal.StartingPoint, refusal.Reason, DayOf(refusal.At), refusal.At));
        foreach (var alert in _result.Alerts)
            Warn(alert);
        foreach (var recorded in _result.RecordedEvents)
            GatherRecorded(contact.Id, recorded);
        foreach (var change in _result.Changes)
            if (change is ContactChange.ConsentChanged consent)
                GatherConsent(contact, consent, now);
        foreach (var decision in _result.Messages)
            GatherMessage(contact, decision, now);
        foreach (var task in _result.Tasks)
        {
            writes.NewTasks.Add(new(task.Id, contact.Id, task.Enrolment, task.Journey, task.Point, task.Title, task.Note, task.Kind, task.Priority, task.Due, task.Assignee, task.Team, task.DecidedAt, null, null, null));
            foreach (var reader in task.Assignee is { } one ? [one] : task.Team is { } team ? State.Catalogue.Teams.GetValueOrDefault(team)?.Members ?? [] : ImmutableArray<string>.Empty)
                writes.Notifications.Add(NotificationRow.OfTask(NotificationId.OfTask(task.Id), reader, writes.NewTasks[^1], task.DecidedAt));
        }
        foreach (var told in _result.Notifications)
            if (told.To.IsEmpty)
                writes.Notifications.Add(new(told.Id, null, contact.Id, told.Journey, told.Point, told.Text, told.DecidedAt, null));
            else
                foreach (var reader in told.To)
                    writes.Notifications.Add(new(told.Id, reader, contact.Id, told.Journey, told.Point, told.Text, told.DecidedAt, null));
        foreach (var order in _result.Orders)
            writes.Relays.Add(new(Partition.Of(contact.Id), order.Allocator.Address, EntryKind.Ask, Origin.Journey, now, null, _entryCodec.Encode(new EntryBody.Ask(order))));
        foreach (var enrolment in _result.CancelMessagesOf)
            _cancelled.Add((enrolment, contact.Id));
    }

    /// <summary>On record each time; people are told once a day, however many contacts it concerns.</summary>
    void Warn(Alert alert)
    {
        var (writes, id, arguments) = (_turn.Writes, NotificationId.OfAlert(alert.Journey, alert.Code, alert.At), NamedTexts.Write(alert.Arguments));
        writes.Alerts.Add(new(alert.Journey, alert.Code, alert.Detail, alert.At, arguments));
        if (!writes.Notifications.Exists(told => told.Id == id))
            writes.Notifications.Add(new(id, null, null, alert.Journey, null, alert.Detail, alert.At, null) { Kind = NotificationKind.Alert, Code = alert.Code, Arguments = arguments });
    }

    static int DayOf(Instant at) => (int)Math.Floor((at - Instant.FromUnixTimeTicks(0)).TotalDays);

    void Count(CounterKey key, long by)
    {
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_turn.Writes.Counters, key, out _) += by;
        _turn.Tally.Count(key, by);
    }

    void GatherEnrolment(EnrolmentChange change)
    {
        var after = change.After;
        var isNew = change.Before is null;
        if (isNew)
            EnrolmentsStarted++;
        else if (_turn.Enrolments.TryGetValue(after.Id, out var earlier))
            isNew = earlier.New;
        _turn.Enrolments[after.Id] = (after, isNew);
        if (after.State is not EnrolmentState.Waiting { Wait: { Due: { } due } wait } || !_queues.TryGetValue(after.Journey, out var queues))
            return;
        // A wait that goes on as it was has its timer already.
        if (change.Before is { State: EnrolmentState.Waiting { Wait: { Due: { } was } held } } && was == due && held.Queue == wait.Queue)
            return;
        var queue = queues[(int)wait.Queue];
        Expect(queue, due, new(due + queue.Frozen, after.Contact, new(after.Contact, after.Journey, after.Number, after.Id, wait.Queue, due)));
    }

    EnrolmentRow RowOf(Enrolment enrolment, bool isNew)
    {
        _rowWriter.Clear();
        EnrolmentCodec.Write(_rowWriter, enrolment);
        var body = _turn.BodiesWritten.Keep(_rowWriter.Written);
        return enrolment.State switch
        {
            EnrolmentState.Waiting waiting => new(enrolment.Contact, enrolment.Journey, enrolment.Number, enrolment.Id, enrolment.Version, waiting.Point, waiting.Since, waiting.Wait.Queue,
                waiting.Wait.Due, null, enrolment.StartedAt, null, waiting.Wait.Reason, enrolment.Revision, isNew, body),
            EnrolmentState.Ended ended => new(enrolment.Contact, enrolment.Journey, enrolment.Number, enrolment.Id, enrolment.Version, ended.Point, ended.At, TimerQueue.Elapsed,
                null, ended.Outcome, enrolment.StartedAt, ended.At, ended.Why, enrolment.Revision, isNew, body),
            var other => throw new System.Diagnostics.UnreachableException($"No row for {other.GetType().Name}."),
        };
    }

    void GatherRecorded(ContactId contact, ContactEvent recorded)
    {
        var body = _entryCodec.Encode(new EntryBody.Received([], recorded.Properties.Json, recorded.MessageId, true));
        var sequence = Unit.TakeSequence(Partition.Of(contact));
        _turn.Writes.RecordedEvents.Add(new(contact, sequence, recorded.Name, recorded.OccurredAt, body));
        _turn.Writes.Timeline.Add(new(contact, sequence, recorded.OccurredAt, ReadOnlyMemory<byte>.Empty));
    }

    /// <summary>A refusal blocks from this commit on; consent given again lifts what was blocked (Semantics 10.3).</summary>
    void GatherConsent(Contact contact, ContactChange.ConsentChanged change, Instant now)
    {
        if (change.After == ConsentState.Refused)
            _turn.Writes.Blocks.Add(new(contact.Id, change.Channel, change.Topic, null, "opt-out", now, Lifted: false));
        else if (change.Before == ConsentState.Refused)
            _turn.Writes.Blocks.Add(new(contact.Id, change.Channel, change.Topic, null, "consent", now, Lifted: true));
        LiftErasure(contact, change, now);
    }
}
