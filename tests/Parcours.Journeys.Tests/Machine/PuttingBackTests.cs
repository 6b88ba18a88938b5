using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Machine;

/// <summary>Semantics 3.8: who failed is put back where it stood, and steps again there. <see cref="Story"/> checks that the counts add up.</summary>
public sealed class PuttingBackTests
{
    static readonly Duration Hour = Duration.FromHours(1);

    /// <summary>A point that throws until it is mended.</summary>
    sealed class Mending
    {
        public bool Broken { get; set; } = true;

        public StoryJourney At(StoryJourney journey, string point) =>
            journey.Point(point, _ => Broken ? throw new FormatException("no such thing") : Move.Follow(0));
    }

    static BurstResult PutBack(Story ada, Enrolment failed, bool newest = false) => ada.Run(new Stimulus.PutBackRequested(failed.Id, failed.Revision, newest), Origin.Person);

    static Enrolment Failed(Story ada) => Assert.Single(ada.Ada.Failed);

    [Fact]
    public void Who_failed_at_a_time_out_stands_where_it_stood_and_goes_on_at_once()
    {
        var mending = new Mending();
        var journey = mending.At(new StoryJourney("j").StartsOn("go").Delays("w", Hour).Tags("t", "gold"), "x").Delays("after", Hour);
        var ada = new Story(journey);
        ada.Does("go", properties: """{"size":"44"}""");
        ada.Passes(Hour);
        var failed = Failed(ada);
        Assert.Equal((Outcome.Failed, "x", "w"), (ada.EndOf(journey).Outcome, ada.EndOf(journey).Point, ada.EndOf(journey).Stood?.Point));
        Assert.Equal((1, 1, 1), (ada.Count(CounterKind.Ended, journey, edge: "failed"), ada.Count(CounterKind.Failed, journey, "x"), ada.Count(CounterKind.Left, journey, "w", "failed")));
        ada.Passes(2 * Hour);

        mending.Broken = false;
        PutBack(ada, failed);

        Assert.Null(ada.Last.Refused);
        Assert.Equal("after", ada.At(journey));
        Assert.True(ada.Ada.HasTag("gold"));
        Assert.Equal("44", ada.In(journey).Data["size"].AsText);
        Assert.Empty(ada.Ada.Failed);
        Assert.Equal((0, 0, 0, 1), (ada.Count(CounterKind.Ended, journey, edge: "failed"), ada.Count(CounterKind.Failed, journey, "x"), ada.Count(CounterKind.Left, journey, "w", "failed"), ada.Count(CounterKind.Left, journey, "w", "next")));
        Assert.Equal("j put-back: w>put-back w>next t>next x>next after…", ada.Log[^1]);
        Assert.Same(failed, Assert.Single(ada.Last.Enrolments).Before);
    }

    [Fact]
    public void What_it_waited_for_has_happened_and_is_not_waited_for_again()
    {
        var mending = new Mending();
        var journey = mending.At(new StoryJourney("j").StartsOn("go").Awaits("w", "bought", 9 * Hour), "x").Delays("after", Hour);
        var ada = new Story(journey);
        ada.Does("go");
        ada.Does("bought");
        Assert.True(Failed(ada) is { State: EnrolmentState.Ended { Stood.Wait.Noted: true } });

        mending.Broken = false;
        PutBack(ada, Failed(ada));

        Assert.Equal("after", ada.At(journey));
        Assert.Equal(1, ada.Count(CounterKind.Left, journey, "w", "done"));
    }

    [Fact]
    public void Who_was_moved_by_hand_to_what_throws_waits_on_where_it_was_with_what_remained()
    {
        var journey = new StoryJourney("j").StartsOn("go").Delays("w", 5 * Hour).Delays("after", Hour).Ends("end").Throws("x");
        var ada = new Story(journey);
        ada.Does("go");
        ada.Run(new Stimulus.MoveRequested(ada.In(journey).Id, "x", null), Origin.Person);
        ada.Now += Hour;

        PutBack(ada, Failed(ada));

        Assert.Equal("w", ada.At(journey));
        ada.Passes(3 * Hour);
        Assert.Equal("w", ada.At(journey));
        ada.Passes(Hour);
        Assert.Equal("after", ada.At(journey));
    }

