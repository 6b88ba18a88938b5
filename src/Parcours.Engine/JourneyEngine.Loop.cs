using NodaTime;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.Telemetry;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine;

/// <summary>The worker's thread: the one place where a failing store is caught, counted and retried.</summary>
public sealed partial class JourneyEngine
{
    readonly List<SubmissionRequest> _taken = [];
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
        var (recovered, brokenOff) = (false, false);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                _ownThread!.GoOn();
                if (!recovered)
                {
                    if (_spread is not null)
                        await JoinAsync(cancellationToken);
                    else
                    {
                        await _store.TakeOverAsync(_options.StandsBy ? StandBy : null, cancellationToken);
                        await ReadAllAsync(PartitionSet.All, cancellationToken);
                        WorksHere();
                    }

                    recovered = true;
                    NotReadyBecause = null;
                }

                if (_spread is not null)
                    await TendAsync(cancellationToken);
                if (!await OnceAsync(cancellationToken))
                    Sleep();
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                brokenOff = true;
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
                _apart = _spread is not null;
                Fail(failure);
                WakeIntake();
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

        await SettleLastAsync(recovered, brokenOff);
        // A newer program beside this one can go on with what this one cannot read; a session that lived on would keep it from that.
        if (_gaveUp is not null && _spread is not null)
            await _spread.LeaveAsync(CancellationToken.None);
        Volatile.Write(ref _ended, true);
        FailAll();
    }

    /// <summary>What senders reported last is settled before the end, so that a restart leaves nothing in doubt of which all is known.</summary>
    /// <param name="brokenOff">A turn may have ended in its midst: what it ran is in memory and was never committed, and must not be taken for done (Semantics 3.8).</param>
    async ValueTask SettleLastAsync(bool recovered, bool brokenOff)
    {
        await StopSendersAsync();
        TakeReports();
        if (!recovered || _worker.Partitions == PartitionSet.None)
            return;
        try
        {
            if (brokenOff)
                await _worker.RecoverAsync(_worker.Partitions, CancellationToken.None);
            if (!_worker.HasReports)
                return;
            _worker.ClaimsNothing = true;
            await _worker.TurnAsync([], _worker.Now(), CancellationToken.None);
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException))
        {
            // Then the next start finds them in doubt.
        }
    }

    /// <summary>Everything in memory is as the store has it.</summary>
    async ValueTask ReadAllAsync(PartitionSet partitions, CancellationToken cancellationToken)
    {
        TakeReports();
        // What was committed and told as a failure is known by its rows alone.
        _erases = true;
        await _worker.RecoverAsync(partitions, cancellationToken);
        var now = _worker.Now();
        await _catalogue.LoadAsync(now, cancellationToken);
        await _worker.MarkGapAsync(now, cancellationToken);
    }

    void TakeReports()
    {
        while (_arrived.TryDequeue(out var report))
            _worker.Report(report);
    }

    /// <summary>Does what can be done at this instant; false when there is nothing.</summary>
    async ValueTask<bool> OnceAsync(CancellationToken cancellationToken)
    {
        TakeReports();
        Volatile.Write(ref _cameRound, _time.GetTimestamp());
        while (_waits.TryDequeue(out var wait))
            if (wait.To is { } to)
                _advances.Add((to, wait.Then, wait.Done));
            else
                _settles.Add(wait.Done);
        StartReaders();
        var now = _worker.Now();
        if (_spread is not null && await DoOfSharedAsync(now, cancellationToken))
            return true;
        // A command acts at its place in the order: after all that came before it, before what comes next (Semantics 6.2). Intake waits for it the moment it takes to get there,
        // or under a steady load nothing would ever be published or paused. In turns, so that neither keeps the other from its work.
        var commandNext = _virtual is null && (HasCommand || IsMomentDue(now)) && !_commandLast;
        // Where others take in too nobody waits: a change has its place in each journal, and nothing else rests on one.
        if (commandNext && (_apart || _worker.IsCaughtUp(now)))
            return await MomentAsync(now, cancellationToken) || await CommandAsync(now, cancellationToken);
        _commandLast = false;
        // Under a load that never rests it is done all the same, once it is well overdue.
        if (_nextTrim > Instant.MinValue && now > _nextTrim + Duration.FromMinutes(10) && await KeepHouseAsync(now, cancellationToken))
            return true;
        if (!commandNext && !_apart)
            Take();
        if (_taken.Count > 0 || _worker.HasWork(now))
        {
            await TurnAsync(now, cancellationToken);
            return true;
        }

        if (await SendInlineAsync(cancellationToken))
            return true;
        return await MomentAsync(now, cancellationToken) || await KeepHouseAsync(now, cancellationToken) || await CommandAsync(now, cancellationToken) || await EraseAsync(cancellationToken) || AtRest(now);
    }

    bool _commandLast;

    bool IsMomentDue(Instant now) => MayChange && _worker.NextMoment is { } moment && moment.At <= now;

    /// <summary>A journey's end, the begin or end of a pause, or a moment of its schedules or experiments, if one is due.</summary>
    async ValueTask<bool> MomentAsync(Instant now, CancellationToken cancellationToken)
    {
        if (!MayChange || _worker.NextMoment is not { } moment || moment.At > now)
            return false;
        _commandLast = true;
        if (_spread is not null)
            await _worker.LookForContactsAsync(cancellationToken);
        switch (moment.Kind)
        {
            case MomentKind.End:
                await _catalogue.EndAsync(moment.Journey, now, new(AuditLine.ByItself, "end-journey", moment.Journey.Value), cancellationToken);
                break;
            case MomentKind.Resume:
                await _catalogue.ResumeAsync(moment.Journey, now, new(AuditLine.ByItself, "resume-journey", moment.Journey.Value), cancellationToken);
                break;
            case MomentKind.Pause:
                await _catalogue.PauseAsync(moment.Journey, now, new(AuditLine.ByItself, "pause-journey", moment.Journey.Value), cancellationToken);
                break;
            case MomentKind.Occurrence:
                await _catalogue.OccurAsync(moment.Journey, now, cancellationToken);
                break;
            default:
                await _catalogue.JudgeAsync(moment.Journey, now, cancellationToken);
                break;
        }

        return true;
    }

    async ValueTask<bool> CommandAsync(Instant now, CancellationToken cancellationToken)
    {
        if (!HasCommand || !(_commands.TryDequeue(out var command) || MayChange && _changes.TryDequeue(out command)))
            return false;
        _commandLast = true;
        if (_spread is not null)
            await _worker.LookForContactsAsync(cancellationToken);
        await command.Run(now, cancellationToken);
        return true;
    }

    Instant _nextTrim = Instant.MinValue;
    Instant? _nextPrune;

    /// <summary>What is past its time is dropped in bounded pieces when there is nothing else to do; in virtual time daily, since hours pass in no time.</summary>
    async ValueTask<bool> KeepHouseAsync(Instant now, CancellationToken cancellationToken)
    {
        // At the ends of days: one that is started anew each day would come to it never otherwise.
        _nextPrune ??= NextMidnight(now);
        if (now >= _nextPrune)
        {
            _nextPrune = NextMidnight(now);
            if (_worker.HasAnonymous)
            {
                _worker.StartPruning(now);
                return true;
            }
        }

        if (now < _nextTrim || _worker.Partitions == PartitionSet.None)
            return false;
        await using var unit = await _store.BeginAsync(_worker.Partitions, cancellationToken);
        var more = await unit.TrimAsync(now, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        _nextTrim = more ? now : now + (_virtual is null ? Duration.FromHours(1) : Duration.FromDays(1));
        return true;
    }

    static Instant NextMidnight(Instant now) => now.InUtc().Date.PlusDays(1).AtMidnight().InUtc().ToInstant();

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
                    using (EngineTelemetry.Source.StartActivity("gather")?.SetTag("parcours.partitions", gather.Partitions.Size))
                        await gather.ReadAsync(_store.Queries, now, _stopping.Token);
                    _signal.Set();
                });
                return;
            }
    }

    void Sleep()
    {
        var next = _worker.NextDue();
        if (_worker.NextMoment is { } moment && MayChange && (next is null || moment.At < next))
            next = moment.At;
        var wait = _spread is null ? TimeSpan.FromSeconds(1) : _change is null ? LookEach : PassingEach;
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
}
