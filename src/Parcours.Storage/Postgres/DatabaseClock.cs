using Npgsql;

namespace Parcours.Storage.Postgres;

/// <summary>The clock of the database, as this process reckons it (Semantics 1.9): its own, and the offset that was measured last. So nodes whose clocks differ agree.</summary>
public sealed class DatabaseClock(TimeProvider own) : TimeProvider
{
    long _offsetTicks;

    public override DateTimeOffset GetUtcNow() => own.GetUtcNow().AddTicks(Interlocked.Read(ref _offsetTicks));

    internal async Task MeasureAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint", connection);
        var asked = own.GetTimestamp();
        var told = (long)(await command.ExecuteScalarAsync(cancellationToken))!; // It always has a time.
        var here = own.GetUtcNow() - own.GetElapsedTime(asked) / 2;
        Interlocked.Exchange(ref _offsetTicks, (DateTimeOffset.UnixEpoch.AddTicks(told * 10) - here).Ticks);
    }
}
