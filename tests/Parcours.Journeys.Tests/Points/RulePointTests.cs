using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Points;

public sealed class IfPointTests
{
    const string Journey = "{'p':{'kind':'if','condition':{'kind':'any','of':[{'kind':'tag','name':'a'},{'kind':'field','name':'total','is':'atLeast','value':100}]},'then':'y','else':'n'},"
        + "'y':{'kind':'end','outcome':'successful'},'n':{'kind':'end','outcome':'unsuccessful'}}";

    [Theory]
    [InlineData(100, "p>yes", 0b10, Outcome.Successful)]
    [InlineData(99, "p>no", 0b00, Outcome.Unsuccessful)]
    public void A_condition_over_the_starting_event_decides_and_its_leaves_are_put_on_record(int total, string edge, ulong bits, Outcome outcome)
    {
        var trip = Trip.Through(Journey).Does("Begin", $"{{'total':{total}}}");

        Assert.Equal(edge, trip.Path[0]);
        Assert.Equal(bits, trip.Details.First(step => step.Point == "p").Bits);
        Assert.Equal(outcome, trip.End.Outcome);
    }
}

public sealed class SplitPointTests
{
    static JourneyPlan Plan(params decimal[] shares)
    {
        var paths = string.Join(",", shares.Select((share, index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{{'name':'{index}','share':{share}}}")));
        var json = "{'format':1,'id':'s','name':'s','start':[{'kind':'hand','id':'in','next':'p'}],'points':{'p':{'kind':'split','paths':[" + paths + "]}}}";
        var read = JourneyCheck.Check(System.Text.Encoding.UTF8.GetBytes(json.Replace('\'', '"')), AnyReferences.Instance);
        return JourneyCompiler.Compile(read.Definition!, 1, DateTimeZone.Utc);
    }

    static int[] Draws(JourneyPlan plan, int contacts) => [.. Enumerable.Range(1, contacts).Select(number => plan.Points[0].Enter(new Drawing(plan, number)).Edge)];

    /// <summary>Semantics 13.5: a changed weight moves as few as it can.</summary>
    [Fact]
    public void Shares_are_kept_and_a_changed_share_moves_only_those_between_the_bounds()
    {
        var before = Draws(Plan(20, 30, 50), 10_000);
        var after = Draws(Plan(25, 25, 50), 10_000);

        Assert.InRange(before.Count(path => path == 0), 1_850, 2_150);
        Assert.InRange(before.Count(path => path == 1), 2_820, 3_180);
        Assert.All(before.Zip(after), pair => Assert.True(pair.First == pair.Second || pair is (1, 0)));
        Assert.InRange(before.Zip(after).Count(pair => pair.First != pair.Second), 400, 600);
    }

    [Fact]
    public void A_share_of_nothing_lets_nobody_through_and_one_of_hundred_everybody()
    {
        Assert.All(Draws(Plan(0, 100), 1_000), path => Assert.Equal(1, path));
        Assert.All(Draws(Plan(100, 0), 1_000), path => Assert.Equal(0, path));
        Assert.DoesNotContain(1, Draws(Plan(50, 0, 50), 1_000));
    }

    /// <summary>Semantics 13.5: stable for a contact, unless a new draw each entry is wanted.</summary>
    [Fact]
    public void A_contact_draws_the_same_path_in_each_entry()
    {
        var plan = Plan(50, 50);

        Assert.Equal(Draws(plan, 200), Draws(plan, 200));
        Assert.Equal(Enumerable.Range(1, 200).Select(contact => plan.Points[0].Enter(new Drawing(plan, contact, entry: 2)).Edge), Draws(plan, 200));
    }

    sealed class Drawing(JourneyPlan plan, int contact, int entry = 1) : StepContext
    {
        public override JourneyPlan Plan => plan;
        public override LiveJourney Journey => new(plan.Id, 0, JourneyStatus.Live, 1, System.Collections.Immutable.ImmutableDictionary<int, JourneyPlan>.Empty.Add(1, plan), JourneyDials.Running);
        public override Catalogue Catalogue => throw new NotSupportedException();
        public override Contact Contact { get; } = new(ContactId.Create(contact, 0, 0), Instant.FromUnixTimeSeconds(0));
        public override Enrolment Enrolment => new()
        {
            Id = EnrolmentId.Of(plan.Id, Contact.Id, entry),
            Contact = Contact.Id,
            Journey = plan.Id,
            Version = 1,
            Number = entry,
            StartedAt = Now,
            StartOccurredAt = Now,
            StartingPoint = "in",
            State = new EnrolmentState.Ended(Outcome.Completed, Now, null, null),
        };
        public override bool IsPaused => false;
        public override Instant Arrived => Now;
        public override Instant Now => Instant.FromUnixTimeSeconds(0);
        public override int Visit => 1;
        public override AllocatorAnswer? Allotted => null;
        public override ConditionContext Conditions => throw new NotSupportedException();
        public override void Do(Effect effect) => throw new NotSupportedException();
        public override void Note(ulong bits, string? detail) { }
    }
}

public sealed class DelayPointTests
{
    const string Journey = "{'p':{'kind':'delay','for':'P2D'}}";

    /// <summary>Semantics 2.1: a day is 24 h.</summary>
    [Fact]
    public void The_contact_waits_for_the_time_and_goes_on_at_the_microsecond()
    {
        var trip = Trip.Through(Journey).Does("Begin").Passes("PT47H59M59S");
        Assert.True(trip.IsInside);

        trip.Passes("PT1S");

        Assert.Equal(Trip.Monday9am + Duration.FromDays(2), trip.End.At);
    }

    /// <summary>Semantics, principle C: drawn of the enrolment and the visit alone, so that a replay waits as long.</summary>
    [Fact]
    public void A_time_can_be_drawn_between_two_for_each_contact()
    {
        var drawn = Enumerable.Range(1, 200).Select(number => Due(number) - Trip.Monday9am).ToList();

        Assert.All(drawn, wait => Assert.InRange(wait, Duration.FromHours(2), Duration.FromHours(4)));
        Assert.InRange(drawn.Count(wait => wait < Duration.FromHours(3)), 70, 130);
        Assert.True(drawn.Distinct().Count() > 190);
        Assert.Equal(Due(7), Due(7));

        static Instant Due(int number)
        {
            var trip = Trip.Through("{'p':{'kind':'delay','for':'PT2H','upTo':'PT4H'}}");
            trip.IsContact(number).Does("Begin");
            return trip.Waiting.Wait.Due!.Value;
        }
    }

    /// <summary>A number of units, or a time; who says nothing that is a time waits as long as is written.</summary>
    [Theory]
    [InlineData("'unit':'hours',", "{'wait':3}", 180)]
    [InlineData("", "{'wait':1.5}", 36 * 60)]
    [InlineData("'unit':'minutes',", "{'wait':'45'}", 45)]
    [InlineData("", "{'wait':'PT90M'}", 90)]
    [InlineData("", "{}", 60)]
    [InlineData("", "{'wait':'soon'}", 60)]
    [InlineData("", "{'wait':-1}", 60)]
    [InlineData("", "{'wait':2000}", 60)]
    public void A_field_may_say_how_long(string unit, string data, int minutes)
    {
        var trip = Trip.Through($"{{'p':{{'kind':'delay','for':'PT1H','field':'wait',{unit}'next':'q'}},'q':{{'kind':'end','outcome':'successful'}}}}").Does("Begin", data);

        Assert.Equal(Trip.Monday9am + Duration.FromMinutes(minutes), trip.Waiting.Wait.Due);
        Assert.Equal(Outcome.Successful, trip.Passes("P5D").End.Outcome);
    }

    /// <summary>Nothing is a second: a loop through it goes round no faster.</summary>
    [Fact]
    public void A_property_that_says_nothing_at_all_is_a_second()
    {
        var trip = Trip.Through("{'p':{'kind':'delay','for':'PT1H','property':'wait','next':'p'}}").Changes(new ContactEdit.SetProperty("wait", Value.Of(0m))).Does("Begin");

        Assert.Equal(Trip.Monday9am + Duration.FromSeconds(1), trip.Waiting.Wait.Due);
        Assert.Equal(11, trip.Passes("PT10S").Path.Count(step => step == "p…"));
    }

    /// <summary>Semantics 8.1: due in journey time, so a freeze moves it by what remained.</summary>
    [Fact]
    public void Time_for_which_the_journey_was_frozen_does_not_count()
    {
        var trip = Trip.Through(Journey);
        trip.Dials = trip.Dials with { Frozen = Duration.FromDays(10) };

        trip.Does("Begin");

        Assert.Equal(Trip.Monday9am + Duration.FromDays(2 - 10), trip.Waiting.Wait.Due);
        Assert.Equal(TimerQueue.Elapsed, trip.Waiting.Wait.Queue);
        Assert.Equal(Trip.Monday9am + Duration.FromDays(2), trip.Passes("P3D").End.At);
    }
}

public sealed class GoToPointTests
{
    [Fact]
    public void A_loop_with_a_wait_comes_back_to_its_point() =>
        Assert.Equal(["p>next", "q…", "q>next", "r>next", "p>next", "q…"], Trip.Through("{'p':{'kind':'addTag','tag':'t','next':'q'},'q':{'kind':'delay','for':'P1D','next':'r'},'r':{'kind':'goTo','target':'p'}}")
            .Does("Begin").Passes("P1D").Path);
}

public sealed class GoToLimitTests
{
    const string Loop = "{'p':{'kind':'delay','for':'P1D','next':'g'},'g':{'kind':'goTo','target':'p','most':2,'beyond':'e'},'e':{'kind':'end','outcome':'unsuccessful'}}";

    /// <summary>Semantics 3.5: a limit of the author's own, counted for each contact and trip.</summary>
    [Fact]
    public void Who_has_gone_back_often_enough_goes_on_elsewhere()
    {
        var trip = Trip.Through(Loop).Does("Begin").Passes("P9D");

        Assert.Equal(["p>next", "g>next", "p>next", "g>next", "p>next", "g>beyond", "e>unsuccessful"], trip.Path.Where(step => !step.EndsWith('…')));
        Assert.Equal(Outcome.Unsuccessful, trip.Does("Begin").Passes("P9D").End.Outcome);
        Assert.Equal(14, trip.Path.Count(step => !step.EndsWith('…')));
    }

    [Fact]
    public void Without_a_way_on_the_journey_ends_there() =>
        Assert.Equal(Outcome.Completed, Trip.Through("{'p':{'kind':'delay','for':'P1D','next':'g'},'g':{'kind':'goTo','target':'p','most':2}}").Does("Begin").Passes("P9D").End.Outcome);
}

public sealed class EndPointTests
{
    [Theory]
    [InlineData("successful", Outcome.Successful)]
    [InlineData("unsuccessful", Outcome.Unsuccessful)]
    [InlineData("completed", Outcome.Completed)]
    public void The_journey_ends_as_its_author_says(string said, Outcome outcome)
    {
        var end = Trip.Through($"{{'p':{{'kind':'end','outcome':'{said}'}}}}").Does("Begin").End;

        Assert.Equal((outcome, "p"), (end.Outcome, end.Point));
    }

    [Fact]
    public void Who_ends_here_gets_its_list_and_its_tag()
    {
        var ada = Trip.Through("{'p':{'kind':'end','outcome':'successful','addToList':'customers','addTag':'won'}}").Does("Begin").Ada;

        Assert.Equal((true, true), (ada.IsOn("customers"), ada.HasTag("won")));
    }

    /// <summary>Semantics 3.9: an end that is reached by its value tags too.</summary>
    [Fact]
    public void Who_is_brought_to_an_end_by_its_value_gets_the_tag()
    {
        var trip = Trip.Through(
            "{'s':{'kind':'stage','values':['talks'],'takesEmpty':true,'next':'d'},'d':{'kind':'delay','for':'P9D'},'won':{'kind':'end','outcome':'successful','values':['won'],'addTag':'customer'}}",
            "{'kind':'event','id':'in','events':['Begin']}", "{'stageProperty':'deal'}").Does("Begin").Changes(new ContactEdit.SetProperty("deal", Value.Of("won")));

        Assert.Equal((Outcome.Successful, true), (trip.End.Outcome, trip.Ada.HasTag("customer")));
    }
}
