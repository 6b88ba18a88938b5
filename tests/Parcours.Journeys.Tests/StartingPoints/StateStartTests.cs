using System.Text;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Tests.StartingPoints;

/// <summary>Those who are there already when a journey goes live. Semantics 6.10; how the engine asks all of them: CurrentStartTests.</summary>
public sealed class StateStartTests
{
    static Stimulus.Scheduled Goes(string start = "in") => new(new("trip"), [start]);

    [Theory]
    [InlineData("{'kind':'tagAdded','id':'in','tag':'t','currentToo':true,'next':'p'}", true)]
    [InlineData("{'kind':'tagAdded','id':'in','tag':'t','currentToo':true,'filter':{'kind':'tag','name':'other'},'next':'p'}", false)]
    [InlineData("{'kind':'tagAdded','id':'in','tag':'other','currentToo':true,'next':'p'}", false)]
    [InlineData("{'kind':'segmentEntered','id':'in','segment':'s','currentToo':true,'next':'p'}", true)]
    [InlineData("{'kind':'listEntered','id':'in','list':'l','currentToo':true,'next':'p'}", true)]
    [InlineData("{'kind':'propertyBecomes','id':'in','property':'plan','to':['pro','team'],'currentToo':true,'next':'p'}", true)]
    [InlineData("{'kind':'propertyBecomes','id':'in','property':'plan','to':['Pro'],'currentToo':true,'next':'p'}", false)]
    [InlineData("{'kind':'propertyBecomes','id':'in','property':'plan','currentToo':true,'next':'p'}", true)]
    public void Whoever_is_there_comes_in_when_they_are_asked(string start, bool inside)
    {
        // Known before the journey: their tag, list and value came by an import, which starts nothing.
        var trip = Trip.Through("{'p':{'kind':'delay','for':'P1D'}}", start, "{'reEntry':{'kind':'always'}}").Segment("s", "{'kind':'tag','name':'t'}")
            .Imports(new ContactEdit.AddTag("t"), new ContactEdit.JoinList("l"), new ContactEdit.SetProperty("plan", Value.Of("pro")));
        Assert.False(trip.IsInside);

        Assert.Equal(inside, trip.Run(Goes()).IsInside);
        // Who has come in meanwhile is not entered again.
        Assert.Equal(inside ? 1 : 0, trip.Run(Goes()).Ada.Entries.GetValueOrDefault(new("trip"))?.Count ?? 0);
    }

    [Fact]
    public void What_was_before_can_be_asked_of_nobody_who_is_there_already()
    {
        var check = JourneyCheck.Check(Encoding.UTF8.GetBytes("""
            {"format":1,"id":"trip","name":"Trip","start":[{"kind":"propertyBecomes","id":"in","property":"plan","from":["free"],"currentToo":true,"next":"p"}],"points":{"p":{"kind":"end","outcome":"successful"}}}
            """), AnyReferences.Instance);

        var problem = Assert.Single(check.Problems, problem => problem.Severity == Severity.Error);
        Assert.Equal(("current.from", "/start/0/currentToo"), (problem.Code, problem.Path));
    }
}
