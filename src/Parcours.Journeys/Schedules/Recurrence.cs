using System.Collections.Immutable;
using NodaTime;

namespace Parcours.Journeys.Schedules;

/// <summary>How often something comes again: the rule of RFC 5545 section 3.3.10, as far as days, weeks, months and years go. The numbers are in no document: its text is.</summary>
public enum Frequency
{
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// <summary>A weekday of a rule; with a number, the n-th of its month or year, from the end below zero.</summary>
public readonly record struct RuleDay(int Number, IsoDayOfWeek Day);

/// <summary>The days on which something recurs, by a rule of RFC 5545 (section 3.3.10); read by <see cref="RecurrenceText"/>.</summary>
/// <remarks>Times of day are the caller's: every occurrence has that of the first. A day that a month or year does not have, such as the 31st or 29 February, is passed over, as the RFC says.</remarks>
public sealed record Recurrence
{
    /// <summary>Nothing is looked for longer than this after the first day: a rule may name days that never come.</summary>
    const int YearsMost = 200;

    public required Frequency Frequency { get; init; }
    /// <summary>Every so many days, weeks, months or years.</summary>
    public int Interval { get; init; } = 1;
    /// <summary>How often in all; null: without end.</summary>
    public int? Count { get; init; }
    /// <summary>Nothing comes later than this.</summary>
    public LocalDateTime? Until { get; init; }
    /// <summary>Whether <see cref="Until"/> is told in UTC, not by the clock on the wall.</summary>
    public bool UntilIsUtc { get; init; }
    public ImmutableArray<RuleDay> Days { get; init; } = [];
    /// <summary>1 to 31, or from the end of the month −1 to −31.</summary>
    public ImmutableArray<int> MonthDays { get; init; } = [];
    public ImmutableArray<int> Months { get; init; } = [];
    /// <summary>Which of a period's days count: the n-th, from the end below zero.</summary>
    public ImmutableArray<int> Positions { get; init; } = [];
    public IsoDayOfWeek WeekStart { get; init; } = IsoDayOfWeek.Monday;

    /// <summary>The days, in order, without regard to <see cref="Until"/>, which needs a time and a zone.</summary>
    /// <param name="first">The first that may count; what the rule leaves out follows it.</param>
    public IEnumerable<LocalDate> From(LocalDate first)
    {
        var last = first.PlusYears(YearsMost);
        var count = 0;
        for (var period = 0; Begin(first, period) is var begin && begin <= last; period++)
            foreach (var day in Chosen(InPeriod(begin, first)))
            {
                if (day < first)
                    continue;
                yield return day;
                if (++count == Count)
                    yield break;
            }
    }

    LocalDate Begin(LocalDate first, int period) => Frequency switch
    {
        Frequency.Daily => first.PlusDays(period * Interval),
        // The weekday is not before the first day of the week: NodaTime's "previous or same".
        Frequency.Weekly => first.PlusDays(-(((int)first.DayOfWeek - (int)WeekStart + 7) % 7)).PlusWeeks(period * Interval),
        Frequency.Monthly => new LocalDate(first.Year, first.Month, 1).PlusMonths(period * Interval),
        _ => new LocalDate(first.Year, 1, 1).PlusYears(period * Interval),
    };

    IEnumerable<LocalDate> InPeriod(LocalDate begin, LocalDate first) => Frequency switch
    {
        Frequency.Daily => Limited([begin]),
        Frequency.Weekly => Limited(Enumerable.Range(0, 7).Select(begin.PlusDays).Where(day => Days.IsEmpty ? day.DayOfWeek == first.DayOfWeek : OnWeekday(day))),
        Frequency.Monthly => Months.IsEmpty || Months.Contains(begin.Month) ? InMonth(begin, first) : [],
        _ => InYear(begin, first),
    };

    /// <summary>Rules by day and week are only narrowed by the other parts.</summary>
    IEnumerable<LocalDate> Limited(IEnumerable<LocalDate> days) => days.Where(day =>
        (Months.IsEmpty || Months.Contains(day.Month)) && (MonthDays.IsEmpty || IsMonthDay(day)) && (Days.IsEmpty || OnWeekday(day)));

    IEnumerable<LocalDate> InYear(LocalDate begin, LocalDate first)
    {
        if (Months.IsEmpty && MonthDays.IsEmpty && !Days.IsEmpty)
            return Numbered(begin, CalendarSystem.Iso.GetDaysInYear(begin.Year));
        IEnumerable<int> months = !Months.IsEmpty ? Months.Order() : !MonthDays.IsEmpty ? Enumerable.Range(1, 12) : [first.Month];
        return months.SelectMany(month => InMonth(new(begin.Year, month, 1), first));
    }

    IEnumerable<LocalDate> InMonth(LocalDate begin, LocalDate first)
    {
        var length = CalendarSystem.Iso.GetDaysInMonth(begin.Year, begin.Month);
        if (!MonthDays.IsEmpty)
            return Enumerable.Range(0, length).Select(begin.PlusDays).Where(day => IsMonthDay(day) && (Days.IsEmpty || OnWeekday(day)));
        if (!Days.IsEmpty)
            return Numbered(begin, length);
        return first.Day <= length ? [begin.PlusDays(first.Day - 1)] : [];
    }

    /// <summary>The named weekdays of a stretch, or the n-th of them.</summary>
    IEnumerable<LocalDate> Numbered(LocalDate begin, int length) => Enumerable.Range(0, length).Where(at => Days.Any(rule =>
        rule.Day == begin.PlusDays(at).DayOfWeek && (rule.Number == 0 || (rule.Number > 0 ? rule.Number == (at / 7) + 1 : -rule.Number == ((length - 1 - at) / 7) + 1)))).Select(begin.PlusDays);

    bool OnWeekday(LocalDate day) => Days.Any(rule => rule.Day == day.DayOfWeek);

    bool IsMonthDay(LocalDate day) => MonthDays.Contains(day.Day) || MonthDays.Contains(day.Day - CalendarSystem.Iso.GetDaysInMonth(day.Year, day.Month) - 1);

    IEnumerable<LocalDate> Chosen(IEnumerable<LocalDate> days)
    {
        if (Positions.IsEmpty)
            return days;
        var all = days.ToList();
        return Positions.Select(position => position > 0 ? position - 1 : all.Count + position).Where(at => at >= 0 && at < all.Count).Distinct().Order().Select(at => all[at]);
    }
}
