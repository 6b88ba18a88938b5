using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Points;

public sealed class WaitUntilPointTests
{
    static Trip Until(string fields) => Trip.Through(
        $"{{'p':{{'kind':'waitUntil',{fields}}},'q':{{'kind':'end','outcome':'successful'}}"
        + (fields.Contains("missed", StringComparison.Ordinal) ? ",'m':{'kind':'end','outcome':'unsuccessful'}}" : "}"));

    [Fact]
    public void An_instant_is_waited_for_in_the_calendar_queue()
    {
        var trip = Until("'at':'2026-03-05T10:00:00+01:00','next':'q','missed':'m'").Does("Begin");
        Assert.Equal((TimerQueue.Calendar, Instant.FromUtc(2026, 3, 5, 9, 0)), (trip.Waiting.Wait.Queue, trip.Waiting.Wait.Due));

        Assert.Equal(Outcome.Successful, trip.Passes("P3D").End.Outcome);
    }

    [Theory]
    [InlineData("'at':'2026-03-02T08:59:59Z','next':'q','missed':'m'", Outcome.Unsuccessful)]
    [InlineData("'at':'2026-03-02T08:59:59Z','next':'q'", Outcome.Successful)]
    [InlineData("'at':'2026-03-02T09:00:00Z','next':'q','missed':'m'", Outcome.Successful)]
    public void A_moment_that_has_passed_is_missed_but_not_at_that_very_moment(string fields, Outcome outcome) =>
        Assert.Equal(outcome, Until(fields).Does("Begin").End.Outcome);

    /// <summary>Semantics 8.5: the local intention is stored beside the instant; in a gap it is the first instant after it.</summary>
    [Fact]
    public void A_local_time_that_summer_time_skips_is_the_first_moment_after_the_gap()
    {
        var wait = Until("'date':'2026-03-29','time':'02:30','zone':'Europe/Paris','next':'q','missed':'m'").Does("Begin").Waiting.Wait;

        Assert.Equal((Instant.FromUtc(2026, 3, 29, 1, 0), "2026-03-29T02:30 Europe/Paris"), (wait.Due, wait.Intention));
    }

    [Fact]
    public void Of_weekdays_the_next_one_later_than_the_arrival_counts()
    {
        Assert.Equal(Instant.FromUtc(2026, 3, 5, 8, 0), Until("'days':['thursday','sunday'],'time':'08:00','next':'q','missed':'m'").Does("Begin").Waiting.Wait.Due);
        Assert.Equal(Instant.FromUtc(2026, 3, 9, 9, 0), Until("'days':['monday'],'time':'09:00','next':'q','missed':'m'").Does("Begin").Waiting.Wait.Due);
    }

    /// <summary>Semantics 8.4: a change of the contact's zone re-times the wait, never to before now.</summary>
    [Fact]
    public void A_wait_in_the_contact_s_zone_follows_the_contact()
    {
        var trip = Until("'days':['tuesday'],'time':'10:00','zone':'contact','next':'q','missed':'m'").Changes(Zone("America/New_York")).Does("Begin");
        Assert.Equal(Instant.FromUtc(2026, 3, 3, 15, 0), trip.Waiting.Wait.Due);

        trip.Changes(Zone("Europe/Rome"));
        Assert.Equal(Instant.FromUtc(2026, 3, 3, 9, 0), trip.Waiting.Wait.Due);
        trip.Changes(Zone("America/New_York")).Passes("PT27H").Changes(Zone("Asia/Tokyo"));

        Assert.Equal(Trip.Monday9am + Duration.FromHours(27), trip.Waiting.Wait.Due);
        Assert.Equal(Outcome.Successful, trip.Passes("PT1S").End.Outcome);
    }

    static ContactEdit.SetProperty Zone(string zone) => new ContactEdit.SetProperty("timezone", Value.Of(zone));

    [Fact]
    public void Without_a_zone_of_the_contact_the_journey_s_counts() =>
        Assert.Equal(Instant.FromUtc(2026, 3, 3, 10, 0), Until("'days':['tuesday'],'time':'10:00','zone':'contact','next':'q','missed':'m'").Changes(Zone("Mars/Olympus")).Does("Begin").Waiting.Wait.Due);

    /// <summary>Semantics 8.2: after a freeze, calendar waits that passed go on down their missed branch; run on, they go on.</summary>
    [Theory]
    [InlineData(false, Outcome.Unsuccessful)]
    [InlineData(true, Outcome.Successful)]
    public void What_passed_while_the_journey_was_frozen_is_missed(bool runOn, Outcome outcome)
    {
        var trip = Until("'at':'2026-03-03T09:00:00Z','next':'q','missed':'m'").Does("Begin");
        (trip.Status, trip.Dials) = (JourneyStatus.Paused, new(trip.Now, runOn, Duration.Zero));
        trip.Passes("P7D");
        (trip.Status, trip.Dials) = (JourneyStatus.Live, new(null, runOn, runOn ? Duration.Zero : Duration.FromDays(7)));

        Assert.Equal(outcome, trip.Passes("PT1S").End.Outcome);
    }
}
