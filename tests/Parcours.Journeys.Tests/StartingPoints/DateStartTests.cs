using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Tests.StartingPoints;

/// <summary>A date of the contact brings it in, once, when its moment comes. Semantics 6.11.</summary>
public sealed class DateStartTests
{
    // It is Monday, 2 March 2026, nine o'clock in London, where the journey is.
    static Trip Starts(string fields = "'time':'10:00'", string reEntry = "afterLeaving") =>
        Trip.Through("{'p':{'kind':'end','outcome':'successful'}}", $"{{'kind':'date','id':'in','property':'day',{fields},'next':'p'}}", $"{{'reEntry':{{'kind':'{reEntry}'}}}}");

    static ContactEdit.SetProperty On(int year, int month, int day) => new("day", Value.Of(new LocalDate(year, month, day)));
    static ContactEdit.SetProperty In(string zone) => new("timezone", Value.Of(zone));
    static readonly ContactEdit.SetProperty Emptied = new("day", Value.None);
    static IEnumerable<Instant> Entries(Trip trip) => trip.Enrolments.Select(enrolment => enrolment.StartedAt);
    static Instant At(int month, int day, int hour, int minute = 0) => Instant.FromUtc(2026, month, day, hour, minute);

    [Theory]
    [InlineData("'time':'10:00'", 20)]
    [InlineData("'time':'10:00','days':-7", 13)]
    [InlineData("'time':'10:00','days':3", 23)]
    public void So_many_days_before_or_after_the_date_it_begins(string fields, int day) =>
        Assert.Equal([At(3, day, 10)], Entries(Starts(fields).Changes(On(2026, 3, 20)).Passes("P40D")));

    [Fact]
    public void A_text_that_is_a_date_and_a_date_time_are_dates_too()
    {
        Assert.Equal([At(3, 20, 10)], Entries(Starts().Changes(new ContactEdit.SetProperty("day", Value.Of("2026-03-20"))).Passes("P40D")));
        Assert.Equal([At(3, 20, 10)], Entries(Starts().Changes(new ContactEdit.SetProperty("day", Value.Of(At(3, 20, 23)))).Passes("P40D")));
        Assert.Empty(Entries(Starts().Changes(new ContactEdit.SetProperty("day", Value.Of("20 March"))).Passes("P40D")));
    }

    /// <summary>Semantics 8.5: 29 February falls on the 28th unless the author says 1 March; the journey's clocks go forward meanwhile.</summary>
    [Theory]
    [InlineData(1990, 3, 20, "false", "2026-03-20T10:00:00Z")]
    [InlineData(1990, 7, 1, "false", "2026-07-01T09:00:00Z")]
    [InlineData(1992, 2, 29, "false", "2027-02-28T10:00:00Z")]
    [InlineData(1992, 2, 29, "true", "2027-03-01T10:00:00Z")]
    public void A_birthday_comes_round_each_year(int year, int month, int day, string leap, string first)
    {
        var trip = Starts($"'time':'10:00','yearly':true,'leapDayOnFirstOfMarch':{leap}").Changes(On(year, month, day)).Passes("P366D");
        Assert.Equal([first], Entries(trip).Select(entry => entry.ToString()));

        Assert.Equal(3, Entries(trip.Passes("P731D")).Count());
    }

    [Fact]
    public void A_date_that_becomes_today_before_the_hour_still_comes_and_one_after_it_does_not()
    {
        Assert.Equal([At(3, 2, 10)], Entries(Starts().Changes(On(2026, 3, 2)).Passes("P1D")));
        Assert.Equal([At(3, 2, 9)], Entries(Starts("'time':'09:00'").Changes(On(2026, 3, 2)).Passes("P1D")));
        Assert.Empty(Entries(Starts("'time':'08:00'").Changes(On(2026, 3, 2)).Passes("P1D")));
    }

