using System.Threading.Channels;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Engine.Telemetry;
using Parcours.Engine.Work;
using Parcours.Journeys.Contacts;

namespace Parcours.Engine;

/// <summary>Hands claimed messages to their channels: beside the worker in real time, at their instant in virtual time (Semantics 1.8).</summary>
public sealed partial class JourneyEngine
{
    // Bounded by the number of messages in flight, which the worker keeps.
    readonly Channel<OutgoingMessage> _outgoing = System.Threading.Channels.Channel.CreateUnbounded<OutgoingMessage>();
    readonly List<Task> _senders = [];
    /// <summary>Those of channels with senders of their own.</summary>
    readonly Dictionary<string, (HandOverQueue Queue, ISelfSendingChannel Channel)> _queues = [];

    void StartSenders()
    {
        if (_virtual is not null)
            return;
        foreach (var channel in _worker.Channels.Values.OfType<ISelfSendingChannel>())
        {
            var queue = new HandOverQueue(_time, MayBegin, Whole, Arrived);
            _queues[channel.Name] = (queue, channel);
            channel.Start(queue);
        }

        for (var sender = 0; sender < _options.Senders; sender++)
            _senders.Add(Task.Run(SendLoopAsync));
    }

    static readonly NodaTime.Duration ClaimGoodFor = NodaTime.Duration.FromSeconds(2);
    volatile bool _draining;

    async Task StopSendersAsync()
    {
        _draining = true;
        _outgoing.Writer.TryComplete();
        foreach (var (queue, channel) in _queues.Values)
        {
            queue.Close();
            await channel.StopAsync();
        }

        await Task.WhenAll(_senders);
    }

    void HandOver()
    {
        if (_virtual is null)
            while (_worker.ToSend.TryDequeue(out var message))
                if (_queues.TryGetValue(message.Row.Channel, out var own))
                    own.Queue.Add(message);
                else
                    _outgoing.Writer.TryWrite(message);
    }

    /// <summary>A claim is good for two seconds (Semantics 10.3). Behind a slow provider it waits longer; and when the engine stops, what nobody has begun goes back whole.</summary>
    bool MayBegin(OutgoingMessage message)
    {
        var now = _worker.Now();
        // What closed since the claim goes back, and the outbox finds the next opening for it, or the reason to skip it.
        return !_draining && !_worker.HoldsSending && now - message.Row.Claimed <= ClaimGoodFor && now < message.ClosesAt;
    }

    void Arrived(SendReport report)
    {
        _arrived.Enqueue(report);
        _signal.Set();
    }

    /// <summary>For callers that may block: senders with threads of their own.</summary>
    OutgoingMessage Whole(OutgoingMessage message) =>
        message.NeedsContact && ContactAsync(message.Row.Contact, _stopping.Token).AsTask().GetAwaiter().GetResult() is { } contact
            ? message with { Contact = contact, NeedsContact = false }
            : message;

    async Task SendLoopAsync()
    {
        await foreach (var message in _outgoing.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (!MayBegin(message))
                _arrived.Enqueue(new(message.Row, SendReport.NotBegun));
            else if (await SendAsync(message) is { } report)
                _arrived.Enqueue(report);
            _signal.Set();
        }
    }

    /// <returns>True if anything was sent.</returns>
    async ValueTask<bool> SendInlineAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_virtual is null)
        {
            // Messages recovered at start wait here until the first turn.
            HandOver();
            return false;
        }

        var any = false;
        while (_worker.ToSend.TryDequeue(out var message))
        {
            if (await SendAsync(message) is { } report)
                _worker.Report(report);
            any = true;
        }

        return any;
    }

    /// <returns>Null: nobody knows what became of it.</returns>
    async ValueTask<SendReport?> SendAsync(OutgoingMessage message)
    {
        try
        {
            if (!_worker.Channels.TryGetValue(message.Row.Channel, out var channel))
                return new(message.Row, new(SendOutcome.Failed, $"channel: there is no channel '{message.Row.Channel}'"));
            if (message.NeedsContact && await ContactAsync(message.Row.Contact, _stopping.Token) is { } contact)
                message = message with { Contact = contact, NeedsContact = false };
            using var span = EngineTelemetry.Source.StartActivity("send", System.Diagnostics.ActivityKind.Client)?.SetTag("parcours.channel", message.Row.Channel);
            var begun = _time.GetTimestamp();
            var result = await channel.SendAsync(message, _stopping.Token);
            EngineTelemetry.HandedOver(message.Row.Channel, MessageReasons.Of(result.Outcome), _time.GetElapsedTime(begun));
            return new(message.Row, result);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopping in the midst: claimed and not settled, so the next start finds it in doubt (Semantics 10.8).
            return null;
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException))
        {
            return new(message.Row, new(SendOutcome.TryLater, failure.Message));
        }
    }
}
