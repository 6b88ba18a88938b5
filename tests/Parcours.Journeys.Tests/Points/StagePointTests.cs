using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Points;

/// <summary>Semantics 3.9: in a journey with stages the property is the truth.</summary>
public sealed class StagePointTests
{
    const string Points = "{'lead':{'kind':'stage','values':['lead'],'takesEmpty':true,'next':'l1'},'l1':{'kind':'addTag','tag':'lead','next':'l2'},'l2':{'kind':'delay','for':'P3D','next':'l3'},'l3':{'kind':'setProperty','property':'stage','value':'talks','next':'l4'},'l4':{'kind':'addTag','tag':'never'},"
        + "'talks':{'kind':'stage','values':['talks','meeting'],'next':'t1'},'t1':{'kind':'waitFor','activities':[{'kind':'event','events':['Call']}],'next':'back'},'back':{'kind':'goTo','target':'lead'},"
        + "'won':{'kind':'end','outcome':'successful','values':['won'],'addToList':'customers'},'lost':{'kind':'end','outcome':'unsuccessful','values':['lost']}}";

    static Trip Deals(string start = "{'kind':'event','id':'in','events':['Begin']}") => Trip.Through(Points, start, "{'stageProperty':'stage','reEntry':{'kind':'afterLeaving'}}");

    static ContactEdit.SetProperty Becomes(string? stage) => new("stage", stage is null ? Value.None : Value.Of(stage));

    [Theory]
    [InlineData(null, "lead")]
    [InlineData("lead", "lead")]
    [InlineData("meeting", "talks")]
    public void A_contact_begins_in_the_stage_of_its_property(string? value, string stage) =>
        Assert.Equal($"{stage}>next", Deals().Changes(Becomes(value)).Does("Begin").Path[0]);

    [Theory]
    [InlineData("won", "stage-ended")]
    [InlineData("somewhere else", "no-stage")]
    public void Who_is_at_an_end_already_or_in_no_stage_does_not_come_in(string value, string reason)
    {
        var trip = Deals().Changes(Becomes(value)).Does("Begin");

        Assert.False(trip.IsInside);
        Assert.Equal(reason, trip.Refusals.Single());
    }

    [Fact]
    public void A_starting_point_that_leads_to_a_stage_takes_in_who_has_no_stage_and_the_property_says_so()
    {
        var trip = Deals("{'kind':'event','id':'in','events':['Begin'],'next':'talks'}").Changes(Becomes("somewhere else")).Does("Begin");

        Assert.Equal((Value.Of("talks"), "t1"), (trip.Ada.Property("stage"), trip.Waiting.Point));
    }

    [Fact]
    public void A_new_value_from_anywhere_moves_the_contact_out_of_any_wait()
    {
        var trip = Deals().Does("Begin").Passes("P1D").Changes(Becomes("meeting"));

        Assert.Equal(["lead>next", "l1>next", "l2…", "l2>stage", "talks>next", "t1…"], trip.Path);
        Assert.Equal(["trip Successful"], trip.Changes(Becomes("won")).Ends);
        Assert.True(trip.Ada.IsOn("customers"));
    }

    [Fact]
    public void Another_value_of_the_same_stage_and_one_that_belongs_to_none_move_nobody()
    {
        var trip = Deals().Changes(Becomes("talks")).Does("Begin").Changes(Becomes("meeting")).Changes(Becomes("unheard of"));

        Assert.Equal(["talks>next", "t1…"], trip.Path);
    }

    [Fact]
    public void The_journey_s_own_value_moves_it_before_the_next_point()
    {
        var trip = Deals().Does("Begin").Passes("P4D");

        Assert.Equal(["l2>next", "l3>next", "talks>next", "t1…"], trip.Path[3..]);
        Assert.False(trip.Ada.HasTag("never"));
    }

    [Fact]
    public void A_go_to_a_stage_sets_the_property()
    {
        var trip = Deals().Changes(Becomes("talks")).Does("Begin").Does("Call");

        Assert.Equal((Value.Of("lead"), "l2"), (trip.Ada.Property("stage"), trip.Waiting.Point));
    }

    [Fact]
    public void At_the_end_of_its_path_the_contact_rests_in_the_stage_until_the_property_changes()
    {
        var trip = Trip.Through("{'a':{'kind':'stage','values':['a'],'next':'x'},'x':{'kind':'addTag','tag':'x'},'b':{'kind':'end','outcome':'completed','values':['b']}}", "{'kind':'event','id':'in','events':['Begin']}", "{'stageProperty':'stage'}")
            .Changes(Becomes("a")).Does("Begin").Passes("P30D");
        Assert.Equal(("a", "stage"), (trip.Waiting.Point, trip.Waiting.Wait.Reason));

        Assert.Equal(["trip Completed"], trip.Changes(Becomes("b")).Ends);
    }

    /// <summary>Semantics 8.3: nothing steps in a pause; where it belongs then counts.</summary>
    [Theory]
    [InlineData("talks", "t1")]
    [InlineData("lead", "l2")]
    public void What_the_property_says_at_resume_counts(string last, string point)
    {
        var trip = Deals().Does("Begin");
        (trip.Status, trip.Dials) = (JourneyStatus.Paused, new(trip.Now, false, Duration.Zero));
        trip.Passes("P1D").Changes(Becomes("meeting")).Changes(Becomes(last));
        Assert.Equal("l2", trip.Waiting.Point);
        (trip.Status, trip.Dials) = (JourneyStatus.Live, new(null, false, Duration.FromDays(1)));

        Assert.Equal(point, trip.Run(new Stimulus.JourneyResumed(new("trip"))).Waiting.Point);
    }

    [Fact]
    public void Who_is_moved_by_hand_into_another_stage_has_its_value()
    {
        var trip = Deals().Does("Begin");

        trip.Run(new Stimulus.MoveRequested(trip.Ada.Enrolments[0].Id, "t1", null), Origin.Person);

        Assert.Equal((Value.Of("talks"), "t1"), (trip.Ada.Property("stage"), trip.Waiting.Point));
    }

    [Fact]
    public void Two_journeys_that_move_each_other_for_ever_are_stopped()
    {
        static string Circle(string from, string to) => $"{{'{from}0':{{'kind':'stage','values':['{from}'],'next':'{from}1'}},'{from}1':{{'kind':'setProperty','property':'stage','value':'{to}'}},'{to}0':{{'kind':'stage','values':['{to}'],'next':'{to}1'}},'{to}1':{{'kind':'addTag','tag':'{to}'}}}}";
        var trip = Trip.Through(Circle("a", "b"), "{'kind':'event','id':'in','events':['Begin']}", "{'stageProperty':'stage'}")
            .Beside("other", Circle("b", "a"), "{'kind':'event','id':'in','events':['Begin']}", "{'stageProperty':'stage'}").Changes(Becomes("a")).Does("Begin");

        Assert.InRange(trip.Path.Count, 4, 200);
    }
}
