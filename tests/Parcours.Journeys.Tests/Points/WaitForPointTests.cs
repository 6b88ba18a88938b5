using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Points;

public sealed class WaitForPointTests
{
    const string Order = "{'kind':'event','events':['Order','Purchase'],'where':{'kind':'field','name':'total','is':'atLeast','value':50}}";

    static Trip For(string activity, string timeout = "'timeout':'P7D','onTimeout':'late',") =>
        Trip.Through($"{{'p':{{'kind':'waitFor','activities':[{activity}],{timeout}'next':'done'}},'done':{{'kind':'end','outcome':'successful'}},'late':{{'kind':'end','outcome':'unsuccessful'}}}}"
            .Replace(timeout.Length == 0 ? ",'late':{'kind':'end','outcome':'unsuccessful'}" : "\0", "", StringComparison.Ordinal));

    [Fact]
    public void An_awaited_event_ends_the_wait_and_others_do_not()
    {
        var trip = For(Order).Does("Begin").Does("Order", "{'total':49}").Does("Visit", "{'total':90}").Passes("P1D");
        Assert.True(trip.IsInside);

        Assert.Equal(Outcome.Successful, trip.Does("Purchase", "{'total':50}").End.Outcome);
    }

    /// <summary>Semantics 1.4: what happens at the very moment of the time-out counts.</summary>
    [Fact]
    public void Without_it_the_time_out_comes()
    {
        Assert.Equal((Outcome.Unsuccessful, Trip.Monday9am + Duration.FromDays(7)), For(Order).Does("Begin").Passes("P8D").End is var late ? (late.Outcome, late.At) : default);
        Assert.Equal(["p…", "p>timeout"], For(Order).Does("Begin").Passes("P8D").Path.Take(2));
    }

    [Fact]
    public void Without_a_time_out_it_waits_as_long_as_it_takes()
    {
        var trip = For(Order, "").Does("Begin").Passes("P900D");

        Assert.Null(trip.Waiting.Wait.Due);
        Assert.Equal(Outcome.Successful, trip.Does("Order", "{'total':50}").End.Outcome);
    }

    /// <summary>Semantics 2.3, 2.4, 3.3: neither what started it, nor what occurred earlier, nor what is late.</summary>
    [Fact]
    public void It_hears_neither_what_started_the_journey_nor_what_occurred_before()
    {
        var trip = Trip.Through("{'p':{'kind':'waitFor','activities':[{'kind':'event','events':['Begin']}]}}", settings: "{}").Does("Begin");
        Assert.True(trip.IsInside);

        trip.Passes("PT1H").Does("Begin", occurred: Trip.Monday9am - Duration.FromMinutes(1));
        Assert.True(trip.IsInside);
        trip.Passes("P3D").Does("Begin", occurred: trip.Now - Duration.FromHours(25));
        Assert.True(trip.IsInside);

        Assert.False(trip.Does("Begin").IsInside);
    }

    public static TheoryData<string, ContactEdit?, ContactEdit> Activities => new()
    {
        { "{'kind':'tagAdded','tag':'t'}", null, new ContactEdit.AddTag("t") },
        { "{'kind':'tagRemoved','tag':'t'}", new ContactEdit.AddTag("t"), new ContactEdit.RemoveTag("t") },
        { "{'kind':'listEntered','list':'l'}", null, new ContactEdit.JoinList("l") },
        { "{'kind':'listLeft','list':'l'}", new ContactEdit.JoinList("l"), new ContactEdit.LeaveList("l") },
        { "{'kind':'segmentEntered','segment':'s'}", null, new ContactEdit.AddTag("t") },
        { "{'kind':'segmentLeft','segment':'s'}", new ContactEdit.AddTag("t"), new ContactEdit.RemoveTag("t") },
        { "{'kind':'propertyBecomes','property':'plan','to':['pro'],'from':['free']}", new ContactEdit.SetProperty("plan", Value.Of("free")), new ContactEdit.SetProperty("plan", Value.Of("pro")) },
        { "{'kind':'propertyBecomes','property':'plan'}", null, new ContactEdit.SetProperty("plan", Value.Of("any")) },
    };

    [Theory, MemberData(nameof(Activities))]
    public void Every_activity_ends_the_wait_when_it_happens(string activity, ContactEdit? before, ContactEdit edit)
    {
        var trip = For(activity).Segment("s", "{'kind':'tag','name':'t'}");
        if (before is not null)
            trip.Changes(before);
        trip.Does("Begin").Changes(new ContactEdit.AddTag("other"), new ContactEdit.JoinList("other"));
        Assert.True(trip.IsInside);

        trip.Passes("PT1H").Changes(edit);

        Assert.Equal(Outcome.Successful, trip.End.Outcome);
    }

    [Fact]
    public void A_property_that_comes_from_elsewhere_is_not_what_it_waits_for() =>
        Assert.True(For("{'kind':'propertyBecomes','property':'plan','to':['pro'],'from':['free']}").Does("Begin").Changes(new ContactEdit.SetProperty("plan", Value.Of("pro"))).IsInside);

    /// <summary>Semantics 8.3: an awaited activity is noted in a pause and acts at resume.</summary>
    [Fact]
    public void What_happens_in_a_pause_acts_when_the_journey_goes_on()
    {
        var trip = For(Order).Does("Begin");
        (trip.Status, trip.Dials) = (JourneyStatus.Paused, new(trip.Now, false, Duration.Zero));
        trip.Passes("P1D").Does("Order", "{'total':50}");
        Assert.True(trip.Waiting.Wait.Noted);
        (trip.Status, trip.Dials) = (JourneyStatus.Live, new(null, false, Duration.FromDays(1)));

        trip.Run(new Stimulus.JourneyResumed(new("trip")));

        Assert.Equal(Outcome.Successful, trip.End.Outcome);
    }

    /// <summary>Semantics 1.4: at the instant of the time-out something else happens that the wait looks at and does not want: it was asked, and its time-out comes all the same.</summary>
    [Fact]
    public void What_it_only_looks_at_takes_no_time_out_away()
    {
        var trip = Trip.Through("{'p':{'kind':'waitFor','activities':[{'kind':'segmentLeft','segment':'quiet'}],'timeout':'P4D','next':'a','onTimeout':'b'},'a':{'kind':'end','outcome':'successful'},'b':{'kind':'end','outcome':'unsuccessful'}}")
            .Segment("quiet", "{'kind':'property','name':'seen','is':'longerAgoThan','duration':'P4D'}")
            .Changes(new ContactEdit.SetProperty("seen", Value.Of(Trip.Monday9am))).Does("Begin");
        var timer = new Stimulus.TimerDue(trip.Ada.Enrolments.Single().Id, trip.Waiting.Wait.Due!.Value);

        // Both at one instant, in one burst: it comes into the segment, and the time is over.
        trip.Status = JourneyStatus.Paused;
        trip.Passes("P4D");
        trip.Status = JourneyStatus.Live;
        trip.Run(timer);

        Assert.Contains("quiet", trip.Ada.Segments);
        Assert.Equal(Outcome.Unsuccessful, trip.End.Outcome);
    }
}
