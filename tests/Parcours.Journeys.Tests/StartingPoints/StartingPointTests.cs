using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Tests.StartingPoints;

static class Starting
{
    internal static Trip On(string start) => Trip.Through("{'p':{'kind':'delay','for':'P1D'}}", start).Segment("s", "{'kind':'tag','name':'t'}");
}

public sealed class EventStartTests
{
    [Theory]
    [InlineData("Order", 100, true)]
    [InlineData("Purchase", 100, true)]
    [InlineData("Order", 99, false)]
    [InlineData("Visit", 100, false)]
    public void An_event_that_meets_the_filter_brings_the_contact_in(string name, int total, bool inside)
    {
        var trip = Starting.On("{'kind':'event','id':'in','events':['Order','Purchase'],'where':{'kind':'field','name':'total','is':'atLeast','value':100},'next':'p'}").Does(name, $"{{'total':{total}}}");

        Assert.Equal(inside, trip.IsInside);
        if (inside)
            Assert.Equal(("in", "100"), (trip.Enrolments[0].StartingPoint, trip.Enrolments[0].Data["total"].ToString()));
    }

    /// <summary>Semantics 3.3: conditions see the event that starts.</summary>
    [Fact]
    public void The_filter_counts_the_event_that_met_it()
    {
        var trip = Starting.On("{'kind':'event','id':'in','events':['Order'],'filter':{'kind':'event','events':['Order'],'function':'count','is':'equals','value':2},'next':'p'}").Does("Order");
        Assert.False(trip.IsInside);

        Assert.True(trip.Does("Order").IsInside);
    }
}

public sealed class TagAddedStartTests
{
    [Fact]
    public void A_tag_that_was_not_there_brings_the_contact_in()
    {
        const string Start = "{'kind':'tagAdded','id':'in','tag':'t','next':'p'}";

        Assert.True(Starting.On(Start).Changes(new ContactEdit.AddTag("t")).IsInside);
        Assert.False(Starting.On(Start).Changes(new ContactEdit.AddTag("u")).IsInside);
    }

    /// <summary>Semantics 2.6: imports start what takes them.</summary>
    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void Imports_start_only_what_takes_them(string takes, bool inside) =>
        Assert.Equal(inside, Starting.On($"{{'kind':'tagAdded','id':'in','tag':'t','takesImports':{takes},'next':'p'}}").Imports(new ContactEdit.AddTag("t")).IsInside);
}

public sealed class TagRemovedStartTests
{
    [Fact]
    public void A_tag_that_was_there_and_is_gone_brings_the_contact_in()
    {
        var trip = Starting.On("{'kind':'tagRemoved','id':'in','tag':'t','next':'p'}").Changes(new ContactEdit.RemoveTag("t")).Changes(new ContactEdit.AddTag("t"));
        Assert.False(trip.IsInside);

        Assert.True(trip.Changes(new ContactEdit.RemoveTag("t")).IsInside);
    }
}

public sealed class ListLeftStartTests
{
    [Fact]
    public void Leaving_a_list_brings_the_contact_in()
    {
        var trip = Starting.On("{'kind':'listLeft','id':'in','list':'l','next':'p'}").Changes(new ContactEdit.JoinList("l"));
        Assert.False(trip.IsInside);

        Assert.True(trip.Changes(new ContactEdit.LeaveList("l")).IsInside);
    }
}

public sealed class SegmentLeftStartTests
{
    [Fact]
    public void Who_is_a_member_no_longer_comes_in()
    {
        var trip = Starting.On("{'kind':'segmentLeft','id':'in','segment':'s','next':'p'}").Changes(new ContactEdit.AddTag("t"));
        Assert.False(trip.IsInside);

        Assert.True(trip.Changes(new ContactEdit.RemoveTag("t")).IsInside);
    }
}

public sealed class SegmentEnteredStartTests
{
    [Fact]
    public void Becoming_a_member_brings_the_contact_in() =>
        Assert.True(Starting.On("{'kind':'segmentEntered','id':'in','segment':'s','next':'p'}").Changes(new ContactEdit.AddTag("t")).IsInside);
}

public sealed class ListEnteredStartTests
{
    [Fact]
    public void Coming_on_the_list_brings_the_contact_in() =>
        Assert.True(Starting.On("{'kind':'listEntered','id':'in','list':'l','next':'p'}").Changes(new ContactEdit.JoinList("l")).IsInside);
}

