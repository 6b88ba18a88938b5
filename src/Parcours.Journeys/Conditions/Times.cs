using System.Globalization;
using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Conditions;

/// <summary>Reads values as points in time. No allocation.</summary>
static class Times
{
    static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mmK",
    ];

    static readonly LocalDate Epoch = new(1970, 1, 1);

    /// <summary>The instant; a date's first one in the zone. Texts are read as ISO 8601, those without an offset as UTC.</summary>
    internal static bool TryMicroseconds(in Value value, DateTimeZone? zone, out long at)
    {
        at = 0;
        switch (value.Kind)
        {
            case ValueKind.DateTime:
                at = value.AsInstant.ToMicroseconds();
                return true;
            case ValueKind.Date:
                at = StartOfDay(value.AsDate, zone);
                return true;
            case ValueKind.Text when TryParseDate(value.AsText, out var date):
                at = StartOfDay(date, zone);
                return true;
            case ValueKind.Text when TryParseInstant(value.AsText, out var instant):
                at = instant.ToMicroseconds();
                return true;
            default:
                return false;
        }
    }

    /// <summary>The date; an instant's date in the zone.</summary>
    internal static bool TryDate(in Value value, DateTimeZone? zone, out LocalDate date)
    {
        date = Epoch;
        switch (value.Kind)
        {
            case ValueKind.Date:
                date = value.AsDate;
                return true;
            case ValueKind.DateTime:
                date = value.AsInstant.InZone(zone ?? DateTimeZone.Utc).Date;
                return true;
            case ValueKind.Text when TryParseDate(value.AsText, out date):
                return true;
            case ValueKind.Text when TryParseInstant(value.AsText, out var instant):
                date = instant.InZone(zone ?? DateTimeZone.Utc).Date;
                return true;
            default:
                return false;
        }
    }

    /// <summary>The first instant of a day. Where summer time skips midnight, the first after the gap; where it repeats it, the earlier (Semantics 8.5).</summary>
    // The zone's own AtStartOfDay says the same but allocates, and conditions ask for it often.
    internal static long StartOfDay(LocalDate date, DateTimeZone? zone)
    {
        var midnight = Instant.FromUnixTimeTicks(Period.DaysBetween(Epoch, date) * NodaConstants.TicksPerDay);
        if (zone is null || midnight - Instant.MinValue < Duration.FromDays(2) || Instant.MaxValue - midnight < Duration.FromDays(2))
            return midnight.ToMicroseconds();
        var interval = zone.GetZoneInterval(midnight - Duration.FromDays(1));
        while (true)
        {
            var candidate = midnight - Duration.FromTicks(interval.WallOffset.Ticks);
            if (interval.HasStart && candidate < interval.Start)
                return interval.Start.ToMicroseconds();
            if (!interval.HasEnd || candidate < interval.End)
                return candidate.ToMicroseconds();
            interval = zone.GetZoneInterval(interval.End);
        }
    }

    static bool TryParseDate(string text, out LocalDate date)
    {
        date = Epoch;
        if (text.Length != 10 || !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read))
            return false;
        date = new LocalDate(read.Year, read.Month, read.Day);
        return true;
    }

    static bool TryParseInstant(string text, out Instant instant)
    {
        instant = default;
        if (text.Length is < 16 or > 40 || !DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read))
            return false;
        instant = Instant.FromDateTimeOffset(read);
        return true;
    }
}
