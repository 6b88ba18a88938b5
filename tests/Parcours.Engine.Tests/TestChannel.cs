using System.Collections.Concurrent;
using Parcours.Engine.Ports;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Tests;

/// <summary>A channel that takes everything and remembers it, or answers what a test tells it to.</summary>
sealed class TestChannel(string name = "email") : IChannel
{
    public ConcurrentQueue<OutgoingMessage> Sent { get; } = new();
    public Func<OutgoingMessage, SendResult> Answer { get; set; } = _ => new(SendOutcome.Sent);
    public string Name => name;
    public bool IsIdempotent { get; set; } = true;

    /// <summary>Set: the channel takes the message and never answers; it tells here that it has it.</summary>
    public TaskCompletionSource? Hangs { get; set; }

    /// <summary>Set: the channel takes the message, tells so by <see cref="Has"/>, and answers what and when a test says.</summary>
    public TaskCompletionSource<SendResult>? Holds { get; set; }
    public TaskCompletionSource<OutgoingMessage> Has { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (Holds is { } holds)
        {
            Has.TrySetResult(message);
            var held = await holds.Task.WaitAsync(cancellationToken);
            if (held.Outcome == SendOutcome.Sent)
                Sent.Enqueue(message);
            return held;
        }

        if (Hangs is { } hangs)
        {
            hangs.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        var result = Answer(message);
        if (result.Outcome == SendOutcome.Sent)
            Sent.Enqueue(message);
        return result;
    }
}
