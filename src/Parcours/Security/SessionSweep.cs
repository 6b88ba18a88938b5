using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Ports;

namespace Parcours.Security;

/// <summary>Removes sessions and one-time links whose time is over: nobody else would, since a browser that is closed never signs out.</summary>
sealed partial class SessionSweep(IEngine engine, TimeProvider time, ILogger<SessionSweep> log) : BackgroundService
{
    const int PageLength = 500;
    static readonly TimeSpan Each = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
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
            // The server stops.
        }
    }

    async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SweepAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is StoreException or OverloadedException)
        {
            // They open nothing any more; the next hour will do.
            LogFailure(failure);
        }
    }

    /// <returns>How many are gone.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken) =>
        await SweepAsync(Sessions.Kind, document => JsonSerializer.Deserialize(document.Json.Span, SecurityJson.Default.Session)?.ExpiresAt, cancellationToken)
        + await SweepAsync(OneTimeLinks.Kind, document => JsonSerializer.Deserialize(document.Json.Span, SecurityJson.Default.OneTimeLink)?.ExpiresAt, cancellationToken);

    async Task<int> SweepAsync(string kind, Func<Document, DateTimeOffset?> end, CancellationToken cancellationToken)
    {
        var (gone, now) = (0, time.GetUtcNow());
        for (string? after = null; ;)
        {
            var page = await engine.Queries.DocumentsAsync(kind, null, after, PageLength, cancellationToken);
            var over = page.Where(document => end(document) is not { } until || until <= now).Select(document => document.Id).ToList();
            if (over.Count > 0)
                await engine.WriteAsync(async (unit, _) =>
                {
                    foreach (var id in over)
                        await unit.DeleteDocumentAsync(kind, id, null, cancellationToken);
                    return true;
                }, cancellationToken);
            gone += over.Count;
            if (page.Count < PageLength)
                return gone;
            after = page[^1].Id;
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "Sessions that are over could not be removed yet")]
    partial void LogFailure(Exception failure);
}
