using Parcours.Engine.Ports;

namespace Parcours.Storage.Postgres;

/// <summary>Has the planner's statistics made after the first writes: on fresh tables it knows nothing, and autovacuum comes a minute later.</summary>
sealed class Statistics(Database database) : IAsyncDisposable
{
    const string Text = "ANALYZE contact, enrolment, entry, timeline, message, identity, holding, tail, owner, counter, member";
    readonly CancellationTokenSource _stops = new();
    Task _running = Task.CompletedTask;
    int _commits;

    /// <summary>Counts a commit; at 64, 1,024 and 16,384 of them the tables are looked at.</summary>
    public void Committed()
    {
        if (Interlocked.Increment(ref _commits) is 64 or 1_024 or 16_384) _running = Task.Run(AnalyzeAsync);
    }

    async Task AnalyzeAsync()
    {
        try
        {
            await using var connection = await database.OpenAsync(_stops.Token);
            await Schema.ExecuteAsync(connection, Text, _stops.Token);
        }
        catch (Exception failure) when (failure is StoreException or OperationCanceledException or InvalidOperationException || StoreFailures.IsOfServer(failure))
        {
            // The database is away or we stop: whoever commits next is told, and autovacuum makes them all the same.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stops.CancelAsync();
        await _running;
        _stops.Dispose();
    }
}
