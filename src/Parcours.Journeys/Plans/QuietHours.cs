using System.Collections.Immutable;
using NodaTime;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Plans;

/// <summary>All quiet hours of the installation, and the calendars of holidays by which some of them go.</summary>
/// <param name="Calendars">The installation's own, by country; where there is none, that of <see cref="KnownHolidays"/> holds.</param>
public sealed record QuietHours(ImmutableArray<QuietRule> Rules, ImmutableDictionary<string, HolidayCalendar> Calendars)
{
    public static QuietHours None { get; } = new([], ImmutableDictionary<string, HolidayCalendar>.Empty);

    /// <summary>Whether any rule could ever hold up such a message.</summary>
    public bool Concern(string channel, MessagePurpose purpose)
    {
        foreach (var rule in Rules)
            if (rule.Channel == channel && (rule.Always || purpose == MessagePurpose.Marketing))
                return true;
        return false;
    }

    HolidayCalendar? CalendarOf(string? country) => country is null ? null : Calendars.GetValueOrDefault(country) ?? KnownHolidays.Of(country);

    /// <summary>The rule that holds at an instant and ends last; null: it is not quiet.</summary>
    public (Instant Ends, LocalDateTime Meant, QuietRule Rule)? At(Instant at, string channel, MessagePurpose purpose, QuietPlace place)
    {
        (Instant Ends, LocalDateTime Meant, QuietRule Rule)? quiet = null;
        var calendar = CalendarOf(place.Country);
        foreach (var rule in Rules)
            if (rule.Applies(channel, purpose, place.Country) && rule.Next(at, place.Zone, calendar) is { } hours && hours.Begins <= at && !(quiet?.Ends >= hours.Ends))
                quiet = (hours.Ends, hours.Meant, rule);
        return quiet;
    }

    /// <summary>When the next quiet hours begin, asked at an instant that is not quiet; null: never.</summary>
    public Instant? Begin(Instant after, string channel, MessagePurpose purpose, QuietPlace place)
    {
        Instant? first = null;
        var calendar = CalendarOf(place.Country);
        foreach (var rule in Rules)
            if (rule.Applies(channel, purpose, place.Country) && rule.Next(after, place.Zone, calendar) is { } hours && !(first <= hours.Begins))
                first = hours.Begins;
        return first;
    }
}
