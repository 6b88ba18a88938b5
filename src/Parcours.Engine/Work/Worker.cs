using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Engine.Telemetry;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Work;

/// <summary>
/// The one writer: takes what is queued, appends it to the journal, runs bursts in the order of Semantics 1.4, and commits all that follows in one transaction.
/// </summary>
/// <remarks>
/// Everything here runs on one thread, a turn at a time. Whatever a turn has in memory beyond what is committed is dropped whole when the turn fails (<see cref="Forget"/>).
/// The parts: Worker.Turn (one commit), Worker.Journal (what others append), Worker.Items (entries, timers, send results), Worker.Outcome (bursts into rows), Worker.Outbox (claims), Worker.Settling (what became of messages), Worker.Jobs (sweeps, fills).
/// </remarks>
sealed partial class Worker
{
    readonly IStore _store;
    readonly EngineOptions _options;
    readonly TimeProvider _time;
    readonly EntryMaker _maker = new();
    readonly EntryCodec _entryCodec = new();
    readonly ContactCodec _contactCodec = new();

    /// <summary>Appended and not processed yet, in journal order.</summary>
    readonly Queue<BacklogEntry> _backlog = new();
    readonly PriorityQueue<DueItem, DueItem> _due = new();
    readonly Queue<SendReport> _reports = new();
    readonly ClaimWindow _window;
    readonly TurnStages _stages;

    /// <summary>The partitions' clocks (Semantics 1.3), cursors and epochs.</summary>
    readonly PartitionState[] _states = new PartitionState[Partition.Count];
    /// <summary>Microseconds, so that it is read and written whole: requests ask for the time from any thread.</summary>
    long _latestMicroseconds;
    Instant Latest => Microseconds.ToInstant(Interlocked.Read(ref _latestMicroseconds));

    Dictionary<JourneyId, DueQueue[]> _queues = [];
    readonly DueQueue _flips = new(null, TimerQueue.Calendar);

    public Worker(IStore store, EngineOptions options, TimeProvider time, EngineState state)
    {
        (_store, _options, _time, State) = (store, options, time, state);
        Cache = new(options.ContactCache);
        _window = new(options.MessagesInFlight, time);
        _stages = new(time);
    }

    /// <summary>On which partitions this process works.</summary>
    public PartitionSet Partitions { get; private set; } = PartitionSet.All;

    /// <summary>The snapshot of definitions that bursts run under; changed by the catalogue's commands only, on this thread.</summary>
    public EngineState State { get; }
    public ContactCache Cache { get; }

    /// <summary>Claimed messages on their way to a sender, in order of claim; drained by the outbox.</summary>
    public Queue<OutgoingMessage> ToSend { get; } = new();

    /// <summary>The engine's clock, never backwards (Semantics 1.9).</summary>
    public Instant Now() => Microseconds.ToInstant(NotBefore(Instant.FromDateTimeOffset(_time.GetUtcNow()).ToMicroseconds()));

    long NotBefore(long now)
    {
        while (true)
        {
            var latest = Interlocked.Read(ref _latestMicroseconds);
            if (now <= latest)
                return latest;
            if (Interlocked.CompareExchange(ref _latestMicroseconds, now, latest) == latest)
                return now;
        }
    }

    /// <summary>Whether all that came before this instant is done: journal and timers.</summary>
    public bool IsCaughtUp(Instant now) => _backlog.Count == 0 && !_unread && !_relays && !(NextTimer() <= now);

    public int BacklogLength => _backlog.Count;
    public bool HasReports => _reports.Count > 0;
    public void Report(SendReport report) => _reports.Enqueue(report);

    /// <summary>Whether anything can be done at this instant.</summary>
    public bool HasWork(Instant now) => _backlog.Count > 0 || _unread || _reports.Count > 0 || _relays || NextTimer() <= now || HasJobs || HasClaimable(now);

