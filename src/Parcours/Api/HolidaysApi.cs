using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using Parcours.Engine;
using Parcours.Http;
using Parcours.Journeys.Schedules;

namespace Parcours.Api;

/// <summary>The holidays in force: an installation's own calendars, else those to begin with.</summary>
static class HolidaysApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("holidays", HolidaysAsync).WithName("holidays").WithTags("QuietHours").WithSummary("Public holidays in force, by country.").Produces<Page<HolidaysView>>().Fails(400);

    static async Task<IResult> HolidaysAsync(
        [FromQuery, Description("Tells the dates in this year, 1900 to 2200.")] int? year, [AsParameters] PageQuery page, IEngine engine, CancellationToken cancellationToken)
    {
        if (year is < 1900 or > 2200)
            return new ProblemAnswer(Problems.Invalid("holidays.year", "year", "year must be 1900 to 2200."));
        var calendars = KnownHolidays.All.ToDictionary(
            known => known.Key, known => new HolidaysView(known.Key, false, null, [.. known.Value.Select(day => ViewOf(new(day.On, day.Name), year))]), StringComparer.Ordinal);
        foreach (var document in await engine.Queries.DocumentsAsync("holiday-calendar", null, null, 500, cancellationToken))
        {
            var own = JsonSerializer.Deserialize<HolidayCalendarBody>(document.Json.Span, CatalogueApi.Kept)!;
            calendars[document.Id] = new(document.Id, true, document.Revision, [.. own.Days.Select(day => ViewOf(day, year))]);
        }

        var after = page.Key;
        return Results.Ok(page.Of([.. calendars.Values.OrderBy(one => one.Country, StringComparer.Ordinal).Where(one => after is null || string.CompareOrdinal(one.Country, after) > 0).Take(page.Size + 1)], one => one, one => one.Country));
    }

    static HolidayView ViewOf(HolidayBody day, int? year) =>
        new(day.On, day.Name, year is { } asked && HolidayDay.Parse(day.On)?.In(asked) is { } date ? new DateOnly(date.Year, date.Month, date.Day) : null);
}

/// <summary>What quiet hours hold up.</summary>
enum ApiQuietPurpose
{
    Marketing,
    /// <summary>Transactional messages too.</summary>
    All,
}

/// <summary>Monday to Sunday.</summary>
enum ApiWeekday
{
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// <param name="Channel">email, the only one that has quiet hours.</param>
/// <param name="Countries">Codes of ISO 3166-1, such as FR; without them, everywhere.</param>
/// <param name="Days">On which days; without them every day, or with holidays those alone.</param>
/// <param name="Holidays">On public holidays of the contact's country, too.</param>
/// <param name="From">From this time of day on, where the contact lives: 21:00. Without it and until, the whole day.</param>
/// <param name="Until">Until this time of day, excluded: 08:00. At or before from, that of the next day.</param>
/// <param name="Spread">Over how long what was held up leaves afterwards: ISO 8601, up to P1D.</param>
sealed record QuietBody(
    string? Name = null, string? Channel = null, ApiQuietPurpose Purpose = ApiQuietPurpose.Marketing, IReadOnlyList<string>? Countries = null, IReadOnlyList<ApiWeekday>? Days = null, bool Holidays = false, string? From = null, string? Until = null,
    string? Spread = null);

/// <param name="Days">All of them: they take the place of those to begin with.</param>
sealed record HolidayCalendarBody(IReadOnlyList<HolidayBody> Days, string? Name = null);

/// <param name="On">12-25 for each year, 2026-05-04 for one, easter, easter+1 or easter-2, 11-thursday-4, 05-monday-last.</param>
sealed record HolidayBody(string On, string? Name = null);

/// <param name="Country">Its code of ISO 3166-1.</param>
/// <param name="Own">It was changed here; else it is the calendar to begin with.</param>
/// <param name="Revision">Of the installation's own calendar.</param>
sealed record HolidaysView(string Country, bool Own, long? Revision, IReadOnlyList<HolidayView> Days);

/// <param name="Date">In the year asked for, if it falls into it.</param>
sealed record HolidayView(string On, string? Name, DateOnly? Date);
