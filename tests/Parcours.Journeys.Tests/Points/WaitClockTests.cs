using System.Text.Json;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Points;

namespace Parcours.Journeys.Tests.Points;

/// <summary>Semantics 8.1, 8.2: whoever pauses is told how many wait by a clock that stands still then, and how many for an hour that does not.</summary>
public sealed class WaitClockTests
{
    [Theory]
    [InlineData("{'kind':'delay','for':'P1D'}", WaitClock.Elapsed)]
    [InlineData("{'kind':'waitFor','activities':[],'timeout':'P1D'}", WaitClock.Elapsed)]
    [InlineData("{'kind':'waitFor','activities':[]}", WaitClock.None)]
    [InlineData("{'kind':'waitForFirst','paths':[],'timeout':'P1D'}", WaitClock.Elapsed)]
    [InlineData("{'kind':'waitForFirst','paths':[]}", WaitClock.None)]
    [InlineData("{'kind':'waitUntilTrue','condition':{'kind':'tag','name':'a'},'timeout':'P1D'}", WaitClock.Elapsed)]
    [InlineData("{'kind':'waitUntilTrue','condition':{'kind':'tag','name':'a'}}", WaitClock.None)]
    [InlineData("{'kind':'runJourney','journey':'j','paths':[],'timeout':'P1D'}", WaitClock.Elapsed)]
    [InlineData("{'kind':'waitUntil','time':'09:00'}", WaitClock.Calendar)]
    [InlineData("{'kind':'waitUntilDate','property':'renews_on','time':'09:00'}", WaitClock.Calendar)]
    [InlineData("{'kind':'sendEmail','content':'hello'}", WaitClock.Calendar)]
    [InlineData("{'kind':'webhook','url':'https://example.org','into':'crm'}", WaitClock.None)]
    [InlineData("{'kind':'addTag','tag':'a'}", WaitClock.None)]
    public void A_point_says_by_what_clock_those_who_wait_there_go_on(string point, WaitClock clock) =>
        Assert.Equal(clock, JsonSerializer.Deserialize<JourneyPoint>(point.Replace('\'', '"'), JourneyJson.Compact)!.WaitsBy);
}
