using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Tests.Schedules;

/// <summary>Semantics 8.5: local times in the zones that make trouble.</summary>
public sealed class LocalTimesTests
{
    static readonly string[] ZoneIds = ["Europe/Paris", "Europe/Rome", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"];
    static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    [Theory]
    [InlineData("Europe/Paris", "2026-03-29T02:30", "2026-03-29T01:00:00Z")]      // skipped: the first instant after the gap
    [InlineData("Europe/Paris", "2026-10-25T02:30", "2026-10-25T00:30:00Z")]      // twice: the earlier
    [InlineData("America/New_York", "2026-03-08T02:00", "2026-03-08T07:00:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30:00Z")] // half an hour is skipped
    [InlineData("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-04T00:00", "2018-11-04T03:00:00Z")] // midnight itself is skipped
    [InlineData("UTC", "2026-03-29T02:30", "2026-03-29T02:30:00Z")]
    public void Gaps_and_overlaps_are_decided(string zone, string local, string instant) =>
        Assert.Equal(
            NodaTime.Text.InstantPattern.General.Parse(instant).Value,
            LocalTimes.ToInstant(NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(local).Value, Zone(zone)));

    static Arbitrary<(string Zone, Instant At, LocalTime Time, int Days)> Cases => Arb.From(
        from zone in Gen.Elements(ZoneIds)
        from second in Gen.Choose(1_420_000_000, 1_900_000_000)
            // Half of the cases lie about a change of the clock.
        from near in Gen.Elements(true, false)
        let at = Instant.FromUnixTimeSeconds(second)
        let change = Zone(zone).GetZoneInterval(at)
        let start = near && change.HasStart ? change.Start + Duration.FromMinutes(second % 300 - 150) : at
        from minute in Gen.Choose(0, 24 * 60 - 1)
        from days in Gen.Choose(1, 127)
        select (zone, start, LocalTime.FromMinutesSinceMidnight(minute), days));

    [Fact]
    public void A_local_time_is_shown_by_the_clocks_or_lies_in_the_gap_before_the_instant() =>
        Prop.ForAll(Cases, one =>
        {
            var zone = Zone(one.Zone);
            var local = one.At.InZone(zone).Date.At(one.Time);
            var at = LocalTimes.ToInstant(local, zone);
            var shown = at.InZone(zone).LocalDateTime;
            var mapping = zone.MapLocal(local);
            return mapping.Count == 0
                ? shown > local && at == mapping.LateInterval.Start && (at - Duration.Epsilon).InZone(zone).LocalDateTime < local
                : shown == local && (mapping.Count == 1 || at == mapping.First().ToInstant());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_next_weekday_is_later_on_a_wanted_day_and_none_is_left_out() =>
        Prop.ForAll(Cases, one =>
        {
            var zone = Zone(one.Zone);
            var days = Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None && (one.Days >> ((int)day - 1) & 1) == 1).ToHashSet();
            var (at, meant) = LocalTimes.Next(days, one.Time, zone, one.At);
            // The oracle tries every day round about.
            var today = one.At.InZone(zone).Date;
            var first = Enumerable.Range(-2, 12).Select(today.PlusDays).Where(date => days.Contains(date.DayOfWeek))
                .Select(date => LocalTimes.ToInstant(date.At(one.Time), zone)).Where(candidate => candidate > one.At).Min();
            return at == first && at > one.At && days.Contains(meant.DayOfWeek) && meant.TimeOfDay == one.Time && LocalTimes.ToInstant(meant, zone) == at;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2024-02-29", 2025, false, "2025-02-28")]
    [InlineData("2024-02-29", 2025, true, "2025-03-01")]
    [InlineData("2024-02-29", 2028, false, "2028-02-29")]
    [InlineData("2024-03-01", 2025, false, "2025-03-01")]
    public void The_29th_of_February_falls_on_the_28th_unless_the_author_says_so(string date, int year, bool firstOfMarch, string anniversary) =>
        Assert.Equal(Date(anniversary), Anniversaries.In(Date(date), year, firstOfMarch));

    [Theory]
    [InlineData("2000-02-29", "2026-02-28", "2026-02-28")]
    [InlineData("2000-02-29", "2026-03-01", "2027-02-28")]
    [InlineData("2000-02-29", "2027-03-01", "2028-02-29")]
    [InlineData("2026-05-05", "2020-01-01", "2027-05-05")]
    public void The_next_anniversary_is_on_the_day_or_after(string date, string from, string next) =>
        Assert.Equal(Date(next), Anniversaries.Next(Date(date), Date(from)));

    static LocalDate Date(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
}
