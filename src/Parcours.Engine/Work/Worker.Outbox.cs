using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Work;

/// <summary>The outbox: the machine decided, here it is cancelled, guarded, claimed and handed over (Semantics 10); Worker.Settling has the way back.</summary>
sealed partial class Worker
{
    readonly List<(EnrolmentId Enrolment, ContactId Contact)> _cancelled = [];
    /// <summary>Claimed in this turn; with why one is not sent after all.</summary>
    readonly List<(MessageRow Row, string? Skip)> _claimed = [];
    /// <summary>Messages that a sender has, or that wait for one: none of them may be claimed again.</summary>
    readonly HashSet<MessageKey> _inFlight = [];
    readonly HashSet<MessageKey> _cancelledInFlight = [];
    readonly HashSet<MessageKey> _cancelledHere = [];
    /// <summary>No pending message in the store can be handed over before this; null: none waits.</summary>
    Instant? _nextPending = Instant.MinValue;

    public long MessagesSent { get; private set; }
    public required IReadOnlyDictionary<string, IChannel> Channels { get; init; }
    public int InFlight => _inFlight.Count;

    /// <summary>The engine stops, or gives partitions up: what waits is left to whoever comes next.</summary>
    public bool ClaimsNothing { get; set; }

    /// <summary>Until then nothing is claimed: whoever had these partitions before may have handed as much to the provider as that takes (Semantics 10.7).</summary>
    public Instant ClaimsFrom { get; set; } = Instant.MinValue;

    /// <summary>Everything waits until somebody says that it may go, and while what may not go is taken out (Semantics 12.3).</summary>
    public bool HoldsSending { get; private set; }

    void LookWhetherHeld() => HoldsSending = State.Current.SendingHeld || _jobs.Any(static job => job is DiscardJob);

    bool MayClaim(Instant now) => !ClaimsNothing && !HoldsSending && now >= ClaimsFrom;

    bool HasClaimable(Instant now) => MayClaim(now) && _nextPending is { } next && next <= now && _inFlight.Count < _window.Size;

    void GatherMessage(Contact contact, MessageDecision decision, Instant now)
    {
        var enrolment = EnrolmentOf(contact, decision.Enrolment);
        _rowWriter.Clear();
        // A webhook was filled when it was decided: journey data is in it already.
        MessageDataCodec.Write(_rowWriter, enrolment?.StartEvent, enrolment is null || decision.Request is not null ? [] : enrolment.Data.Json.Span, decision.Window, decision.Request, decision.Place);
        var behind = Now() - now > Duration.FromSeconds(1) && _time is not Time.VirtualClock;
        _turn.Messages.Add(new(
            Unit.TakeMessageNumber(Partition.Of(contact.Id)), decision.Key, contact.Id, decision.Enrolment, decision.Journey, decision.Version, decision.Point, decision.Visit, decision.Channel,
            decision.Content, decision.Topic, decision.Purpose, decision.Address, decision.DecidedAt, decision.NotBefore ?? now, decision.Expires,
            decision.Skip is null ? MessageStatus.Pending : MessageStatus.Skipped, decision.Skip, null, 0, decision.Skip is null ? null : now,
            // Semantics 1.7: decided late, so what was received meanwhile is heard first.
            behind ? Now() : null, _rowWriter.ToArray()));
    }

    Enrolment? EnrolmentOf(Contact contact, EnrolmentId id)
    {
        foreach (var enrolment in contact.Enrolments)
            if (enrolment.Id == id)
                return enrolment;
        return _turn.Enrolments.TryGetValue(id, out var change) ? change.Enrolment : null;
    }

