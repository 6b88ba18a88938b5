using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Parcours.Channels.Content;

/// <summary>Dates in templates: read from what events and contacts hold, written by the contact's language and time zone.</summary>
static class TemplateDates
{
    static readonly LocalDateTimePattern LocalTime = LocalDateTimePattern.ExtendedIso;

    public static readonly string[] Formats = ["short", "long", "full", "month", "time", "long time", "short time"];

    /// <summary>A date, or an instant as the clock on the contact's wall shows it. Text is read if it is ISO 8601.</summary>
    /// <returns>Null if the value is no date.</returns>
    public static LocalDateTime? Read(object? value) => value switch
    {
        LocalDate date => date.AtMidnight(),
        Instant instant => instant.InZone(RenderScope.Current.Zone).LocalDateTime,
        string text => ReadText(text),
        _ => null,
    };

    static LocalDateTime? ReadText(string text)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } date)
            return date.Value.AtMidnight();
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } instant)
            return instant.Value.ToInstant().InZone(RenderScope.Current.Zone).LocalDateTime;
        return LocalTime.Parse(text) is { Success: true } local ? local.Value : null;
    }

    public static string Write(LocalDateTime value, string format)
    {
        var culture = RenderScope.Current.Culture;
        var patterns = culture.DateTimeFormat;
        var date = value.ToDateTimeUnspecified();
        return format switch
        {
            "short" => date.ToString(patterns.ShortDatePattern, culture),
            "long" => date.ToString(WithoutWeekday(patterns.LongDatePattern), culture),
            "full" => date.ToString(patterns.LongDatePattern, culture),
            "month" => date.ToString(patterns.YearMonthPattern, culture),
            "time" => date.ToString(patterns.ShortTimePattern, culture),
            "short time" => date.ToString($"{patterns.ShortDatePattern} {patterns.ShortTimePattern}", culture),
            "long time" => date.ToString($"{WithoutWeekday(patterns.LongDatePattern)} {patterns.ShortTimePattern}", culture),
            _ => throw new RenderException(RenderFailure.Value, null, $"‘{format}’ is no form of a date: there are {string.Join(", ", Formats)}."),
        };
    }

    /// <summary>Cultures write "dddd, d MMMM yyyy", "dddd d MMMM yyyy" or "yyyy. MMMM d., dddd": the weekday goes with what joins it to the date.</summary>
    static string WithoutWeekday(string pattern)
    {
        var at = pattern.IndexOf("dddd", StringComparison.Ordinal);
        if (at < 0)
            return pattern;
        var without = at == 0 ? pattern[4..].TrimStart(',', ' ', '،', '、') : pattern.Remove(at, 4).TrimEnd(',', ' ', '(', ')');
        // A weekday in the middle of quoted words is rare; better the full date than a torn one.
        return without.Count(c => c == '\'') % 2 == 0 && without.Contains('d') && without.Contains('y') ? without : pattern;
    }
}
