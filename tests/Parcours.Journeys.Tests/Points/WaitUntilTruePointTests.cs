using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Points;

public sealed class WaitUntilTruePointTests
{
    const string Quiet = "{'kind':'event','events':['Visit'],'is':'didNot','window':{'last':'P3D'}}";

    static Trip Until(string condition, string timeout = "'timeout':'P7D','onTimeout':'late',") => Trip.Through(
        $"{{'p':{{'kind':'waitUntilTrue','condition':{condition},{timeout}'next':'done'}},'done':{{'kind':'end','outcome':'successful'}}{(timeout.Length == 0 ? "" : ",'late':{'kind':'end','outcome':'unsuccessful'}")}}}");

    [Fact]
    public void Where_it_holds_already_nobody_waits() =>
        Assert.Equal("p>next", Until("{'kind':'tag','name':'t'}").Changes(new ContactEdit.AddTag("t")).Does("Begin").Path[0]);

    [Fact]
    public void The_change_that_makes_it_hold_ends_the_wait_and_others_do_not()
    {
        var trip = Until("{'kind':'all','of':[{'kind':'tag','name':'t'},{'kind':'list','name':'l'}]}").Does("Begin").Changes(new ContactEdit.AddTag("t"));
        Assert.True(trip.IsInside);

        Assert.Equal(Outcome.Successful, trip.Passes("P1D").Changes(new ContactEdit.JoinList("l")).End.Outcome);
    }

    [Fact]
    public void In_time_it_has_not_come_to_hold_and_the_time_out_comes()
    {
        var trip = Until("{'kind':'tag','name':'t'}").Does("Begin").Changes(new ContactEdit.AddTag("other")).Passes("P8D");

        Assert.Equal((Outcome.Unsuccessful, Trip.Monday9am + Duration.FromDays(7)), (trip.End.Outcome, trip.End.At));
    }

    /// <summary>Semantics 7.6: what flips by time alone needs no stimulus; each visit puts the flip off.</summary>
    [Theory]
    [InlineData("'timeout':'P7D','onTimeout':'late',", Outcome.Successful)]
    [InlineData("", Outcome.Successful)]
    [InlineData("'timeout':'P4D','onTimeout':'late',", Outcome.Unsuccessful)]
    public void Time_alone_can_make_it_hold(string timeout, Outcome outcome)
    {
        var trip = Until(Quiet, timeout).Does("Visit").Does("Begin").Passes("P2D").Does("Visit").Passes("P8D");

        Assert.Equal((outcome, Trip.Monday9am + Duration.FromDays(outcome == Outcome.Successful ? 5 : 4)), (trip.End.Outcome, trip.End.At));
    }

    /// <summary>Semantics 8.3: what came to hold in a pause acts when the journey goes on, if it still holds then.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_a_pause_it_is_asked_again(bool still)
    {
        var trip = Until("{'kind':'tag','name':'t'}").Does("Begin");
        (trip.Status, trip.Dials) = (JourneyStatus.Paused, new(trip.Now, false, Duration.Zero));
        trip.Passes("P1D").Changes(new ContactEdit.AddTag("t"));
        if (!still)
            trip.Changes(new ContactEdit.RemoveTag("t"));
        (trip.Status, trip.Dials) = (JourneyStatus.Live, new(null, false, Duration.FromDays(1)));

        trip.Run(new Stimulus.JourneyResumed(new("trip")));

        Assert.Equal(still, !trip.IsInside);
        if (!still)
            Assert.Equal((false, Trip.Monday9am + Duration.FromDays(7)), (trip.Waiting.Wait.Noted, trip.Waiting.Wait.Due));
    }
}
