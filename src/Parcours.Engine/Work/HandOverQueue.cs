using Parcours.Engine.Ports;
using Parcours.Engine.Telemetry;

namespace Parcours.Engine.Work;

/// <summary>Claimed messages on their way to one channel's senders. As many as the worker keeps in flight, never more.</summary>
/// <param name="isGood">Whether a claim still holds, and anything may begin at all.</param>
/// <param name="ready">Completes a message before it is handed over; it may block: senders have threads of their own.</param>
/// <param name="report">Takes what became of one.</param>
sealed class HandOverQueue(TimeProvider time, Func<OutgoingMessage, bool> isGood, Func<OutgoingMessage, OutgoingMessage> ready, Action<SendReport> report) : IHandOver
{
    readonly object _lock = new();
    readonly Queue<OutgoingMessage> _queue = new();
    int _waiting;
    bool _closed;

    public void Add(OutgoingMessage message)
    {
        lock (_lock)
        {
            _queue.Enqueue(message);
            if (_waiting > 0)
                Monitor.Pulse(_lock);
        }
    }

    /// <summary>Nothing more is handed over; what waits goes back whole.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Monitor.PulseAll(_lock);
        }

        while (Next(TimeSpan.Zero, evenClosed: true) is { } message)
            report(new(message.Row, SendReport.NotBegun));
    }

    public OutgoingMessage? Take(TimeSpan patience)
    {
        while (Next(patience, evenClosed: false) is { } message)
        {
            if (!isGood(message))
                report(new(message.Row, SendReport.NotBegun));
            else if (Ready(message) is { } whole)
                return whole with { BegunAt = time.GetTimestamp() };
        }

        return null;
    }

    OutgoingMessage? Ready(OutgoingMessage message)
    {
        try
        {
            return ready(message);
        }
        catch (OperationCanceledException)
        {
            // The engine stops.
            report(new(message.Row, SendReport.NotBegun));
            return null;
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException))
        {
            report(new(message.Row, new(SendOutcome.TryLater, failure.Message)));
            return null;
        }
    }

    public void Settle(OutgoingMessage message, SendResult result)
    {
        // What no line could be had for has met no provider.
        if (result.RetryAfter is null)
        {
            var took = time.GetElapsedTime(message.BegunAt);
            EngineTelemetry.HandedOver(message.Row.Channel, MessageReasons.Of(result.Outcome), took);
            EngineTelemetry.Traced(message.Row.Channel, result.Outcome, time.GetUtcNow(), took);
        }

        report(new(message.Row, result));
    }

    OutgoingMessage? Next(TimeSpan patience, bool evenClosed)
    {
        lock (_lock)
        {
            if (_queue.Count == 0 && patience > TimeSpan.Zero && !_closed)
            {
                _waiting++;
                Monitor.Wait(_lock, patience);
                _waiting--;
            }

            return (evenClosed || !_closed) && _queue.TryDequeue(out var message) ? message : null;
        }
    }
}
