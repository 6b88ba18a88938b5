using Npgsql;

namespace Parcours.Storage.Postgres;

/// <summary>The clock of the database, as this process reckons it (Semantics 1.9): what it showed when it was asked last, and what has passed here since. So nodes whose clocks differ agree, and one whose clock is set, or jumps, goes on as before.</summary>
/// <param name="own">Of it only what passes is asked, never the time of day, until the database has been asked.</param>
public sealed class DatabaseClock(TimeProvider own) : TimeProvider
{
    /// <summary>What the database showed, in ticks, when this process's counter stood there; in one, so that both are read together.</summary>
    sealed record Shown(long Ticks, long Counter);

    volatile Shown? _shown;

    public override DateTimeOffset GetUtcNow() => _shown is { } shown ? At(shown, own.GetTimestamp()) : own.GetUtcNow();

    public override long GetTimestamp() => own.GetTimestamp();

    public override long TimestampFrequency => own.TimestampFrequency;

    DateTimeOffset At(Shown shown, long counter) => DateTimeOffset.UnixEpoch.AddTicks(shown.Ticks + own.GetElapsedTime(shown.Counter, counter).Ticks);

    internal async Task MeasureAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint", connection) { CommandTimeout = Database.LookWithinSeconds };
        var asked = own.GetTimestamp();
        var told = (long)(await command.ExecuteScalarAsync(cancellationToken))! * 10; // It always has a time.
        var heard = own.GetTimestamp();
        var between = own.GetElapsedTime(asked, heard).Ticks;
        // What it showed was true at some moment between: where the clock of before agrees with that, a slow answer does not move it.
        if (_shown is { } before && At(before, asked) <= DateTimeOffset.UnixEpoch.AddTicks(told) && DateTimeOffset.UnixEpoch.AddTicks(told) <= At(before, heard) && between > TimeSpan.TicksPerMillisecond * 20)
            return;
        _shown = new(told + between / 2, heard);
    }
}
