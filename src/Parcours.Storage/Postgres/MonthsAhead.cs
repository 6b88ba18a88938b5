using NodaTime;
using Parcours.Engine.Ports;

namespace Parcours.Storage.Postgres;

/// <summary>Makes the tables of the months that come, long before they do: a process may run for years.</summary>
sealed class MonthsAhead : IAsyncDisposable
{
    static readonly TimeSpan LookEach = TimeSpan.FromHours(1);
    // There are weeks to try again in, and whoever commits meanwhile waits behind it.
    static readonly Duration Patience = Duration.FromMilliseconds(200);
    readonly Database _database;
    readonly TimeProvider _time;
    readonly CancellationTokenSource _stops = new();
    readonly Task _running;

    public MonthsAhead(Database database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        _running = RunAsync();
    }

    async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(LookEach, _time, _stops.Token);
                await LookAsync(_stops.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The store is closed.
        }
    }

    async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _database.OpenAsync(cancellationToken);
            await Schema.AddMonthsAsync(connection, Instant.FromDateTimeOffset(_time.GetUtcNow()), Patience, cancellationToken);
        }
        catch (Exception failure) when (failure is StoreException or InvalidOperationException || StoreFailures.IsOfServer(failure))
        {
            // Whoever works here is told by the work itself; the next hour looks again.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stops.CancelAsync();
        await _running;
        _stops.Dispose();
    }
}
