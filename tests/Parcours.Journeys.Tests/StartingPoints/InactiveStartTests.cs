using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.StartingPoints;

/// <summary>Somebody has done something, and not again for a time. Semantics 6.18.</summary>
public sealed class InactiveStartTests
{
    static readonly Instant Nine = Trip.Monday9am;

    static Trip Starts(string fields = "'events':['Visited','Bought'],'for':'P30D'", string reEntry = "afterLeaving") =>
        Trip.Through("{'p':{'kind':'end','outcome':'successful'}}", $"{{'kind':'inactive','id':'in',{fields},'next':'p'}}", $"{{'reEntry':{{'kind':'{reEntry}'}}}}");

    static IEnumerable<Instant> Entries(Trip trip) => trip.Enrolments.Select(enrolment => enrolment.StartedAt);
    static Instant Day(double days) => Nine + Duration.FromDays(days);

    /// <summary>Semantics 6.18: so long after the last of its events, to the microsecond; each new one begins the time anew.</summary>
    [Fact]
    public void It_begins_when_so_long_has_passed_since_the_last_of_its_events()
    {
        Assert.Equal([Day(30)], Entries(Starts().Does("Visited").Passes("P90D")));
        Assert.Equal([Day(50)], Entries(Starts().Does("Visited").Passes("P20D").Does("Bought").Passes("P90D")));
        Assert.Equal([Day(30), Day(70)], Entries(Starts().Does("Visited").Passes("P40D").Does("Visited").Passes("P90D")));
        Assert.Empty(Entries(Starts().Does("Other").Passes("P90D")));
        Assert.Equal([Day(30)], Entries(Starts().Does("Visited").Passes("P20D").Does("Other").Passes("P90D")));
    }

    /// <summary>What counts is when it occurred (2.1): one that comes late moves nothing, and what was long ago by then is not caught up.</summary>
    [Fact]
    public void What_comes_late_counts_by_when_it_was()
    {
        Assert.Equal([Day(30)], Entries(Starts().Does("Visited").Passes("P5D").Does("Visited", occurred: Nine - Duration.FromDays(9)).Passes("P90D")));
        Assert.Equal([Day(21)], Entries(Starts().Does("Visited", occurred: Nine - Duration.FromDays(9)).Passes("P90D")));
        Assert.Empty(Entries(Starts().Does("Visited", occurred: Nine - Duration.FromDays(31)).Passes("P90D")));
    }

    [Fact]
    public void Only_events_that_match_are_a_sign_of_life()
    {
        const string Large = "'events':['Bought'],'where':{'kind':'field','name':'total','is':'atLeast','value':50},'for':'P30D'";

        Assert.Empty(Entries(Starts(Large).Does("Bought", "{'total':20}").Passes("P90D")));
        Assert.Equal([Day(30)], Entries(Starts(Large).Does("Bought", "{'total':60}").Passes("P10D").Does("Bought", "{'total':20}").Passes("P90D")));
    }

    /// <summary>Semantics 6.10: who is quiet already when it goes live does not come in, who becomes so later does, by what happened before; a second sweep brings nobody twice.</summary>
    [Theory]
    [InlineData(20, 30)]
    [InlineData(40, null)]
    public void What_happened_before_it_went_live_counts(int days, int? comes)
    {
        var trip = Starts();
        trip.Status = JourneyStatus.Paused;
        trip.Does("Visited").Passes($"P{days}D");
        trip.Ada.Dates.Clear();
        trip.Status = JourneyStatus.Live;
        trip.Run(new Stimulus.DatesReckoned(new("trip"), trip.Now)).Passes("P90D").Run(new Stimulus.DatesReckoned(new("trip"), Day(days))).Passes("P90D");

        Assert.Equal(comes is { } day ? [Day(day)] : [], Entries(trip));
    }

    /// <summary>Semantics 6.9: the rules of entry hold; a refusal is recorded.</summary>
    [Fact]
    public void Rules_that_forbid_it_refuse_it_with_their_reason() =>
        Assert.Equal(["re-entry-never"], Starts(reEntry: "never").Does("Visited").Passes("P40D").Does("Visited").Passes("P90D").Refusals);

    /// <summary>What a run records is a sign of life too.</summary>
    [Fact]
    public void An_event_that_a_journey_records_counts()
    {
        var trip = Trip.Through(
            "{'p':{'kind':'recordEvent','event':'Visited'},'q':{'kind':'end','outcome':'successful'}}",
            "{'kind':'event','id':'go','events':['Go'],'next':'p'},{'kind':'inactive','id':'in','events':['Visited'],'for':'P30D','next':'q'}", "{'reEntry':{'kind':'afterLeaving'}}");

        Assert.Equal(["go", "in"], trip.Does("Go").Passes("P40D").Enrolments.Select(enrolment => enrolment.StartingPoint));
    }

    /// <summary>Semantics 4.6: of two contacts the later sign of life counts.</summary>
    [Fact]
    public void A_merged_contact_brings_its_signs_of_life()
    {
        var other = Starts().IsContact(2).Passes("P10D").Does("Visited").Ada;

        Assert.Equal([Day(40)], Entries(Starts().Does("Visited").Passes("P12D").Run(new Stimulus.Absorbed(other), Origin.Merge).Passes("P90D")));
    }
}
