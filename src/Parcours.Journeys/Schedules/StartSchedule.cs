using NodaTime;

namespace Parcours.Journeys.Schedules;

/// <summary>The moments of a starting point by schedule: one, or by a rule, at a time of day in a zone (Semantics 6.12).</summary>
/// <param name="First">The first day that may count.</param>
/// <param name="Rule">Null: once.</param>
/// <remarks>In a gap of the clocks the first instant after it, in an overlap the earlier (Semantics 8.5).</remarks>
public sealed record StartSchedule(LocalDate First, LocalTime Time, Recurrence? Rule, DateTimeZone Zone)
{
    /// <summary>All of them, in order.</summary>
    public IEnumerable<Instant> Moments()
    {
        if (Rule is null)
        {
            yield return LocalTimes.ToInstant(First.At(Time), Zone);
            yield break;
        }
        var last = Instant.MinValue;
        foreach (var day in Rule.From(First))
        {
            var local = day.At(Time);
            var at = LocalTimes.ToInstant(local, Zone);
            if (Rule.Until is { } until && (Rule.UntilIsUtc ? at > until.InUtc().ToInstant() : local > until))
                yield break;
            // Where a zone leaves out whole days two of them are one instant.
            if (at > last)
                yield return last = at;
        }
    }

    /// <summary>The first moment later than <paramref name="after"/>; null: none comes.</summary>
    public Instant? Next(Instant after)
    {
        foreach (var at in Moments())
            if (at > after)
                return at;
        return null;
    }
}
