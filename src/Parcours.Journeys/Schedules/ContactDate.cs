using System.Globalization;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;

namespace Parcours.Journeys.Schedules;

/// <summary>A moment that a date of the contact stands for: so many days before or after it, or after its anniversaries, at a time of day (Semantics 8.4, 8.5).</summary>
/// <param name="Property">A date, a date-time, or a text such as 2026-01-31.</param>
/// <param name="Days">After the date; below zero, before it.</param>
/// <param name="Yearly">Each anniversary of the date, not the date itself.</param>
/// <param name="Zone">As a definition names it.</param>
public sealed record ContactDate(string Property, int Days, bool Yearly, bool LeapDayOnFirstOfMarch, LocalTime Time, string? Zone)
{
    /// <summary>As far as the longest wait.</summary>
    public const int DaysMost = 5 * 365;

    readonly ZoneChoice? _zone = ZoneChoice.Parse(Zone);

    // Parsed by Check already.
    ZoneChoice Choice => _zone ?? throw new InvalidOperationException($"'{Zone}' is no time zone.");

    /// <summary>What can move the moment.</summary>
    public Dependencies Hears => Dependencies.None with { Properties = Choice.OfContact ? [Property, .. ZoneChoice.HeardProperties] : [Property] };

    /// <summary>In which zone it holds for a contact.</summary>
    public DateTimeZone ZoneOf(Contact contact, DateTimeZone journey) => Choice.For(contact, journey);

    /// <summary>English, for an explanation: <c>7 days before renews_on, 09:00 (contact time)</c>.</summary>
    public string Explain()
    {
        var date = Yearly ? $"the next anniversary of {Property}" : Property;
        var when = Days switch { 0 => date, -1 => $"1 day before {date}", 1 => $"1 day after {date}", < 0 => $"{-Days} days before {date}", _ => $"{Days} days after {date}" };
        return $"{when}, {Time.ToString("HH:mm", CultureInfo.InvariantCulture)} ({Zone ?? ZoneChoice.JourneyText} time)";
    }

    /// <summary>The fields are named as the properties are.</summary>
    public void Check(CheckContext check)
    {
        check.Property(Property, "property");
        if (check.References.PropertyType(Property) is ValueKind.Number or ValueKind.Boolean or ValueKind.Texts)
            check.Error(ProblemCodes.DateProperty, "property", $"'{Property}' holds no dates; name a property of type date or dateTime.", ("property", Property));
        if (Math.Abs((long)Days) > DaysMost)
            check.Error(ProblemCodes.WaitTooLong, "days", $"At most {DaysMost} days before or after the date.", ("days", Days.ToString(CultureInfo.InvariantCulture)));
        check.Zone(Zone);
    }

    /// <summary>The day of the moment: of the date itself, or of the first anniversary whose moment is not before <paramref name="from"/>.</summary>
    /// <param name="after">Days up to this one do not count; null: all do.</param>
    /// <returns>Null: the contact has no such date, or what it has lies on a day that does not count.</returns>
    public LocalDate? DayOf(Contact contact, DateTimeZone here, Instant from, LocalDate? after = null)
    {
        if (DateOf(contact, here) is not { } date)
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
    public bool FallsOn(Contact contact, DateTimeZone here, LocalDate day) =>
        DateOf(contact, here) is { } date && (Yearly ? Anniversaries.Next(date, day.PlusDays(-Days), LeapDayOnFirstOfMarch) : date).PlusDays(Days) == day;

    public Instant At(LocalDate day, DateTimeZone here) => LocalTimes.ToInstant(day.At(Time), here);

    public string Intention(LocalDate day, DateTimeZone here) => LocalTimes.Intention(day.At(Time), here);

    // Texts in this form alone: in other forms nobody knows whether a day or a month comes first. What lies beyond these years is no date of a person, and no days can be added to it.
    LocalDate? DateOf(Contact contact, DateTimeZone here) => (contact.Property(Property) is var value ? value.Kind : default) switch
    {
        ValueKind.Date => Within(value.AsDate),
        ValueKind.DateTime => Within(value.AsInstant.InZone(here).Date),
        ValueKind.Text when NodaTime.Text.LocalDatePattern.Iso.Parse(value.AsText) is { Success: true } read => Within(read.Value),
        _ => null,
    };

    static LocalDate? Within(LocalDate date) => date.Year is > 0 and < 9_900 ? date : null;
}
