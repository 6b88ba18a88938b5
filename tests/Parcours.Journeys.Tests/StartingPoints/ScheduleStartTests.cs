using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.StartingPoints;

namespace Parcours.Journeys.Tests.StartingPoints;

/// <summary>At the moments of a schedule whoever matches comes in. Semantics 6.12; the rules of recurrence: <see cref="Schedules.RecurrenceTests"/>.</summary>
public sealed class ScheduleStartTests
{
    const string Monday = "{'kind':'schedule','id':'in','date':'2026-03-02','time':'10:00','repeats':'FREQ=WEEKLY','filter':{'kind':'tag','name':'t'},'next':'p'}";

    static Trip On(string start, string reEntry = "afterLeaving") =>
        Trip.Through("{'p':{'kind':'end','outcome':'successful'}}", start, $"{{'reEntry':{{'kind':'{reEntry}'}}}}");

    static Stimulus.Scheduled Comes(params string[] starts) => new(new("trip"), [.. starts]);

    [Fact]
    public void Whoever_matches_at_the_moment_comes_in_and_nobody_else()
    {
        Assert.Empty(On(Monday).Run(Comes("in")).Enrolments);
        Assert.Equal("in", Assert.Single(On(Monday).Changes(new ContactEdit.AddTag("t")).Run(Comes("in")).Enrolments).StartingPoint);
        Assert.Empty(On(Monday).Changes(new ContactEdit.AddTag("t")).Run(Comes("gone")).Enrolments);
    }

    /// <summary>Semantics 6.9, 8.3: the journey's rules hold, and a refusal is recorded with its reason; of who does not match, nothing is.</summary>
    [Fact]
    public void Rules_that_forbid_it_refuse_it_with_their_reason()
    {
        var trip = On(Monday, "never").Changes(new ContactEdit.AddTag("t")).Run(Comes("in")).Run(Comes("in"));
        Assert.Equal(["re-entry-never"], trip.Refusals);
        trip.Status = JourneyStatus.Paused;
        Assert.Equal(["re-entry-never", "paused"], trip.Run(Comes("in")).Refusals);
        Assert.Empty(On(Monday, "never").Run(Comes("in")).Refusals);
    }

    /// <summary>Semantics 3.4: several starting points of one moment make one entry.</summary>
    [Fact]
    public void Two_schedules_of_one_moment_make_one_entry() =>
        Assert.Equal("in", Assert.Single(On(Monday + "," + Monday.Replace("'in'", "'also'", StringComparison.Ordinal)).Changes(new ContactEdit.AddTag("t")).Run(Comes("in", "also")).Enrolments).StartingPoint);

    static LiveJourney Live(string start, string upTo, string settings = "{}")
    {
        var plan = JourneyCompiler.Compile(Parcours.Journeys.Definitions.JourneyJson.Read(System.Text.Encoding.UTF8.GetBytes(
            $"{{'format':1,'id':'trip','name':'Trip','settings':{settings},'start':[{start}],'points':{{'p':{{'kind':'end','outcome':'successful'}}}}}}".Replace('\'', '"'))), 1, DateTimeZoneProviders.Tzdb["Europe/Paris"]);
        return new(new("trip"), 0, JourneyStatus.Live, 1, System.Collections.Immutable.ImmutableDictionary<int, JourneyPlan>.Empty.Add(1, plan), JourneyDials.Running) { ScheduledUpTo = At(upTo) };
    }

    static Instant At(string text) => NodaTime.Text.InstantPattern.ExtendedIso.Parse(text).Value;

    /// <summary>Moments count from the going live on; what was missed is caught up once.</summary>
    [Fact]
    public void Its_next_moment_is_later_than_what_has_come()
    {
        Assert.Equal(At("2026-03-02T09:00:00Z"), Live(Monday, "2026-03-01T00:00:00Z").NextOccurrence);
        var live = Live(Monday, "2026-03-02T09:00:00Z");
        Assert.Equal(At("2026-03-09T09:00:00Z"), live.NextOccurrence);
        Assert.Empty(live.Occurring(At("2026-03-09T08:59:59Z")));
        Assert.Equal(["in"], live.Occurring(At("2026-03-30T09:00:00Z")).Select(start => start.Id));

        const string Once = "{'kind':'schedule','id':'once','date':'2026-03-02','time':'10:00','zone':'America/New_York','filter':{'kind':'tag','name':'t'},'next':'p'}";
        Assert.Equal(At("2026-03-02T15:00:00Z"), Live(Once, "2026-03-01T00:00:00Z").NextOccurrence);
        Assert.Null(Live(Once, "2026-03-02T15:00:00Z").NextOccurrence);
        Assert.Null((Live(Once, "2026-03-01T00:00:00Z") with { Status = JourneyStatus.Ended }).NextOccurrence);
    }

    /// <summary>Semantics 6.8: nothing comes before the journey's start; at it, it may.</summary>
    [Fact]
    public void Nothing_comes_before_the_start_of_the_journey() =>
        Assert.Equal(At("2026-03-16T09:00:00Z"), Live(Monday, "2026-03-01T00:00:00Z", "{'startsAt':'2026-03-16T09:00:00Z'}").NextOccurrence);

    [Fact]
    public void It_says_when_it_comes()
    {
        var once = new ScheduleStart { Id = "in", Date = new(2026, 12, 24), Time = new(18, 0) };

        Assert.Equal("it is 2026-12-24, 18:00 (journey time)", once.Explain());
        Assert.Equal("it is 18:00 (Europe/Paris time) on a day of FREQ=YEARLY from 2026-12-24 on", (once with { Repeats = "FREQ=YEARLY", Zone = "Europe/Paris" }).Explain());
    }
}