    /// <summary>Semantics 8.4: what follows its data follows it.</summary>
    [Fact]
    public void A_date_that_is_moved_or_emptied_is_followed()
    {
        Assert.Equal([At(3, 25, 10)], Entries(Starts().Changes(On(2026, 3, 20)).Passes("P1D").Changes(On(2026, 3, 25)).Passes("P40D")));
        Assert.Equal([At(3, 10, 10)], Entries(Starts().Changes(On(2026, 3, 20)).Passes("P1D").Changes(On(2026, 3, 10)).Passes("P40D")));
        Assert.Empty(Entries(Starts().Changes(On(2026, 3, 20)).Passes("P1D").Changes(Emptied).Passes("P40D")));
        Assert.Empty(Starts().Changes(On(2026, 3, 20)).Passes("P1D").Changes(Emptied).Ada.Dates);
    }

    [Fact]
    public void A_date_that_is_renewed_comes_again_and_one_that_returns_does_not()
    {
        var trip = Starts().Changes(On(2026, 3, 3)).Passes("P2D");
        trip.Changes(On(2026, 3, 10)).Passes("PT1H").Changes(On(2026, 3, 3)).Passes("PT1H").Changes(On(2026, 3, 10)).Passes("P30D");

        Assert.Equal([At(3, 3, 10), At(3, 10, 10)], Entries(trip));
    }

    [Fact]
    public void It_holds_where_the_contact_lives()
    {
        var trip = Starts("'time':'10:00','zone':'contact'").Changes(On(2026, 3, 20), In("America/New_York")).Passes("P40D");

        Assert.Equal([At(3, 20, 14)], Entries(trip));
    }

    /// <summary>Never twice for one moment, and never lost between two zones: then it is due at once (Semantics 8.4).</summary>
    [Fact]
    public void Who_moves_on_the_day_itself_comes_once()
    {
        var west = Starts("'time':'10:00','zone':'contact'").Changes(On(2026, 3, 3), In("Europe/Paris")).Passes("P1DT2H").Changes(In("America/New_York")).Passes("P9D");
        Assert.Equal([At(3, 3, 9)], Entries(west));

        var east = Starts("'time':'10:00','zone':'contact'").Changes(On(2026, 3, 3), In("America/New_York")).Passes("P1DT2H").Changes(In("Europe/Paris")).Passes("P9D");
        Assert.Equal([At(3, 3, 11)], Entries(east));
    }

    /// <summary>Semantics 2.6: an import brings the date, and the day brings the contact.</summary>
    [Fact]
    public void A_date_that_was_imported_comes_like_any() =>
        Assert.Equal([At(3, 20, 10)], Entries(Starts().Imports(On(2026, 3, 20)).Passes("P40D")));

    [Fact]
    public void The_filter_is_asked_when_the_day_comes()
    {
        const string Filtered = "'time':'10:00','filter':{'kind':'tag','name':'t'}";
        Assert.Empty(Entries(Starts(Filtered).Changes(On(2026, 3, 20)).Passes("P40D")));
        Assert.Single(Entries(Starts(Filtered).Changes(On(2026, 3, 20)).Passes("P1D").Changes(new ContactEdit.AddTag("t")).Passes("P40D")));
    }

    /// <summary>Semantics 6.9, 8.3: re-entry rules and pauses hold; a refusal is recorded with its reason, and the day is over.</summary>
    [Fact]
    public void Rules_that_forbid_it_refuse_it_with_their_reason()
    {
        var twice = Starts(reEntry: "never").Changes(On(2026, 3, 3)).Passes("P2D").Changes(On(2026, 3, 10)).Passes("P30D");
        Assert.Equal(["re-entry-never"], twice.Refusals);

        var paused = Starts().Changes(On(2026, 3, 3)).Passes("P1D");
        paused.Status = Journeys.Plans.JourneyStatus.Paused;
        paused.Passes("PT2H").Run(new Stimulus.FlipDue());
        Assert.Equal(["paused"], paused.Refusals);
        paused.Status = Journeys.Plans.JourneyStatus.Live;
        Assert.Empty(Entries(paused.Passes("P30D")));
    }

