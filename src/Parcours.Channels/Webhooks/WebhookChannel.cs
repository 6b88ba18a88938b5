using System.Collections.Concurrent;
using NodaTime;
using Parcours.Engine.Ports;

namespace Parcours.Channels.Webhooks;

/// <summary>Webhooks go through the outbox as messages do: claimed, guarded, tried again until they expire, at least once under their key (Semantics 5.4, 10.7).</summary>
public sealed class WebhookChannel(WebhookSettings settings, IWebhookSecrets secrets, TimeProvider time) : ISelfSendingChannel, IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250), GiveUpAfter = TimeSpan.FromSeconds(5);
    static readonly SendResult HostIsBusy = new(SendOutcome.TryLater, "webhook: the receiver has as many requests as it may have at once", Duration.FromSeconds(1));

    readonly WebhookSender _sender = new(settings, secrets, time);
    readonly CancellationTokenSource _givingUp = new();
    readonly CancellationTokenSource _stopping = new();
    readonly SemaphoreSlim _room = new(WebhookSettings.AtOnce);
    readonly ConcurrentDictionary<string, int> _hosts = new(StringComparer.OrdinalIgnoreCase);
    Task _pump = Task.CompletedTask;

    public string Name => "webhook";

    /// <summary>A receiver knows by the key what it has had before.</summary>
    public bool IsIdempotent => true;

    // Its queue blocks: a thread of its own waits there, and lends no worker of the pool.
    public void Start(IHandOver handOver) => _pump = Task.Factory.StartNew(() => Pump(handOver), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    void Pump(IHandOver handOver)
    {
        while (!_stopping.IsCancellationRequested)
        {
            if (!_room.Wait(Patience))
                continue;
            if (handOver.Take(Patience) is not { } message)
            {
                _room.Release();
                continue;
            }

            if (TryEnter(message.Row.Content))
                _ = SendOneAsync(handOver, message);
            else
            {
                _room.Release();
                handOver.Settle(message, HostIsBusy);
            }
        }
    }

    async Task SendOneAsync(IHandOver handOver, OutgoingMessage message)
    {
        try
        {
            handOver.Settle(message, await SendAsync(message, _givingUp.Token));
        }
        catch (OperationCanceledException)
        {
            // The engine stops: nobody knows, and at the next start it goes out again under the same key (Semantics 10.8).
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException))
        {
            handOver.Settle(message, new(SendOutcome.TryLater, $"webhook: {failure.GetType().Name}"));
        }
        finally
        {
            Leave(message.Row.Content);
            _room.Release();
        }
    }

    bool TryEnter(string host)
    {
        if (_hosts.AddOrUpdate(host, 1, static (_, count) => count + 1) <= WebhookSettings.AtOnceToHost)
            return true;
        Leave(host);
        return false;
    }

    void Leave(string host)
    {
        if (_hosts.AddOrUpdate(host, 0, static (_, count) => count - 1) <= 0)
            _hosts.TryRemove(new(host, 0));
    }

    public async ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken) => await _sender.SendAsync(message, cancellationToken);

    /// <summary>Whoever stops it again waits for the same end: the places are taken once.</summary>
    public Task StopAsync()
    {
        lock (_stopping)
            return _stopped ??= StopOnceAsync();
    }

    Task? _stopped;

    async Task StopOnceAsync()
    {
        await _stopping.CancelAsync();
        await _pump;
        _givingUp.CancelAfter(GiveUpAfter);
        // Every place free again: whatever was on its way has come back, or was given up.
        for (var place = 0; place < WebhookSettings.AtOnce; place++)
            await _room.WaitAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        _givingUp.Cancel();
        _stopping.Cancel();
        _sender.Dispose();
        _room.Dispose();
        _givingUp.Dispose();
        _stopping.Dispose();
    }
}