    [Fact]
    public void Whose_first_step_threw_stood_nowhere_and_begins()
    {
        var mending = new Mending();
        var journey = mending.At(new StoryJourney("j").StartsOn("go").Tags("t", "gold"), "x").Delays("after", Hour);
        var ada = new Story(journey);
        ada.Does("go");
        Assert.Equal((1, 0), (ada.Count(CounterKind.Failed, journey, "x"), ada.Count(CounterKind.Arrived, journey, "t")));

        mending.Broken = false;
        PutBack(ada, Failed(ada));

        Assert.Equal("after", ada.At(journey));
        Assert.Equal((1, 1, 0), (ada.Count(CounterKind.Started, journey), ada.Count(CounterKind.Arrived, journey, "t"), ada.Count(CounterKind.Ended, journey, edge: "failed")));
        Assert.Equal(1, ada.In(journey).Visits["t"]);
    }

    [Fact]
    public void What_is_still_broken_fails_again_and_can_be_put_back_again()
    {
        var mending = new Mending();
        var journey = mending.At(new StoryJourney("j").StartsOn("go").Delays("w", Hour), "x").Delays("after", Hour);
        var ada = new Story(journey);
        ada.Does("go");
        ada.Passes(Hour);
        var first = Failed(ada);

        PutBack(ada, first);
        Assert.False(ada.IsIn(journey));
        Assert.Equal((1, 1), (ada.Count(CounterKind.Ended, journey, edge: "failed"), ada.Count(CounterKind.Failed, journey, "x")));

        // Whoever saw the first failure is told of the second.
        mending.Broken = false;
        PutBack(ada, first);
        Assert.Equal(("failed-again", "x"), (ada.Last.Refused?.Code, ada.Last.Refused?.Where));
        PutBack(ada, Failed(ada));
        Assert.Equal("after", ada.At(journey));
    }

    /// Semantics 6.9
    [Fact]
    public void Nobody_is_put_back_twice_nor_beside_a_later_entry()
    {
        var mending = new Mending();
        var journey = mending.At(new StoryJourney("j").StartsOn("go").Delays("w", Hour), "x").Delays("after", 9 * Hour);
        var ada = new Story(journey);
        ada.Does("go");
        ada.Passes(Hour);
        var failed = Failed(ada);
        ada.Does("go");
        Assert.Equal("w", ada.At(journey));

        PutBack(ada, failed);
        Assert.Equal(("already-inside", "w"), (ada.Last.Refused?.Code, ada.Last.Refused?.Where));
        Assert.Same(failed, Failed(ada));

        mending.Broken = false;
        ada.Run(new Stimulus.RemoveRequested(ada.In(journey).Id, null, null), Origin.Person);
        PutBack(ada, failed);
        Assert.Equal("after", ada.At(journey));
        PutBack(ada, failed);
        Assert.Equal("not-failed", ada.Last.Refused?.Code);
        Assert.Single(ada.Ada.Enrolments);
    }

    [Theory]
    [InlineData("paused")]
    [InlineData("ended")]
    [InlineData("archived")]
    [InlineData("barred")]
    [InlineData("not-kept")]
    public void It_is_refused_with_a_reason_where_nobody_could_go_on(string code)
    {
        var journey = new StoryJourney("j").StartsOn("go").Delays("w", Hour).Throws("x");
        var ada = new Story(journey);
        ada.Does("go");
        ada.Passes(Hour);
        var failed = Failed(ada);
        switch (code)
        {
            case "paused": ada.Publish(journey.As(JourneyStatus.Paused, new(ada.Now, true, Duration.Zero))); break;
            case "ended": ada.Publish(journey.As(JourneyStatus.Ended)); break;
            case "archived": ada.Run(new Stimulus.Received([new ContactEdit.Archive(true)]), Origin.Person); break;
            case "barred": ada.Run(new Stimulus.Received([new ContactEdit.Bar(journey.Id, true)]), Origin.Person); break;
            case "not-kept": ada.Now += Duration.FromDays(90); break;
        }

        PutBack(ada, failed);

        // An ended journey's are forgotten with the next change of the contact; until then it says why.
        Assert.Equal(code, ada.Last.Refused?.Code);
        Assert.Empty(ada.Ada.Enrolments);
        Assert.Equal(1, ada.Count(CounterKind.Ended, journey, edge: "failed"));
    }

