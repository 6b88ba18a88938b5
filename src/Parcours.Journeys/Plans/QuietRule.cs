using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Plans;

/// <summary>Hours in which the installation sends nothing of a kind, where the contact lives (Semantics 10.1).</summary>
/// <param name="Always">Transactional messages are held too.</param>
/// <param name="Countries">ISO 3166-1, two letters; empty: everywhere.</param>
/// <param name="Days">The days of the week on which it is quiet; none where only holidays are.</param>
/// <param name="Holidays">Public holidays of the contact's country are quiet, too.</param>
/// <param name="From">Included. Where summer time skips it, the first moment after the gap; where it comes twice, the first (Semantics 8.5).</param>
/// <param name="Until">Excluded, resolved in the same way; at or before <paramref name="From"/> it is that of the next day, so that equal times are a whole day.</param>
/// <param name="Spread">Over how long what it held up leaves afterwards.</param>
public sealed record QuietRule(string Name, string Channel, bool Always, ImmutableArray<string> Countries, WeekDays Days, bool Holidays, LocalTime From, LocalTime Until, Duration Spread)
{
    /// <summary>Holidays of a year and a leap day: what does not come within that does not come.</summary>
    const int DaysAhead = 367;

    public bool Applies(string channel, MessagePurpose purpose, string? country) =>
        Channel == channel && (Always || purpose == MessagePurpose.Marketing) && (Countries.IsEmpty || (country is not null && Countries.Contains(country)));

    /// <summary>The quiet hours in which an instant lies, else the first after it; null: none come.</summary>
    /// <returns>From, included, until, excluded; and the local time that their end stands for.</returns>
    public (Instant Begins, Instant Ends, LocalDateTime Meant)? Next(Instant at, DateTimeZone zone, HolidayCalendar? calendar)
    {
        if (Days.IsNone && calendar is null)
            return null;
        // Two days before: they may have begun yesterday and last past midnight, and a gap may swallow a whole day.
        var date = at.InZone(zone).Date.PlusDays(-2);
        for (var left = DaysAhead; left > 0; (left, date) = (left - 1, date.PlusDays(1)))
        {
            if (!Days.Contains(date.DayOfWeek) && !(Holidays && calendar?.IsHoliday(date) == true))
                continue;
            var meant = (Until > From ? date : date.PlusDays(1)).At(Until);
            var (begins, ends) = (LocalTimes.ToInstant(date.At(From), zone), LocalTimes.ToInstant(meant, zone));
            // Inside a gap both are one instant: that day there are none.
            if (ends > at && ends > begins)
                return (begins, ends, meant);
        }
        return null;
    }
}
