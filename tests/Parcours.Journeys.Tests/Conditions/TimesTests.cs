using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions.Json;

namespace Parcours.Journeys.Tests.Conditions;

public sealed class TimesTests
{
    /// <summary>Semantics 8.5: where summer time skips midnight the first instant after it, where it repeats it the earlier.</summary>
    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Paris")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("America/St_Johns")]
    [InlineData("Pacific/Apia")]
    [InlineData("Asia/Beirut")]
    [InlineData("Pacific/Kiritimati")]
    public void A_day_begins_where_the_time_zone_says(string id)
    {
        var zone = DateTimeZoneProviders.Tzdb[id];
        for (var date = new LocalDate(2006, 1, 1); date < new LocalDate(2028, 1, 1); date = date.PlusDays(1))
        {
            // A day that a zone left out altogether begins where the next does.
            var there = (id, date) == ("Pacific/Apia", new LocalDate(2011, 12, 30)) ? date.PlusDays(1) : date;
            Assert.Equal(zone.AtStartOfDay(there).ToInstant().ToMicroseconds(), Times.StartOfDay(date, zone));
        }
    }

    [Theory]
    [InlineData("P30D", 30 * 24 * 60)]
    [InlineData("PT2H30M", 150)]
    [InlineData("P2W", 14 * 24 * 60)]
    [InlineData("P1DT12H", 36 * 60)]
    [InlineData("PT0.5H", 30)]
    [InlineData("PT0,5H", 30)]
    [InlineData("-P1D", -24 * 60)]
    [InlineData("PT0S", 0)]
    public void A_duration_is_read(string text, int minutes)
    {
        Assert.True(IsoDuration.TryParse(text, out var read));
        Assert.Equal(Duration.FromMinutes(minutes), read);
        Assert.True(IsoDuration.TryParse(IsoDuration.Format(read), out var again));
        Assert.Equal(read, again);
    }

    [Theory]
    [InlineData("P30D")]
    [InlineData("PT2H30M")]
    [InlineData("P1DT12H")]
    [InlineData("PT0.000001S")]
    [InlineData("-P1D")]
    [InlineData("PT0S")]
    public void A_duration_in_its_shortest_form_is_written_as_it_was_read(string text)
    {
        Assert.True(IsoDuration.TryParse(text, out var read));
        Assert.Equal(text, IsoDuration.Format(read));
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("P1H")]
    [InlineData("PT1D")]
    [InlineData("PT1M1H")]
    [InlineData("PT1H1H")]
    [InlineData("P0.5DT1H")]
    [InlineData("P-1D")]
    [InlineData("30D")]
    [InlineData("P30")]
    [InlineData("P30d")]
    [InlineData("P99999999999999999999999999999999W")]
    [InlineData("P36501D")]
    [InlineData("P1.2.3D")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(IsoDuration.TryParse(text, out _));
}
