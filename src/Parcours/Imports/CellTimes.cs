using System.Collections.Concurrent;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Parcours.Intake;
using Parcours.Journeys.Schedules;

namespace Parcours.Imports;

/// <summary>Dates and times in cells: by the formats that were said, else ISO 8601; without an offset in the import's time zone. Day and month are never guessed.</summary>
sealed class CellTimes(IReadOnlyList<string> formats, DateTimeZone zone)
{
    static readonly ConcurrentDictionary<string, LocalDateTimePattern> Patterns = new();
    readonly LocalDateTimePattern[] _patterns = [.. formats.Select(Pattern)];

    static LocalDateTimePattern Pattern(string format) => Patterns.GetOrAdd(format, static text => LocalDateTimePattern.Create(text, CultureInfo.InvariantCulture));

    /// <returns>Null: the pattern can be used.</returns>
    public static string? PatternProblem(string format)
    {
        try
        {
            Pattern(format);
            return null;
        }
        catch (InvalidPatternException wrong)
        {
            return wrong.Message.TrimEnd('.');
        }
    }

    public bool TryInstant(string text, out Instant instant)
    {
        foreach (var pattern in _patterns)
            if (pattern.Parse(text) is { Success: true } read)
            {
                instant = LocalTimes.ToInstant(read.Value, zone);
                return instant >= Earliest && instant < Latest;
            }

        if (!IntakeTime.TryParse(text, out instant))
            return false;
        // What has no offset was read as UTC.
        if (zone != DateTimeZone.Utc && !HasOffset(text))
            instant = LocalTimes.ToInstant(instant.InUtc().LocalDateTime, zone);
        return true;
    }

    public bool TryDate(string text, out LocalDate date)
    {
        foreach (var pattern in _patterns)
            if (pattern.Parse(text) is { Success: true } read)
            {
                date = read.Value.Date;
                return true;
            }

        if (LocalDatePattern.Iso.Parse(text) is { Success: true } iso)
        {
            date = iso.Value;
            return true;
        }

        // A time of day, as databases add it to dates, says nothing more; an offset would.
        if (text.Length > 10 && text[10] is 'T' or ' ' && IntakeTime.TryParse(text, out _) && LocalDatePattern.Iso.Parse(text[..10]) is { Success: true } cut)
        {
            date = cut.Value;
            return true;
        }

        date = default;
        return false;
    }

    static readonly Instant Earliest = Instant.FromUtc(1900, 1, 1, 0, 0), Latest = Instant.FromUtc(2200, 1, 1, 0, 0);

    static bool HasOffset(string text)
    {
        var time = text.IndexOf(':', StringComparison.Ordinal);
        // A bare number is an epoch, which is UTC; a bare date has no offset.
        if (time < 0)
            return !text.Contains('-', StringComparison.Ordinal);
        return text[^1] is 'Z' or 'z' || text.EndsWith("UTC", StringComparison.Ordinal) || text.EndsWith("GMT", StringComparison.Ordinal) || text.AsSpan(time).IndexOfAny('+', '-') >= 0;
    }
}
