using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Ports;

namespace Parcours.Retention;

/// <summary>Holds history to the rules, each hour, on the node that leads.</summary>
sealed partial class RetentionService(IEngine engine, RetentionRules rules, TimeProvider time, ILogger<RetentionService> log) : BackgroundService
{
    static readonly TimeSpan Each = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!rules.DropsAnything)
            return;
        using var timer = new PeriodicTimer(Each, time);
        try
        {
            await engine.WorksAsync(stoppingToken);
            do
                await TryAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the next start goes on.
        }
    }

    async Task TryAsync(CancellationToken cancellationToken)
    {
        // Another node leads by now, and does it.
        if (engine.WorkedOnBy is not null)
            return;
        try
        {
            var (events, messages) = await RunAsync(engine.Now, cancellationToken);
            if (events + messages > 0)
                Dropped(log, events, messages);
        }
        catch (Exception failure) when (failure is StoreException or OverloadedException or IOException or UnauthorizedAccessException)
        {
            // An archive that cannot be written keeps everything where it is.
            Failed(log, failure);
        }
    }

    /// <summary>Once; how many events and messages went.</summary>
    public async Task<(long Events, long Messages)> RunAsync(Instant now, CancellationToken cancellationToken)
    {
        var archive = rules.Archive is { } folder ? new Archive(folder) : null;
        var pruning = new Pruning(engine.Queries, (write, cancellation) => engine.WriteAsync(async (unit, _) =>
        {
            await write(unit);
            return true;
        }, cancellation));
        return (rules.Events is { } events ? await pruning.EventsAsync(now - events, archive, cancellationToken) : 0,
            rules.Messages is { } messages ? await pruning.MessagesAsync(now - messages, archive, cancellationToken) : 0);
    }

    [LoggerMessage(24, LogLevel.Information, "{Events} events and {Messages} messages were older than they are kept, and are dropped")]
    static partial void Dropped(ILogger log, long events, long messages);

    [LoggerMessage(25, LogLevel.Error, "History could not be archived and dropped; it stays, and the next hour tries again")]
    static partial void Failed(ILogger log, Exception failure);
}
