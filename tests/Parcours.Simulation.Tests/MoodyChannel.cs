using System.Collections.Concurrent;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Machine;

namespace Parcours.Simulation.Tests;

/// <summary>A provider with moods: what it answers follows from the message's key and the time alone, so that a run with faults meets the same moods as one without.</summary>
/// <remarks>It is idempotent: the same key twice arrives once.</remarks>
sealed class MoodyChannel(bool moody, string name = "email") : IChannel
{
    public string Name => name;
    public bool IsIdempotent => true;
    public ConcurrentDictionary<MessageKey, Instant> Arrived { get; } = [];
    public ConcurrentBag<string> OutOfHours { get; } = [];

    public ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        // Semantics 10.4: whatever the provider, a pause or a crash delays.
        if (MessageDataCodec.Window(message.Row.Data.Span) is { } window && !window.IsOpen(message.Now) || message.Row.Expires < message.Now)
            OutOfHours.Add($"{message.Row.Key} at {message.Now}: expires {message.Row.Expires}");
        var mood = moody ? message.Row.Key.Value.ToByteArray()[0] % 12 : 0;
        var recovers = message.Row.DecidedAt + Duration.FromMinutes(mood * 13);
        switch (mood)
        {
            case 6 or 7 when message.Now < recovers:
                return new(new SendResult(SendOutcome.TryLater, "out of order"));
            case 8 when message.Now < recovers:
                throw new InvalidOperationException("The provider hung up.");
            case 9:
                return new(new SendResult(SendOutcome.InDoubt, "no answer"));
            case 10:
                return new(new SendResult(SendOutcome.Failed, "render: nothing"));
            case 11:
                return new(new SendResult(SendOutcome.TryLater, "for ever"));
        }

        Arrived.TryAdd(message.Row.Key, message.Now);
        return new(new SendResult(SendOutcome.Sent) { Answer = message.Request?.WantsAnswer == true ? """{"status":200,"body":{"plan":"pro"}}"""u8.ToArray() : default });
    }
}
