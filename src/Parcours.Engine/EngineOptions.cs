using NodaTime;

namespace Parcours.Engine;

/// <summary>Settings of the engine. The defaults are those of docs/operations.md.</summary>
public sealed record EngineOptions
{
    /// <summary>Contacts kept decoded between batches. Few: what lives long costs the collector more than decoding again does.</summary>
    public int ContactCache { get; init; } = 2_000;
    /// <summary>Items that one commit takes at most.</summary>
    public int ItemsPerCommit { get; init; } = 1_000;
    /// <summary>Timers that are read ahead into memory, roughly.</summary>
    public int TimersAhead { get; init; } = 100_000;
    /// <summary>Items that may wait for the worker before callers are told to come back (Semantics 16.3).</summary>
    public int QueueLength { get; init; } = 20_000;
    /// <summary>Threads that hand messages over.</summary>
    public int Senders { get; init; } = 2;
    /// <summary>
    /// Messages claimed and not settled at most: what is in doubt after a crash. Only a provider that takes thousands a second gets so many.
    /// 0: nothing is handed over, and what was claimed before waits for an engine that does.
    /// </summary>
    public int MessagesInFlight { get; init; } = 1_024;
    /// <summary>Work between stimuli takes at most this at a time (Semantics 2.8).</summary>
    public Duration Slice { get; init; } = Duration.FromMilliseconds(20);
    /// <summary>A partition's clock older than this at take-over is a gap (Semantics 1.6).</summary>
    public Duration GapAfter { get; init; } = Duration.FromSeconds(60);
    /// <summary>Messages not handed over by then have failed (Semantics 10.7).</summary>
    public Duration BackOffFirst { get; init; } = Duration.FromSeconds(5);
    public Duration BackOffMax { get; init; } = Duration.FromHours(1);
    /// <summary>While another process works on the partitions this one starts all the same, says who does (<see cref="IEngine.WorkedOnBy"/>), and takes over when that one is gone; false: it is refused.</summary>
    public bool StandsBy { get; init; }
    /// <summary>After the store failed, so long until the worker reads everything anew and tries again.</summary>
    public Duration RetryAfter { get; init; } = Duration.FromMilliseconds(200);
    /// <summary>Told once why the engine cannot work, for the log: no identities, no values. Called on the worker's thread.</summary>
    public Action<string>? Faulted { get; init; }
    /// <summary>Told once who leads, or works, when that is another. Called on the worker's thread.</summary>
    public Action<string>? StoodBy { get; init; }
    /// <summary>Free share of the disk of the data, 0 to 1; null: not watched. Under <see cref="DiskFreeMin"/> nothing more is taken in (Semantics 16.3).</summary>
    public Func<double>? DiskFree { get; init; }
    public double DiskFreeMin { get; init; } = 0.05;
    /// <summary>An entry that has waited longer than this for its burst says that the engine is behind: nothing more is taken in (Semantics 16.3).</summary>
    public Duration BehindMax { get; init; } = Duration.FromMinutes(15);
    /// <summary>The installation's time zone, for conditions outside a journey.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;
    /// <summary>The time-zone database of this program. A version other than the installation's takes effect at start, by a control entry (Semantics 8.6).</summary>
    public IDateTimeZoneProvider Zones { get; init; } = DateTimeZoneProviders.Tzdb;
}
