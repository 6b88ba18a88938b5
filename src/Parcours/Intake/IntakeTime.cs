using System.Globalization;
using NodaTime;

namespace Parcours.Intake;

/// <summary>Reads the times that senders write, which is more than ISO 8601 allows, and never guesses the order of day and month.</summary>
public static class IntakeTime
{
    const long TicksPerMicrosecond = NodaConstants.TicksPerMillisecond / 1000;

    // No event of anybody's happened outside; and sums of three such times stay within the calendar (semantics 1.2).
    static readonly long EarliestTicks = Instant.FromUtc(1900, 1, 1, 0, 0).ToUnixTimeTicks();
    static readonly long LatestTicks = Instant.FromUtc(2200, 1, 1, 0, 0).ToUnixTimeTicks();

    /// <summary>
    /// Reads ISO 8601, also with one-digit parts or without seconds, time of day or zone (a missing zone is UTC); HTTP dates; and
    /// epoch seconds, milliseconds or microseconds.
    /// </summary>
    /// <param name="text">As the sender wrote it.</param>
    /// <param name="time">UTC, cut to microseconds.</param>
    /// <returns>False where it is none of these, no day of the calendar, or outside the years 1900 to 2199.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Instant time)
    {
        text = text.Trim();
        if (TryParseIso(text, out time))
            return true;
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number))
            return TryFromEpoch(number, out time);
        return DateTime.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var http)
            && TryFromTicks(new LocalDateTime(http.Year, http.Month, http.Day, http.Hour, http.Minute, http.Second).InUtc().ToInstant().ToUnixTimeTicks(), out time);
    }

    /// <summary>An epoch time whose unit shows in its size: seconds below 10^11 (the year 5138), then milliseconds, then microseconds.</summary>
    public static bool TryFromEpoch(decimal number, out Instant time)
    {
        time = default;
        var size = Math.Abs(number);
        // Below, it is a year, a counter or nothing at all rather than a moment before 1973.
        if (size is < 100_000_000m or >= 100_000_000_000_000_000m)
            return false;
        var microseconds = decimal.Floor(size < 100_000_000_000m ? number * 1_000_000 : size < 100_000_000_000_000m ? number * 1_000 : number);
        return TryFromTicks((Int128)microseconds * TicksPerMicrosecond, out time);
    }

    static bool TryFromTicks(Int128 ticks, out Instant time)
    {
        time = default;
        if (ticks < EarliestTicks || ticks >= LatestTicks)
            return false;
        var whole = (long)ticks;
        time = Instant.FromUnixTimeTicks(whole - Modulo(whole, TicksPerMicrosecond));
        return true;
    }

    static long Modulo(long value, long divisor) => ((value % divisor) + divisor) % divisor;

    static bool TryParseIso(ReadOnlySpan<char> text, out Instant time)
    {
        time = default;
        if (!TakeNumber(ref text, 4, 4, out var year) || !Take(ref text, '-')
            || !TakeNumber(ref text, 1, 2, out var month) || !Take(ref text, '-')
            || !TakeNumber(ref text, 1, 2, out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;

        long sinceMidnight = 0, offset = 0;
        if (Take(ref text, 'T') || Take(ref text, 't') || Take(ref text, ' '))
        {
            if (!TryTakeTimeOfDay(ref text, out sinceMidnight) || !TryTakeOffset(ref text, out offset))
                return false;
        }

        var midnight = new LocalDate(year, month, day).AtMidnight().InUtc().ToInstant().ToUnixTimeTicks();
        return text.IsEmpty && TryFromTicks((Int128)midnight + sinceMidnight - offset, out time);
    }

    static bool TryTakeTimeOfDay(ref ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        int second = 0;
        if (!TakeNumber(ref text, 1, 2, out var hour) || !Take(ref text, ':') || !TakeNumber(ref text, 1, 2, out var minute))
            return false;
        if (Take(ref text, ':') && !TakeNumber(ref text, 1, 2, out second))
            return false;
        // 60 is a leap second: the first instant after it.
        if (hour > 23 || minute > 59 || second > 60)
            return false;
        ticks = ((((hour * 60L) + minute) * 60) + second) * NodaConstants.TicksPerSecond;

        if (Take(ref text, '.') || Take(ref text, ','))
        {
            var digits = 0;
            for (var unit = NodaConstants.TicksPerSecond / 10; digits < text.Length && char.IsAsciiDigit(text[digits]); digits++, unit /= 10)
                ticks += (text[digits] - '0') * unit;
            text = text[digits..];
            return digits > 0;
        }

        return true;
    }

    static bool TryTakeOffset(ref ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        text = text.TrimStart();
        if (text.IsEmpty || Take(ref text, 'Z') || Take(ref text, 'z'))
            return true;
        if (text is "UTC" or "GMT")
        {
            text = [];
            return true;
        }

        var sign = Take(ref text, '+') ? 1 : Take(ref text, '-') ? -1 : 0;
        int minutes = 0;
        if (sign == 0 || !TakeNumber(ref text, 1, 2, out var hours))
            return false;
        Take(ref text, ':');
        if (!text.IsEmpty && !TakeNumber(ref text, 2, 2, out minutes))
            return false;
        ticks = sign * ((hours * 60L) + minutes) * NodaConstants.TicksPerMinute;
        return hours <= 18 && minutes <= 59;
    }

    static bool Take(ref ReadOnlySpan<char> text, char expected)
    {
        if (text.IsEmpty || text[0] != expected)
            return false;
        text = text[1..];
        return true;
    }

    static bool TakeNumber(ref ReadOnlySpan<char> text, int digitsMin, int digitsMax, out int number)
    {
        number = 0;
        var digits = 0;
        for (; digits < text.Length && digits < digitsMax && char.IsAsciiDigit(text[digits]); digits++)
            number = (number * 10) + (text[digits] - '0');
        text = text[digits..];
        return digits >= digitsMin;
    }
}
