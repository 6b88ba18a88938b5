using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Work;

namespace Parcours.Engine;

/// <summary>Who waits for rest, and for time that moves only when it is told to.</summary>
public sealed partial class JourneyEngine
{
    readonly List<(Instant To, SubmissionRequest? Then, TaskCompletionSource Done)> _advances = [];
    readonly System.Collections.Concurrent.ConcurrentQueue<(Instant? To, SubmissionRequest? Then, TaskCompletionSource Done)> _waits = new();
    readonly List<TaskCompletionSource> _settles = [];

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
        if (_worker.NextMoment is { } moment && (next is null || moment.At < next))
            next = moment.At;
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
}
