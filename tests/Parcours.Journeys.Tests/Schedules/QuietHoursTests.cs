using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;

namespace Parcours.Journeys.Tests.Schedules;

/// <summary>Semantics 10.1: quiet hours of the installation, where the contact lives; 8.5: over gaps and overlaps.</summary>
public sealed class QuietHoursTests
{
    static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    static Instant At(string utc) => InstantPattern.ExtendedIso.Parse(utc).Value;

    static QuietRule Rule(string from = "21:00", string until = "08:00", WeekDays? days = null, bool holidays = false, string[]? countries = null, int spreadMinutes = 0, bool always = false) =>
        new("quiet", "email", always, [.. countries ?? []], days ?? WeekDays.All, holidays, Time(from), Time(until), Duration.FromMinutes(spreadMinutes));

    static LocalTime Time(string text) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text).Value;

    static Opening Opening(DateTimeZone zone, string? country, SendWindow? window, params QuietRule[] rules) =>
        new(window, new([.. rules], ImmutableDictionary<string, HolidayCalendar>.Empty), new(zone, country, OutsideWindow.Wait), "email", MessagePurpose.Marketing);

    static Instant? Waits(Opening opening, Instant now, double share = 0, Instant? worthUntil = null) => opening.Judge(now, share, worthUntil).Wait?.Due;

    static readonly QuietRule FrenchRestDays = Rule("00:00", "00:00", WeekDays.Of([IsoDayOfWeek.Sunday]), holidays: true, countries: ["FR"]);

    [Fact]
    public void At_night_it_waits_for_the_morning_where_the_contact_lives()
    {
        var opening = Opening(Paris, "FR", null, Rule());
        Assert.True(opening.IsOpen(At("2026-03-02T19:59:00Z")));
        Assert.Equal(At("2026-03-03T07:00:00Z"), Waits(opening, At("2026-03-02T20:00:00Z")));
        Assert.Equal(At("2026-03-03T07:00:00Z"), Waits(opening, At("2026-03-03T06:59:59Z")));
        Assert.Null(Waits(opening, At("2026-03-03T07:00:00Z")));
        Assert.Equal("quiet", opening.Judge(At("2026-03-02T20:00:00Z"), 0, null).Wait!.Reason);
    }

    /// <summary>Sunday, then Easter Monday, then the night: one after the other.</summary>
    [Fact]
    public void What_is_quiet_one_after_the_other_is_waited_for_at_once()
    {
        var opening = Opening(Paris, "FR", null, Rule(), FrenchRestDays);
        // Saturday before Easter, 22:00 in Paris; then Tuesday at eight.
        Assert.Equal(At("2026-04-07T06:00:00Z"), Waits(opening, At("2026-04-04T20:00:00Z")));
        // In Italy only the nights.
        Assert.Equal(At("2026-04-05T06:00:00Z"), Waits(Opening(DateTimeZoneProviders.Tzdb["Europe/Rome"], "IT", null, Rule(), FrenchRestDays), At("2026-04-04T20:00:00Z")));
        Assert.Equal(At("2026-04-05T06:00:00Z"), Waits(Opening(Paris, null, null, Rule(), FrenchRestDays), At("2026-04-04T20:00:00Z")));
    }

    /// <summary>Semantics 8.5: on 29 March 2026 clocks go from 02:00 to 03:00 in Paris.</summary>
    [Theory]
    [InlineData("21:00", "02:30", "2026-03-28T22:00:00Z", "2026-03-29T01:00:00Z")] // Ends in the gap: the first moment after it.
    [InlineData("02:30", "06:00", "2026-03-29T01:00:00Z", "2026-03-29T04:00:00Z")] // Begins in the gap: at 03:00 at once.
    [InlineData("02:10", "02:50", "2026-03-29T00:55:00Z", null)] // Wholly in the gap: that day there are none …
    [InlineData("02:10", "02:50", "2026-03-29T01:05:00Z", null)]
    [InlineData("02:10", "02:50", "2026-03-30T00:20:00Z", "2026-03-30T00:50:00Z")] // … and the next day there are.
    public void Where_an_hour_is_skipped_the_first_moment_after_it_counts(string from, string until, string now, string? waits) =>
        Assert.Equal(waits is null ? null : At(waits), Waits(Opening(Paris, "FR", null, Rule(from, until)), At(now)));

    /// <summary>Semantics 8.5: on 25 October 2026 the hour from 02:00 to 03:00 comes twice in Paris; the earlier counts.</summary>
    [Theory]
    [InlineData("21:00", "02:30", "2026-10-25T00:10:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("21:00", "02:30", "2026-10-25T01:10:00Z", null)] // 02:10 once more: it ended at the first 02:30.
    [InlineData("02:30", "08:00", "2026-10-25T01:10:00Z", "2026-10-25T07:00:00Z")] // It began at the first 02:30.
    public void Where_an_hour_comes_twice_the_earlier_counts(string from, string until, string now, string? waits) =>
        Assert.Equal(waits is null ? null : At(waits), Waits(Opening(Paris, "FR", null, Rule(from, until)), At(now)));

    /// <summary>A whole day is as long as clocks make it.</summary>
    [Fact]
    public void A_quiet_day_lasts_from_midnight_to_midnight_also_where_it_has_23_hours()
    {
        var sunday = Rule("00:00", "00:00", WeekDays.Of([IsoDayOfWeek.Sunday]));
        Assert.Equal(At("2026-03-29T22:00:00Z"), Waits(Opening(Paris, null, null, sunday), At("2026-03-28T23:00:00Z")));
        Assert.Equal(At("2026-10-25T23:00:00Z"), Waits(Opening(Paris, null, null, sunday), At("2026-10-24T22:00:00Z")));
    }

    [Fact]
    public void The_window_comes_first_and_both_must_be_open()
    {
        var window = new SendWindow(WeekDays.All, Time("07:00"), Time("20:00"), Paris, OutsideWindow.Wait);
        var opening = Opening(Paris, "FR", window, Rule("21:00", "09:00"));
        var wait = opening.Judge(At("2026-03-02T19:30:00Z"), 0, null).Wait!;
        Assert.Equal(("window", At("2026-03-03T08:00:00Z")), (wait.Reason, wait.Due!.Value));
        Assert.Equal("quiet", opening.Judge(At("2026-03-03T06:30:00Z"), 0, null).Wait!.Reason);
    }

    [Fact]
    public void Hours_that_exclude_each_other_are_not_waited_for()
    {
        var window = new SendWindow(WeekDays.All, Time("22:00"), Time("23:00"), Paris, OutsideWindow.Wait);
        Assert.Equal((null, "expired"), Opening(Paris, "FR", window, Rule()).Judge(At("2026-03-02T12:00:00Z"), 0, null));
    }

    [Fact]
    public void Its_author_may_skip_instead_and_it_may_be_worth_nothing_by_then()
    {
        var (night, morning) = (At("2026-03-02T20:00:00Z"), At("2026-03-03T07:00:00Z"));
        var waits = Opening(Paris, "FR", null, Rule());
        Assert.Equal((null, "quiet-hours"), (waits with { Place = new(Paris, "FR", OutsideWindow.Skip) }).Judge(night, 0, null));
        Assert.Equal((null, "expired"), waits.Judge(night, 0, morning));
        Assert.Equal(morning, Waits(waits, night, 0, morning + Duration.FromSeconds(1)));
        var window = new SendWindow(WeekDays.All, Time("08:00"), Time("18:00"), Paris, OutsideWindow.Skip);
        Assert.Equal((null, "outside-window"), (waits with { Window = window }).Judge(night, 0, null));
    }

    /// <summary>The backlog leaves over the spread, each message at a moment of its own; never past the closing or the expiry.</summary>
    [Fact]
    public void What_was_held_leaves_over_the_spread()
    {
        var (night, morning) = (At("2026-03-02T20:00:00Z"), At("2026-03-03T07:00:00Z"));
        var opening = Opening(Paris, "FR", null, Rule(spreadMinutes: 60));
        Assert.Equal(morning + Duration.FromMinutes(15), Waits(opening, night, 0.25));
        Assert.Equal("2026-03-03T08:00 Europe/Paris +900", opening.Judge(night, 0.25, null).Wait!.Intention);
        // Worth sending for ten minutes of it only: within these.
        Assert.Equal(morning + Duration.FromMinutes(5), Waits(opening, night, 0.5, morning + Duration.FromMinutes(10)));
        // Open for twenty minutes only.
        var noon = Opening(Paris, "FR", null, Rule(spreadMinutes: 60), Rule("08:20", "12:00"));
        Assert.Equal(morning + Duration.FromMinutes(10), Waits(noon, night, 0.5));
        // What comes while it is open leaves at once.
        Assert.Null(Waits(opening, morning + Duration.FromMinutes(1), 0.9));
    }

    [Fact]
    public void A_window_spreads_its_own_backlog()
    {
        var window = new SendWindow(WeekDays.All, Time("08:00"), Time("18:00"), Paris, OutsideWindow.Wait) { Spread = Duration.FromHours(2) };
        Assert.Equal(At("2026-03-03T08:00:00Z"), Waits(Opening(Paris, "FR", window), At("2026-03-02T20:00:00Z"), 0.5));
    }

    [Fact]
    public void Shares_are_stable_and_even()
    {
        var shares = Enumerable.Range(1, 2_000).Select(number => Plans.Opening.Share(new("calm"), "mail", ContactId.Create(number, 0, 0))).ToList();
        Assert.Equal(shares, Enumerable.Range(1, 2_000).Select(number => Plans.Opening.Share(new("calm"), "mail", ContactId.Create(number, 0, 0))));
        Assert.All(shares, share => Assert.InRange(share, 0, 0.999_999_999_999));
        for (var tenth = 0; tenth < 10; tenth++)
            Assert.InRange(shares.Count(share => (int)(share * 10) == tenth), 130, 270);
    }

    /// <summary>The fall-backs: the contact's own zone, its country's, the journey's; and the country of its zone where it says none.</summary>
    [Theory]
    [InlineData("""{"timezone":"America/New_York","country":"France"}""", "America/New_York", "FR")]
    [InlineData("""{"country":"Italia"}""", "Europe/Rome", "IT")]
    [InlineData("""{"country_code":"fr"}""", "Europe/Paris", "FR")]
    [InlineData("""{"timezone":"Europe/Paris"}""", "Europe/Paris", "FR")]
    [InlineData("""{"timezone":"Mars/Olympus","country":"Atlantis"}""", "Asia/Tokyo", null)]
    [InlineData("{}", "Asia/Tokyo", null)]
    public void Where_a_contact_lives_is_found_out_step_by_step(string properties, string zone, string? country)
    {
        var contact = new Contact(ContactId.Create(1, 0, 0), At("2026-03-02T09:00:00Z"));
        foreach (var property in System.Text.Json.JsonDocument.Parse(properties).RootElement.EnumerateObject())
            contact.Properties[property.Name] = new(Value.Of(property.Value.GetString()!), contact.CreatedAt);
        var place = QuietPlace.Of(contact, DateTimeZoneProviders.Tzdb["Asia/Tokyo"], OutsideWindow.Wait);
        Assert.Equal((zone, country), (place.Zone.Id, place.Country));
    }

    /// <summary>Whatever the rules and the day: where it waits, it is quiet up to then and not any more; and what is open is not quiet.</summary>
    [Fact]
    public void It_waits_exactly_until_no_rule_holds() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(int From, int Until, byte Days, bool Holidays, int Minutes)>(), drawn =>
        {
            var (from, until) = (LocalTime.FromMinutesSinceMidnight((drawn.From & 0x7FFFFFFF) % 1440), LocalTime.FromMinutesSinceMidnight((drawn.Until & 0x7FFFFFFF) % 1440));
            var days = new WeekDays((byte)(drawn.Days & 0x3F)); // Never all seven.
            var rule = new QuietRule("drawn", "email", false, [], days, drawn.Holidays, from, until, Duration.Zero);
            var opening = Opening(Paris, "FR", null, rule, Rule());
            var now = At("2026-03-27T00:00:00Z") + Duration.FromMinutes((drawn.Minutes & 0x7FFFFFFF) % (14 * 1440));
            if (Waits(opening, now) is not { } due)
                return opening.IsOpen(now) && opening.Closes(now) > now;
            return !opening.IsOpen(now) && opening.IsOpen(due) && Enumerable.Range(0, 20).All(part => !opening.IsOpen(now + (due - now) * (part / 20.0)));
        }).QuickCheckThrowOnFailure();
}
