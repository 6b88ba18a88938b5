using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Points;

/// <summary>Experiments: Semantics 6.13.</summary>
public sealed class ExperimentPointTests
{
    static string Points(string fields = "", string goal = "'kind':'event','events':['Paid'],'where':{'kind':'field','name':'total','is':'atLeast','value':10}") =>
        "{'p':{'kind':'experiment','paths':[{'name':'a','share':50,'next':'x'},{'name':'b','share':50,'next':'y'}],'goal':{" + goal + "},'within':'P7D'" + fields + "},"
        + "'x':{'kind':'addTag','tag':'x'},'y':{'kind':'addTag','tag':'y'}" + (fields.Contains("onHoldOut", StringComparison.Ordinal) ? ",'z':{'kind':'addTag','tag':'z'}}" : "}");

    static long Count(Trip trip, CounterKind kind) => trip.Counters.Where(counter => counter.Key.Kind == kind).Sum(counter => counter.Value);
    static (long Exposed, long Converted) Counts(Trip trip) => (Count(trip, CounterKind.Exposed), Count(trip, CounterKind.Converted));
    static string Way(Trip trip) => trip.Path.Last(step => step.StartsWith("p>", StringComparison.Ordinal));
    static Trip On(int contact, string fields = "") => Trip.Through(Points(fields)).IsContact(contact);

    [Fact]
    public void Everybody_draws_a_path_keeps_it_and_is_counted_once()
    {
        var ways = new List<string>();
        for (var contact = 1; contact <= 200; contact++)
        {
            var trip = On(contact).Does("Begin");
            ways.Add(Way(trip));
            trip.Passes("P1D").Does("Begin");

            Assert.Equal(ways[^1], Way(trip));
            Assert.Equal((1, 0), Counts(trip));
        }

        Assert.InRange(ways.Count(way => way == "p>a"), 70, 130);
    }

    [Theory]
    [InlineData("PT1H", "Paid", 10, 1)]
    [InlineData("PT1H", "Paid", 9, 0)]
    [InlineData("PT1H", "Viewed", 10, 0)]
    [InlineData("P6DT23H", "Paid", 10, 1)]
    [InlineData("P7D", "Paid", 10, 0)]
    public void The_goal_counts_within_its_time_though_the_contact_has_left(string later, string name, int total, int converted)
    {
        var trip = On(1).Does("Begin");
        Assert.False(trip.IsInside);

        trip.Passes(later).Does(name, $"{{'total':{total}}}").Does(name, $"{{'total':{total}}}");

        Assert.Equal((1, converted), Counts(trip));
        Assert.Equal(Way(trip)[2..], trip.Counters.Keys.Single(key => key.Kind == CounterKind.Exposed).Edge);
    }

    /// <summary>Semantics 2.1, 2.3: a late event counts by when it occurred; what occurred before the contact came does not.</summary>
    [Fact]
    public void What_is_told_late_counts_by_when_it_occurred()
    {
        var trip = On(1).Passes("P1D").Does("Begin");
        var met = trip.Now;

        Assert.Equal((1, 0), Counts(trip.Passes("P3D").Does("Paid", "{'total':10}", met - Duration.FromMinutes(1))));
        Assert.Equal((1, 1), Counts(trip.Passes("P4DT1H").Does("Paid", "{'total':10}", met + Duration.FromDays(1))));
    }

    /// <summary>Semantics 3.3: what started the trip is no success of it, nor is what the journey did before.</summary>
    [Fact]
    public void What_happened_before_in_the_same_moment_does_not_count()
    {
        var start = "{'kind':'event','id':'in','events':['Paid'],'next':'p'}";
        Assert.Equal((1, 0), Counts(Trip.Through(Points(), start).Does("Paid", "{'total':10}")));

        const string Tagged = "{'p':{'kind':'addTag','tag':'t','next':'q'},'q':{'kind':'experiment','paths':[{'name':'a','share':100,'next':'r'},{'name':'b','share':0,'next':'r'}],'goal':{'kind':'tagAdded','tag':'t'},'within':'P1D'},'r':{'kind':'removeTag','tag':'t'}}";
        var trip = Trip.Through(Tagged).Does("Begin");
        Assert.Equal((1, 0), Counts(trip));
        Assert.Equal((1, 1), Counts(trip.Changes(new ContactEdit.AddTag("t"))));
    }

