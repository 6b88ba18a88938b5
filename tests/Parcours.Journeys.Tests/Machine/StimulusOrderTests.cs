using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Machine;

/// <summary>What one stimulus does, in order.</summary>
public sealed class StimulusOrderTests
{
    /// Semantics 3.1
    [Fact]
    public void An_event_brings_the_contact_in_and_on_to_the_first_wait()
    {
        var welcome = new StoryJourney("welcome").StartsOn("signed_up").Tags("t", "signed-up").Asks("if", StoryCondition.Is("plan", "pro"), "mail", "wait").Mails("mail", then: "end").Delays("wait", Duration.FromSeconds(1)).Sets("set", "waited", "yes").Ends("end", Outcome.Successful);
        var ada = new Story(welcome);

        ada.Does("signed_up", edits: [new ContactEdit.SetProperty("plan", Value.Of("free"))]);

        Assert.True(ada.Ada.HasTag("signed-up"));
        Assert.Equal("wait", ada.At(welcome));
        ada.Passes(Duration.FromSeconds(1));
        Assert.Equal(Outcome.Successful, ada.EndOf(welcome).Outcome);
        Assert.Equal("yes", ada.Ada.Property("waited").AsText);
        Assert.Equal(["welcome signed_up: t>next if>no wait…", "welcome timer: wait>next set>next end>successful"], ada.Log);
        Assert.True(ada.Ada.LastSeenAt == Story.Monday9am);
    }

    /// Semantics 3.1
    [Fact]
    public void A_purchase_that_is_both_goal_and_exit_counts_as_success()
    {
        var winBack = new StoryJourney("win-back").StartsOn("left").Goal(StoryCondition.Did("purchase")).Exit("bought", StoryCondition.Did("purchase")).Delays("w", Duration.FromDays(9));
        var ada = new Story(winBack);
        ada.Does("left");

        ada.Does("purchase");

        Assert.Equal(Outcome.Successful, ada.EndOf(winBack).Outcome);
        Assert.Equal(1, ada.Count(CounterKind.Left, winBack, "w", "goal"));
    }

    /// Semantics 3.1
    [Fact]
    public void Leaving_comes_before_waits_and_entering()
    {
        var reminder = new StoryJourney("reminder").StartsOn("cart").ReEnters(ReEntry.AfterLeaving).Exit("bought", StoryCondition.HasTag("buyer")).Awaits("w", "purchase").Tags("t", "thanked");
        var again = new StoryJourney("again").StartsOn("purchase").Not(StoryCondition.HasTag("thanked")).Delays("w", Duration.FromDays(1));
        var ada = new Story(reminder, again);
        ada.Does("cart");

        // The purchase brings the tag along: the exit acts, so the wait that it would fulfil never hears it.
        ada.Does("purchase", edits: [new ContactEdit.AddTag("buyer")]);

        Assert.Equal("bought", ada.EndOf(reminder).Why);
        Assert.False(ada.Ada.HasTag("thanked"));
        Assert.True(ada.IsIn(again));
    }

    /// Semantics 3.1
    [Fact]
    public void Who_is_inside_goes_on_oldest_first_and_journeys_start_by_priority_then_id()
    {
        var order = new List<string>();
        StoryJourney Told(string name, int priority) => new StoryJourney(name).Priority(priority).StartsOn("go").Point("p", _ =>
        {
            order.Add(name);
            return Move.WaitFor(new(null, TimerQueue.Elapsed, "activity"));
        }, (_, _) =>
        {
            order.Add(name + "!");
            return Move.Follow(0);
        }, Dependencies.None with { Events = ["on"] });
        var ada = new Story(Told("b", 0), Told("a", 0), Told("c", 7));

        ada.Does("go");
        ada.Does("on");

        Assert.Equal(["c", "a", "b", "c!", "a!", "b!"], order);
    }