    /// <summary>Cancels, then claims what may go now: the claim re-reads blocks in its own transaction (Semantics 10.3), and rides in the commit that decided the message where it can (10.8).</summary>
    async ValueTask ClaimAsync(IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        if (_cancelled.Count > 0)
        {
            _cancelledHere.Clear();
            foreach (var (enrolment, contact) in _cancelled)
                await CancelAsync(unit, enrolment, contact, now, cancellationToken);
            _cancelled.Clear();
            if (_freed.Count > 0)
                await GiveBackAsync(unit, now, cancellationToken);
            // Before anything is claimed, or what was cancelled here would still be found waiting, and go.
            await unit.WriteAsync(_turn.Writes, cancellationToken);
            _turn.Writes.Clear();
        }

        _claimed.Clear();
        _candidates.Clear();
        await CandidatesAsync(unit, now, cancellationToken);
        if (_candidates.Count > 0)
            await GuardAsync(unit, now, cancellationToken);
        _turn.Writes.NewMessages.AddRange(_turn.Messages);
    }

    /// <summary>What may be claimed, with its place among the messages of this turn; −1: it is in the store already.</summary>
    readonly List<(MessageRow Row, int Place)> _candidates = [];

    async ValueTask CancelAsync(IStoreUnit unit, EnrolmentId enrolment, ContactId contact, Instant now, CancellationToken cancellationToken)
    {
        for (var index = 0; index < _turn.Messages.Count; index++)
            if (_turn.Messages[index] is { Status: MessageStatus.Pending } row && row.Enrolment == enrolment)
            {
                _turn.Messages[index] = row with { Status = MessageStatus.Cancelled, SettledAt = now, Why = "exit" };
                CountCancelled(row);
                Frees(contact, row);
            }

        foreach (var row in await UnsentAsync(unit, enrolment, contact, cancellationToken))
        {
            if (_inFlight.Contains(row.Key))
            {
                // A sender has it already: what it reports stands; only a second try is cancelled. The row says so too, should the process die before the report.
                _cancelledInFlight.Add(row.Key);
                _turn.Writes.MessageUpdates.Add(new(row.Number, row.Contact, MessageStatus.Pending, LeftInFlight, now, row.NotBefore, row.Claimed, row.Attempts, null));
                continue;
            }

            // An enrolment that is cancelled twice in a turn, by an exit and by a merge, still has it pending in the store.
            if (row.Claimed is not null || !_cancelledHere.Add(row.Key))
                continue;
            _turn.Writes.MessageUpdates.Add(new(row.Number, row.Contact, MessageStatus.Cancelled, "exit", now, null, null, row.Attempts, null));
            CountCancelled(row);
            Frees(contact, row);
        }
    }

    /// <summary>Messages stay with the contact for whom they were decided, also when that one was merged into another.</summary>
    async ValueTask<List<MessageRow>> UnsentAsync(IStoreUnit unit, EnrolmentId enrolment, ContactId contact, CancellationToken cancellationToken)
    {
        var unsent = new List<MessageRow>(await unit.ReadUnsentOfAsync(enrolment, contact, cancellationToken));
        var whole = await ReadableAsync(unit, contact, "Cancelling messages", Latest, cancellationToken);
        foreach (var absorbed in whole?.Contact?.Absorbed ?? [])
            unsent.AddRange(await unit.ReadUnsentOfAsync(enrolment, absorbed, cancellationToken));
        return unsent;
    }

    /// <summary>Why a row is still claimed whose enrolment was taken out meanwhile.</summary>
    const string LeftInFlight = "exit";

    void Frees(ContactId contact, MessageRow row)
    {
        if (row.Purpose == MessagePurpose.Marketing && !State.Catalogue.Caps.IsEmpty)
            _freed.Add((contact, row.Key));
    }

    void CountCancelled(MessageRow row) => Count(new(CounterKind.MessageSettled, row.Journey, row.Version, row.Point, "cancelled"), 1);

    async ValueTask CandidatesAsync(IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        var room = MayClaim(now) ? _window.Size - _inFlight.Count : 0;
        if (_nextPending is { } next && next <= now && room > 0)
            room -= await PendingAsync(unit, room, now, cancellationToken);
        for (var place = 0; place < _turn.Messages.Count; place++)
        {
            var row = _turn.Messages[place];
            if (row.Status != MessageStatus.Pending)
                continue;
            if (room > 0 && MayGo(row, now))
            {
                _candidates.Add((row, place));
                room--;
            }
            else
                Waits(row.NotBefore);
        }
    }