    /// <summary>The earliest instant at which a timer, a flip or a delayed message may be due; null: none.</summary>
    public Instant? NextDue()
    {
        var next = NextTimer();
        // While as many as may be are on their way, what else waits cannot go: the next report is what to wait for, not the time.
        if (HoldsSending || _inFlight.Count >= _window.Size || _nextPending is not { } waits)
            return next;
        var pending = Instant.Max(waits, ClaimsFrom);
        return next is null || pending < next ? pending : next;
    }

    Instant? NextTimer()
    {
        Instant? next = _due.TryPeek(out var head, out _) ? head.Wall : null;
        return _frontier is { } frontier && (next is null || frontier < next) ? frontier : next;
    }

    /// <summary>The earliest wall time at which the store may hold a timer that is not in the heap: nothing later may fire before that was read (Semantics 1.4). Null: there is none.</summary>
    Instant? _frontier;

    void FindFrontier()
    {
        _frontier = null;
        foreach (var queue in Queues())
            if (queue.NextBeyond is { } beyond && (_frontier is not { } least || beyond < least))
                _frontier = beyond;
    }

    /// <summary>Puts a new timer where it will be found: into the heap when its time is near, else it is read from the store then.</summary>
    void Expect(DueQueue queue, Instant due, DueItem item)
    {
        if (queue.Takes(due, item.Contact.Number, item.Timer?.Number ?? 0))
            _due.Enqueue(item, item);
        else if (queue.NextBeyond is { } beyond && (_frontier is not { } least || beyond < least))
            _frontier = beyond;
    }

    IEnumerable<DueQueue> Queues()
    {
        yield return _flips;
        foreach (var pair in _queues.Values)
            foreach (var queue in pair)
                yield return queue;
    }

    /// <summary>Reads where everything stands: at start, and again after a failed commit.</summary>
    public async ValueTask RecoverAsync(PartitionSet partitions, CancellationToken cancellationToken)
    {
        Partitions = partitions;
        Forget();
        foreach (var newest in await _store.Queries.ContactsAsync(long.MaxValue, descending: true, 1, cancellationToken))
            LastContact = newest.Contact.Number;
        HasAnonymous = LastContact > 0;
        await LookForErasuresAsync(cancellationToken);
        for (byte index = 0; index < Partition.Count; index++)
            _states[index] = new(new(index), 0, 0, Instant.FromUnixTimeTicks(0), 1);
        if (partitions == PartitionSet.None)
        {
            ForgetSettled([]);
            return;
        }

        await using var unit = await _store.BeginAsync(partitions, cancellationToken);
        foreach (var state in await unit.ReadStatesAsync(cancellationToken))
        {
            _states[state.Partition.Index] = state;
            NotBefore(state.Clock.ToMicroseconds());
        }

        await RecoverMessagesAsync(unit, cancellationToken);
        await RecoverLinesAsync(unit, cancellationToken);
        _relays = true;
        if (IsShared)
        {
            ReadFromCursors();
            return;
        }

        var behind = new List<JournalEntry>();
        foreach (var state in _states)
            if (state.Cursor < state.Tail)
                await ReadBehindAsync(unit, state, behind, cancellationToken);
        // One journal order over all partitions, as they were appended.
        foreach (var entry in behind.OrderBy(entry => entry.Sequence))
            _backlog.Enqueue(new(entry, null, 0, false));
        LookAtOldest();
    }

    static async ValueTask ReadBehindAsync(IStoreUnit unit, PartitionState state, List<JournalEntry> behind, CancellationToken cancellationToken)
    {
        var after = state.Cursor;
        while (true)
        {
            var page = await unit.ReadEntriesAsync(state.Partition, after, 1_000, cancellationToken);
            behind.AddRange(page);
            if (page.Count < 1_000)
                return;
            after = page[^1].Sequence;
        }
    }