    [Fact]
    public void What_the_journey_brings_about_on_a_path_counts()
    {
        var trip = Trip.Through(Points(goal: "'kind':'tagAdded','tag':'x'").Replace("'share':50,'next':'x'", "'share':100,'next':'x'", StringComparison.Ordinal).Replace("'share':50,'next':'y'", "'share':0,'next':'y'", StringComparison.Ordinal)).Does("Begin");

        Assert.Equal((1, 1), Counts(trip));
    }

    /// <summary>Semantics 13.5: who is held out is drawn with a salt of its own, before paths are.</summary>
    [Fact]
    public void A_part_is_held_out_and_the_others_keep_their_paths()
    {
        var held = 0;
        for (var contact = 1; contact <= 400; contact++)
        {
            var (with, without) = (On(contact, ",'holdOut':20,'onHoldOut':'z'").Does("Begin"), On(contact).Does("Begin"));
            if (Way(with) == "p>holdOut")
                held++;
            else
                Assert.Equal(Way(without), Way(with));
            Assert.Equal((1, 0), Counts(with));
        }

        Assert.InRange(held, 50, 110);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_the_winner_all_who_come_take_its_path_and_nobody_is_counted_any_more(bool releases)
    {
        var held = 0;
        for (var contact = 1; contact <= 60; contact++)
        {
            var trip = On(contact, ",'holdOut':20,'onHoldOut':'z'" + (releases ? ",'releaseHoldOut':true" : "")).Does("Begin");
            var before = Way(trip);
            held += before == "p>holdOut" ? 1 : 0;
            trip.Winners["p"] = "b";
            var late = On(contact, ",'holdOut':20,'onHoldOut':'z'" + (releases ? ",'releaseHoldOut':true" : ""));
            late.Winners["p"] = "b";

            Assert.Equal(before == "p>holdOut" && !releases ? "p>holdOut" : "p>b", Way(trip.Passes("PT1H").Does("Begin")));
            Assert.Equal(before == "p>holdOut" && !releases ? "p>holdOut" : "p>b", Way(late.Does("Begin")));
            Assert.Equal((0, 0), Counts(late));
            // Who had met it goes on counting for its own path.
            Assert.Equal((1, 1), Counts(trip.Does("Paid", "{'total':10}")));
            Assert.Equal(before[2..], trip.Counters.Keys.Single(key => key.Kind == CounterKind.Converted).Edge);
        }

        Assert.InRange(held, 1, 30);
    }

    /// <summary>Semantics 3.8: a run that fails leaves nothing behind, a met experiment neither.</summary>
    [Fact]
    public void A_run_that_fails_has_met_nothing()
    {
        var journey = new StoryJourney("j").StartsOn("go").Point("e", context =>
        {
            context.Do(new Effect.Expose(new(context.Plan.Id, "e", 1, 7, "a", context.Now, context.Now + Duration.FromDays(1), false)));
            return Move.Follow(0);
        }, edges: ("next", "f")).Point("f", _ => throw new InvalidOperationException("no"));
        var ada = new Story(journey);
        ada.Does("go");

        Assert.Equal(Outcome.Failed, ada.EndOf(journey).Outcome);
        Assert.Empty(ada.Ada.Exposures);
        Assert.Equal(0, ada.Count(CounterKind.Exposed, journey));
    }

    /// <summary>Semantics 4.6: two contacts who met it are two who met it; the winner's path counts from then on.</summary>
    [Fact]
    public void A_merged_contact_keeps_its_own_path()
    {
        var (ada, other) = (On(1).Does("Begin"), On(2).Does("Begin"));
        ada.Run(new Stimulus.Absorbed(other.Ada));
        Assert.Equal(Way(ada)[2..], Assert.Single(ada.Ada.Exposures).Path);

        var nobody = On(3).Run(new Stimulus.Absorbed(other.Ada));
        Assert.Equal((0, 1), Counts(nobody.Does("Paid", "{'total':10}")));
    }

    [Fact]
    public void What_is_over_is_forgotten_when_the_contact_is_stored_again()
    {
        var trip = On(1).Does("Begin").Passes("P9D").Changes(new ContactEdit.AddTag("t"));
        Assert.Single(trip.Ada.Exposures);

        trip.Status = JourneyStatus.Ended;
        trip.Changes(new ContactEdit.AddTag("u"));

        Assert.Empty(trip.Ada.Exposures);
    }
}
