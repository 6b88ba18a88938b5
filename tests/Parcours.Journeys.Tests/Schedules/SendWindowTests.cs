using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Tests.Schedules;

/// <summary>Semantics 8.5, 10.4: the hours in which a message may leave, in the zones and on the days that make trouble.</summary>
public sealed class SendWindowTests
{
    static SendWindow Window(string from, string until, string zone = "Europe/Paris", params IsoDayOfWeek[] days) =>
        new(days.Length == 0 ? WeekDays.All : WeekDays.Of(days), Time(from), Time(until), DateTimeZoneProviders.Tzdb[zone], OutsideWindow.Wait);

    static LocalTime Time(string text) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text).GetValueOrThrow();
    static Instant At(string text) => InstantPattern.General.Parse(text).GetValueOrThrow();

    [Theory]
    [InlineData("2026-03-02T08:00:00Z", "2026-03-02T08:00:00Z", "2026-03-02T17:00:00Z")]  // 09:00 is part of it
    [InlineData("2026-03-02T16:59:59Z", "2026-03-02T08:00:00Z", "2026-03-02T17:00:00Z")]
    [InlineData("2026-03-02T17:00:00Z", "2026-03-03T08:00:00Z", "2026-03-03T17:00:00Z")]  // 18:00 is not
    [InlineData("2026-03-02T02:00:00Z", "2026-03-02T08:00:00Z", "2026-03-02T17:00:00Z")]
    public void An_opening_holds_its_first_instant_and_not_its_last(string at, string opens, string closes)
    {
        var (from, until, _) = Window("09:00", "18:00").Next(At(at));

        Assert.Equal((At(opens), At(closes)), (from, until));
    }

    [Theory]
    [InlineData("2026-03-07T01:30:00Z", true)]      // Saturday 02:30, still Friday's night
    [InlineData("2026-03-07T02:00:00Z", false)]     // 03:00
    [InlineData("2026-03-08T01:30:00Z", false)]     // Sunday 02:30: Saturday has none
    [InlineData("2026-03-06T20:59:00Z", false)]     // Friday 21:59
    [InlineData("2026-03-06T21:00:00Z", true)]
    public void A_night_belongs_to_the_day_on_which_it_begins(string at, bool open) =>
        Assert.Equal(open, Window("22:00", "03:00", days: IsoDayOfWeek.Friday).IsOpen(At(at)));

    [Theory]
    // Paris goes from 02:00 to 03:00 on 29 March 2026.
    [InlineData("02:30", "05:00", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00Z")]   // opens in the gap: the first instant after it
    [InlineData("00:30", "02:30", "2026-03-28T12:00:00Z", "2026-03-28T23:30:00Z", "2026-03-29T01:00:00Z")]   // closes in it
    [InlineData("02:10", "02:50", "2026-03-28T12:00:00Z", "2026-03-30T00:10:00Z", "2026-03-30T00:50:00Z")]   // lies in it: not that day
    [InlineData("09:00", "18:00", "2026-03-29T01:00:00Z", "2026-03-29T07:00:00Z", "2026-03-29T16:00:00Z")]   // 09:00 comes an hour earlier
    [InlineData("22:00", "04:00", "2026-03-28T22:00:00Z", "2026-03-28T21:00:00Z", "2026-03-29T02:00:00Z")]   // a night of five hours
    // And from 03:00 back to 02:00 on 25 October 2026.
    [InlineData("02:30", "04:00", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T03:00:00Z")]   // the first 02:30, so two and a half hours
    [InlineData("00:00", "02:30", "2026-10-24T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z")]   // until the first 02:30
    [InlineData("02:10", "02:50", "2026-10-25T01:20:00Z", "2026-10-26T01:10:00Z", "2026-10-26T01:50:00Z")]   // the second 02:20 is none of it
    public void Where_clocks_change_a_gap_ends_and_the_earlier_of_two_counts(string from, string until, string at, string opens, string closes)
    {
        var (first, last, _) = Window(from, until).Next(At(at));

        Assert.Equal((At(opens), At(closes)), (first, last));
    }

    /// <summary>Apia had no 30 December 2011: a Friday that did not come about.</summary>
    [Fact]
    public void A_day_that_a_zone_left_out_opens_no_window()
    {
        var (opens, _, meant) = Window("09:00", "18:00", "Pacific/Apia", IsoDayOfWeek.Friday).Next(At("2011-12-29T12:00:00Z"));

        Assert.Equal((new LocalDateTime(2012, 1, 6, 9, 0), At("2012-01-05T19:00:00Z")), (meant, opens));
    }

    [Fact]
    public void Equal_times_are_a_whole_day_and_every_day_of_them_is_always()
    {
        var monday = Window("00:00", "00:00", days: IsoDayOfWeek.Monday);
        Assert.True(monday.IsOpen(At("2026-03-01T23:00:00Z")));
        Assert.True(monday.IsOpen(At("2026-03-02T22:59:59Z")));
        Assert.False(monday.IsOpen(At("2026-03-02T23:00:00Z")));

        var always = Window("00:00", "00:00");
        for (var at = At("2026-03-28T00:00:00Z"); at < At("2026-03-31T00:00:00Z"); at += Duration.FromMinutes(7))
            Assert.True(always.IsOpen(at));
    }

    /// <summary>On days without a change of clocks it says no more than what the clock on the wall shows.</summary>
    [Fact]
    public void It_agrees_with_the_clock_on_the_wall() => Prop.ForAll(
        Gen.Choose(0, 1439).Two().Zip(Gen.Choose(1, 127).Zip(Gen.Choose(0, 40 * 24 * 60))).Zip(Gen.Elements("Europe/Paris", "America/New_York", "Asia/Kathmandu", "UTC")).ToArbitrary(),
        drawn =>
        {
            var (((from, until), (bits, minutes)), zone) = drawn;
            var window = new SendWindow(new((byte)bits), LocalTime.FromMinutesSinceMidnight(from), LocalTime.FromMinutesSinceMidnight(until), DateTimeZoneProviders.Tzdb[zone], OutsideWindow.Wait);
            // The summer of 2026 has no change of clocks in these zones.
            var at = At("2026-06-01T00:00:00Z") + Duration.FromMinutes(minutes);
            var local = at.InZone(window.Zone).LocalDateTime;
            var time = local.Hour * 60 + local.Minute;
            var today = window.Days.Contains(local.DayOfWeek);
            var yesterday = window.Days.Contains(local.Date.PlusDays(-1).DayOfWeek);
            var expected = from < until ? today && time >= from && time < until : today && time >= from || yesterday && time < until;

            var (opens, closes, _) = window.Next(at);
            return window.IsOpen(at) == expected && closes > at && closes > opens && (expected || !window.IsOpen(opens - Duration.Epsilon) && window.IsOpen(opens));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("09:00", "18:00", "PT15H")]
    [InlineData("18:00", "09:00", "PT9H")]
    [InlineData("00:00", "00:00", "PT0S")]
    [InlineData("09:00", "10:00", "P6DT23H", IsoDayOfWeek.Monday)]
    [InlineData("00:00", "00:00", "P2D", IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday)]
    public void How_long_it_is_closed_is_known(string from, string until, string closed, params IsoDayOfWeek[] days) =>
        Assert.Equal(PeriodPattern.NormalizingIso.Parse(closed).Value.ToDuration(), SendWindow.LongestClosed(days.Length == 0 ? WeekDays.All : WeekDays.Of(days), Time(from), Time(until)));
}
