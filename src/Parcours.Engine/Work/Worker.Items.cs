using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

sealed partial class Worker
{
    readonly BurstResult _result = new();

    async ValueTask EntryAsync(IStoreUnit unit, BacklogEntry backlog, CancellationToken cancellationToken)
    {
        var entry = backlog.Entry;
        var now = Advance(entry.Partition, entry.ReceivedAt);
        Meet(unit, entry);
        _turn.Entries++;
        if (_turn.FirstEntry == 0)
            _turn.FirstEntry = entry.Sequence;
        _turn.LastEntry = entry.Sequence;
        if (entry.Kind is not (EntryKind.Control or EntryKind.Gap))
            try
            {
                if (entry.Kind == EntryKind.Ask)
                    await AskedAsync(unit, entry, now, cancellationToken);
                else
                    await ContactEntryAsync(unit, backlog, now, cancellationToken);
            }
            catch (UnknownFormException newer)
            {
                throw newer.At($"Entry {entry.Sequence} of partition {entry.Partition.Index}");
            }
            catch (DamagedContactException damaged)
            {
                DeadLetter(entry, damaged.Message, now);
                backlog.Refuse(new("contact-damaged", $"{damaged.Message} The entry is among the dead letters."));
            }

        _states[entry.Partition.Index] = _states[entry.Partition.Index] with { Cursor = entry.Sequence };
        if (backlog is { IsAnswer: true, Request: { } request } && --request.Open == 0)
            _turn.Answered.Add(request);
        else if (backlog.Reply is { IsPlain: false } reply)
            _turn.Replies.Add(reply);
    }

    async ValueTask ContactEntryAsync(IStoreUnit unit, BacklogEntry backlog, Instant now, CancellationToken cancellationToken)
    {
        var entry = backlog.Entry;
        if (entry.Kind > EntryKind.PutBack)
            throw new UnknownFormException($"It has the unknown kind {(byte)entry.Kind}.");
        // The first entry of a new contact: there is no row to look for.
        var (contact, isNew) = entry.NewContact && !_turn.Touched.ContainsKey(entry.Contact) ? (null, true) : await ContactAsync(unit, entry.Contact, cancellationToken);
        // What was on its way goes with it; what a merge brings has rows of its own, which go as well.
        var returns = contact is { IsErased: true };
        if (returns && entry.Kind != EntryKind.Absorb)
            return;
        if (returns)
            contact = ComeBack(contact!);
        if (contact?.MergedInto is { } winner && entry.Kind != EntryKind.Merge)
        {
            Forward(entry, winner);
            return;
        }

        // Who asked is gone altogether: an answer makes nobody.
        if (contact is null && entry.Kind == EntryKind.Answer)
            return;
        // Made here: it is counted and decided once, though it has no row until the turn's commit.
        var isMade = contact is null;
        if (contact is null)
            (contact, isNew) = (new Contact(entry.Contact, entry.ReceivedAt), true);
        if (entry.Kind == EntryKind.Merge)
        {
            MergeAway(contact, isNew, MergeBody.Winner(entry.Body.Span), entry, now);
            return;
        }

        if (entry.Kind == EntryKind.Erase)
        {
            await EraseAsync(contact, isNew, entry, now, cancellationToken);
            return;
        }

        EntryBody body;
        try
        {
            body = backlog.Body ?? EntryCodec.Decode(entry.Body.Span);
        }
        catch (FormatException unreadable)
        {
            DeadLetter(entry, unreadable.Message, now);
            return;
        }

        var identitiesChanged = entry.Attached.Length + entry.Released.Length > 0;
        var stimulus = await StimulusAsync(entry, body, cancellationToken);
        // One that was made here is nobody else's yet.
        var copy = isMade ? contact : contact.Clone();
        var flipBefore = contact.FlipAt;
        foreach (var released in entry.Released)
            copy.Identities.Remove(released);
        foreach (var attached in entry.Attached)
            if (!copy.Identities.Contains(attached))
                copy.Identities.Add(attached);
        var starts = body is not EntryBody.Received { StartsJourneys: false };
        var input = new BurstInput(stimulus, entry.Origin, now, Clamp(entry.OccurredAt, now, stimulus), entry.Sequence, starts, isMade);
        if (!Run(copy, input, entry))
            return;
        if (_result.Refused is { } refused)
            backlog.Refuse(refused);
        foreach (var part in _result.RefusedParts)
            backlog.Part(part);
        if (_result.Entered is { } entered)
            backlog.Enter(entered);
        // An import tells how many it left as they were; nobody else asks, so nothing else says it.
        if (entry is { Kind: EntryKind.Edits, Origin: Origin.Import, NewContact: false } && !isMade && !identitiesChanged && _result.Changes.Count == 0)
            backlog.LeaveAsItWas();
        if (_result.ContactChanged || isNew || identitiesChanged)
            _turn.Touched[copy.Id] = (copy, isNew);
        Gather(copy, flipBefore, entry.Sequence, now, isEvent: entry.Kind is EntryKind.Event);
        GatherFeedback(now);
        GatherResend(now);
        if (body is EntryBody.Absorb absorb)
        {
            RetimeAbsorbed(copy, isNew, now);
            if (returns)
                await EraseAbsorbedAsync(copy, isNew, absorb.Loser, entry, now, cancellationToken);
        }
        if (body is EntryBody.Received { Edits: { IsEmpty: false } edits })
            LiftStale(copy, edits, now);
        else if (body is EntryBody.Feedback { Kind: FeedbackKind.Unsubscribed } left && stimulus is Stimulus.MessageFeedback { Facts: { } facts })
            LiftStale(copy, [new ContactEdit.SetConsent(facts.Channel, left.Detail ?? facts.Topic, ConsentState.Refused)], now);
    }