public sealed class PropertyBecomesStartTests
{
    [Theory]
    [InlineData("free", "pro", true)]
    [InlineData("team", "pro", false)]
    [InlineData("free", "other", false)]
    public void A_property_that_goes_from_one_value_to_another_brings_the_contact_in(string before, string after, bool inside) =>
        Assert.Equal(inside, Starting.On("{'kind':'propertyBecomes','id':'in','property':'plan','from':['free'],'to':['pro'],'next':'p'}")
            .Changes(new ContactEdit.SetProperty("plan", Value.Of(before))).Passes("PT1S").Changes(new ContactEdit.SetProperty("plan", Value.Of(after))).IsInside);

    /// <summary>Becoming empty, and having been empty, count where the author says so.</summary>
    [Theory]
    [InlineData("'toEmpty':true", "free", null, true)]
    [InlineData("'toEmpty':true", "free", "pro", false)]
    [InlineData("'to':['pro'],'toEmpty':true", "free", null, true)]
    [InlineData("'to':['pro'],'toEmpty':true", "free", "pro", true)]
    [InlineData("'to':['pro'],'toEmpty':true", "free", "team", false)]
    [InlineData("'fromEmpty':true", null, "pro", true)]
    [InlineData("'fromEmpty':true", "free", "pro", false)]
    [InlineData("'from':['free'],'fromEmpty':true", "free", "pro", true)]
    [InlineData("'from':['free'],'fromEmpty':true", "team", "pro", false)]
    [InlineData("'from':['free'],'toEmpty':true", "team", null, false)]
    [InlineData("'to':['pro']", null, "pro", true)]
    public void Empty_counts_where_it_is_said(string fields, string? before, string? after, bool inside)
    {
        var trip = Starting.On($"{{'kind':'propertyBecomes','id':'in','property':'plan',{fields},'next':'p'}}");
        trip.Status = Journeys.Plans.JourneyStatus.Draft;
        trip.Changes(new ContactEdit.SetProperty("plan", before is null ? Value.None : Value.Of(before)));
        trip.Status = Journeys.Plans.JourneyStatus.Live;

        Assert.Equal(inside, trip.Passes("PT1S").Changes(new ContactEdit.SetProperty("plan", after is null ? Value.None : Value.Of(after))).IsInside);
    }

    [Fact]
    public void Taking_a_property_away_is_no_value() =>
        Assert.False(Starting.On("{'kind':'propertyBecomes','id':'in','property':'plan','from':['free'],'next':'p'}")
            .Changes(new ContactEdit.SetProperty("plan", Value.Of("free"))).Passes("PT1S").Changes(new ContactEdit.SetProperty("plan", Value.None)).IsInside);
}

public sealed class JourneyLeftStartTests
{
    const string Other = "{'o':{'kind':'waitFor','activities':[{'kind':'event','events':['Order']}],'next':'e','timeout':'P1D','onTimeout':'u'},'e':{'kind':'end','outcome':'successful'},'u':{'kind':'end','outcome':'unsuccessful'}}";

    static Trip After(string outcomes) => Trip.Through("{'p':{'kind':'delay','for':'P1D'}}", "{'kind':'journeyLeft','id':'in','journey':'other'" + outcomes + ",'next':'p'}")
        .Beside("other", Other, "{'kind':'event','id':'in','events':['Begin'],'next':'o'}").Does("Begin");

    [Fact]
    public void It_begins_when_the_other_journey_ends() => Assert.True(After("").Does("Order").Ada.Enrolments.Exists(enrolment => enrolment.Journey.Value == "trip"));

    [Fact]
    public void Only_with_an_outcome_that_counts()
    {
        Assert.False(After(",'outcomes':['unsuccessful']").Does("Order").IsInside);
        Assert.True(After(",'outcomes':['unsuccessful']").Passes("PT30H").IsInside);
    }
}

public sealed class HandStartTests
{
    [Fact]
    public void A_contact_who_is_entered_by_hand_begins_there()
    {
        var trip = Trip.Through("{'p':{'kind':'end','outcome':'successful'},'q':{'kind':'end','outcome':'unsuccessful'}}",
            "{'kind':'event','id':'in','events':['Begin'],'next':'q'},{'kind':'hand','id':'desk','next':'p'}").IsEnrolled();

        Assert.Equal((Outcome.Successful, "p"), (trip.End.Outcome, trip.End.Point));
    }
}
