using NodaTime;

namespace Parcours.Journeys.Schedules;

/// <summary>What becomes of a message whose window is closed (Semantics 10.4). The numbers are stored.</summary>
public enum OutsideWindow : byte
{
    /// <summary>It waits for the next opening.</summary>
    Wait = 0,
    /// <summary>It is not sent, with the reason on record.</summary>
    Skip = 1,
}

/// <summary>The hours in which a message may leave: some days of the week, from one time of day until another, in one zone (Semantics 10.1, 10.4).</summary>
/// <param name="From">Included. Where summer time skips it, the first moment after the gap; where it comes twice, the first (Semantics 8.5).</param>
/// <param name="Until">Excluded, and resolved in the same way; at or before <paramref name="From"/> it is that of the next day, so that equal times are a whole day.</param>
public sealed record SendWindow(WeekDays Days, LocalTime From, LocalTime Until, DateTimeZone Zone, OutsideWindow Outside)
{
    /// <summary>Over how long what waited for it leaves, from its opening on.</summary>
    public Duration Spread { get; init; }

    public bool IsOpen(Instant at) => Next(at).Opens <= at;

    /// <summary>The opening in which an instant lies, else the first one after it.</summary>
    /// <returns>From, included, until, excluded; and the local time that the first of them stands for.</returns>
    public (Instant Opens, Instant Closes, LocalDateTime Meant) Next(Instant at)
    {
        if (Days.IsNone)
            throw new InvalidOperationException("A window opens on one day of the week at least.");
        // Two days before: it may have opened yesterday and be open past midnight, and a gap may swallow a whole day.
        for (var date = at.InZone(Zone).Date.PlusDays(-2); ; date = date.PlusDays(1))
        {
            if (!Days.Contains(date.DayOfWeek))
                continue;
            var meant = date.At(From);
            var opens = LocalTimes.ToInstant(meant, Zone);
            var closes = LocalTimes.ToInstant((Until > From ? date : date.PlusDays(1)).At(Until), Zone);
            // Inside a gap both are one instant: that day it does not open.
            if (closes > at && closes > opens)
                return (opens, closes, meant);
        }
    }

    /// <summary>The longest time for which it is closed in a week without a change of clocks.</summary>
    public static Duration LongestClosed(WeekDays days, LocalTime from, LocalTime until)
    {
        var week = new SendWindow(days, from, until, DateTimeZone.Utc, OutsideWindow.Wait);
        var longest = Duration.Zero;
        for (var (opening, count) = (week.Next(Instant.FromUnixTimeTicks(0)), 0); count < 8; count++)
        {
            var next = week.Next(opening.Closes);
            longest = Duration.Max(longest, next.Opens - opening.Closes);
            opening = next;
        }
        return longest;
    }
}
