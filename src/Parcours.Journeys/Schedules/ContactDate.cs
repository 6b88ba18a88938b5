using System.Globalization;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;

namespace Parcours.Journeys.Schedules;

/// <summary>A moment that a date of the contact stands for: so many days before or after it, or after its anniversaries, at a time of day; or so long before or after the very moment (Semantics 8.4, 8.5).</summary>
/// <param name="Property">The contact property that holds it; null: a field of the event does.</param>
/// <param name="Days">After the date; below zero, before it.</param>
/// <param name="Yearly">Each anniversary of the date, not the date itself.</param>
/// <param name="Time">The time of day; null where there is an <paramref name="Offset"/>.</param>
/// <param name="Zone">As a definition names it.</param>
/// <param name="Offset">After the very moment, in time that passes; below zero, before it. Null: the day counts, and the time of day.</param>
/// <param name="Field">Instead of a property: the field of the event that started the enrolment.</param>
public sealed record ContactDate(string? Property, int Days, bool Yearly, bool LeapDayOnFirstOfMarch, LocalTime? Time, string? Zone, Duration? Offset = null, string? Field = null)
{
    /// <summary>As far as the longest wait.</summary>
    public const int DaysMost = 5 * 365;

    readonly ZoneChoice? _zone = ZoneChoice.Parse(Zone);

    // Parsed by Check already.
    ZoneChoice Choice => _zone ?? throw new InvalidOperationException($"'{Zone}' is no time zone.");

    /// <summary>What can move the moment.</summary>
    public Dependencies Hears => Dependencies.None with { Properties = [.. Property is null ? [] : new[] { Property }, .. Choice.OfContact ? ZoneChoice.HeardProperties : []] };

    /// <summary>In which zone it holds for a contact.</summary>
    public DateTimeZone ZoneOf(Contact contact, DateTimeZone journey) => Choice.For(contact, journey);

    /// <summary>What holds the date: a date, a date-time, or a text such as 2026-01-31 or 2026-01-31T09:00:00Z.</summary>
    public Value ValueOf(Contact contact, EventProperties data) => Property is not null ? contact.Property(Property) : data[Field!]; // Checked: one of the two.

    /// <summary>English, for an explanation: <c>7 days before renews_on, 09:00 (contact time)</c>, <c>PT2H before appointment_at</c>.</summary>
    public string Explain()
    {
        var date = Yearly ? $"the next anniversary of {Property ?? Field}" : Property ?? Field;
        if (Offset is { } offset)
            return offset == Duration.Zero ? $"the moment of {date}" : $"{IsoDuration.Format(offset < Duration.Zero ? -offset : offset)} {(offset < Duration.Zero ? "before" : "after")} {date}";
        var when = Days switch { 0 => date, -1 => $"1 day before {date}", 1 => $"1 day after {date}", < 0 => $"{-Days} days before {date}", _ => $"{Days} days after {date}" };
        return $"{when}, {Time?.ToString("HH:mm", CultureInfo.InvariantCulture)} ({Zone ?? ZoneChoice.JourneyText} time)";
    }

    /// <summary>The fields are named as the properties are.</summary>
    public void Check(CheckContext check)
    {
        if (Property is null == Field is null)
            check.Error(ProblemCodes.ValueSource, "property", "Say which date is meant: a property of the contact, or a field of the starting event.");
        else if (Property is { } property)
            CheckProperty(check, property);
        else
            check.Named(Field!, "field");
        if (Offset is not null && (Days != 0 || Time is not null))
            check.Error(ProblemCodes.DateOffset, "offset", "Say when in one way: by days and a time of day, or by an offset from the moment itself.");
        else if (Offset is null && Time is null)
            check.Error(ProblemCodes.UntilTime, "time", "Say at what time of day; or with offset, how long before or after the moment itself.");
        if (Math.Abs((long)Days) > DaysMost)
            check.Error(ProblemCodes.WaitTooLong, "days", $"At most {DaysMost} days before or after the date.", ("days", Days.ToString(CultureInfo.InvariantCulture)));
        if (Offset is { } offset && (offset > CheckContext.WaitMax || offset < -CheckContext.WaitMax))
            check.Error(ProblemCodes.WaitTooLong, "offset", $"At most {DaysMost} days before or after the moment.", ("duration", IsoDuration.Format(offset)));
        check.Zone(Zone);
    }