    /// Semantics 3.2
    [Fact]
    public void A_runs_effects_are_visible_to_its_next_point_and_its_goal_is_looked_at_before()
    {
        var journey = new StoryJourney("j").StartsOn("go").Goal(StoryCondition.In("vip")).Tags("t", "gold").Sets("never", "reached", "yes");
        var ada = new Story(journey).Segment("vip", StoryCondition.HasTag("gold"));

        ada.Does("go");

        Assert.Equal(Outcome.Successful, ada.EndOf(journey).Outcome);
        Assert.True(ada.Ada.Property("reached").IsNone);
        Assert.Contains("vip", ada.Ada.Segments);
    }

    /// Semantics 3.2
    [Fact]
    public void Others_hear_of_a_runs_effects_only_when_it_waits_or_ends_first_in_first_out()
    {
        var seen = new List<string>();
        var cause = new StoryJourney("cause").StartsOn("go").Tags("one", "one").Tags("two", "two").Untags("undo", "one");
        var onTwo = new StoryJourney("on-two").StartsOnTag("two").Point("p", context => Heard("two", context));
        var onOne = new StoryJourney("on-one").StartsOnTag("one").Point("p", context => Heard("one", context));
        Move Heard(string tag, StepContext context)
        {
            seen.Add($"{tag}: {context.Contact.HasTag("one")} {context.Contact.HasTag("two")}");
            return Move.Follow(0);
        }
        var ada = new Story(cause, onTwo, onOne);

        ada.Does("go");

        // Both hear the whole run, and the tag that came first is heard first.
        Assert.Equal(["one: False True", "two: False True"], seen);
    }

    /// Semantics 3.2
    [Fact]
    public void An_entered_that_is_no_longer_true_at_its_turn_starts_nothing()
    {
        var cause = new StoryJourney("cause").StartsOn("go").Tags("on", "gold").Untags("off", "gold");
        var vips = new StoryJourney("vips").StartsOnEntering("vip").Delays("w", Duration.FromDays(1));
        var lost = new StoryJourney("lost").StartsOnLeaving("vip").Delays("w", Duration.FromDays(1));
        var ada = new Story(cause, vips, lost).Segment("vip", StoryCondition.HasTag("gold"));

        ada.Does("go");

        Assert.False(ada.IsIn(vips));
        Assert.True(ada.IsIn(lost));
        Assert.Empty(ada.Last.Memberships);
    }

    /// Semantics 3.3
    [Fact]
    public void The_stimulus_that_starts_an_enrolment_is_not_heard_by_its_waits_but_seen_by_its_conditions()
    {
        var journey = new StoryJourney("j").StartsOn("purchase").ReEnters(ReEntry.Never).Asks("if", StoryCondition.Did("purchase"), "w", "end").Awaits("w", "purchase").Tags("t", "twice").Ends("end");
        var ada = new Story(journey).Keep(new TimesOf("purchase"));

        ada.Does("purchase");

        Assert.Equal("w", ada.At(journey));
        ada.Does("purchase");
        Assert.True(ada.Ada.HasTag("twice"));
        Assert.False(ada.IsIn(journey));
    }

    /// Semantics 3.4
    [Fact]
    public void Several_starting_points_met_by_one_stimulus_make_one_entry_the_first_in_the_definition()
    {
        var journey = new StoryJourney("j").StartsOnTag("new").StartsOn("signed_up").StartsOn("signed_up").Delays("w", Duration.FromDays(1));
        var ada = new Story(journey);

        ada.Does("signed_up", edits: [new ContactEdit.AddTag("new")]);

        Assert.Equal("s1", ada.In(journey).StartingPoint);
        Assert.Equal(1, ada.Count(CounterKind.Started, journey));
        Assert.Empty(ada.Last.Refusals);
    }

    /// Semantics 3.4
    [Fact]
    public void With_an_event_key_the_contact_is_inside_once_a_key()
    {
        var orders = new StoryJourney("orders").StartsOn("ordered").KeyedBy("order").Delays("w", Duration.FromDays(1));
        var ada = new Story(orders);

        ada.Does("ordered", properties: """{"order": 1}""");
        ada.Does("ordered", properties: """{"order": 2}""");
        ada.Does("ordered", properties: """{"order": 1}""");

        Assert.Equal(["1", "2"], ada.Ada.Enrolments.Select(enrolment => enrolment.EventKey));
        Assert.Equal("already-inside", Assert.Single(ada.Last.Refusals).Reason);
    }

