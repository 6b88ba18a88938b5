using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Points;

public sealed class WaitUntilDatePointTests
{
    static Trip Until(string fields) => Trip.Through(
        $"{{'p':{{'kind':'waitUntilDate','property':'renews_on','time':'09:00',{fields}'next':'q','missed':'m'}},'q':{{'kind':'end','outcome':'successful'}},'m':{{'kind':'end','outcome':'unsuccessful'}}}}");

    static ContactEdit.SetProperty On(int year, int month, int day) => new ContactEdit.SetProperty("renews_on", Value.Of(new LocalDate(year, month, day)));

    [Theory]
    [InlineData("", 20)]
    [InlineData("'days':-7,", 13)]
    [InlineData("'days':3,", 23)]
    public void So_many_days_before_or_after_the_date_it_goes_on(string fields, int day)
    {
        var trip = Until(fields).Changes(On(2026, 3, 20)).Does("Begin");
        Assert.Equal((TimerQueue.Calendar, Instant.FromUtc(2026, 3, day, 9, 0)), (trip.Waiting.Wait.Queue, trip.Waiting.Wait.Due));

        Assert.Equal(Outcome.Successful, trip.Passes("P30D").End.Outcome);
    }

    [Theory]
    [InlineData("2026-03-20", true)]
    [InlineData("20 March", false)]
    public void A_text_that_is_a_date_is_one(string text, bool waits) =>
        Assert.Equal(waits, Until("").Changes(new ContactEdit.SetProperty("renews_on", Value.Of(text))).Does("Begin").IsInside);

    [Fact]
    public void Who_has_no_date_or_one_that_has_passed_goes_by_missed()
    {
        Assert.Equal("p>missed", Until("").Does("Begin").Path[0]);
        Assert.Equal("p>missed", Until("'days':-7,").Changes(On(2026, 3, 8)).Does("Begin").Path[0]);
    }

    /// <summary>Semantics 8.4: a wait that follows its data follows it.</summary>
    [Fact]
    public void A_date_that_changes_re_times_the_wait_and_one_that_goes_ends_it()
    {
        var trip = Until("").Changes(On(2026, 3, 20)).Does("Begin").Passes("P1D").Changes(On(2026, 4, 2));
        Assert.Equal(Instant.FromUtc(2026, 4, 2, 8, 0), trip.Waiting.Wait.Due);

        Assert.Equal(Outcome.Unsuccessful, trip.Changes(new ContactEdit.SetProperty("renews_on", Value.None)).End.Outcome);
    }

    /// <summary>Semantics 8.3: what became of the date in a pause acts when that is over; nobody stands there for ever.</summary>
    [Theory]
    [InlineData(null, "unsuccessful")]
    [InlineData(9, "successful")]
    public void A_date_that_goes_in_a_pause_is_missed_at_its_end_unless_there_is_another(int? day, string outcome)
    {
        var trip = Until("").Changes(On(2026, 3, 20)).Does("Begin");
        trip.Dials = trip.Dials with { HeldPoints = ["p"] };
        trip.Passes("P1D").Changes(new ContactEdit.SetProperty("renews_on", Value.None));
        if (day is { } another)
            trip.Changes(On(2026, 3, another));
        Assert.True(trip.IsInside);

        trip.Dials = JourneyDials.Running;
        trip.Run(new Stimulus.JourneyResumed(new("trip"))).Passes("P30D");

        Assert.Equal(outcome, trip.End.Outcome.ToString(), ignoreCase: true);
    }

    /// <summary>Semantics 8.5: the next anniversary; 29 February falls on the 28th in other years; a time in the contact's own zone.</summary>
    [Theory]
    [InlineData(1990, 3, 2, 0, "2027-03-02")]
    [InlineData(1990, 3, 3, 0, "2026-03-03")]
    [InlineData(1992, 2, 29, 0, "2027-02-28")]
    [InlineData(1990, 3, 6, -3, "2026-03-03")]
    [InlineData(1990, 3, 1, 1, "2027-03-02")]
    [InlineData(1990, 3, 1, 2, "2026-03-03")]
    [InlineData(2026, 3, 20, 0, "2027-03-20")]
    public void A_birthday_comes_round_each_year(int year, int month, int day, int days, string due)
    {
        var trip = Until($"'yearly':true,'days':{days},'zone':'contact',").Changes(On(year, month, day), new ContactEdit.SetProperty("timezone", Value.Of("Europe/Paris"))).Does("Begin");

        // In Paris it is ten o'clock already when the contact arrives.
        Assert.Equal($"{due}T09:00 Europe/Paris", trip.Waiting.Wait.Intention);
    }