    /// <summary>Semantics 6.10: when it goes live, what was before is not caught up; a sweep that comes late catches up what came since.</summary>
    [Theory]
    [InlineData("2026-03-02T09:30:00Z", true)]
    [InlineData("2026-03-02T10:30:00Z", false)]
    public void Whoever_was_there_before_is_reckoned_from_the_going_live(string live, bool comes)
    {
        var since = NodaTime.Text.InstantPattern.ExtendedIso.Parse(live).Value;
        var trip = Starts();
        trip.Status = Journeys.Plans.JourneyStatus.Draft;
        trip.Changes(On(2026, 3, 2)).Passes("PT4H");
        Assert.Empty(trip.Ada.Dates);
        trip.Status = Journeys.Plans.JourneyStatus.Live;
        trip.Run(new Stimulus.DatesReckoned(new("trip"), since)).Passes("PT1S");
        Assert.Equal(comes ? [At(3, 2, 13)] : [], Entries(trip));

        // The sweep comes again, as after a new time-zone database: what came does not.
        trip.Run(new Stimulus.DatesReckoned(new("trip"), since)).Passes("P9D");
        Assert.Equal(comes ? 1 : 0, Entries(trip).Count());
    }

    /// <summary>Semantics 7.6: of a journey that is over one timer at most fires, and nothing is kept.</summary>
    [Fact]
    public void A_journey_that_is_over_is_forgotten()
    {
        var trip = Starts("'time':'10:00','yearly':true").Changes(On(1990, 3, 20)).Passes("P1D");
        Assert.Equal(At(3, 20, 10), trip.Ada.FlipAt);
        trip.Status = Journeys.Plans.JourneyStatus.Ended;
        trip.Run(new Stimulus.FlipDue());
        Assert.Single(trip.Ada.Dates);
        trip.Passes("P30D").Run(new Stimulus.FlipDue());

        Assert.Empty(trip.Ada.Dates);
        Assert.Null(trip.Ada.FlipAt);
    }

    /// <summary>Semantics 4.6: what was ahead of either is ahead of both, and what came to either has come.</summary>
    [Fact]
    public void A_merged_contact_brings_its_date_and_what_came_already()
    {
        Contact Other(string until)
        {
            var other = Starts("'time':'10:00','zone':'contact'").IsContact(2).Changes(On(2026, 3, 3), In("Europe/Paris")).Passes(until);
            return other.Ada;
        }
        var before = Starts("'time':'10:00','zone':'contact'").Passes("P1DT10S").Run(new Stimulus.Absorbed(Other("PT23H")), Origin.Merge).Passes("P9D");
        Assert.Equal([At(3, 3, 9, 0) + Duration.FromSeconds(10)], Entries(before));

        var after = Starts("'time':'10:00','zone':'contact'").Changes(In("America/New_York")).Passes("P1DT1H").Run(new Stimulus.Absorbed(Other("P1DT1H")), Origin.Merge).Passes("P9D");
        Assert.Empty(Entries(after));
    }

    /// <summary>A run that makes the day today at the very instant at which a timer fires: it comes just after, once.</summary>
    [Fact]
    public void A_run_may_set_the_date_to_now()
    {
        var trip = Trip.Through(
            "{'p':{'kind':'setProperty','property':'other','value':{'date':'2026-03-03'},'next':'e'},'e':{'kind':'end','outcome':'successful'}}",
            "{'kind':'date','id':'in','property':'day','time':'10:00','next':'p'},{'kind':'date','id':'also','property':'other','time':'10:00','next':'e'}", "{'reEntry':{'kind':'afterLeaving'}}");
        trip.Changes(On(2026, 3, 3)).Passes("P9D");

        Assert.Equal(["in", "also"], trip.Enrolments.Select(enrolment => enrolment.StartingPoint));
    }

    static ContactEdit.SetProperty At(Instant moment) => new("day", Value.Of(moment));

    /// <summary>Semantics 8.5: from the very moment, in time that passes: where clocks go forward meanwhile, the two hours are two hours.</summary>
    [Theory]
    [InlineData("-PT2H", "2026-03-20T14:30:00Z", "2026-03-20T12:30:00Z")]
    [InlineData("PT0S", "2026-03-20T14:30:00Z", "2026-03-20T14:30:00Z")]
    [InlineData("P1DT1M", "2026-03-20T14:30:00Z", "2026-03-21T14:31:00Z")]
    [InlineData("-PT2H", "2026-03-29T02:30:00Z", "2026-03-29T00:30:00Z")]
    [InlineData("-P1D", "2026-03-29T12:00:00Z", "2026-03-28T12:00:00Z")]
    public void So_long_before_or_after_the_very_moment_it_begins(string offset, string moment, string begins) =>
        Assert.Equal([begins], Entries(Starts($"'offset':'{offset}'").Changes(At(Moment(moment))).Passes("P40D")).Select(entry => entry.ToString()));

