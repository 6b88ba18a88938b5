using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Parcours.Journeys.Schedules;

/// <summary>The text of a rule: <c>FREQ=WEEKLY;BYDAY=MO,TH</c> (RFC 5545 section 3.3.10).</summary>
public static class RecurrenceText
{
    public const int CountMost = 10_000;
    const int IntervalMost = 1_000;
    static readonly string[] Weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    static readonly LocalDateTimePattern Moment = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
    static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    /// <param name="problem">What to do about a text that is none; null when it is one.</param>
    public static Recurrence? TryParse(string text, out string? problem)
    {
        problem = null;
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in (text.StartsWith("RRULE:", StringComparison.OrdinalIgnoreCase) ? text["RRULE:".Length..] : text).Split(';'))
            if (part.Split('=') is not [var name, { Length: > 0 } value] || !parts.TryAdd(name.Trim(), value.Trim()))
            {
                problem = $"'{part}' is no part of a rule, or stands twice; a rule is such as FREQ=WEEKLY;BYDAY=MO,TH.";
                return null;
            }
        foreach (var name in parts.Keys)
            if (name.ToUpperInvariant() is not ("FREQ" or "INTERVAL" or "COUNT" or "UNTIL" or "BYDAY" or "BYMONTHDAY" or "BYMONTH" or "BYSETPOS" or "WKST"))
            {
                problem = $"{name} is not understood; use FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS and WKST.";
                return null;
            }
        try
        {
            return Read(parts);
        }
        catch (FormatException wrong)
        {
            problem = wrong.Message;
            return null;
        }
    }

    static Recurrence Read(Dictionary<string, string> parts)
    {
        var (until, isUtc) = parts.TryGetValue("UNTIL", out var end) ? Until(end) : (null, false);
        var rule = new Recurrence
        {
            Frequency = parts.GetValueOrDefault("FREQ")?.ToUpperInvariant() switch
            {
                "DAILY" => Frequency.Daily,
                "WEEKLY" => Frequency.Weekly,
                "MONTHLY" => Frequency.Monthly,
                "YEARLY" => Frequency.Yearly,
                _ => throw new FormatException("FREQ is DAILY, WEEKLY, MONTHLY or YEARLY."),
            },
            Interval = parts.TryGetValue("INTERVAL", out var interval) ? Number("INTERVAL", interval, 1, IntervalMost) : 1,
            Count = parts.TryGetValue("COUNT", out var count) ? Number("COUNT", count, 1, CountMost) : null,
            Until = until,
            UntilIsUtc = isUtc,
            Days = [.. Each(parts, "BYDAY", DayOf)],
            MonthDays = [.. Each(parts, "BYMONTHDAY", value => NotZero("BYMONTHDAY", value, 31))],
            Months = [.. Each(parts, "BYMONTH", value => Number("BYMONTH", value, 1, 12))],
            Positions = [.. Each(parts, "BYSETPOS", value => NotZero("BYSETPOS", value, 366))],
            WeekStart = parts.TryGetValue("WKST", out var start) ? Weekday(start) : IsoDayOfWeek.Monday,
        };
        if (rule is { Count: not null, Until: not null })
            throw new FormatException("A rule has COUNT or UNTIL, not both.");
        if (rule.Frequency is Frequency.Daily or Frequency.Weekly && rule.Days.Any(day => day.Number != 0))
            throw new FormatException("Weekdays have numbers in rules by month or year only, such as FREQ=MONTHLY;BYDAY=2TU.");
        if (rule.Frequency == Frequency.Weekly && !rule.MonthDays.IsEmpty)
            throw new FormatException("A rule by week has no BYMONTHDAY.");
        if (!rule.Positions.IsEmpty && rule.Days.IsEmpty && rule.MonthDays.IsEmpty && rule.Months.IsEmpty)
            throw new FormatException("BYSETPOS chooses among the days of another part; add BYDAY, BYMONTHDAY or BYMONTH.");
        return rule;
    }

    static IEnumerable<T> Each<T>(Dictionary<string, string> parts, string name, Func<string, T> read) =>
        parts.TryGetValue(name, out var values) ? values.Split(',').Select(value => read(value.Trim())).Distinct() : [];

    static int Number(string name, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number : throw new FormatException($"{name} is a number from {least} to {most}, not '{text}'.");

    static int NotZero(string name, string text, int most) =>
        Number(name, text, -most, most) is not 0 and var number ? number : throw new FormatException($"{name} counts from 1, or from the end from −1.");

    static RuleDay DayOf(string text) =>
        text.Length < 2 ? throw new FormatException($"'{text}' is no weekday; use {string.Join(", ", Weekdays)}.")
        : new(text.Length == 2 ? 0 : NotZero("The number of a weekday", text[..^2], 53), Weekday(text[^2..]));

    static IsoDayOfWeek Weekday(string text) =>
        Array.IndexOf(Weekdays, text.ToUpperInvariant()) is >= 0 and var at ? (IsoDayOfWeek)(at + 1) : throw new FormatException($"'{text}' is no weekday; use {string.Join(", ", Weekdays)}.");

    // A day alone: all of it.
    static (LocalDateTime?, bool) Until(string text)
    {
        var isUtc = text.EndsWith('Z') || text.EndsWith('z');
        if (!isUtc && Day.Parse(text) is { Success: true } day)
            return (day.Value.At(new LocalTime(23, 59, 59)), false);
        return Moment.Parse((isUtc ? text[..^1] : text).ToUpperInvariant()) is { Success: true } read
            ? (read.Value, isUtc) : throw new FormatException($"UNTIL is a day such as 20261231, or a moment such as 20261231T090000, not '{text}'.");
    }
}
