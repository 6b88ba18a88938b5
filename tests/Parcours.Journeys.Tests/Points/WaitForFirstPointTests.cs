using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Points;

public sealed class WaitForFirstPointTests
{
    static Trip First() => Trip.Through(
        "{'p':{'kind':'waitForFirst','paths':["
        + "{'name':'bought','activities':[{'kind':'event','events':['Order']},{'kind':'tagAdded','tag':'customer'}],'next':'good'},"
        + "{'name':'left','activities':[{'kind':'listLeft','list':'news'}],'next':'bad'}],'timeout':'P7D','onTimeout':'late'},"
        + "'good':{'kind':'end','outcome':'successful'},'bad':{'kind':'end','outcome':'unsuccessful'},'late':{'kind':'end','outcome':'completed'}}")
        .Changes(new ContactEdit.JoinList("news")).Does("Begin");

    [Fact]
    public void Each_activity_goes_its_own_way()
    {
        Assert.Equal("p>bought", First().Does("Visit").Does("Order").Path[1]);
        Assert.Equal("p>bought", First().Changes(new ContactEdit.AddTag("customer")).Path[1]);
        Assert.Equal("p>left", First().Changes(new ContactEdit.LeaveList("news")).Path[1]);
    }

    /// <summary>Semantics 1.4: what happens at the very moment of the time-out counts; after it the time-out does.</summary>
    [Fact]
    public void Without_any_the_time_out_comes()
    {
        var trip = First().Passes("P8D");

        Assert.Equal((Outcome.Completed, Trip.Monday9am + Duration.FromDays(7)), (trip.End.Outcome, trip.End.At));
        Assert.Equal("p>timeout", trip.Path[1]);
    }

    [Fact]
    public void Where_one_moment_brings_several_the_first_path_counts() =>
        Assert.Equal("p>bought", First().Changes(new ContactEdit.LeaveList("news"), new ContactEdit.AddTag("customer")).Path[1]);

    /// <summary>Semantics 8.3: an awaited activity is noted in a pause and acts at resume; which one it was is not forgotten, and a later one changes nothing.</summary>
    [Fact]
    public void What_happened_first_in_a_pause_decides_when_the_journey_goes_on()
    {
        var trip = First();
        (trip.Status, trip.Dials) = (JourneyStatus.Paused, new(trip.Now, false, Duration.Zero));
        trip.Passes("P1D").Changes(new ContactEdit.LeaveList("news")).Does("Order");
        Assert.True(trip.Waiting.Wait.Noted);
        (trip.Status, trip.Dials) = (JourneyStatus.Live, new(null, false, Duration.FromDays(1)));

        trip.Run(new Stimulus.JourneyResumed(new("trip")));

        Assert.Equal(Outcome.Unsuccessful, trip.End.Outcome);
    }
}
