using System.Globalization;
using Npgsql;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Postgres;

/// <summary>Tells other nodes that entries wait for them, and hears the same. It saves a look only: owners look by themselves too.</summary>
/// <remarks>NOTIFY takes a lock over the whole server at its commit: it goes after what it tells of, gathered, at most 100 times a second, on a connection of its own (Semantics 15.6).</remarks>
sealed class Wakes : IAsyncDisposable
{
    static readonly TimeSpan Each = TimeSpan.FromMilliseconds(10), RetryAfter = TimeSpan.FromMilliseconds(250);
    readonly Database _database;
    readonly Action<PartitionSet> _told;
    readonly CancellationTokenSource _stops = new();
    readonly SemaphoreSlim _soon = new(0, 1);
    readonly Task _running;
    ulong _waiting;

    /// <param name="told">Called from any thread.</param>
    public Wakes(Database database, Action<PartitionSet> told)
    {
        (_database, _told) = (database, told);
        _running = Task.WhenAll(Task.Run(() => AgainAsync(TellAsync)), Task.Run(() => AgainAsync(HearAsync)));
    }

    public void Tell(PartitionSet partitions)
    {
        if (Interlocked.Or(ref _waiting, partitions.Bits) == 0 && _soon.CurrentCount == 0)
            try
            {
                _soon.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else was quicker.
            }
    }

    async Task AgainAsync(Func<NpgsqlConnection, Task> act)
    {
        while (!_stops.IsCancellationRequested)
            try
            {
                await using var connection = await _database.OpenSingleAsync(_stops.Token);
                await act(connection);
            }
            catch (Exception failure) when (failure is not (OutOfMemoryException or StackOverflowException))
            {
                // Whatever it is, it comes again on a fresh connection, or the node stops. The looks find what is not told meanwhile.
                await Task.Delay(RetryAfter, _stops.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
    }

    async Task TellAsync(NpgsqlConnection connection)
    {
        while (true)
        {
            await _soon.WaitAsync(_stops.Token);
            if (Interlocked.Exchange(ref _waiting, 0) is var bits and not 0)
            {
                await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Commands.Query("tell_entries").With(bits.ToString("x", CultureInfo.InvariantCulture)) } };
                await batch.ExecuteNonQueryAsync(_stops.Token);
            }

            await Task.Delay(Each, _stops.Token);
        }
    }

    async Task HearAsync(NpgsqlConnection connection)
    {
        connection.Notification += (_, told) =>
        {
            if (ulong.TryParse(told.Payload, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits))
                _told(new(bits));
        };
        await using (var listen = new NpgsqlCommand("LISTEN parcours", connection))
            await listen.ExecuteNonQueryAsync(_stops.Token);
        while (true)
            await connection.WaitAsync(_stops.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stops.CancelAsync();
        await _running;
        _stops.Dispose();
        _soon.Dispose();
    }
}
