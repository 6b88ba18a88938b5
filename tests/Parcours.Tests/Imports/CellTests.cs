using NodaTime;
using NodaTime.Text;
using Parcours.Imports;
using Parcours.Journeys.Contacts;

namespace Parcours.Tests.Imports;

/// <summary>What single cells mean.</summary>
public sealed class CellTests
{
    [Theory]
    [InlineData("12", '.', "12")]
    [InlineData("-12.50", '.', "-12.50")]
    [InlineData("+3", '.', "3")]
    [InlineData("1,234.5", '.', "1234.5")]
    [InlineData("1.234,5", '.', "1234.5")]
    [InlineData("12,5", '.', "12.5")]
    [InlineData("1,234", '.', "1234")]
    [InlineData("1,234", ',', "1.234")]
    [InlineData("1.234", ',', "1234")]
    [InlineData("1 234,50", ',', "1234.50")]
    [InlineData("1\u202F234\u202F567,8", ',', "1234567.8")]
    [InlineData("1'234.50", '.', "1234.50")]
    [InlineData("1.5e3", '.', "1500")]
    public void Numbers_are_read_as_people_write_them(string text, char mark, string expected)
    {
        Assert.True(CellNumbers.TryRead(text, mark, out var number));
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("twelve")]
    [InlineData("1,2,3")]
    [InlineData("1.2.3.4")]
    [InlineData("12,34,567")]
    [InlineData("1,23 4")]
    [InlineData("12€")]
    [InlineData("--1")]
    [InlineData("NaN")]
    public void What_is_no_number_is_none(string text) => Assert.False(CellNumbers.TryRead(text, '.', out _));

    [Theory]
    [InlineData("12", true)]
    [InlineData("0", true)]
    [InlineData("-0,5", true)]
    [InlineData("1 234,50", true)]
    [InlineData("01230", false)]
    [InlineData("+33612345678", false)]
    [InlineData("06 12 34 56 78", false)]
    [InlineData("12 345", false)]
    [InlineData("1234567890123456", false)]
    [InlineData("1e5", false)]
    public void Only_what_is_surely_a_number_is_taken_for_one_where_nothing_is_declared(string text, bool plain) => Assert.Equal(plain, CellNumbers.IsPlain(text));

    [Theory]
    [InlineData("oui", true)]
    [InlineData("SÌ", true)]
    [InlineData("1", true)]
    [InlineData("Non", false)]
    [InlineData("falso", false)]
    public void Yes_and_no_are_understood_in_three_languages(string text, bool expected)
    {
        Assert.True(CellWords.TryYesNo(text, out var yes));
        Assert.Equal(expected, yes);
    }

    [Theory]
    [InlineData("subscribed", ConsentState.Given)]
    [InlineData("Désabonné", ConsentState.Refused)]
    [InlineData("opted out", ConsentState.Refused)]
    [InlineData("Iscritto", ConsentState.Given)]
    [InlineData("cleaned", ConsentState.Refused)]
    [InlineData("non-subscribed", ConsentState.Unknown)]
    public void Consent_is_understood_as_exports_write_it(string text, ConsentState expected)
    {
        Assert.True(CellWords.TryConsent(text, out var state));
        Assert.Equal(expected, state);
    }

    [Theory]
    [InlineData("a, b;c|d", "a/b/c/d")]
    [InlineData("\"one, two\",\"three\"", "one, two/three")]
    [InlineData(" , ;", "")]
    [InlineData("a,a", "a")]
    public void Names_in_one_cell_are_told_apart(string cell, string expected) => Assert.Equal(expected, string.Join('/', CellWords.Names(cell)));

    [Theory]
    [InlineData("2026-03-29T02:30", "2026-03-29T01:00:00Z")] // Semantics 8.5: in the gap, the first instant after it.
    [InlineData("2026-10-25 02:30", "2026-10-25T00:30:00Z")]
    [InlineData("2026-07-01T12:00:00Z", "2026-07-01T12:00:00Z")]
    [InlineData("2026-07-01T12:00:00-05:00", "2026-07-01T17:00:00Z")]
    [InlineData("2026-07-01", "2026-06-30T22:00:00Z")]
    [InlineData("1751371200", "2025-07-01T12:00:00Z")]
    [InlineData("01/02/2026", "2026-01-31T23:00:00Z")]
    [InlineData("01/02/2026 18:45", "2026-02-01T17:45:00Z")]
    public void Times_without_an_offset_are_of_the_imports_zone(string cell, string expected)
    {
        var times = new CellTimes(["dd/MM/yyyy", "dd/MM/yyyy HH:mm"], DateTimeZoneProviders.Tzdb["Europe/Paris"]);

        Assert.True(times.TryInstant(cell, out var instant));
        Assert.Equal(InstantPattern.ExtendedIso.Parse(expected).Value, instant);
    }

    [Theory]
    [InlineData("31/04/2026")]
    [InlineData("01/02/2026")]
    [InlineData("yesterday")]
    public void Day_and_month_are_never_guessed(string cell)
    {
        var times = new CellTimes([], DateTimeZone.Utc);

        Assert.False(times.TryInstant(cell, out _));
        Assert.False(times.TryDate(cell, out _));
    }

    [Fact]
    public void National_numbers_of_every_known_country_get_their_code()
    {
        var wrong = new List<string>();
        foreach (var line in File.ReadLines(ImportFile.DataPath("phones.csv")).Skip(1))
            if (line.Split(',') is [var region, _, var type, var national, var international, ..] && CallingCodes.Knows(region) && type is "fixedLine" or "mobile")
                if (CallingCodes.International(national, region) != international)
                    wrong.Add($"{region} {national}: {CallingCodes.International(national, region)}, not {international}");

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("06 12 34 56 78", "FR", "+33612345678")]
    [InlineData("02 1234 5678", "IT", "+390212345678")]
    [InlineData("(030) 123-456", "DE", "+4930123456")]
    [InlineData("0041 44 668 18 00", "FR", "0041 44 668 18 00")]
    [InlineData("+39 02 1234", "FR", "+39 02 1234")]
    [InlineData("ask Bob", "FR", "ask Bob")]
    public void A_national_number_loses_what_is_dialled_within_the_country_only(string number, string country, string expected) =>
        Assert.Equal(expected, CallingCodes.International(number, country));
}
