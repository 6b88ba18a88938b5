using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;

namespace Parcours.Journeys.Schedules;

/// <summary>A country's holidays.</summary>
/// <param name="Country">ISO 3166-1, two letters.</param>
public sealed record HolidayCalendar(string Country, ImmutableArray<HolidayDay> Days)
{
    // Asked for each message that waits; years are few.
    readonly ConcurrentDictionary<int, FrozenSet<LocalDate>> _years = new();

    public bool IsHoliday(LocalDate date) => _years.GetOrAdd(date.Year, year => Days.Select(day => day.In(year)).OfType<LocalDate>().ToFrozenSet()).Contains(date);
}