    /// <summary>All that waits up to this key is held by a pause: it is not looked at again before that may have changed.</summary>
    (Instant NotBefore, long Number)? _heldUpTo;

    /// <summary>Takes the next few of those whose time has come. How many wait plays no part: the rest of a long queue is not read.</summary>
    async ValueTask<int> PendingAsync(IStoreUnit unit, int room, Instant now, CancellationToken cancellationToken)
    {
        var found = 0;
        var after = _heldUpTo;
        var onlyHeld = true;
        _nextPending = null;
        for (var page = 0; page < 16; page++)
        {
            var limit = Math.Clamp(room - found + 1, 16, 256);
            var rows = await unit.ReadPendingMessagesAsync(unit.Partitions, now, after, limit, cancellationToken);
            foreach (var row in rows)
            {
                if (found == room)
                {
                    Pending(row.NotBefore);
                    return found;
                }

                after = (row.NotBefore, row.Number);
                if (IsHeld(row))
                {
                    if (onlyHeld)
                        _heldUpTo = after;
                    continue;
                }

                onlyHeld = false;
                if (MayGo(row, now))
                {
                    _candidates.Add((row, -1));
                    found++;
                }
                else
                    // It waits for the backlog (Semantics 1.7), which is worked off in the next commits.
                    Pending(row.NotBefore);
            }

            if (rows.Count < limit)
            {
                // Nothing else may go now; the earliest of the rest says when to come back.
                var later = await unit.ReadPendingMessagesAsync(unit.Partitions, Instant.MaxValue, (now, long.MaxValue), 1, cancellationToken);
                if (later.Count > 0)
                    Pending(later[0].NotBefore);
                return found;
            }
        }

        Pending(now);
        return found;
    }

    /// <summary>A message came to wait, or waits again, until then.</summary>
    void Waits(Instant at)
    {
        if (_heldUpTo is { } held && at <= held.NotBefore)
            _heldUpTo = null;
        Pending(at);
    }

    void Pending(Instant at) => _nextPending = _nextPending is { } next && next <= at ? next : at;

    bool MayGo(MessageRow row, Instant now) =>
        row.NotBefore <= now && !IsHeld(row) &&
        (row.HoldUntilClock is not { } hold || !_backlog.TryPeek(out var head) || head.Entry.ReceivedAt > hold || now > hold + Duration.FromSeconds(60));

    /// <summary>Unsent messages of a paused journey are held (Semantics 8.3).</summary>
    bool IsHeld(MessageRow row) => _paused.Contains(row.Journey);

    readonly HashSet<JourneyId> _paused = [];

    async ValueTask GuardAsync(IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        // In one go, for those that waited in the outbox; the senders find them in the cache then.
        _wanted.Clear();
        foreach (var (row, _) in _candidates)
            Want(row.Contact);
        await LoadAsync(unit, _wanted, cancellationToken);
        var questions = new List<BlockQuestion>(_candidates.Count);
        _archived.Clear();
        foreach (var (row, _) in _candidates)
        {
            var (who, isArchived) = row.Purpose == MessagePurpose.Transactional ? default : await WhoIsNowAsync(unit, row.Contact, cancellationToken);
            if (isArchived)
                _archived.Add(questions.Count);
            questions.Add(new(who, row.Channel, row.Topic, row.Address is { } address ? EntryMaker.HashOf(address) : null, row.Purpose == MessagePurpose.Transactional));
        }

        var blocked = await unit.ReadBlockedAsync(questions, cancellationToken);
        for (var index = 0; index < _candidates.Count; index++)
        {
            var (row, place) = _candidates[index];
            // Before it is claimed: what cannot be read must not be found out when it is on its way.
            var opening = OpeningOf(row);
            var skip = blocked.Contains(index) ? "refused" : _archived.Contains(index) ? "archived" : row.Expires < now ? "expired" : null;
            if (skip is null && !opening.IsOpen(now))
            {
                (var wait, skip) = opening.Judge(now, Opening.Share(row.Journey, row.Point, row.Contact), row.Expires);
                if (wait is not null)
                {
                    Postpone(row, place, wait.Due!.Value, now);
                    continue;
                }
            }

            var claimed = row with { Claimed = now, Attempts = row.Attempts + 1 };
            if (place >= 0)
                _turn.Messages[place] = claimed;
            else
                _turn.Writes.MessageUpdates.Add(new(claimed.Number, claimed.Contact, MessageStatus.Pending, null, now, claimed.NotBefore, now, claimed.Attempts, null));
            _claimed.Add((claimed, skip));
        }
    }