    /// <summary>A property's time is never later than when it was received; an event's may be (Semantics 2.2).</summary>
    static Instant Clamp(Instant occurredAt, Instant now, Stimulus stimulus) =>
        stimulus is Stimulus.Received { Event: not null } ? occurredAt : Instant.Min(occurredAt, now);

    async ValueTask<Stimulus> StimulusAsync(JournalEntry entry, EntryBody body, CancellationToken cancellationToken)
    {
        switch (body)
        {
            case EntryBody.Received received:
                return new Stimulus.Received(received.Edits, entry.Name is null ? null : new ContactEvent
                {
                    Name = entry.Name,
                    OccurredAt = entry.OccurredAt,
                    ReceivedAt = entry.ReceivedAt,
                    Properties = received.Properties.IsEmpty ? EventProperties.Empty : new(received.Properties),
                    Origin = entry.Origin,
                    Sequence = entry.Sequence,
                    MessageId = received.MessageId,
                });
            case EntryBody.Enrol enrol:
                return new Stimulus.EnrolRequested(enrol.Journey, new(enrol.Data), enrol.EventKey);
            case EntryBody.Remove remove:
                return new Stimulus.RemoveRequested(remove.Enrolment, remove.Revision, remove.Why, remove.Bars);
            case EntryBody.Move move:
                return new Stimulus.MoveRequested(move.Enrolment, move.Point, move.Revision);
            case EntryBody.PutBack order:
                return new Stimulus.PutBackRequested(order.Enrolment, order.Revision, order.Newest);
            case EntryBody.Feedback feedback:
                return new Stimulus.MessageFeedback(feedback.Enrolment, feedback.Message, feedback.Kind, feedback.Link, await FactsAsync(feedback.Message, cancellationToken)) { Detail = feedback.Detail };
            case EntryBody.Resend resend:
                return new Stimulus.ResendRequested(resend.Enrolment, resend.Message, await FactsAsync(resend.Message, cancellationToken));
            case EntryBody.Answer answer:
                return new Stimulus.Answered(answer.Enrolment, answer.Question, answer.Said);
            case EntryBody.Absorb absorb:
                return new Stimulus.Absorbed(await AbsorbedAsync(entry.Contact, Parcours.Engine.State.ContactCodec.Decode(absorb.Loser.Span, State.Kept), cancellationToken));
            default:
                throw new System.Diagnostics.UnreachableException($"{body.GetType().Name} is no entry of a contact.");
        }
    }

    /// <summary>What a merged contact brings; an identity that passed on while it was on its way is another's by now, and the order to let go of it came too early.</summary>
    async ValueTask<Contact> AbsorbedAsync(ContactId winner, Contact loser, CancellationToken cancellationToken)
    {
        var passed = await Unit.ReadPassedOnAsync(winner, loser.Identities, cancellationToken);
        for (var index = passed.Count - 1; index >= 0; index--)
            loser.Identities.RemoveAt(passed[index]);
        return loser;
    }

