using System.Collections.Concurrent;

namespace Parcours.Engine.Work;

/// <summary>Keeps asynchronous work on the thread that began it: what awaits goes on here, and nowhere else.</summary>
/// <remarks>The worker has state of its own that only one thread may touch, and a transaction that should not wait for a place in the thread pool.</remarks>
/// <param name="wake">Called from any thread when there is something for <see cref="GoOn"/>.</param>
sealed class OwnThread(Action wake) : SynchronizationContext
{
    readonly ConcurrentQueue<(SendOrPostCallback Call, object? State)> _calls = new();

    /// <summary>Runs the work on this thread; throws what it threw.</summary>
    public void Run(Func<Task> work)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            var task = work();
            task.ContinueWith(static (_, own) => ((OwnThread)own!).Pulse(), this, TaskScheduler.Default);
            while (!task.IsCompleted)
            {
                lock (_calls)
                    if (_calls.IsEmpty && !task.IsCompleted)
                        Monitor.Wait(_calls);
                GoOn();
            }
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Goes on with whatever has been waited for: called by work that itself never waits asynchronously for long.</summary>
    public void GoOn()
    {
        while (_calls.TryDequeue(out var next))
            next.Call(next.State);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        _calls.Enqueue((d, state));
        Pulse();
        wake();
    }

    void Pulse()
    {
        lock (_calls)
            Monitor.Pulse(_calls);
    }
}