    /// <summary>The window is the message's own; quiet hours are those of now, where its contact lived when it was decided.</summary>
    Opening OpeningOf(MessageRow row) =>
        new(MessageDataCodec.Window(row.Data.Span), State.Catalogue.Quiet, State.Catalogue.Quiet.Rules.IsEmpty ? null : MessageDataCodec.Place(row.Data.Span), row.Channel, row.Purpose);

    /// <summary>A provider's delay, a pause or a stop has carried it out of its window: it waits for the next opening (Semantics 10.4).</summary>
    void Postpone(MessageRow row, int place, Instant opens, Instant now)
    {
        if (place >= 0)
            _turn.Messages[place] = row with { NotBefore = opens };
        else
            _turn.Writes.MessageUpdates.Add(new(row.Number, row.Contact, MessageStatus.Pending, row.Why, now, opens, null, row.Attempts, null));
        Waits(opens);
    }

    /// <summary>Of the candidates, by their place, those whose contact is archived: marketing does not go to them (Semantics 6.16).</summary>
    readonly HashSet<int> _archived = [];

    /// <summary>Messages stay with whom they were decided for; whoever has absorbed that contact decides what it still wants to hear.</summary>
    async ValueTask<(ContactId Contact, bool IsArchived)> WhoIsNowAsync(IStoreUnit unit, ContactId id, CancellationToken cancellationToken)
    {
        for (var hops = 0; hops < 16 && !_turn.Damaged.ContainsKey(id) && await ContactAsync(unit, id, cancellationToken) is ({ } contact, _); hops++)
        {
            if (contact.MergedInto is not { } winner)
                return (id, contact.IsArchived);
            id = winner;
        }

        return (id, false);
    }

    void ClaimsCommitted()
    {
        foreach (var (row, skip) in _claimed)
        {
            _inFlight.Add(row.Key);
            if (skip is not null)
                _reports.Enqueue(new(row, new(SendOutcome.Skipped, skip)));
            else
                ToSend.Enqueue(Outgoing(row));
        }

        _claimed.Clear();
        // Only now: a turn that fails hears the report again, and the cancelling with it.
        foreach (var report in _turn.Reports)
        {
            _cancelledInFlight.Remove(report.Row.Key);
            _answeredInFlight.Remove(report.Row.Key);
        }

        foreach (var (key, row) in _turn.Answers)
            if (_inFlight.Contains(key))
                _answeredInFlight[key] = row;
    }

    OutgoingMessage Outgoing(MessageRow row)
    {
        if (!Cache.TryGet(row.Contact, out var contact) || contact is null)
            contact = null;
        var (startEvent, data) = MessageDataCodec.Read(row.Data.Span);
        return new(row, contact ?? new Contact(row.Contact, row.DecidedAt), data, startEvent, State.Current.JourneyNames.GetValueOrDefault(row.Journey.Value) ?? row.Journey.Value, Latest)
        {
            NeedsContact = contact is null,
            ClosesAt = OpeningOf(row).Closes(Latest),
            Request = MessageDataCodec.Request(row.Data.Span),
            Tracking = State.Catalogue.TrackingOf(row.Journey, row.Version, row.Point),
            ContentVersion = State.Catalogue.PinnedContentOf(row.Journey, row.Version, row.Point),
        };
    }
}