    /// <summary>Appends a gap entry for partitions whose clock is old, so that what fell due meanwhile fires at its end (Semantics 1.6).</summary>
    public async ValueTask MarkGapAsync(Instant now, CancellationToken cancellationToken)
    {
        if (_time is Time.VirtualClock)
            return;
        var gone = PartitionSet.None;
        foreach (var state in _states)
            if (state.Clock > Instant.FromUnixTimeTicks(0) && now - state.Clock > _options.GapAfter)
                gone = gone.With(state.Partition);
        if (gone == PartitionSet.None)
            return;
        var from = _states.Where(state => gone.Contains(state.Partition)).Min(state => state.Clock);
        await using var unit = await _store.BeginAsync(gone, cancellationToken);
        var entries = await unit.AppendControlAsync(gone, EntryKind.Gap, _entryCodec.Encode(new EntryBody.Gap(from, now)), now, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        foreach (var entry in entries)
        {
            Tail(unit, entry);
            // Of a shared store they are read with what others have appended before them.
            if (!IsShared)
                _backlog.Enqueue(new(entry, null, 0, false));
        }

        // Nothing that fell due inside the gap may fire before its end.
        for (var index = 0; index < _states.Length; index++)
            if (gone.Contains(_states[index].Partition))
                _states[index] = _states[index] with { Clock = now };
    }

    void Tail(IStoreUnit unit, JournalEntry entry)
    {
        // Where others append too this follows what is read (Read), so that a change of the catalogue is not numbered over.
        if (!IsShared)
            unit.NumberAfter(entry.Partition, entry.Sequence);
        ref var state = ref _states[entry.Partition.Index];
        if (entry.Sequence > state.Tail)
            state = state with { Tail = entry.Sequence };
    }

    /// <summary>Drops everything in memory that might not be committed (Semantics 3.8).</summary>
    public void Forget()
    {
        Cache.Clear();
        _backlog.Clear();
        _due.Clear();
        // What senders reported is still true; what the turn made of it is not.
        foreach (var report in _turn.Reports)
            if (_inFlight.Add(report.Row.Key))
                _reports.Enqueue(report);
        _cancelled.Clear();
        _claimed.Clear();
        _afterCommit.Clear();
        _turn.Clear();
        ForgetLines();
        _flips.Reset();
        _queues = [];
        (_nextPending, _heldUpTo) = (null, null);
        _sliced.Clear();
        _barriers = 0;
        ListenToQueues();
    }

    /// <summary>Makes the timer queues match the journeys and their dials: after a catalogue change.</summary>
    public void ListenToQueues()
    {
        var queues = new Dictionary<JourneyId, DueQueue[]>();
        foreach (var journey in State.Catalogue.Journeys)
        {
            var stopped = journey.Status is not JourneyStatus.Live || journey.Dials.PausedAt is not null;
            var known = _queues.GetValueOrDefault(journey.Id);
            if (known is not null && known[0].Stopped == stopped && known[0].Frozen == journey.Dials.Frozen && known[0].Held.SetEquals(journey.Dials.HeldPoints))
            {
                queues.Add(journey.Id, known);
                continue;
            }

            // Paused, resumed (whole, or a point of it) or new: what the heap holds of it is void, and it is read anew (Semantics 8.2: no row is rewritten).
            Evict(journey.Id);
            queues.Add(journey.Id, [
                new(journey.Id, TimerQueue.Elapsed) { Frozen = journey.Dials.Frozen, Stopped = stopped, Held = journey.Dials.HeldPoints },
                new(journey.Id, TimerQueue.Calendar) { Stopped = stopped },
            ]);
        }

        foreach (var gone in _queues.Keys.Except(queues.Keys))
            Evict(gone);
        _queues = queues;
        FindFrontier();
    }

    void Evict(JourneyId journey)
    {
        if (!_queues.ContainsKey(journey))
            return;
        var kept = _due.UnorderedItems.Select(item => item.Element).Where(item => item.Timer?.Journey != journey).ToList();
        _due.Clear();
        foreach (var item in kept)
            _due.Enqueue(item, item);
    }
}
