using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Machine;

/// <summary>Pauses, and acts by hand.</summary>
public sealed class PauseTests
{
    static readonly Duration Hour = Duration.FromHours(1);

    static void Pause(Story ada, StoryJourney journey, bool runOn = false) => ada.Publish(journey.As(JourneyStatus.Paused, journey.Dials with { PausedAt = ada.Now, RunOn = runOn }));

    static void Resume(Story ada, StoryJourney journey)
    {
        var frozen = journey.Dials.RunOn ? Duration.Zero : ada.Now - journey.Dials.PausedAt!.Value;
        ada.Publish(journey.As(JourneyStatus.Live, new(null, false, journey.Dials.Frozen + frozen)));
        ada.Run(new Stimulus.JourneyResumed(journey.Id));
    }

    /// Semantics 8.2
    [Fact]
    public void A_frozen_elapsed_wait_keeps_what_remained_and_a_calendar_wait_that_passed_goes_on_at_resume()
    {
        var delay = new StoryJourney("delay").StartsOn("go").Delays("w", 4 * Hour);
        var date = new StoryJourney("date").StartsOn("go").Delays("w", 4 * Hour, TimerQueue.Calendar);
        var ada = new Story(delay, date);
        ada.Does("go");
        var start = ada.Now;
        ada.PassesTo(start + Hour);
        Pause(ada, delay);
        Pause(ada, date);

        ada.PassesTo(start + 11 * Hour);
        Assert.True(ada.IsIn(delay) && ada.IsIn(date));
        Resume(ada, delay);
        Resume(ada, date);
        ada.PassesTo(start + 11 * Hour);
        Assert.False(ada.IsIn(date));
        ada.PassesTo(start + 14 * Hour - Duration.FromSeconds(1));
        Assert.True(ada.IsIn(delay));
        ada.PassesTo(start + 14 * Hour);
        Assert.Equal(start + 14 * Hour, ada.EndOf(delay).At);
    }

    /// Semantics 8.2
    [Fact]
    public void Where_clocks_run_on_the_overdue_go_on_at_resume()
    {
        var journey = new StoryJourney("j").StartsOn("go").Delays("w", 4 * Hour);
        var ada = new Story(journey);
        ada.Does("go");
        Pause(ada, journey, runOn: true);
        ada.Passes(9 * Hour);
        var waiting = (EnrolmentState.Waiting)ada.In(journey).State;
        ada.Run(new Stimulus.TimerDue(ada.In(journey).Id, waiting.Wait.Due!.Value));
        Assert.True(ada.IsIn(journey));

        Resume(ada, journey);
        ada.PassesTo(ada.Now);

        Assert.Equal(ada.Now, ada.EndOf(journey).At);
    }

    /// Semantics 8.3
    [Fact]
    public void While_paused_entries_are_refused_and_nothing_steps_but_data_exits_and_removals_act()
    {
        var journey = new StoryJourney("j").StartsOn("go").Exit("x", StoryCondition.HasTag("x")).KeyedBy("n").Mails("m").Awaits("w", "on").Tags("t", "stepped");
        var ada = new Story(journey).Segment("x", StoryCondition.HasTag("x"));
        ada.Does("go", properties: """{"n": 1}""");
        ada.Does("go", properties: """{"n": 2}""");
        Pause(ada, journey);

        ada.Does("go", properties: """{"n": 3}""");
        Assert.Equal("paused", Assert.Single(ada.Last.Refusals).Reason);
        ada.Run(new Stimulus.RemoveRequested(ada.Ada.Enrolments[1].Id, null, "asked"));
        Assert.Equal("asked", ada.EndOf(journey).Why);
        ada.IsTagged("x");
        Assert.Contains("x", ada.Ada.Segments);
        Assert.Equal(Outcome.Exited, ada.EndOf(journey).Outcome);
        Assert.Empty(ada.Ada.Enrolments);
        Assert.False(ada.Ada.HasTag("stepped"));
    }

