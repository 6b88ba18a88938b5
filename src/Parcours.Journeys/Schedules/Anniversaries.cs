using NodaTime;

namespace Parcours.Journeys.Schedules;

/// <summary>The day on which a date comes round again.</summary>
public static class Anniversaries
{
    /// <summary>The anniversary of a date in a year.</summary>
    /// <param name="leapDayOnFirstOfMarch">In years without it, 29 February falls on the 28th, or with true on 1 March (Semantics 8.5).</param>
    public static LocalDate In(LocalDate date, int year, bool leapDayOnFirstOfMarch = false)
    {
        if (date is not { Month: 2, Day: 29 } || CalendarSystem.Iso.IsLeapYear(year))
            return new LocalDate(year, date.Month, date.Day);
        return leapDayOnFirstOfMarch ? new LocalDate(year, 3, 1) : new LocalDate(year, 2, 28);
    }

    /// <summary>The first anniversary of a date on a day, or after it; never the date itself, and never before it.</summary>
    public static LocalDate Next(LocalDate date, LocalDate onOrAfter, bool leapDayOnFirstOfMarch = false)
    {
        var year = Math.Max(onOrAfter.Year, date.Year + 1);
        var thisYear = In(date, year, leapDayOnFirstOfMarch);
        return thisYear >= onOrAfter ? thisYear : In(date, year + 1, leapDayOnFirstOfMarch);
    }
}
