using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.Telemetry;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

sealed partial class Worker
{
    readonly Turn _turn = new();
    IStoreUnit? _unit;
    IStoreUnit Unit => _unit ?? throw new InvalidOperationException("There is no turn under way.");
    readonly List<MadeEntry> _made = [];
    readonly List<AppendItem> _items = [];
    readonly List<AppendResult> _appended = [];
    readonly List<ContactId> _wanted = [];
    /// <summary>Relay rows may wait for delivery.</summary>
    bool _relays;

    public long Commits { get; private set; }
    public long EntriesProcessed { get; private set; }
    public long TimersFired { get; private set; }
    public long Bursts { get; private set; }
    public long EnrolmentsStarted { get; private set; }

    /// <summary>One commit: appends what was taken from the queue, runs what is due by <paramref name="now"/> up to a bound, stores, claims messages.</summary>
    /// <returns>The requests whose items are all committed; the caller answers them.</returns>
    /// <exception cref="StoreException">Nothing of the turn happened; the caller recovers and answers <paramref name="requests"/> with the failure.</exception>
    public async ValueTask<IReadOnlyList<SubmissionRequest>> TurnAsync(IReadOnlyList<SubmissionRequest> requests, Instant now, CancellationToken cancellationToken)
    {
        _turn.Clear();
        _stages.Begin(requests);
        _stages.Enter("append");
        await using var unit = await _store.BeginAsync(Partitions, cancellationToken);
        _unit = unit;
        if (requests.Count > 0)
            await AppendAsync(unit, requests, now, cancellationToken);
        if (IsShared)
            await ReadOnAsync(unit, cancellationToken);
        else if (_relays)
            await DeliverRelaysAsync(unit, now, cancellationToken);
        _stages.Enter("load");
        await ReadAheadAsync(unit, now, cancellationToken);
        await PrefetchAsync(unit, now, cancellationToken);
        _stages.Enter("step");
        await WorkAsync(unit, now, cancellationToken);
        // After everything that is due, or a flip of this very instant would be taken for the fill's.
        if (_turn.Items < _options.ItemsPerCommit && !(_due.TryPeek(out var head, out _) && head.Wall <= now))
            await RunJobSliceAsync(unit, now, cancellationToken);
        _stages.Enter("write");
        GatherRows();
        // Blocks are written before anything is claimed, so that the claim sees those of this very commit.
        await unit.WriteAsync(_turn.Writes, cancellationToken);
        _turn.RelaysWritten |= _turn.Writes.Relays.Count > 0;
        _turn.Tally.DeadLetters += _turn.Writes.DeadLetters.Count;
        _turn.Writes.Clear();
        _stages.Enter("claim");
        await ClaimAsync(unit, now, cancellationToken);
        await unit.WriteAsync(_turn.Writes, cancellationToken);
        _stages.Enter("commit");
        await WriteRepliesAsync(unit, now, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        Committed();
        return _turn.Answered;
    }

    async ValueTask AppendAsync(IStoreUnit unit, IReadOnlyList<SubmissionRequest> requests, Instant now, CancellationToken cancellationToken)
    {
        _made.Clear();
        _items.Clear();
        _appended.Clear();
        var registry = State.Registry;
        var newNames = new HashSet<string>(StringComparer.Ordinal);
        foreach (var request in requests)
            foreach (var submission in request.Submissions)
            {
                var made = _maker.Make(submission, now, registry, registry.Definitions.Count + newNames.Count);
                foreach (var name in made.Names)
                    newNames.Add(name);
                _made.Add(made);
                _items.Add(made.Item);
            }

        await unit.AppendAsync(_items, now, _appended, cancellationToken);
        if (IsShared)
            await ReadMissedAsync(unit, _appended, cancellationToken);
        var index = 0;
        foreach (var request in requests)
        {
            for (var item = 0; item < request.Submissions.Count; item++, index++)
                Took(unit, request, item, _made[index], _appended[index], now);
            if (request.Beside is { } beside)
                await beside(unit, request.Results, now, cancellationToken);
            if (request.Open == 0)
                _turn.Answered.Add(request);
        }

        if (newNames.Count > 0)
            await NamesSeenAsync(unit, newNames, now, cancellationToken);
    }

    void Took(IStoreUnit unit, SubmissionRequest request, int item, MadeEntry made, AppendResult appended, Instant now)
    {
        _turn.Tally.Took(appended.Outcome);
        request.Results[item] = AppendOutcomes.Of(made, appended, _turn.Writes, now);
        if (appended.Outcome != AppendOutcome.Appended)
        {
            request.Open--;
            return;
        }

        LastContact = Math.Max(LastContact, appended.Contact.Number);
        for (var entry = 0; entry < appended.Entries.Length; entry++)
        {
            Tail(unit, appended.Entries[entry]);
            if (IsShared)
                Read(unit, appended.Entries[entry]);
            HasAnonymous = HasAnonymous || HasAnonymousId(appended.Entries[entry].Attached);
            var isOwn = appended.Entries[entry].Body.Equals(made.Item.Body);
            _backlog.Enqueue(new(appended.Entries[entry], request, item, IsAnswer: entry == appended.Entries.Length - 1) { Body = isOwn ? made.Body : null });
        }
    }

    static bool HasAnonymousId(ImmutableArray<Identity> identities)
    {
        foreach (var identity in identities)
            if (identity.Kind == IdentityKind.AnonymousId)
                return true;
        return false;
    }

    async ValueTask DeliverRelaysAsync(IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        var entries = await unit.DeliverRelaysAsync(now, _options.ItemsPerCommit, cancellationToken);
        foreach (var entry in entries)
        {
            Tail(unit, entry);
            _backlog.Enqueue(new(entry, null, 0, false));
        }

        _relays = entries.Count == _options.ItemsPerCommit;
    }

    static readonly Duration Horizon = Duration.FromSeconds(5);

    async ValueTask ReadAheadAsync(IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        var horizon = now + Horizon;
        if (_frontier is not { } frontier || frontier > horizon)
            return;
        foreach (var queue in Queues())
            // Even when the heap is full a queue that is behind the head of the heap is read on: nothing could fire before it.
            while (queue.NextBeyond is { } beyond && beyond <= horizon
                && (_due.Count < _options.TimersAhead || !_due.TryPeek(out var head, out _) || beyond <= head.Wall)
                && await queue.ReadAsync(unit, horizon, item => _due.Enqueue(item, item), cancellationToken) == DueQueue.Page)
            {
            }

        FindFrontier();
    }

    /// <summary>Reads, in one go, the contacts that this turn will touch (no query per contact): of what it can take at most, in the order in which it takes it.</summary>
    async ValueTask PrefetchAsync(IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        _wanted.Clear();
        _ahead.Clear();
        var room = _options.ItemsPerCommit;
        while (_ahead.Count < room && _due.TryPeek(out var due, out _) && due.Wall <= now)
            _ahead.Add(_due.Dequeue());
        var timer = 0;
        foreach (var entry in _backlog)
        {
            for (; room > 0 && timer < _ahead.Count && _ahead[timer].Wall < entry.Entry.ReceivedAt; timer++, room--)
                Want(_ahead[timer]);
            if (room-- <= 0)
                break;
            if (entry.Entry.Kind == EntryKind.Ask)
                Ask(entry.Entry);
            else if (!entry.Entry.NewContact)
                Want(entry.Entry.Contact);
        }

        for (; room > 0 && timer < _ahead.Count; timer++, room--)
            Want(_ahead[timer]);
        foreach (var report in _reports)
        {
            // Whoever gives partitions up takes them before all else.
            if (room-- <= 0 && !ClaimsNothing)
                break;
            Want(report.Row.Contact);
        }

        foreach (var item in _ahead)
            _due.Enqueue(item, item);
        await LoadAsync(unit, _wanted, cancellationToken);
        if (_asked.Count > 0)
            await LoadDesksAsync(unit, cancellationToken);
    }

    readonly List<DueItem> _ahead = [];

    void Want(DueItem due)
    {
        if (due.Line is null)
            Want(due.Contact);
    }

    void Want(ContactId contact)
    {
        if (_turn.Read.ContainsKey(contact) || _turn.Touched.ContainsKey(contact))
            return;
        if (Cache.TryGet(contact, out var cached))
            _turn.Read[contact] = cached;
        else
        {
            _turn.Read[contact] = null;
            _wanted.Add(contact);
        }
    }

    async ValueTask LoadAsync(IStoreUnit unit, List<ContactId> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
            return;
        _turn.Bodies.Clear();
        wanted.Sort();
        await unit.LoadContactsAsync(wanted, _turn.Bodies, cancellationToken);
        foreach (var (id, body) in _turn.Bodies)
            try
            {
                _turn.Read[id] = Parcours.Engine.State.ContactCodec.Decode(body.Span, State.Kept);
            }
            catch (UnknownFormException newer)
            {
                throw newer.At($"Contact {id} of partition {Partition.Of(id).Index}");
            }
            catch (Exception unreadable) when (unreadable is not (OutOfMemoryException or StackOverflowException))
            {
                _turn.Damaged[id] = unreadable.Message;
            }
    }

    /// <summary>The contact as this turn has it so far; null: it has no row and was not made here.</summary>
    /// <exception cref="DamagedContactException">Its row cannot be read.</exception>
    async ValueTask<(Contact? Contact, bool New)> ContactAsync(IStoreUnit unit, ContactId id, CancellationToken cancellationToken)
    {
        if (_turn.Touched.TryGetValue(id, out var touched))
            return touched;
        if (!_turn.Read.TryGetValue(id, out var contact))
        {
            _wanted.Clear();
            Want(id);
            await LoadAsync(unit, _wanted, cancellationToken);
            contact = _turn.Read[id];
        }

        if (contact is null && _turn.Damaged.TryGetValue(id, out var why))
            throw new DamagedContactException(id, why);
        return (contact, false);
    }

    /// <summary>Runs items by time; at one instant entries, then send results, then timers (Semantics 1.4).</summary>
    async ValueTask WorkAsync(IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        while (_turn.Items < _options.ItemsPerCommit)
        {
            // Whoever is to give partitions up waits for what is on its way alone: under a load that never ends, entries would keep it from that for ever.
            if (ClaimsNothing && _reports.TryDequeue(out var ended))
            {
                await ReportAsync(unit, ended, now, cancellationToken);
                continue;
            }

            var hasTimer = _due.TryPeek(out var due, out _) && due.Wall <= now;
            // A timer that is still in the store comes before what is later: the next turn reads it.
            if (_frontier is { } frontier && frontier <= now && (hasTimer ? frontier < due.Wall : _backlog.TryPeek(out var later) && frontier < later.Entry.ReceivedAt))
                return;
            if (_backlog.TryPeek(out var entry) && (!hasTimer || due.Wall >= entry.Entry.ReceivedAt))
            {
                if (IsBarrier(entry.Entry))
                    return;
                _backlog.Dequeue();
                await EntryAsync(unit, entry, cancellationToken);
            }
            else if (hasTimer && (_reports.Count == 0 || due.Wall < now))
            {
                _due.Dequeue();
                await TimerAsync(unit, due, cancellationToken);
            }
            else if (_reports.TryDequeue(out var report))
                await ReportAsync(unit, report, now, cancellationToken);
            else
                return;
            // Long bursts do not hold the store: what is left goes on in the next commit (Semantics 15.7).
            if (_turn.Items % 64 == 0 && _time.GetElapsedTime(started) > Slice)
                return;
        }
    }

    TimeSpan Slice => _options.Slice.ToTimeSpan();

    void GatherRows()
    {
        var writes = _turn.Writes;
        foreach (var (id, touched) in _turn.Touched)
            writes.Contacts.Add(new(id, _contactCodec.Encode(touched.Contact, State.Kept, _turn.BodiesWritten), touched.Contact.FlipAt, touched.New));
        writes.Contacts.Sort((left, right) => left.Contact.CompareTo(right.Contact));
        foreach (var (_, change) in _turn.Enrolments)
            writes.Enrolments.Add(RowOf(change.Enrolment, change.New));
        writes.Enrolments.AddRange(_turn.Moved);
        writes.Enrolments.Sort(static (left, right) =>
        {
            var order = left.Contact.CompareTo(right.Contact);
            if (order == 0)
                order = left.Journey.CompareTo(right.Journey);
            return order == 0 ? left.Number.CompareTo(right.Number) : order;
        });
        foreach (var desk in _turn.Desks.Values)
            desk.Write(writes);
        AddStates(writes);
        if (_turn.Items > 0)
            writes.Commit = new(0, _clockBefore, _states.Max(state => state.Clock), _turn.FirstEntry, _turn.LastEntry, _turn.Entries, _turn.Timers, _turn.Results);
    }

    void AddStates(WriteSet writes)
    {
        if (Partitions.IsAll)
            writes.States.AddRange(_states);
        else
            foreach (var partition in Partitions)
                writes.States.Add(_states[partition.Index]);
    }

    /// <summary>Whether an entry waits for its burst longer than is bearable; read by any thread.</summary>
    public bool IsBehind { get; private set; }

    void Committed()
    {
        IsBehind = _backlog.TryPeek(out var oldest) && Now() - oldest.Entry.ReceivedAt > _options.BehindMax;
        foreach (var (_, touched) in _turn.Touched)
            Cache.Put(touched.Contact);
        foreach (var (id, read) in _turn.Read)
            if (read is not null && !_turn.Touched.ContainsKey(id))
                Cache.Put(read);
        _relays |= _turn.RelaysWritten;
        foreach (var desk in _turn.Desks.Values)
            Committed(desk);
        Tell();
        Commits++;
        EntriesProcessed += _turn.Entries;
        TimersFired += _turn.Timers;
        _clockBefore = _states.Max(state => state.Clock);
        ClaimsCommitted();
        // Settled for good: a command that fails later must not have them settled again.
        _turn.Reports.Clear();
        foreach (var action in _afterCommit)
            action();
        _afterCommit.Clear();
        JobsCommitted();
    }

    /// <summary>What the turn came to, for whoever watches; once a commit.</summary>
    void Tell()
    {
        var tally = _turn.Tally;
        (tally.Entries, tally.Timers, tally.Results) = (_turn.Entries, _turn.Timers, _turn.Results);
        var now = Now();
        LookAtOldest();
        var overdue = _nextPending is { } next && next > Instant.MinValue && next < now ? now - next : Duration.Zero;
        EngineTelemetry.Committed(tally, new(_backlog.Count, _jobs.Length, _inFlight.Count, overdue));
        _stages.End(tally);
    }

    /// <summary>When the oldest entry that waits was received: microseconds; 0: none waits. Read by any thread.</summary>
    long _oldestMicroseconds;

    void LookAtOldest() => Volatile.Write(ref _oldestMicroseconds, _backlog.TryPeek(out var oldest) ? oldest.Entry.ReceivedAt.ToMicroseconds() : 0);

    /// <summary>How old the oldest entry is that waits for its burst, at this moment; read by any thread.</summary>
    public Duration Lag => Volatile.Read(ref _oldestMicroseconds) is > 0 and var oldest ? Duration.Max(Now() - Microseconds.ToInstant(oldest), Duration.Zero) : Duration.Zero;

    Instant _clockBefore;
}
