using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Schedules;

/// <summary>From what a clock on the wall shows to an instant: the one place that knows gaps and overlaps (Semantics 8.5).</summary>
public static class LocalTimes
{
    static readonly ZoneLocalMappingResolver Resolver =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>The instant at which clocks in the zone show this.</summary>
    /// <returns>In a gap (clocks go forward) the first instant after it; in an overlap (clocks go back) the earlier of the two. To the microsecond.</returns>
    public static Instant ToInstant(LocalDateTime local, DateTimeZone zone) => zone.ResolveLocal(local, Resolver).ToInstant().Truncate();

    /// <summary>The next moment, later than <paramref name="after"/>, at which it is one of these days and this time in the zone.</summary>
    /// <param name="days">At least one.</param>
    /// <returns>The instant and the local time that it stands for; in a gap the two differ.</returns>
    /// <remarks>Later, not at: a loop that comes back at the very moment at which it was woken waits for the next one.</remarks>
    public static (Instant At, LocalDateTime Meant) Next(IReadOnlySet<IsoDayOfWeek> days, LocalTime time, DateTimeZone zone, Instant after)
    {
        if (days.Count == 0)
            throw new ArgumentException("There must be at least one day of the week.", nameof(days));
        // The day before too: where a gap swallows midnight, yesterday's time can resolve to a moment of today.
        var date = after.InZone(zone).Date.PlusDays(-1);
        while (true)
        {
            if (days.Contains(date.DayOfWeek))
            {
                var meant = date.At(time);
                var at = ToInstant(meant, zone);
                if (at > after)
                    return (at, meant);
            }
            date = date.PlusDays(1);
        }
    }

    /// <summary>A local time as it is stored beside the instant that was reckoned of it (Semantics 8.5, 8.6).</summary>
    /// <param name="beyond">How long after it, below zero before it; whole seconds of it are kept.</param>
    public static string Intention(LocalDateTime meant, DateTimeZone zone, Duration beyond = default) =>
        $"{meant.ToString("uuuu-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)} {zone.Id}{(long)beyond.TotalSeconds switch { 0 => "", > 0 and var later => $" +{later}", var earlier => $" {earlier}" }}";
}
