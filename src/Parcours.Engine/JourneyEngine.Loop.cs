using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine;

/// <summary>The worker's thread: the one place where a failing store is caught, counted and retried.</summary>
public sealed partial class JourneyEngine
{
    readonly List<SubmissionRequest> _taken = [];
    readonly List<(Instant To, SubmissionRequest? Then, TaskCompletionSource Done)> _advances = [];
    readonly System.Collections.Concurrent.ConcurrentQueue<(Instant? To, SubmissionRequest? Then, TaskCompletionSource Done)> _waits = new();
    readonly List<TaskCompletionSource> _settles = [];
    Task? _reading;

    OwnThread? _ownThread;

    void Run()
    {
        // A store with one writer completes nearly everything synchronously (docs/decisions/0002); what does not comes back to this thread.
        _ownThread = new(_signal.Set);
        _ownThread.Run(() => LoopAsync(_stopping.Token));
    }

    async Task LoopAsync(CancellationToken cancellationToken)
    {
        var recovered = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                _ownThread!.GoOn();
                if (!recovered)
                {
                    await _store.TakeOverAsync(_options.StandsBy ? StandBy : null, cancellationToken);
                    TakeReports();
                    await _worker.RecoverAsync(cancellationToken);
                    var now = _worker.Now();
                    await _catalogue.LoadAsync(now, cancellationToken);
                    await _worker.MarkGapAsync(now, cancellationToken);
                    recovered = true;
                    NotReadyBecause = null;
                    WorksHere();
                }

                if (!await OnceAsync(cancellationToken))
                    Sleep();
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (UnknownFormException newer)
            {
                recovered = false;
                GiveUp(newer);
                break;
            }
            catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException))
            {
                recovered = false;
                Fail(failure);
                if (!_started.Task.IsCompletedSuccessfully)
                {
                    _started.TrySetException(failure);
                    return;
                }

                // Whatever it was, everything in memory is read anew before the next try.
                _signal.Reset();
                cancellationToken.WaitHandle.WaitOne(_options.RetryAfter.ToTimeSpan());
            }
        }

        await SettleLastAsync(recovered);
        Volatile.Write(ref _ended, true);
        FailAll();
    }

    /// <summary>What senders reported last is settled before the end, so that a restart leaves nothing in doubt of which all is known.</summary>
    async ValueTask SettleLastAsync(bool recovered)
    {
        await StopSendersAsync();
        TakeReports();
        if (!recovered || !_worker.HasReports)
            return;
        try
        {
            _worker.ClaimsNothing = true;
            await _worker.TurnAsync([], _worker.Now(), CancellationToken.None);
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException))
        {
            // Then the next start finds them in doubt.
        }
    }

    void TakeReports()
    {
        while (_arrived.TryDequeue(out var report))
            _worker.Report(report);
    }

    bool _ended;

    /// <summary>Nobody waits for an engine that has stopped; called again by whoever was queued while it did.</summary>
    void FailAll()
    {
        Exception stopping = _gaveUp is null ? new OperationCanceledException("The engine is stopping.") : _gaveUp;
        lock (_open)
            FailOpen(stopping);
        while (_commands.TryDequeue(out var command))
            command.Fail?.Invoke(stopping);
        while (_waits.TryDequeue(out var wait))
            wait.Done.TrySetException(stopping);
        foreach (var (_, _, done) in _advances)
            done.TrySetException(stopping);
        foreach (var done in _settles)
            done.TrySetException(stopping);
    }

    /// <summary>Does what can be done at this instant; false when there is nothing.</summary>
    async ValueTask<bool> OnceAsync(CancellationToken cancellationToken)
    {
        TakeReports();
        while (_waits.TryDequeue(out var wait))
            if (wait.To is { } to)
                _advances.Add((to, wait.Then, wait.Done));
            else
                _settles.Add(wait.Done);
        StartReaders();
        var now = _worker.Now();
        // A command acts at its place in the order: after all that came before it, before what comes next (Semantics 6.2). Intake waits for it the moment it takes to get there,
        // or under a steady load nothing would ever be published or paused. In turns, so that neither keeps the other from its work.
        var commandNext = _virtual is null && !_commands.IsEmpty && !_commandLast;
        if (commandNext && _worker.IsCaughtUp(now))
            return await CommandAsync(now, cancellationToken);
        _commandLast = false;
        // Under a load that never rests it is done all the same, once it is well overdue.
        if (_nextTrim > Instant.MinValue && now > _nextTrim + Duration.FromMinutes(10) && await KeepHouseAsync(now, cancellationToken))
            return true;
        if (!commandNext)
            Take();
        if (_taken.Count > 0 || _worker.HasWork(now))
        {
            await TurnAsync(now, cancellationToken);
            return true;
        }

        if (await SendInlineAsync(cancellationToken))
            return true;
        if (_worker.NextEnd is { } end && end.At <= now)
        {
            await _catalogue.EndAsync(end.Journey.Id, now, cancellationToken);
            return true;
        }

        return await KeepHouseAsync(now, cancellationToken) || await CommandAsync(now, cancellationToken) || AtRest(now);
    }

    bool _commandLast;

    async ValueTask<bool> CommandAsync(Instant now, CancellationToken cancellationToken)
    {
        if (!_commands.TryDequeue(out var command))
            return false;
        _commandLast = true;
        await command.Run(now, cancellationToken);
        return true;
    }

    Instant _nextTrim = Instant.MinValue;
    Instant? _nextPrune;

    /// <summary>What is past its time is dropped in bounded pieces when there is nothing else to do; in virtual time daily, since hours pass in no time.</summary>
    async ValueTask<bool> KeepHouseAsync(Instant now, CancellationToken cancellationToken)
    {
        _nextPrune ??= now + Duration.FromDays(1);
        if (now >= _nextPrune)
        {
            _nextPrune = now + Duration.FromDays(1);
            if (_worker.HasAnonymous)
            {
                _worker.StartPruning(now);
                return true;
            }
        }

        if (now < _nextTrim)
            return false;
        await using var unit = await _store.BeginAsync(Journeys.Contacts.PartitionSet.All, cancellationToken);
        var more = await unit.TrimAsync(now, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        _nextTrim = more ? now : now + (_virtual is null ? Duration.FromHours(1) : Duration.FromDays(1));
        return true;
    }

    async ValueTask TurnAsync(Instant now, CancellationToken cancellationToken)
    {
        var answered = await _worker.TurnAsync(_taken, now, cancellationToken);
        _told = null;
        _taken.Clear();
        foreach (var request in answered)
        {
            _open.Remove(request);
            Interlocked.Add(ref _queued, -request.Submissions.Count);
            request.Complete();
        }

        HandOver();
    }

    /// <summary>Takes whole requests up to a commit's worth; a larger backlog takes no more in, which is the back-pressure.</summary>
    void Take()
    {
        var room = _options.ItemsPerCommit - _worker.BacklogLength;
        while (room > 0 && _requests.TryDequeue(out var request))
        {
            _taken.Add(request);
            _open.Add(request);
            room -= request.Submissions.Count;
        }
    }

    /// <summary>Nothing is left to do at this instant: virtual time may move on, and who waited for rest is told.</summary>
    bool AtRest(Instant now)
    {
        if (_reading is not null || _worker.HasUnfinishedJobs || _worker.InFlight > 0 || !_requests.IsEmpty || !_commands.IsEmpty)
            return false;
        foreach (var settled in _settles)
            settled.TrySetResult();
        _settles.Clear();
        if (_virtual is null || _advances.Count == 0)
            return false;
        var (to, then, done) = _advances[0];
        var next = _worker.NextDue();
        if (_worker.NextEnd is { } end && (next is null || end.At < next))
            next = end.At;
        if (_worker.HasAnonymous && _nextPrune is { } prune && (next is null || prune < next))
            next = prune;
        // What comes in at an instant counts before what falls due at it (Semantics 1.4).
        if (next is { } due && (then is null ? due <= to : due < to))
        {
            _virtual.MoveTo(due > now ? due : now);
            // A queue that was not read yet says "perhaps now": the turn reads it, and then it knows.
            return due > now || _worker.HasWork(_worker.Now());
        }

        _virtual.MoveTo(to);
        _advances.RemoveAt(0);
        if (then is not null)
        {
            Interlocked.Add(ref _queued, then.Submissions.Count);
            _requests.Enqueue(then);
        }

        done.TrySetResult();
        return true;
    }

    /// <summary>Gathers run beside the worker: one reader at a time.</summary>
    void StartReaders()
    {
        if (_reading is { IsCompleted: false })
            return;
        var finished = _reading;
        _reading = null;
        finished?.GetAwaiter().GetResult();
        foreach (var job in _worker.Jobs)
            if (job is GatherJob { NeedsReader: true } gather)
            {
                var now = _worker.Now();
                _reading = Task.Run(async () =>
                {
                    await gather.ReadAsync(_store.Queries, now, _stopping.Token);
                    _signal.Set();
                });
                return;
            }
    }

    void Sleep()
    {
        var next = _worker.NextDue();
        if (_worker.NextEnd is { } end && (next is null || end.At < next))
            next = end.At;
        var wait = TimeSpan.FromSeconds(1);
        if (_virtual is null && next is { } due)
        {
            var left = (due - _worker.Now()).ToTimeSpan();
            wait = left < wait ? left : wait;
        }

        // A timer is never early: half a millisecond more, and it is due when we wake.
        if (wait > TimeSpan.Zero)
            _signal.Wait(wait + TimeSpan.FromMilliseconds(0.5));
        _signal.Reset();
    }

    /// <summary>What a newer program wrote is neither skipped nor guessed (Semantics 13.4). All partitions are of one commit here, so all of them stand until that program runs.</summary>
    void GiveUp(UnknownFormException newer)
    {
        NotReadyBecause = $"The engine has stopped, and nothing is lost: a newer version of Parcours wrote what this one cannot read. Start that version. {newer.Message}";
        _gaveUp = new StoreException(StoreFailure.TooNew, NotReadyBecause, newer);
        Tell(NotReadyBecause);
        FailOpen(_gaveUp);
        _started.TrySetException(_gaveUp);
    }

    StoreException? _gaveUp;
    string? _told;

    /// <summary>Once a fault, though it is met again at each try.</summary>
    void Tell(string why)
    {
        if (_told == why)
            return;
        _told = why;
        _options.Faulted?.Invoke(why);
    }

    WorkedOnBy? _workedOnBy;
    CancellationTokenSource? _gone;

    /// <summary>Somebody else works on the partitions: whoever asks here is told so, or sent there, and nothing waits for a change that may never come.</summary>
    void StandBy(WorkingNode other)
    {
        NotReadyBecause = other.Why;
        Tell(other.Why);
        FailOpen(new StoreException(StoreFailure.InUse, other.Why));
        while (_commands.TryDequeue(out var command))
            command.Fail?.Invoke(new StoreException(StoreFailure.InUse, other.Why));
        if (_workedOnBy is not { } known || known.Node != other.Node)
            WorksThere(other);
        _started.TrySetResult();
    }

    void WorksHere()
    {
        WorksThere(null);
        _works.TrySetResult();
        _started.TrySetResult();
    }

    void WorksThere(WorkingNode? other)
    {
        var former = _gone;
        _gone = new();
        Volatile.Write(ref _workedOnBy, other is null ? null : new(other.Node, other.Address, _gone.Token));
        former?.Cancel();
    }

    void Fail(Exception failure)
    {
        NotReadyBecause = failure is StoreException ? failure.Message : $"The engine stopped at a fault and starts again: {failure.Message}";
        // A message may quote a value; a stack says where, and nothing of anybody (Semantics 11.4).
        Tell(failure is StoreException ? failure.Message : $"The engine stopped at a fault and starts again: {failure.GetType().FullName}{Environment.NewLine}{failure.StackTrace}");
        FailOpen(failure is StoreException ? failure : new StoreException(NotReadyBecause, failure));
    }

    void FailOpen(Exception failure)
    {
        foreach (var request in _open)
        {
            Interlocked.Add(ref _queued, -request.Submissions.Count);
            request.Fail(failure);
        }

        _open.Clear();
        _taken.Clear();
        while (_requests.TryDequeue(out var request))
        {
            Interlocked.Add(ref _queued, -request.Submissions.Count);
            request.Fail(failure);
        }
    }

    public Task AdvanceToAsync(Instant to, CancellationToken cancellationToken)
    {
        CheckVirtual(to);
        return WaitAsync(to, null, cancellationToken);
    }

    public async Task<IReadOnlyList<SubmissionResult>> SubmitAtAsync(Instant at, IReadOnlyList<Submission> submissions, CancellationToken cancellationToken)
    {
        CheckVirtual(at);
        var request = new SubmissionRequest(await WithMessagesAsync(submissions, cancellationToken));
        await WaitAsync(at, request, cancellationToken);
        return await request.Completion.WaitAsync(cancellationToken);
    }

    void CheckVirtual(Instant to)
    {
        if (_virtual is null)
            throw new InvalidOperationException("The clock is the world's: it cannot be moved. Start with --test-clock to have one that can.");
        if (to < _virtual.Now)
            throw new InvalidOperationException($"The clock stands at {_virtual.Now}; it does not go back.");
    }

    public Task SettleAsync(CancellationToken cancellationToken) => WaitAsync(null, null, cancellationToken);

    Task WaitAsync(Instant? to, SubmissionRequest? then, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waits.Enqueue((to, then, done));
        Wake();
        return done.Task.WaitAsync(cancellationToken);
    }
}