    static Instant Moment(string text) => NodaTime.Text.InstantPattern.ExtendedIso.Parse(text).Value;

    /// <summary>Semantics 8.5: a day begins where the contact is, after a gap at the first moment; a text with an offset is a moment.</summary>
    [Theory]
    [InlineData("2026-03-20", "America/New_York", "2026-03-20T02:00:00Z")]
    [InlineData("2026-03-20", "Europe/Paris", "2026-03-19T21:00:00Z")]
    [InlineData("2026-04-24", "Africa/Cairo", "2026-04-23T20:00:00Z")]
    [InlineData("2026-03-20T10:00:00+02:00", "America/New_York", "2026-03-20T06:00:00Z")]
    public void A_day_begins_where_the_contact_is(string text, string zone, string begins) =>
        Assert.Equal([begins], Entries(Starts("'offset':'-PT2H','zone':'contact'").Changes(In(zone), new ContactEdit.SetProperty("day", Value.Of(text))).Passes("P60D")).Select(entry => entry.ToString()));

    /// <summary>Semantics 8.5: the anniversary of a moment is its local time on that day; 29 February falls on the 28th.</summary>
    [Theory]
    [InlineData("2020-07-01T08:00:00Z", "2026-07-01T06:00:00Z")]
    [InlineData("2020-01-10T08:00:00Z", "2027-01-10T06:00:00Z")]
    [InlineData("2020-02-29T08:00:00Z", "2027-02-28T06:00:00Z")]
    public void The_moment_comes_round_each_year(string moment, string first)
    {
        var trip = Starts("'offset':'-PT2H','yearly':true").Changes(At(Moment(moment))).Passes("P366D");
        Assert.Equal([first], Entries(trip).Select(entry => entry.ToString()));

        Assert.Equal(3, Entries(trip.Passes("P731D")).Count());
    }

    /// <summary>Semantics 8.4, 6.11: a moment that is moved is followed, on the same day too; one that had passed is not caught up, and none comes twice.</summary>
    [Fact]
    public void A_moment_that_is_moved_is_followed()
    {
        Assert.Equal([At(3, 20, 8), At(3, 20, 13)], Entries(Starts("'offset':'-PT2H'").Changes(At(At(3, 20, 10))).Passes("P17DT23H30M").Changes(At(At(3, 20, 15))).Passes("P9D")));
        Assert.Equal([At(3, 25, 8)], Entries(Starts("'offset':'-PT2H'").Changes(At(At(3, 20, 10))).Passes("P1D").Changes(At(At(3, 25, 10))).Passes("P40D")));
        Assert.Empty(Entries(Starts("'offset':'-PT2H'").Changes(At(At(3, 2, 10))).Passes("P9D")));
        Assert.Empty(Entries(Starts("'offset':'-PT2H'").Changes(At(At(3, 20, 10))).Passes("P1D").Changes(Emptied).Passes("P40D")));

        var again = Starts("'offset':'-PT2H'").Changes(At(At(3, 20, 10))).Passes("P18D").Run(new Stimulus.DatesReckoned(new("trip"), At(3, 2, 9))).Passes("P9D");
        Assert.Equal([At(3, 20, 8)], Entries(again));
    }

    /// <summary>Never lost between two zones: a day that has begun already where the contact is now is due at once (Semantics 8.4).</summary>
    [Fact]
    public void A_day_that_has_begun_elsewhere_is_due_at_once()
    {
        var trip = Starts("'offset':'-PT2H','zone':'contact'").Changes(On(2026, 3, 3), In("America/New_York")).Passes("PT14H").Changes(In("Asia/Tokyo")).Passes("P9D");

        Assert.Equal([At(3, 2, 23)], Entries(trip));
    }
}