    static void CheckProperty(CheckContext check, string property)
    {
        check.Property(property, "property");
        if (check.References.PropertyType(property) is ValueKind.Number or ValueKind.Boolean or ValueKind.Texts)
            check.Error(ProblemCodes.DateProperty, "property", $"'{property}' holds no dates; name a property of type date or dateTime.", ("property", property));
    }

    /// <summary>The day of the moment: of the date itself, or of the first anniversary whose moment is not before <paramref name="from"/>.</summary>
    /// <param name="after">Days up to this one do not count; null: all do.</param>
    /// <returns>Null: there is no such date, or it lies on a day that does not count.</returns>
    public LocalDate? DayOf(Value value, DateTimeZone here, Instant from, LocalDate? after = null)
    {
        if (DateOf(value, here) is not { } date)
            return null;
        if (!Yearly)
            return date.PlusDays(Days) is var day && !(day <= after) ? day : null;
        // From a day earlier: where a gap swallows midnight, yesterday's time can resolve to a moment of today.
        var first = from.InZone(here).Date.PlusDays(-Days - 1);
        while (true)
        {
            var next = Anniversaries.Next(date, first, LeapDayOnFirstOfMarch);
            if (next.PlusDays(Days) is var day && !(day <= after) && At(day, here) >= from)
                return day;
            first = next.PlusDays(1);
        }
    }

    /// <summary>Whether the moment still falls on this day, after the date or the zone has changed.</summary>
    public bool FallsOn(Value value, DateTimeZone here, LocalDate day) =>
        DateOf(value, here) is { } date && (Yearly ? Anniversaries.Next(date, day.PlusDays(-Days), LeapDayOnFirstOfMarch) : date).PlusDays(Days) == day;

    public Instant At(LocalDate day, DateTimeZone here) => LocalTimes.ToInstant(day.At(TimeOfDay), here);

    public string Intention(LocalDate day, DateTimeZone here) => LocalTimes.Intention(day.At(TimeOfDay), here);

    // Checked: there is one where the day counts.
    LocalTime TimeOfDay => Time ?? LocalTime.Midnight;

    /// <summary>With an offset: so long before or after the value's own moment, or of the first anniversary of it for which that is not before <paramref name="from"/>. A date without a time begins at midnight there.</summary>
    /// <param name="after">Anniversaries up to this day do not count; null: all do.</param>
    /// <returns>The moment; the day on which what it is reckoned from lies; and where a local time was meant, which (8.6). Null: there is no such date.</returns>
    public (Instant At, LocalDate Day, string? Intention)? MomentOf(Value value, DateTimeZone here, Instant from, LocalDate? after = null)
    {
        var offset = Offset ?? Duration.Zero;
        if (!Times.TryMicroseconds(value, here, out var read) || Microseconds.ToInstant(read).InZone(here).LocalDateTime is not { Year: > 0 and < 9_900 } local)
            return null;
        if (!Yearly)
            return (Microseconds.ToInstant(read) + offset, local.Date, IsDay(value) ? LocalTimes.Intention(local.Date.AtMidnight(), here, offset) : null);
        var first = (from - offset).InZone(here).Date.PlusDays(-1);
        while (true)
        {
            var next = Anniversaries.Next(local.Date, first, LeapDayOnFirstOfMarch);
            if (!(next <= after) && LocalTimes.ToInstant(next.At(local.TimeOfDay), here) + offset is var at && at >= from)
                return (at, next, LocalTimes.Intention(next.At(local.TimeOfDay), here, offset));
            first = next.PlusDays(1);
        }
    }

    /// <summary>Whether it hangs on the zone when the day begins.</summary>
    public static bool IsDay(Value value) => value.Kind == ValueKind.Date || (value.Kind == ValueKind.Text && value.AsText.Length == 10);

    // Texts in ISO's form alone: in others nobody knows whether a day or a month comes first. What lies beyond these years is no date of a person, and no days can be added to it.
    static LocalDate? DateOf(Value value, DateTimeZone here) => Times.TryDate(value, here, out var date) && date.Year is > 0 and < 9_900 ? date : null;
}
