using Parcours.Engine.Ports;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine;

/// <summary>Taking in beside the worker, while other processes own partitions (docs/decisions/0015).</summary>
public sealed partial class JourneyEngine
{
    static readonly TimeSpan AnswersEach = TimeSpan.FromMilliseconds(5);
    readonly SemaphoreSlim _intakeSignal = new(0);
    readonly System.Collections.Concurrent.ConcurrentQueue<IReadOnlyList<Document>> _namesSeen = new();
    Task _intake = Task.CompletedTask;
    /// <summary>Requests are appended beside the worker; false: they ride in its commits, since all partitions are its own.</summary>
    volatile bool _apart;
    int _heard;

    public bool TakesIn => _spread is not null || WorkedOnBy is null;

    bool IsBehind => _worker.IsBehind || _othersAreBehind;

    void StartIntake()
    {
        if (_spread is null)
            return;
        _apart = true;
        _spread.Listen(told =>
        {
            if ((told.Bits & _worker.Partitions.Bits) != 0 && !_stopping.IsCancellationRequested)
                Told();
        });
        _intake = Task.Run(IntakeLoopAsync);
    }

    /// <summary>Something waits in partitions of this process.</summary>
    void Told()
    {
        Volatile.Write(ref _heard, 1);
        _signal.Set();
    }

    void WakeIntake()
    {
        if (_spread is not null && _intakeSignal.CurrentCount == 0)
            _intakeSignal.Release();
    }

    async Task IntakeLoopAsync()
    {
        var intake = new IntakeApart(_store, _state, _worker.Now)
        {
            NamesSeen = _namesSeen.Enqueue,
            Answered = request => Interlocked.Add(ref _queued, -request.Submissions.Count),
        };
        while (!_stopping.IsCancellationRequested)
        {
            // What ends at the next look was durable before: only that it is processed is still to be told.
            await _intakeSignal.WaitAsync(intake.HasWaiting ? AnswersEach : Timeout.InfiniteTimeSpan);
            while (_apart && !_stopping.IsCancellationRequested && TakeApart() is { Count: > 0 } requests)
                await AppendApartAsync(intake, requests);
            if (intake.HasWaiting)
                await LookAsync(intake);
        }

        intake.Fail(new OperationCanceledException("The engine is stopping."));
    }

    /// <summary>As many requests as one commit takes. What writes beside goes alone: if that fails, nothing else does.</summary>
    List<SubmissionRequest> TakeApart()
    {
        var (taken, room) = (new List<SubmissionRequest>(), _options.ItemsPerCommit);
        while (room > 0 && _requests.TryPeek(out var next) && (taken.Count == 0 || next.Beside is null) && _requests.TryDequeue(out var request))
        {
            taken.Add(request);
            room -= request.Submissions.Count;
            if (request.Beside is not null)
                break;
        }

        return taken;
    }

    async Task AppendApartAsync(IntakeApart intake, List<SubmissionRequest> requests)
    {
        try
        {
            var targets = await intake.AppendAsync(requests, CancellationToken.None);
            var own = _worker.Partitions.Bits;
            if ((targets.Bits & own) != 0)
                Told();
            if ((targets.Bits & ~own) != 0)
                _spread!.Tell(new PartitionSet(targets.Bits & ~own)); // Only with one requests come here.
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException))
        {
            // A commit of which nobody knows counts as not taken: under the same message ids it comes again and changes nothing.
            foreach (var request in requests)
            {
                Interlocked.Add(ref _queued, -request.Submissions.Count);
                request.Fail(failure is StoreException ? failure : new StoreException($"It was not taken in: {failure.Message}", failure));
            }
        }
    }

    static async Task LookAsync(IntakeApart intake)
    {
        try
        {
            await intake.LookAsync(CancellationToken.None);
        }
        catch (StoreException)
        {
            // It is asked again; after five seconds it is answered as taken, which it is.
        }
    }

    async Task StopIntakeAsync()
    {
        await _intake;
        _intakeSignal.Dispose();
    }
}