    [Fact]
    public void The_newest_are_kept_for_a_while_and_none_of_who_is_erased()
    {
        var journey = new StoryJourney("j").StartsOn("go").Throws("x");
        var ada = new Story(journey) { Limits = new() { FailedKept = 3, EntriesPerDay = 1_000 } };
        for (var times = 0; times < 5; times++)
            ada.Does("go", at: ada.Now + Hour);
        Assert.Equal([3, 4, 5], ada.Ada.Failed.Select(failed => failed.Number));
        Assert.Equal((5, 3), (ada.Count(CounterKind.Ended, journey, edge: "failed"), ada.Count(CounterKind.Failed, journey, "x")));

        ada.Now += Duration.FromDays(90) - Hour;
        ada.IsTagged("seen");
        Assert.Equal(5, Assert.Single(ada.Ada.Failed).Number);
        Assert.Equal(1, ada.Count(CounterKind.Failed, journey, "x"));

        ada.Run(new Stimulus.EraseRequested(), Origin.Person);
        Assert.Empty(ada.Ada.Failed);
        Assert.Equal((5, 0), (ada.Count(CounterKind.Ended, journey, edge: "failed"), ada.Count(CounterKind.Failed, journey, "x")));
    }

    /// Semantics 9.3
    [Fact]
    public void A_code_that_it_was_given_stays_its_own_until_it_can_be_put_back_no_more()
    {
        var (mending, gone) = (new Mending(), new Mending());

        var ada = FailedWithCode(mending);
        Assert.Empty(ada.Last.Orders);
        Assert.Equal("A-1", Assert.Single(Failed(ada).Claims).Answer?.Value);
        mending.Broken = false;
        PutBack(ada, Failed(ada));
        Assert.Equal("A-1", Assert.Single(Assert.Single(ada.Ada.Enrolments).Claims).Answer?.Value);

        var erased = FailedWithCode(gone);
        erased.Run(new Stimulus.EraseRequested(), Origin.Person);
        Assert.Null(Assert.Single(erased.Last.Orders).What);

        static Story FailedWithCode(Mending mending)
        {
            var coupon = new StoryJourney("j").StartsOn("go").Point("c", context =>
            {
                context.Do(new Effect.Ask(AllocatorId.OfPool("spring"), AllocatorAsk.Plain));
                return Move.WaitFor(new(null, TimerQueue.Elapsed, "coupon"));
            }, (context, _) => context.Allotted is null ? Move.Stay : Move.Follow(0));
            var journey = mending.At(coupon.Delays("w", Hour), "x").Delays("after", Hour);
            var ada = new Story(journey);
            ada.Does("go");
            ada.Run(new Stimulus.Answered(ada.In(journey).Id, Assert.Single(ada.Last.Orders).Ask, new(true, "A-1")));
            ada.Passes(Hour);
            return ada;
        }
    }

