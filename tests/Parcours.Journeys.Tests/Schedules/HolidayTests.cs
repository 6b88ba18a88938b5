using NodaTime;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Tests.Schedules;

/// <summary>Calendars of public holidays.</summary>
public sealed class HolidayTests
{
    [Theory]
    [InlineData(1999, 4, 4)]
    [InlineData(2000, 4, 23)]
    [InlineData(2008, 3, 23)]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2027, 3, 28)]
    [InlineData(2038, 4, 25)]
    [InlineData(2049, 4, 18)]
    [InlineData(2076, 4, 19)]
    public void Easter_is_where_the_almanacs_have_it(int year, int month, int day) => Assert.Equal(new LocalDate(year, month, day), HolidayDay.Easter(year));

    [Theory]
    [InlineData("12-25", "2026-12-25")]
    [InlineData("2026-05-04", "2026-05-04")]
    [InlineData("2027-05-04", null)]
    [InlineData("easter", "2026-04-05")]
    [InlineData("easter+1", "2026-04-06")]
    [InlineData("easter-2", "2026-04-03")]
    [InlineData("easter+60", "2026-06-04")]
    [InlineData("11-thursday-4", "2026-11-26")]
    [InlineData("05-monday-last", "2026-05-25")]
    [InlineData("05-monday-1", "2026-05-04")]
    [InlineData("02-29", null)]
    public void A_day_is_found_in_a_year(string on, string? date) =>
        Assert.Equal(date, HolidayDay.Parse(on)!.In(2026) is { } found ? NodaTime.Text.LocalDatePattern.Iso.Format(found) : null);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("13-25")]
    [InlineData("2026-02-30")]
    [InlineData("easter+")]
    [InlineData("easter1")]
    [InlineData("easter+400")]
    [InlineData("11-thursday-5")]
    [InlineData("11-4-4")]
    [InlineData("0-monday-1")]
    [InlineData("monday")]
    public void What_names_no_day_is_no_day(string? on) => Assert.Null(HolidayDay.Parse(on));

    [Theory]
    [InlineData("FR", "2026-07-14", true)]
    [InlineData("FR", "2026-05-14", true)] // Ascension
    [InlineData("FR", "2026-06-02", false)]
    [InlineData("IT", "2026-06-02", true)]
    [InlineData("IT", "2026-04-06", true)] // Pasquetta
    [InlineData("IT", "2027-10-04", true)] // Law 151 of 2025
    [InlineData("IT", "2026-05-25", false)] // No Whit Monday there
    [InlineData("GB", "2026-08-31", true)]
    [InlineData("US", "2026-11-26", true)]
    public void The_calendars_to_begin_with_know_their_days(string country, string date, bool holiday) =>
        Assert.Equal(holiday, KnownHolidays.Of(country)!.IsHoliday(NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value));

    [Fact]
    public void Each_calendar_to_begin_with_can_be_read_and_belongs_to_a_country_with_a_zone() => Assert.All(KnownHolidays.All, pair =>
    {
        Assert.NotNull(Countries.ZoneOf(pair.Key));
        Assert.All(pair.Value, day => Assert.NotNull(HolidayDay.Parse(day.On)));
        Assert.Equal(pair.Value.Count, pair.Value.Select(day => day.On).Distinct().Count());
    });

    [Theory]
    [InlineData("fr", "FR")]
    [InlineData(" France ", "FR")]
    [InlineData("Italia", "IT")]
    [InlineData("United Kingdom", "GB")]
    [InlineData("Allemagne", "DE")]
    [InlineData("Atlantis", null)]
    public void A_country_is_known_by_its_code_or_a_name_of_it(string text, string? code) => Assert.Equal(code, Countries.CodeOf(text));

    [Theory]
    [InlineData("FR", "Europe/Paris")]
    [InlineData("IT", "Europe/Rome")]
    [InlineData("US", "America/New_York")]
    [InlineData("DE", "Europe/Berlin")]
    [InlineData("PT", "Europe/Lisbon")]
    public void A_country_has_the_time_of_most_of_its_people(string code, string zone) => Assert.Equal(zone, Countries.ZoneOf(code)!.Id);
}
