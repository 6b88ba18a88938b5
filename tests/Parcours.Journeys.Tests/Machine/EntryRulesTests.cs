using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Machine;

/// <summary>Who may come in, and the reason when somebody may not.</summary>
public sealed class EntryRulesTests
{
    static readonly Duration Day = Duration.FromHours(24);

    static string Reason(Story ada) => Assert.Single(ada.Last.Refusals).Reason;

    /// Semantics 6.8
    [Fact]
    public void Nothing_enters_before_the_start_or_from_the_end_on_and_nothing_fires_after_it()
    {
        var start = Story.Monday9am + Day;
        var journey = new StoryJourney("j").From(start).Until(start + Day).StartsOn("go").Mails("m").Delays("w", Day);
        var ada = new Story(journey);

        ada.Does("go");
        Assert.Equal("not-started", Reason(ada));
        ada.Does("go", at: start);
        Assert.True(ada.IsIn(journey));
        var inside = ada.In(journey);

        ada.Now = start + Day;
        ada.Run(new Stimulus.TimerDue(inside.Id, ((EnrolmentState.Waiting)inside.State).Wait.Due!.Value));
        Assert.Equal((Outcome.Exited, "journey-ended"), (ada.EndOf(journey).Outcome, ada.EndOf(journey).Why));
        Assert.Equal([inside.Id], ada.Last.CancelMessagesOf);
        ada.Does("go");
        Assert.Equal("ended", Reason(ada));
    }

    /// Semantics 6.8
    [Fact]
    public void At_the_end_who_is_inside_is_exited_and_unsent_messages_are_cancelled()
    {
        var journey = new StoryJourney("j").StartsOn("go").Mails("m").Awaits("w", "on");
        var other = new StoryJourney("other").StartsOn("go").Awaits("w", "on");
        var ada = new Story(journey, other);
        ada.Does("go");
        ada.Publish(journey.As(JourneyStatus.Ended));

        ada.Run(new Stimulus.JourneyEnded(journey.Id));

        Assert.Equal((Outcome.Exited, "journey-ended"), (ada.EndOf(journey).Outcome, ada.EndOf(journey).Why));
        Assert.Single(ada.Last.CancelMessagesOf);
        Assert.Equal(1, ada.Count(CounterKind.Left, journey, "w", "exit"));
        Assert.True(ada.IsIn(other));
    }

    /// Semantics 6.9
    [Theory]
    [InlineData(ReEntry.Never, "already-inside", "re-entry-never")]
    [InlineData(ReEntry.AfterLeaving, "already-inside", null)]
    [InlineData(ReEntry.AfterInterval, "already-inside", "re-entry-interval")]
    [InlineData(ReEntry.Always, null, null)]
    public void Re_entry_follows_its_rule(ReEntry rule, string? whileInside, string? afterwards)
    {
        var journey = new StoryJourney("j").StartsOn("go").ReEnters(rule, Duration.FromDays(7)).Delays("w", Day);
        var ada = new Story(journey);
        ada.Does("go");

        ada.Does("go");
        Assert.Equal(whileInside, ada.Last.Refusals.SingleOrDefault()?.Reason);
        ada.Passes(Day);
        Assert.False(ada.IsIn(journey));
        ada.Does("go");
        Assert.Equal(afterwards, ada.Last.Refusals.SingleOrDefault()?.Reason);
        Assert.Equal(afterwards is null, ada.IsIn(journey));
    }

    /// Semantics 6.9
    [Fact]
    public void Re_entry_always_takes_the_contact_from_where_it_stands_and_begins_anew()
    {
        var journey = new StoryJourney("j").StartsOn("go").ReEnters(ReEntry.Always).Mails("m").Delays("w", Day);
        var ada = new Story(journey);
        ada.Does("go");
        var first = ada.In(journey);
        ada.Now += Duration.FromHours(1);

        ada.Does("go");

        Assert.Equal((Outcome.Removed, "re-entered"), (ada.EndOf(journey).Outcome, ada.EndOf(journey).Why));
        Assert.Equal([first.Id], ada.Last.CancelMessagesOf);
        Assert.Equal((2, ada.Now), (ada.In(journey).Number, ada.In(journey).StartedAt));
        Assert.Equal(EnrolmentId.Of(journey.Id, ada.Ada.Id, 2), ada.In(journey).Id);
        Assert.Equal(ada.Now, ada.Ada.Entries[journey.Id].LastLeftAt);
    }

    /// Semantics 6.9
    [Fact]
    public void An_entry_whose_exit_or_goal_already_holds_is_refused_with_its_reason()
    {
        var goal = new StoryJourney("goal").StartsOn("go").Goal(StoryCondition.HasTag("x")).Delays("w", Day);
        var exit = new StoryJourney("exit").StartsOn("go").Exit("x", StoryCondition.HasTag("x")).Delays("w", Day);
        var ada = new Story(exit, goal);
        ada.IsTagged("x");

        ada.Does("go");

        Assert.Equal(["exit-holds", "goal-holds"], ada.Last.Refusals.Select(refusal => refusal.Reason));
        Assert.Equal(1, ada.Count(CounterKind.Refused, goal, edge: "goal-holds"));
        Assert.Empty(ada.Ada.Enrolments);
        Assert.Empty(ada.Ada.Entries);
    }

