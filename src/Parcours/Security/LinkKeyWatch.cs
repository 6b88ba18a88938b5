using Parcours.Channels.Links;
using Parcours.Engine;
using Parcours.Engine.Ports;

namespace Parcours.Security;

/// <summary>Keeps the signer of this process at what is stored: a key that was made or revoked at another node, or by a command, holds here within five seconds.</summary>
sealed class LinkKeyWatch(IEngine engine, PublicLinkSigner signer, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan LookEach = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEach, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await LinkKeys.ReadAsync(engine.Queries, cancellationToken) is { } kept)
                signer.Use(kept.Ring(time.GetUtcNow()));
        }
        catch (StoreException)
        {
            // It is looked again.
        }
    }
}
