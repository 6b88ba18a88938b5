using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Points;

/// <summary>Semantics 3.2, 3.5, 3.7: what one journey does to another of the same contact is a derived stimulus of the same burst.</summary>
public sealed class StartJourneyPointTests
{
    const string Sends = "{'p':{'kind':'startJourney','journey':'other','withData':true,'next':'e'},'e':{'kind':'end','outcome':'successful'}}";
    const string Copies = "{'o':{'kind':'copyProperty','into':'paid','field':'total','next':'d'},'d':{'kind':'delay','for':'P1D'}}";

    [Fact]
    public void The_contact_goes_on_at_once_and_is_in_the_other_journey_too()
    {
        var trip = Trip.Through(Sends).Beside("other", Copies).Does("Begin", "{'total':12}");

        Assert.Equal(["p>next", "e>successful", "other:o>next", "other:d…"], trip.Path);
        Assert.Equal(Value.Of(12m), trip.Ada.Property("paid"));
    }

    [Fact]
    public void Without_its_data_the_other_journey_knows_nothing_of_it() =>
        Assert.Equal(Value.None, Trip.Through(Sends.Replace("'withData':true,", "", StringComparison.Ordinal)).Beside("other", Copies).Does("Begin", "{'total':12}").Ada.Property("paid"));

    [Fact]
    public void The_other_journey_s_rules_hold_and_its_first_starting_point_by_hand_counts()
    {
        var trip = Trip.Through(Sends).Beside("other", "{'o':{'kind':'delay','for':'P1D'}}", settings: "{}").Does("Begin").Passes("P2D").Does("Begin");

        Assert.Equal(["trip Successful", "other Completed", "trip Successful"], trip.Ends);
        Assert.Equal("in", trip.Enrolments.First(enrolment => enrolment.Journey.Value == "other").StartingPoint);
    }

    [Fact]
    public void A_journey_that_is_not_live_is_no_reason_to_fail() =>
        Assert.Equal(["trip Successful"], Trip.Through(Sends).Does("Begin").Ends);

    [Fact]
    public void Two_that_send_to_each_other_for_ever_are_stopped_at_depth_sixteen()
    {
        var trip = Trip.Through(Sends, "{'kind':'event','id':'in','events':['Begin'],'next':'p'},{'kind':'hand','id':'again','next':'p'}")
            .Beside("other", "{'o':{'kind':'startJourney','journey':'trip'}}").Does("Begin");

        Assert.Equal(16, trip.Ends.Count());
    }
}

public sealed class StopJourneyPointTests
{
    [Fact]
    public void The_contact_leaves_the_other_journey_and_nothing_else()
    {
        var trip = Trip.Through("{'p':{'kind':'stopJourney','journey':'other','next':'w'},'w':{'kind':'delay','for':'P1D'}}")
            .Beside("other", "{'o':{'kind':'delay','for':'P9D'}}", "{'kind':'event','id':'in','events':['First'],'next':'o'}").Does("First").Does("Begin");

        Assert.Equal(["other Exited stopped"], trip.Ends);
        Assert.Equal("w", trip.Waiting.Point);
    }

    [Fact]
    public void Who_is_not_inside_goes_on() =>
        Assert.Equal(["trip Completed"], Trip.Through("{'p':{'kind':'stopJourney','journey':'other'}}").Beside("other", "{'o':{'kind':'delay','for':'P9D'}}").Does("Begin").Ends);
}

public sealed class RunJourneyPointTests
{
    const string Runs = "{'p':{'kind':'runJourney','journey':'other','paths':[{'name':'good','outcomes':['successful'],'next':'g'},{'name':'no','outcomes':['notEntered','failed'],'next':'n'}],'otherwise':'x','timeout':'P5D','onTimeout':'t'},"
        + "'g':{'kind':'end','outcome':'successful'},'n':{'kind':'end','outcome':'unsuccessful'},'x':{'kind':'end','outcome':'completed'},'t':{'kind':'end','outcome':'completed'}}";

    static string WaitsFor(string outcome) => "{'o':{'kind':'waitFor','activities':[{'kind':'event','events':['Order']}],'next':'e'},'e':{'kind':'end','outcome':'" + outcome + "'}}";

    [Theory]
    [InlineData("successful", "p>good")]
    [InlineData("unsuccessful", "p>otherwise")]
    public void It_waits_for_the_other_journey_and_goes_by_its_outcome(string outcome, string path)
    {
        var trip = Trip.Through(Runs).Beside("other", WaitsFor(outcome)).Does("Begin").Passes("P1D");
        Assert.Equal(("p", "sub-journey"), (trip.Waiting.Point, trip.Waiting.Wait.Reason));

        Assert.Contains(path, trip.Does("Order").Path);
    }

    [Fact]
    public void What_ends_at_once_is_heard_too() =>
        Assert.Equal(["trip Successful", "other Successful"], Trip.Through(Runs).Beside("other", "{'o':{'kind':'end','outcome':'successful'}}").Does("Begin").Ends.OrderDescending(StringComparer.Ordinal));

    [Fact]
    public void Whom_the_other_journey_refuses_goes_by_not_entered()
    {
        Assert.Contains("p>no", Trip.Through(Runs).Does("Begin").Path);
        Assert.Contains("p>no", Trip.Through(Runs).Beside("other", WaitsFor("successful"), settings: "{'exclusions':{'kind':'tag','name':'vip'}}").Changes(new ContactEdit.AddTag("vip")).Does("Begin").Path);
    }

    [Fact]
    public void Only_the_trip_that_it_began_counts()
    {
        // The contact is inside once more, by another key.
        var trip = Trip.Through(Runs).Beside("other", WaitsFor("successful"), "{'kind':'event','id':'ev','events':['Enter'],'next':'o'},{'kind':'hand','id':'in','next':'o'}", "{'reEntry':{'kind':'always'},'eventKey':'n'}")
            .Does("Enter", "{'n':1}").Does("Begin").Does("Enter", "{'n':1}");

        Assert.Contains("other Removed re-entered", trip.Ends);
        Assert.Equal("p", trip.Waiting.Point);
    }

    [Fact]
    public void After_the_time_out_it_goes_on_and_the_other_journey_too()
    {
        var trip = Trip.Through(Runs).Beside("other", WaitsFor("successful")).Does("Begin").Passes("P6D");

        Assert.Equal(["trip Completed"], trip.Ends);
        Assert.True(trip.IsInside);
    }

    /// <summary>Semantics 8.3.</summary>
    [Fact]
    public void What_ended_in_a_pause_acts_at_resume()
    {
        var trip = Trip.Through(Runs).Beside("other", WaitsFor("successful")).Does("Begin");
        (trip.Status, trip.Dials) = (JourneyStatus.Paused, new(trip.Now, false, Duration.Zero));
        trip.Passes("P1D").Does("Order");
        Assert.True(trip.Waiting.Wait.Noted);
        (trip.Status, trip.Dials) = (JourneyStatus.Live, new(null, false, Duration.FromDays(1)));

        Assert.Equal(Outcome.Successful, trip.Run(new Stimulus.JourneyResumed(new("trip"))).End.Outcome);
    }
}
