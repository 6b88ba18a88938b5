using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Parcours.Journeys.Schedules;

/// <summary>One day of a calendar of holidays: a date, a day of each year, one reckoned from Easter, or an n-th weekday.</summary>
/// <remarks>As text: <c>2026-05-04</c>, <c>12-25</c>, <c>easter</c>, <c>easter+1</c>, <c>easter-2</c>, <c>11-thursday-4</c>, <c>05-monday-last</c>.</remarks>
public sealed record HolidayDay
{
    const int Last = -1;

    LocalDate? Date { get; init; }
    AnnualDate? Yearly { get; init; }
    int? FromEaster { get; init; }
    (int Month, IsoDayOfWeek Day, int Nth)? Weekday { get; init; }

    /// <returns>Null: the text names no day.</returns>
    public static HolidayDay? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date })
            return new() { Date = date };
        if (AnnualDatePattern.Iso.Parse(text) is { Success: true, Value: var yearly })
            return new() { Yearly = yearly };
        if (text.StartsWith("easter", StringComparison.Ordinal))
            return text.Length == 6 ? new() { FromEaster = 0 }
                : text[6] is '+' or '-' && int.TryParse(text.AsSpan(6), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days) && Math.Abs(days) <= 120 ? new() { FromEaster = days } : null;
        return text.Split('-') is [var month, var name, var nth] && int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at is >= 1 and <= 12
            && Enum.TryParse<IsoDayOfWeek>(name, ignoreCase: true, out var day) && day is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Sunday && !char.IsAsciiDigit(name[0])
            && (nth == "last" ? Last : int.TryParse(nth, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 4 ? count : 0) is not 0 and var which
            ? new() { Weekday = (at, day, which) } : null;
    }

    /// <summary>When it is that year; null: not in that one.</summary>
    public LocalDate? In(int year)
    {
        if (Date is { } date)
            return date.Year == year ? date : null;
        if (Yearly is { } yearly)
            return yearly.IsValidYear(year) ? yearly.InYear(year) : null;
        if (FromEaster is { } days)
            return Easter(year).PlusDays(days);
        var (month, day, nth) = Weekday!.Value;
        if (nth == Last)
            return new LocalDate(year, month, 1).PlusMonths(1).PlusDays(-1) is var end && end.DayOfWeek == day ? end : end.Previous(day);
        var first = new LocalDate(year, month, 1);
        return (first.DayOfWeek == day ? first : first.Next(day)).PlusWeeks(nth - 1);
    }

    /// <summary>Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher.</summary>
    public static LocalDate Easter(int year)
    {
        var (golden, century, rest) = (year % 19, year / 100, year % 100);
        var epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        var weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
        var late = (golden + 11 * epact + 22 * weekday) / 451;
        var day = epact + weekday - 7 * late + 114;
        return new(year, day / 31, day % 31 + 1);
    }
}