    /// Semantics 3.4
    [Fact]
    public void An_ended_enrolment_hears_nothing_more()
    {
        var journey = new StoryJourney("j").StartsOn("go").ReEnters(ReEntry.Never).Delays("w", Duration.FromDays(1));
        var ada = new Story(journey);
        ada.Does("go");
        var gone = ada.In(journey);
        ada.Passes(Duration.FromDays(1));

        ada.Run(new Stimulus.TimerDue(gone.Id, ((EnrolmentState.Waiting)gone.State).Wait.Due!.Value));

        Assert.Empty(ada.Last.Enrolments);
        Assert.False(ada.Last.ContactChanged);
    }

    /// Semantics 3.5
    [Fact]
    public void Journeys_that_set_each_other_going_stop_at_depth_16_with_reason_and_alert()
    {
        var ping = new StoryJourney("ping").StartsOn("ping").Records("r", "pong");
        var pong = new StoryJourney("pong").StartsOn("pong").Records("r", "ping");
        var ada = new Story(ping, pong) { Limits = new() { EntriesPerDay = 1000 } };

        ada.Does("ping");

        Assert.Equal(16, ada.Ended.Count);
        var refusal = Assert.Single(ada.Last.Refusals);
        Assert.Equal("loop", refusal.Reason);
        Assert.Equal(["ping", "pong"], ada.Last.Alerts.Where(alert => alert.Code == "loop").Select(alert => alert.Journey.Value).Order());
        // The event itself happened: it still counts.
        Assert.Equal(16, ada.Last.RecordedEvents.Count);
    }

    /// Semantics 3.5
    [Fact]
    public void At_depth_16_waits_are_not_fulfilled_but_exits_act()
    {
        var tick = new StoryJourney("tick").StartsOn("tick").Records("r", "tick");
        var waiter = new StoryJourney("waiter").StartsOn("start").Awaits("w", "nothing", hears: Dependencies.None with { Tags = ["last"] });
        var leaver = new StoryJourney("leaver").StartsOn("start").Exit("last", StoryCondition.HasTag("last")).Awaits("w", "nothing");
        var runs = 0;
        var marker = new StoryJourney("marker").StartsOn("tick").Point("p", context =>
        {
            if (++runs == 16)
                context.Do(new Effect.Edit(new ContactEdit.AddTag("last")));
            return Move.Follow(0);
        });
        var ada = new Story(tick, waiter, leaver, marker);
        ada.Does("start");

        ada.Does("tick");

        Assert.True(ada.Ada.HasTag("last"));
        Assert.Equal("w", ada.At(waiter));
        Assert.Equal("last", ada.EndOf(leaver).Why);
    }

    /// Semantics 3.5
    [Fact]
    public void A_loop_without_a_wait_fails_at_the_step_limit_and_one_through_waits_at_the_visit_limit()
    {
        var tight = new StoryJourney("tight").StartsOn("go").GoesTo("a", "b").GoesTo("b", "a");
        var slow = new StoryJourney("slow").StartsOn("go").Delays("a", Duration.FromHours(1)).GoesTo("b", "a");
        var ada = new Story(tight, slow) { Limits = new() { VisitsPerPoint = 100 } };

        ada.Does("go");
        Assert.Contains("Visited more than 100 times", ada.EndOf(tight).Why, StringComparison.Ordinal);
        ada.Passes(Duration.FromHours(99));
        Assert.Equal(100, ada.In(slow).Visits["a"]);
        ada.Passes(Duration.FromHours(1));
        Assert.Equal(Outcome.Failed, ada.EndOf(slow).Outcome);
        Assert.Equal("a", ada.EndOf(slow).Point);

        var unlimited = new Story(tight) { Limits = new() { VisitsPerPoint = 10_000 } };
        unlimited.Does("go");
        Assert.Contains("More than 1000 steps", unlimited.EndOf(tight).Why, StringComparison.Ordinal);
    }