    static Trip UntilMoment(string fields) => Trip.Through(
        $"{{'p':{{'kind':'waitUntilDate',{fields},'next':'q','missed':'m'}},'q':{{'kind':'end','outcome':'successful'}},'m':{{'kind':'end','outcome':'unsuccessful'}}}}");

    /// <summary>Semantics 8.4, 8.5: from the very moment, in time that passes; the clocks of London go forward on 29 March at one.</summary>
    [Theory]
    [InlineData("-PT2H", "2026-03-29T02:30:00Z", "2026-03-29T00:30:00Z")]
    [InlineData("-P2D", "2026-03-29T12:00:00Z", "2026-03-27T12:00:00Z")]
    [InlineData("PT30M", "2026-03-20T12:00:00Z", "2026-03-20T12:30:00Z")]
    public void So_long_before_or_after_the_very_moment_it_goes_on(string offset, string moment, string due)
    {
        var trip = UntilMoment($"'property':'appointment_at','offset':'{offset}'").Changes(new ContactEdit.SetProperty("appointment_at", Value.Of(NodaTime.Text.InstantPattern.ExtendedIso.Parse(moment).Value))).Does("Begin");

        Assert.Equal((due, (string?)null), (trip.Waiting.Wait.Due.ToString(), trip.Waiting.Wait.Intention));
        Assert.Equal(Outcome.Successful, trip.Passes("P40D").End.Outcome);
    }

    /// <summary>Semantics 8.6: a day's beginning is stored as it was meant, so that new rules of a zone move it.</summary>
    [Fact]
    public void A_day_begins_at_midnight_there()
    {
        var trip = UntilMoment("'property':'renews_on','offset':'-PT6H','zone':'Europe/Paris'").Changes(On(2026, 3, 20)).Does("Begin");

        Assert.Equal((Instant.FromUtc(2026, 3, 19, 17, 0), "2026-03-20T00:00 Europe/Paris -21600"), (trip.Waiting.Wait.Due, trip.Waiting.Wait.Intention));
    }

    /// <summary>A date of the event that started the enrolment: a text, with or without a time.</summary>
    [Theory]
    [InlineData("'field':'appointment.at','offset':'-PT2H'", "2026-03-20T14:30:00+01:00", "2026-03-20T11:30:00Z")]
    [InlineData("'field':'appointment.at','days':-1,'time':'09:00'", "2026-03-20T14:30:00+01:00", "2026-03-19T09:00:00Z")]
    [InlineData("'field':'appointment.at','time':'09:00','zone':'Asia/Tokyo'", "2026-03-20T23:30:00Z", "2026-03-21T00:00:00Z")]
    [InlineData("'field':'appointment.at','time':'09:00'", "2026-03-20", "2026-03-20T09:00:00Z")]
    public void A_date_of_the_event_is_one(string fields, string said, string due) =>
        Assert.Equal(due, UntilMoment(fields).Does("Begin", $"{{'appointment':{{'at':'{said}'}}}}").Waiting.Wait.Due.ToString());

    [Fact]
    public void Whose_event_has_no_date_or_whose_moment_has_passed_goes_by_missed()
    {
        Assert.Equal("p>missed", UntilMoment("'field':'appointment.at','offset':'-PT2H'").Does("Begin").Path[0]);
        Assert.Equal("p>missed", UntilMoment("'field':'appointment.at','offset':'-PT2H'").Does("Begin", "{'appointment':{'at':'2026-03-02T10:00:00Z'}}").Path[0]);
        Assert.Equal("p>next", UntilMoment("'field':'appointment.at','offset':'PT2H'").Does("Begin", "{'appointment':{'at':'2026-03-02T10:00:00Z'}}").Passes("P1D").Path[^2]);
    }

    /// <summary>Semantics 8.4: a moment that is moved re-times the wait.</summary>
    [Fact]
    public void A_moment_that_changes_re_times_the_wait()
    {
        static ContactEdit.SetProperty On(int hour) => new("appointment_at", Value.Of(Instant.FromUtc(2026, 3, 20, hour, 0)));
        var trip = UntilMoment("'property':'appointment_at','offset':'-PT2H'").Changes(On(10)).Does("Begin").Passes("P1D").Changes(On(15));

        Assert.Equal(Instant.FromUtc(2026, 3, 20, 13, 0), trip.Waiting.Wait.Due);
    }
}