    /// Semantics 9.2
    [Fact]
    public void Who_failed_beside_an_open_question_asks_anew()
    {
        var journey = new StoryJourney("j").StartsOn("go").Point("c", context =>
        {
            context.Do(new Effect.Ask(AllocatorId.OfPool("spring"), AllocatorAsk.Plain));
            return Move.WaitFor(new(null, TimerQueue.Elapsed, "coupon"));
        }, (context, _) => context.Allotted is null ? Move.Stay : Move.Follow(0)).Ends("end").Throws("x");
        var ada = new Story(journey);
        ada.Does("go");
        var first = Assert.Single(ada.Last.Orders).Ask;
        ada.Run(new Stimulus.MoveRequested(ada.In(journey).Id, "x", null), Origin.Person);
        Assert.Null(Assert.Single(ada.Last.Orders).What);

        PutBack(ada, Failed(ada));

        Assert.Equal("c", ada.At(journey));
        Assert.NotEqual(first, Assert.Single(ada.Last.Orders).Ask);
        Assert.Equal((2, 1), (ada.Count(CounterKind.Arrived, journey, "c"), ada.Count(CounterKind.Left, journey, "c", "failed")));
    }

    /// Semantics 6.9
    [Fact]
    public void Whose_goal_has_come_about_meanwhile_ends_at_once()
    {
        var journey = new StoryJourney("j").StartsOn("go").Goal(StoryCondition.HasTag("bought")).Delays("w", Hour).Throws("x");
        var ada = new Story(journey);
        ada.Does("go");
        ada.Passes(Hour);
        ada.IsTagged("bought");

        PutBack(ada, Failed(ada));

        Assert.Equal((Outcome.Successful, "w"), (ada.EndOf(journey).Outcome, ada.EndOf(journey).Point));
    }

    /// Semantics 10.5
    [Fact]
    public void It_knows_what_became_of_its_message_meanwhile()
    {
        var journey = new StoryJourney("j").StartsOn("go").Mails("m").Delays("w", Hour).Throws("x");
        var ada = new Story(journey);
        ada.Does("go");
        var mail = Assert.Single(ada.Messages);
        ada.Passes(Hour);

        ada.Run(new Stimulus.MessageSettled(mail.Enrolment, mail.Key, MessageStatus.Sent, null, new(journey.Id, 1, "m", MessageStatus.Pending, false, false, "ada@example.org")));

        Assert.Equal(MessageStatus.Sent, Assert.Single(Failed(ada).Messages).Status);
        Assert.Equal(1, ada.Count(CounterKind.MessageSettled, journey, "m", "sent"));
    }

    /// Semantics 4.7
    [Fact]
    public void What_failed_goes_along_in_a_merge_and_is_put_back_at_the_winner()
    {
        var mending = new Mending();
        var journey = mending.At(new StoryJourney("j").StartsOn("go").ReEnters(ReEntry.Always).Delays("w", Hour), "x").Delays("after", Hour);
        var other = new Story(journey) { Ada = new(ContactId.Create(2, 0, 0), Story.Monday9am) };
        other.Does("go");
        other.Passes(Hour);
        var ada = new Story(journey) { Now = other.Now };
        ada.Does("go");
        ada.Run(new Stimulus.RemoveRequested(ada.In(journey).Id, null, null), Origin.Person);
        var gone = new BurstResult();
        var loser = other.Ada.Clone();
        var all = Merging.Release(loser, ada.Ada.Id, gone);
        Assert.Empty(loser.Failed);
        Assert.Equal((1, -1, -1), (gone.Counters[new(CounterKind.MovedOut, journey.Id, 1, "", "")], gone.Counters[new(CounterKind.Ended, journey.Id, 1, "", "failed")], gone.Counters[new(CounterKind.Failed, journey.Id, 1, "x", "")]));

        ada.Run(new Stimulus.Absorbed(all), Origin.Merge);
        var failed = Failed(ada);
        Assert.Equal((ada.Ada.Id, 2, 1), (failed.Contact, failed.Number, ada.Count(CounterKind.Failed, journey, "x")));
        Assert.Null(Assert.Single(ada.Last.Enrolments).Before);

        mending.Broken = false;
        PutBack(ada, failed);
        Assert.Equal("after", ada.At(journey));
        Assert.Equal(0, ada.Count(CounterKind.Ended, journey, edge: "failed"));
    }
}
