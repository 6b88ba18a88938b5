using Parcours.Engine.Ports;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine;

/// <summary>Whether the work is done here, elsewhere or not at all, and what whoever waits is told then.</summary>
public sealed partial class JourneyEngine
{
    bool _ended;

    /// <summary>Nobody waits for an engine that has stopped; called again by whoever was queued while it did.</summary>
    void FailAll()
    {
        Exception stopping = _gaveUp is null ? new OperationCanceledException("The engine is stopping.") : _gaveUp;
        lock (_open)
            FailOpen(stopping);
        FailCommands(stopping);
        while (_waits.TryDequeue(out var wait))
            wait.Done.TrySetException(stopping);
        foreach (var (_, _, done) in _advances)
            done.TrySetException(stopping);
        foreach (var done in _settles)
            done.TrySetException(stopping);
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
        if (_told != other.Why)
            _options.StoodBy?.Invoke(_told = other.Why);
        FailOpen(new StoreException(StoreFailure.InUse, other.Why));
        FailCommands(new StoreException(StoreFailure.InUse, other.Why));
        if (_workedOnBy is not { } known || known.Node != other.Node)
            WorksThere(other);
        _started.TrySetResult();
    }

    void FailCommands(Exception why)
    {
        _change?.Fail?.Invoke(why);
        _change = null;
        while (_commands.TryDequeue(out var command) || _changes.TryDequeue(out command))
            command.Fail?.Invoke(why);
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
        Volatile.Write(ref _workedOnBy, other is null ? null : new(other.Why, other.Node, other.Address, _gone.Token));
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
        // Whether it goes on nobody here knows: it is in the journal, and whoever leads next takes care of it.
        _change?.Fail?.Invoke(failure);
        _change = null;
        // What is taken in apart does not wait for the worker.
        while ((!_apart || Volatile.Read(ref _ended)) && _requests.TryDequeue(out var request))
        {
            Interlocked.Add(ref _queued, -request.Submissions.Count);
            request.Fail(failure);
        }
    }
}