    /// Semantics 6.9
    [Fact]
    public void Refusals_are_recorded_only_after_a_match()
    {
        var journey = new StoryJourney("j").StartsOn("go", StoryCondition.HasTag("vip")).Only(StoryCondition.HasTag("adult")).Not(StoryCondition.HasTag("staff")).Delays("w", Day);
        var ada = new Story(journey);

        ada.Does("go");
        Assert.Empty(ada.Last.Refusals);
        ada.IsTagged("vip");
        ada.Does("go");
        Assert.Equal("not-eligible", Reason(ada));
        ada.IsTagged("adult");
        ada.IsTagged("staff");
        ada.Does("go");
        Assert.Equal("excluded", Reason(ada));
        ada.IsUntagged("staff");
        ada.Does("go");
        Assert.True(ada.IsIn(journey));
    }

    /// Semantics 3.6
    [Fact]
    public void More_than_a_hundred_entries_in_24_hours_are_refused_with_an_alert()
    {
        var journey = new StoryJourney("j").StartsOn("go").Tags("t", "x");
        var ada = new Story(journey);
        var start = ada.Now;
        for (var entry = 0; entry < 100; entry++)
            ada.Does("go", at: start + Duration.FromMinutes(entry));

        ada.Does("go");
        Assert.Equal("too-often", Reason(ada));
        Assert.Equal("too-often", Assert.Single(ada.Last.Alerts).Code);
        // Half-open: the first entry no longer counts exactly a day later.
        ada.Does("go", at: start + Day - Duration.FromMilliseconds(1));
        Assert.Equal("too-often", Reason(ada));
        ada.Does("go", at: start + Day);
        Assert.Empty(ada.Last.Refusals);
        Assert.Equal(101, ada.Ada.Entries[journey.Id].Count);
        Assert.True(ada.Ada.Entries[journey.Id].Recent.Count <= 100);
    }

    /// Semantics 16.1
    [Fact]
    public void A_contact_has_at_most_so_many_enrolments_in_progress()
    {
        var journeys = Enumerable.Range(0, 4).Select(n => new StoryJourney($"j{n}").StartsOn("go").Delays("w", Day)).ToArray();
        var ada = new Story(journeys) { Limits = new() { EnrolmentsInProgress = 3 } };

        ada.Does("go");

        Assert.Equal(3, ada.Ada.Enrolments.Count);
        Assert.Equal("too-many-enrolments", Reason(ada));
    }

    [Fact]
    public void An_entry_by_hand_is_answered_with_the_enrolment_or_with_the_reason()
    {
        var journey = new StoryJourney("j").StartsOn("go").ReEnters(ReEntry.Never).Delays("w", Day);
        var ada = new Story(journey);

        ada.IsEnrolled(journey, """{"total": 5}""");
        Assert.Equal(ada.In(journey).Id, ada.Last.Entered);
        Assert.Equal(("hand", 5m), (ada.In(journey).StartingPoint, ada.In(journey).Data["total"].AsNumber));
        ada.IsEnrolled(journey);
        Assert.Equal(("already-inside", "w"), (ada.Last.Refused?.Code, ada.Last.Refused?.Where));
        Assert.Null(ada.Last.Entered);
        ada.IsEnrolled(new StoryJourney("nowhere"));
        Assert.Equal("unknown-journey", ada.Last.Refused?.Code);
        ada.Publish(journey.As(JourneyStatus.Draft));
        ada.IsEnrolled(journey);
        Assert.Equal("not-live", ada.Last.Refused?.Code);
    }

    [Fact]
    public void Entries_by_hand_begin_at_the_starting_point_for_them()
    {
        var journey = new StoryJourney("j").StartsByHand().StartsOn("go").Delays("w", Day);
        var ada = new Story(journey);

        Assert.True(ada.Catalogue.Journeys[0].Versions[1].Starts[0].ByHand);
        ada.IsEnrolled(journey);
        Assert.Equal("w", ada.At(journey));
    }

    /// Semantics 16.1
    [Fact]
    public void Journey_data_beyond_its_limit_is_refused()
    {
        var journey = new StoryJourney("j").StartsOn("go").Delays("w", Day);
        var ada = new Story(journey);

        ada.IsEnrolled(journey, $$"""{"text": "{{new string('x', 65_536)}}"}""");

        Assert.Equal("data-too-large", ada.Last.Refused?.Code);
        Assert.False(ada.IsIn(journey));
    }

    /// Semantics 16.1
    [Fact]
    public void Properties_beyond_the_limit_are_refused_and_listed_while_the_entry_is_kept()
    {
        var ada = new Story { Limits = new() { PropertiesPerContact = 2 } };

        ada.Changes(Set("a"), Set("b"), Set("c"), new ContactEdit.AddTag("kept"), Set("a"));

        Assert.Equal("c", Assert.Single(ada.Last.RefusedParts).Where);
        Assert.True(ada.Ada.HasTag("kept"));
        ada.Changes(new ContactEdit.SetProperty("a", Value.None));
        ada.Changes(Set("c"));
        Assert.Equal("c", ada.Ada.Property("c").AsText);

        static ContactEdit Set(string name) => new ContactEdit.SetProperty(name, Value.Of(name));
    }

    /// Semantics 16.2
    [Fact]
    public void Last_seen_is_written_at_most_hourly()
    {
        var ada = new Story();
        ada.Does("page");
        var first = ada.Now;
        ada.Does("page", at: first + Duration.FromMinutes(59));
        Assert.Equal(first, ada.Ada.LastSeenAt);
        Assert.False(ada.Last.ContactChanged);
        ada.Does("page", at: first + Duration.FromMinutes(60));
        Assert.Equal(ada.Now, ada.Ada.LastSeenAt);
    }
}