    /// <summary>Runs the burst on the copy. A burst that cannot be run at all goes to the dead letters and the cursor moves on (Semantics 3.8).</summary>
    bool Run(Contact copy, BurstInput input, JournalEntry? entry)
    {
        _result.Clear();
        try
        {
            Burst.Run(State.Catalogue, copy, input, _result);
            Bursts++;
            return true;
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException) && entry is not null)
        {
            _result.Clear();
            DeadLetter(entry, failure.Message, input.Now);
            return false;
        }
    }

    /// <summary>Runs a burst that no entry asked for. One that throws is put on record and leaves the contact as it was: it must not stop the engine, which would meet it again at its next start.</summary>
    bool TryRun(ContactId contact, Contact copy, BurstInput input)
    {
        _result.Clear();
        try
        {
            Burst.Run(State.Catalogue, copy, input, _result);
            Bursts++;
            return true;
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException))
        {
            _result.Clear();
            _turn.Writes.DeadLetters.Add(new(Partition.Of(contact), input.Sequence, input.Now, $"{input.Stimulus.GetType().Name} of contact {contact}: {failure.GetType().Name}: {failure.Message}", default));
            return false;
        }
    }

    /// <summary>What throws when its time comes comes again tomorrow: a definition that is changed by then may have cured it.</summary>
    void PutOff(Contact contact, bool isNew, DueItem due, Instant now)
    {
        var later = now + Duration.FromDays(1);
        if (due.Timer is null)
        {
            var copy = contact.Clone();
            copy.FlipAt = later;
            _turn.Touched[copy.Id] = (copy, isNew);
            Expect(_flips, later, new(later, copy.Id, null));
            return;
        }

        // Its row stays as it is; after a restart it is tried again.
        var again = due with { Wall = later };
        _due.Enqueue(again, again);
    }

    /// <summary>The block was in the commit that took the refusal in; where a later word stands against it, it was never in force (Semantics 2.5).</summary>
    void LiftStale(Contact contact, ImmutableArray<ContactEdit> edits, Instant now)
    {
        foreach (var edit in edits)
            if (edit is ContactEdit.SetConsent { State: ConsentState.Refused } refusal && contact.Consents.TryGetValue((refusal.Channel, refusal.Topic), out var held) && held.Value != ConsentState.Refused)
                _turn.Writes.Blocks.Add(new(contact.Id, refusal.Channel, refusal.Topic, null, "stale", now, Lifted: true));
    }

    async ValueTask TimerAsync(IStoreUnit unit, DueItem due, CancellationToken cancellationToken)
    {
        if (due.Line is { } line)
        {
            await LetInAsync(unit, line, due.Wall, cancellationToken);
            return;
        }

        var partition = Partition.Of(due.Contact);
        var now = Advance(partition, due.Wall);
        if (await ReadableAsync(unit, due.Contact, "A timer", now, cancellationToken) is not var (contact, isNew))
        {
            // As with what throws: its row stays, and tomorrow it may have been mended.
            _due.Enqueue(due with { Wall = now + Duration.FromDays(1) }, due with { Wall = now + Duration.FromDays(1) });
            return;
        }

        if (contact is null || contact.MergedInto is not null || IsStale(contact, due, now))
            return;
        _turn.Timers++;
        _turn.Tally.Fired(Latest - due.Wall);
        Stimulus stimulus = due.Timer is { } timer ? new Stimulus.TimerDue(timer.Enrolment, timer.Due) : new Stimulus.FlipDue();
        var sequence = unit.TakeSequence(partition);
        var copy = contact.Clone();
        if (!TryRun(contact.Id, copy, new(stimulus, Origin.Journey, now, now, sequence)))
        {
            PutOff(contact, isNew, due, now);
            return;
        }

        if (due.Timer is null && copy.FlipAt is { } again && again <= now)
            throw new System.Diagnostics.UnreachableException($"The flip timer of contact {copy.Id} stands still at {again}.");
        if (_result.ContactChanged || copy.FlipAt != contact.FlipAt)
            _turn.Touched[copy.Id] = (copy, isNew);
        Gather(copy, contact.FlipAt, sequence, now, isEvent: false);
    }

    /// <summary>What it was made for has gone on, or will fire by another timer; it costs no burst.</summary>
    static bool IsStale(Contact contact, DueItem due, Instant now)
    {
        if (due.Timer is null)
            return contact.FlipAt is not { } flip || flip > now;
        foreach (var enrolment in contact.Enrolments)
            if (enrolment.Id == due.Timer.Enrolment)
                return enrolment.State is not EnrolmentState.Waiting { Wait.Due: { } at } || at != due.Timer.Due;
        return true;
    }

    async ValueTask ReportAsync(IStoreUnit unit, SendReport report, Instant time, CancellationToken cancellationToken)
    {
        var row = report.Row;
        // Settled already, while its sender took its time: by another node, or by what an earlier sender of the same said.
        if (!_inFlight.Contains(row.Key))
            return;
        var partition = Partition.Of(row.Contact);
        var now = Advance(partition, time);
        _turn.Results++;
        _turn.Reports.Add(report);
        if (Settle(report, now) is not { } status)
            return;
        // What came back of it while it was on its way is counted already (Semantics 10.5).
        if (_turn.Answers.TryGetValue(row.Key, out var answered) || _answeredInFlight.TryGetValue(row.Key, out answered))
            row = row with { Status = answered.Status, Opens = answered.Opens, Clicks = answered.Clicks };
        _turn.Answers[row.Key] = row.Status == MessageStatus.Pending ? row with { Status = status } : row;
        var read = await ReadableAsync(unit, row.Contact, "A message's end", now, cancellationToken);
        while (read?.Contact?.MergedInto is { } winner)
            read = await ReadableAsync(unit, winner, "A message's end", now, cancellationToken);
        if (read is not var (contact, isNew) || contact is null)
            return;
        var sequence = unit.TakeSequence(partition);
        var copy = contact.Clone();
        if (!TryRun(contact.Id, copy, new(new Stimulus.MessageSettled(row.Enrolment ?? default, row.Key, status, report.Result.Why, FactsOf(row)) { Answer = report.Result.Answer }, Origin.Journey, now, now, sequence)))
            return;
        if (_result.ContactChanged)
            _turn.Touched[copy.Id] = (copy, isNew);
        Gather(copy, contact.FlipAt, sequence, now, isEvent: false);
    }

    /// <summary>One that nobody has claimed is not sent after all; its enrolment hears of it as of any other end.</summary>
    public async ValueTask SkipAsync(IStoreUnit unit, MessageRow row, string why, Instant now, CancellationToken cancellationToken)
    {
        // What is on its way goes its way.
        if (_inFlight.Add(row.Key))
            await ReportAsync(unit, new(row, new(SendOutcome.Skipped, why)), now, cancellationToken);
    }

    /// <summary>As <see cref="ContactAsync"/>, for what no entry asked for; null: its row cannot be read, and that is on record.</summary>
    async ValueTask<(Contact? Contact, bool New)?> ReadableAsync(IStoreUnit unit, ContactId id, string what, Instant now, CancellationToken cancellationToken)
    {
        try
        {
            return await ContactAsync(unit, id, cancellationToken);
        }
        catch (DamagedContactException damaged)
        {
            _turn.Writes.DeadLetters.Add(new(Partition.Of(id), 0, now, $"{what}: {damaged.Message}", default));
            return null;
        }
    }

    /// <summary>The partition's clock becomes the later of itself and the item's time (Semantics 1.3).</summary>
    Instant Advance(Partition partition, Instant time)
    {
        ref var state = ref _states[partition.Index];
        if (time > state.Clock)
            state = state with { Clock = time };
        return state.Clock;
    }

    void Forward(JournalEntry entry, ContactId winner) =>
        _turn.Writes.Relays.Add(new(entry.Partition, winner, entry.Kind, entry.Origin, entry.OccurredAt, entry.Name, entry.Body));

    /// <summary>At the loser: everything goes to the winner as one relay, and a tombstone stays that forwards (Semantics 4.5).</summary>
    void MergeAway(Contact loser, bool isNew, ContactId winner, JournalEntry entry, Instant now)
    {
        if (loser.MergedInto is not null || loser.Id == winner)
            return;
        var tombstone = loser.Clone();
        var all = Merging.Release(tombstone, winner, _result);
        _turn.Writes.Relays.Add(new(entry.Partition, winner, EntryKind.Absorb, Origin.Merge, now, null, _entryCodec.Encode(new EntryBody.Absorb(_contactCodec.Encode(all, State.Kept)))));
        _turn.Touched[loser.Id] = (tombstone, isNew);
        _turn.Writes.Merged.Add((loser.Id, winner));
        // What went along is closed here: its row at the winner is the one that waits.
        foreach (var enrolment in all.Enrolments.Concat(all.Failed))
        {
            // What this turn wrote of it is superseded: of two rows with one key the store could keep the wrong one.
            var isNewToo = _turn.Enrolments.Remove(enrolment.Id, out var open) && open.New;
            _turn.Moved.Add(RowOf(enrolment with { State = new EnrolmentState.Ended(Outcome.Removed, now, "merged", null) }, isNewToo));
        }
        Gather(tombstone, loser.FlipAt, entry.Sequence, now, isEvent: false);
    }

    void DeadLetter(JournalEntry entry, string why, Instant now) =>
        _turn.Writes.DeadLetters.Add(new(entry.Partition, entry.Sequence, now, why, entry.Body));
}