    /// Semantics 8.3, 8.2
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_may_queue_comes_in_and_waits_before_the_first_point_until_the_journey_goes_on(bool runOn)
    {
        var journey = new StoryJourney("j").StartsOn("go").QueuesWhilePaused().Exit("x", StoryCondition.HasTag("x")).KeyedBy("n").Delays("w", 4 * Hour).Tags("t", "stepped");
        var ada = new Story(journey);
        Pause(ada, journey, runOn);

        ada.Does("go", properties: """{"n": 1}""");
        ada.Does("go", properties: """{"n": 1}""");
        Assert.Equal("already-inside", Assert.Single(ada.Last.Refusals).Reason);
        ada.Does("go", properties: """{"n": 2}""");

        Assert.Equal(2, ada.Ada.Enrolments.Count);
        Assert.All(ada.Ada.Enrolments, static queued => Assert.Equal(("w", "journey-paused", null), (((EnrolmentState.Waiting)queued.State).Point, ((EnrolmentState.Waiting)queued.State).Wait.Reason, ((EnrolmentState.Waiting)queued.State).Wait.Due)));
        ada.Passes(3 * Hour);
        Resume(ada, journey);

        // Where the clocks ran on, three of the four hours have passed.
        ada.Passes(Hour);
        Assert.Equal(runOn, ada.Ada.HasTag("stepped"));
        ada.Passes(3 * Hour);
        Assert.True(ada.Ada.HasTag("stepped"));
        Assert.Empty(ada.Ada.Enrolments);
    }

    /// Semantics 8.3
    [Fact]
    public void An_awaited_activity_is_noted_in_the_pause_and_acts_at_resume()
    {
        var journey = new StoryJourney("j").StartsOn("go").ReEnters(ReEntry.Never).Awaits("w", "on", 4 * Hour, late: "late").Tags("t", "came").Ends("end").Tags("late", "missed");
        var ada = new Story(journey);
        ada.Does("go");
        Pause(ada, journey);

        ada.Does("something else");
        Assert.False(((EnrolmentState.Waiting)ada.In(journey).State).Wait.Noted);
        ada.Does("on");
        Assert.True(((EnrolmentState.Waiting)ada.In(journey).State).Wait.Noted);
        Assert.False(ada.Ada.HasTag("came"));
        ada.Passes(24 * Hour);
        Resume(ada, journey);

        Assert.True(ada.Ada.HasTag("came"));
        Assert.False(ada.Ada.HasTag("missed"));
    }

    /// Semantics 8.3
    [Fact]
    public void A_noted_activity_wins_over_a_time_out_that_is_overdue_when_the_clocks_ran_on()
    {
        var journey = new StoryJourney("j").StartsOn("go").ReEnters(ReEntry.Never).Awaits("w", "on", 4 * Hour, late: "late").Tags("t", "came").Ends("end").Tags("late", "missed");
        var ada = new Story(journey);
        ada.Does("go");
        Pause(ada, journey, runOn: true);
        ada.Does("on");
        ada.Passes(24 * Hour);
        var (inside, due) = (ada.In(journey).Id, ((EnrolmentState.Waiting)ada.In(journey).State).Wait.Due!.Value);
        ada.Publish(journey.As(JourneyStatus.Live, JourneyDials.Running));

        ada.Run(new Stimulus.TimerDue(inside, due));

        Assert.True(ada.Ada.HasTag("came"));
        Assert.False(ada.Ada.HasTag("missed"));
    }

    /// Semantics 8.3
    [Fact]
    public void What_a_point_would_do_at_an_activity_in_the_pause_is_not_done()
    {
        var journey = new StoryJourney("j").StartsOn("go").Point(
            "w",
            _ => Move.WaitFor(new(null, TimerQueue.Elapsed, "activity")),
            (context, _) =>
            {
                context.Do(new Effect.Edit(new ContactEdit.AddTag("done")));
                context.Do(new Effect.RecordEvent("done", EventProperties.Empty));
                return Move.Follow(0);
            },
            Dependencies.None with { Events = ["on"] });
        var ada = new Story(journey);
        ada.Does("go");
        Pause(ada, journey);

        ada.Does("on");
        Assert.False(ada.Ada.HasTag("done"));
        Assert.Empty(ada.Last.RecordedEvents);
        Resume(ada, journey);
        Assert.True(ada.Ada.HasTag("done"));
    }