    /// Semantics 3.7
    [Fact]
    public void What_a_journey_records_is_a_real_event_under_an_id_that_a_replay_finds_again()
    {
        var first = new StoryJourney("first").StartsOn("go").Records("r", "thanked");
        var second = new StoryJourney("second").StartsOn("thanked").Delays("w", Duration.FromDays(1));
        string? IdOf() => new Story(first, second).Does("go").RecordedEvents.Single().MessageId;

        var ada = new Story(first, second);
        ada.Does("go");

        Assert.True(ada.IsIn(second));
        var recorded = Assert.Single(ada.Last.RecordedEvents);
        Assert.Equal((Origin.Journey, ada.Now, ada.Now), (recorded.Origin, recorded.OccurredAt, recorded.ReceivedAt));
        Assert.Equal(IdOf(), recorded.MessageId);
        Assert.Equal(2, ada.Counters[new(CounterKind.Total, new(""), 0, "events", "")]);
    }

    /// Semantics 3.8
    [Fact]
    public void A_step_that_throws_fails_its_enrolment_alone_and_leaves_no_effect()
    {
        var bad = new StoryJourney("bad").Priority(1).StartsOn("go")
            .Delays("w", Duration.FromHours(1)).Tags("t", "gold").Untags("u", "old").Sets("p", "city", "Rome").Does("l", _ => new Effect.Edit(new ContactEdit.JoinList("news")))
            .Does("c", _ => new Effect.Edit(new ContactEdit.SetConsent("email", "news", ConsentState.Given))).Records("r", "thanked").Mails("m").Throws("x");
        var good = new StoryJourney("good").StartsOn("go").Delays("w", Duration.FromHours(1)).Tags("t", "kept");
        var ada = new Story(bad, good).Segment("vip", StoryCondition.HasTag("gold")).Segment("thanked", StoryCondition.Did("thanked")).Segment("fresh", StoryCondition.NotWithin(Duration.FromDays(3), "thanked"));
        ada.Does("go", edits: [new ContactEdit.AddTag("old"), new ContactEdit.SetProperty("city", Value.Of("Paris"))]);
        var (before, waiting) = (ada.Ada.Clone(), ada.In(bad));

        ada.Run(new Stimulus.TimerDue(waiting.Id, ((EnrolmentState.Waiting)waiting.State).Wait.Due!.Value));
        Assert.True(ada.IsIn(bad));
        ada.Now += Duration.FromHours(1);
        ada.Run(new Stimulus.TimerDue(waiting.Id, ((EnrolmentState.Waiting)waiting.State).Wait.Due!.Value));

        var end = ada.EndOf(bad);
        Assert.Equal((Outcome.Failed, "x", "x: FormatException: no such thing", "w"), (end.Outcome, end.Point, end.Why, end.Stood?.Point));
        StoryContacts.Same(before, ada.Ada, exceptEnrolments: true);
        Assert.Empty(ada.Last.Changes);
        Assert.Empty(ada.Last.Messages);
        Assert.Empty(ada.Last.RecordedEvents);
        Assert.Equal("step-failed", Assert.Single(ada.Last.Alerts).Code);
        Assert.Equal(1, ada.Count(CounterKind.Left, bad, "w", "failed"));
        Assert.Equal(0, ada.Count(CounterKind.Arrived, bad, "t"));
        Assert.True(ada.IsIn(good));
    }

    /// Semantics 3.8
    [Fact]
    public void A_first_step_that_throws_still_counts_as_an_entry_and_others_go_on()
    {
        var bad = new StoryJourney("bad").Priority(1).StartsOn("go").Tags("t", "gold").Throws("x");
        var good = new StoryJourney("good").StartsOn("go").Tags("t", "kept");
        var ada = new Story(bad, good);

        ada.Does("go");

        Assert.Equal((1, 1), (ada.Count(CounterKind.Started, bad), ada.Count(CounterKind.Ended, bad, edge: "failed")));
        Assert.False(ada.Ada.HasTag("gold"));
        Assert.True(ada.Ada.HasTag("kept"));
    }
}
