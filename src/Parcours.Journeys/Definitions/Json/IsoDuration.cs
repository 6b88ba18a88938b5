using System.Globalization;
using System.Text;
using NodaTime;

namespace Parcours.Journeys.Definitions.Json;

/// <summary>Durations as definitions write them: ISO 8601, <c>P30D</c>, <c>PT2H30M</c>, <c>P2W</c>. A day is 24 h and a week seven of them (Semantics 2.1).</summary>
/// <remarks>Years and months have no fixed length and are refused. The last part may have a fraction; more than a microsecond's is cut.</remarks>
public static class IsoDuration
{
    static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create("0123456789.,");

    // A hundred years: longer ones are slips, and far from where the arithmetic of instants ends.
    const decimal LongestSeconds = 36_500m * 86_400;

    /// <returns>False if the text is no such duration.</returns>
    public static bool TryParse(string? text, out Duration duration)
    {
        duration = Duration.Zero;
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-", StringComparison.Ordinal);
        rest = negative ? rest[1..] : rest;
        if (!rest.StartsWith("P", StringComparison.Ordinal))
            return false;
        rest = rest[1..];
        var (inTime, rank, any, fraction) = (false, 0, false, false);
        while (!rest.IsEmpty)
        {
            if (rest[0] == 'T')
            {
                if (inTime || rest.Length == 1)
                    return false;
                inTime = true;
                rest = rest[1..];
                continue;
            }
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || fraction || Unit(rest[digits], inTime) is not { } unit || unit.Rank <= rank)
                return false;
            if (!decimal.TryParse(rest[..digits].ToString().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) || count > LongestSeconds)
                return false;
            fraction = count != decimal.Truncate(count);
            var microseconds = decimal.Truncate(count * unit.Microseconds);
            if (microseconds > LongestSeconds * 1_000_000)
                return false;
            duration += Duration.FromTicks((long)microseconds * 10);
            (rank, any) = (unit.Rank, true);
            rest = rest[(digits + 1)..];
        }
        duration = negative ? -duration : duration;
        return any;
    }

    static (int Rank, decimal Microseconds)? Unit(char name, bool inTime) => (inTime, name) switch
    {
        (false, 'W') => (1, 7 * 86_400_000_000m),
        (false, 'D') => (2, 86_400_000_000m),
        (true, 'H') => (3, 3_600_000_000m),
        (true, 'M') => (4, 60_000_000m),
        (true, 'S') => (5, 1_000_000m),
        _ => null,
    };

    /// <summary>The shortest form without weeks: equal durations have equal texts.</summary>
    public static string Format(Duration duration)
    {
        var text = new StringBuilder(duration < Duration.Zero ? "-P" : "P");
        var ticks = Math.Abs((long)duration.TotalTicks);
        Part(text, ref ticks, NodaConstants.TicksPerDay, 'D');
        if (ticks == 0)
            return text.Length > 1 && text[^1] == 'D' ? text.ToString() : "PT0S";
        text.Append('T');
        Part(text, ref ticks, NodaConstants.TicksPerHour, 'H');
        Part(text, ref ticks, NodaConstants.TicksPerMinute, 'M');
        if (ticks > 0)
            text.Append(CultureInfo.InvariantCulture, $"{(decimal)ticks / NodaConstants.TicksPerSecond:0.#######}S");
        return text.ToString();
    }

    static void Part(StringBuilder text, ref long ticks, long size, char unit)
    {
        if (ticks >= size)
            text.Append(CultureInfo.InvariantCulture, $"{ticks / size}{unit}");
        ticks %= size;
    }
}