    /// Semantics 8.7
    [Fact]
    public void An_act_by_hand_on_what_has_gone_on_is_refused_with_where_the_contact_is_now()
    {
        var journey = new StoryJourney("j").StartsOn("go").Delays("a", Hour).Delays("b", Hour).Delays("c", Hour);
        var ada = new Story(journey);
        ada.Does("go");
        var seen = ada.In(journey);
        ada.Passes(Hour);

        ada.Run(new Stimulus.MoveRequested(seen.Id, "c", seen.Revision), Origin.Person);
        Assert.Equal(("moved-on", "b"), (ada.Last.Refused?.Code, ada.Last.Refused?.Where));
        ada.Run(new Stimulus.RemoveRequested(seen.Id, seen.Revision, "asked"), Origin.Person);
        Assert.Equal(("moved-on", "b"), (ada.Last.Refused?.Code, ada.Last.Refused?.Where));
        ada.Run(new Stimulus.MoveRequested(seen.Id, "nowhere", null), Origin.Person);
        Assert.Equal("unknown-point", ada.Last.Refused?.Code);
        Assert.Equal("b", ada.At(journey));

        ada.Run(new Stimulus.MoveRequested(seen.Id, "c", ada.In(journey).Revision), Origin.Person);
        Assert.Null(ada.Last.Refused);
        Assert.Equal("c", ada.At(journey));
        Assert.Equal(1, ada.Count(CounterKind.Left, journey, "b", "moved"));
        ada.Run(new Stimulus.RemoveRequested(seen.Id, ada.In(journey).Revision, "asked"), Origin.Person);
        Assert.Equal((Outcome.Removed, "asked", "c"), (ada.EndOf(journey).Outcome, ada.EndOf(journey).Why, ada.EndOf(journey).Point));
        ada.Run(new Stimulus.RemoveRequested(seen.Id, null, "asked"), Origin.Person);
        Assert.Equal("not-inside", ada.Last.Refused?.Code);
    }

    // Found by MachinePropertiesTests: the departure was counted twice.
    /// Semantics 11.1
    [Fact]
    public void Moving_by_hand_to_a_point_that_throws_fails_the_contact_where_it_stood()
    {
        var journey = new StoryJourney("j").StartsOn("go").Delays("a", Hour).Throws("b");
        var ada = new Story(journey);
        ada.Does("go");

        ada.Run(new Stimulus.MoveRequested(ada.In(journey).Id, "b", null), Origin.Person);

        Assert.Equal((Outcome.Failed, "b", "a"), (ada.EndOf(journey).Outcome, ada.EndOf(journey).Point, ada.EndOf(journey).Stood?.Point));
        Assert.Equal((0, 1), (ada.Count(CounterKind.Left, journey, "a", "moved"), ada.Count(CounterKind.Left, journey, "a", "failed")));
    }

    /// Semantics 8.3
    [Fact]
    public void Nobody_is_moved_on_in_a_paused_journey()
    {
        var journey = new StoryJourney("j").StartsOn("go").Delays("a", Hour).Tags("b", "x");
        var ada = new Story(journey);
        ada.Does("go");
        Pause(ada, journey);

        ada.Run(new Stimulus.MoveRequested(ada.In(journey).Id, "b", null), Origin.Person);

        Assert.Equal("paused", ada.Last.Refused?.Code);
        Assert.Equal("a", ada.At(journey));
    }

    /// Semantics 8.4
    [Fact]
    public void A_wait_that_follows_its_data_is_timed_anew_without_arriving_again()
    {
        var journey = new StoryJourney("j").StartsOn("go").Point(
            "w",
            context => Until(context),
            (context, stimulus) => stimulus is Stimulus.TimerDue ? Move.Follow(0) : Until(context),
            Dependencies.None with { Properties = ["at"] });
        static Move Until(StepContext context) =>
            context.Contact.Property("at") is { IsNone: false } at ? Move.WaitFor(new(Instant.Max(at.AsInstant, context.Now), TimerQueue.Calendar, "until")) : Move.Follow(0);
        var ada = new Story(journey);
        var start = ada.Now;
        ada.Does("go", edits: [new ContactEdit.SetProperty("at", Value.Of(start + 9 * Hour))]);
        var (inside, stale) = (ada.In(journey).Id, start + 9 * Hour);

        ada.Now += Hour;
        ada.Changes(new ContactEdit.SetProperty("at", Value.Of(start + 12 * Hour)));
        var waiting = (EnrolmentState.Waiting)ada.In(journey).State;
        Assert.Equal((start, start + 12 * Hour), (waiting.Since, waiting.Wait.Due));
        ada.Now = stale;
        ada.Run(new Stimulus.TimerDue(inside, stale));
        Assert.True(ada.IsIn(journey));
        Assert.Equal(1, ada.Count(CounterKind.Arrived, journey, "w"));
        ada.PassesTo(start + 12 * Hour);
        Assert.False(ada.IsIn(journey));
    }
}
