using NodaTime;

namespace Parcours.Journeys.Contacts;

/// <summary>Instants are kept to the microsecond everywhere: what PostgreSQL stores is what the machine saw.</summary>
public static class Microseconds
{
    /// <summary>Microseconds since 1970-01-01T00:00Z, rounded down.</summary>
    public static long ToMicroseconds(this Instant instant)
    {
        var ticks = instant.ToUnixTimeTicks();
        return ticks >= 0 ? ticks / 10 : (ticks - 9) / 10;
    }

    public static Instant ToInstant(long microseconds) => Instant.FromUnixTimeTicks(microseconds * 10);

    /// <summary>The instant, cut to the microsecond.</summary>
    public static Instant Truncate(this Instant instant) => ToInstant(instant.ToMicroseconds());
}
