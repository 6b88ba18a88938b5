using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Machine;

/// <summary>Two contacts prove to be one.</summary>
public sealed class MergingTests
{
    static readonly Duration Hour = Duration.FromHours(1);

    static Contact Stranger() => new(ContactId.Create(2, 0, 0), Story.Monday9am);

    /// <summary>The stranger's own life before, with the same journeys.</summary>
    static Story StrangerOf(Story ada, params StoryJourney[] journeys) => new(journeys) { Ada = Stranger(), Now = ada.Now };

    static void Absorb(Story winner, Story loser)
    {
        winner.Now = Instant.Max(winner.Now, loser.Now);
        winner.Run(new Stimulus.Absorbed(loser.Ada), Origin.Merge);
    }

    /// Semantics 4.6
    [Fact]
    public void Own_values_stay_gaps_are_filled_tags_and_lists_unite_and_memories_merge()
    {
        var segment = StoryCondition.Did("purchase", times: 2);
        var ada = new Story().Segment("repeat", segment);
        ada.Does("purchase", edits: [Set("city", "Paris"), new ContactEdit.AddTag("a"), new ContactEdit.JoinList("news")]);
        var other = StrangerOf(ada).Segment("repeat", segment);
        other.Now += Hour;
        other.Does("purchase", edits: [Set("city", "Rome"), Set("shoe", "44"), new ContactEdit.AddTag("b"), new ContactEdit.AddTag("a")]);

        Absorb(ada, other);

        Assert.Equal(("Paris", "44"), (ada.Ada.Property("city").AsText, ada.Ada.Property("shoe").AsText));
        Assert.True(ada.Ada.HasTag("a") && ada.Ada.HasTag("b") && ada.Ada.IsOn("news"));
        Assert.Contains("repeat", ada.Ada.Segments);
        Assert.Equal([other.Ada.Id], ada.Ada.Absorbed);

        static ContactEdit Set(string name, string value) => new ContactEdit.SetProperty(name, Value.Of(value));
    }

    /// Semantics 4.6
    [Theory]
    [InlineData(ConsentState.Given, 1, ConsentState.Refused, 2, ConsentState.Refused)]
    [InlineData(ConsentState.Refused, 2, ConsentState.Given, 1, ConsentState.Refused)]
    [InlineData(ConsentState.Refused, 1, ConsentState.Given, 2, ConsentState.Given)]
    [InlineData(ConsentState.Given, 1, ConsentState.Refused, 1, ConsentState.Refused)]
    [InlineData(ConsentState.Refused, 1, ConsentState.Given, 1, ConsentState.Refused)]
    public void Of_consents_the_latest_explicit_decision_counts_and_an_opt_out_stands_unless_revoked_later(ConsentState own, int ownHour, ConsentState theirs, int theirHour, ConsentState expected)
    {
        var ada = new Story();
        var other = StrangerOf(ada);
        ada.Now += 3 * Hour;
        other.Now += 3 * Hour;
        ada.Changes(Origin.Live, Story.Monday9am + ownHour * Hour, new ContactEdit.SetConsent("email", "news", own));
        other.Changes(Origin.Live, Story.Monday9am + theirHour * Hour, new ContactEdit.SetConsent("email", "news", theirs));

        Absorb(ada, other);

        Assert.Equal(expected, ada.Ada.Consent("email", "news"));
    }

    /// <summary>Semantics 8.3, 4.7: an activity noted in a pause acts once the journey goes on, though whoever tells everybody inside of that has passed the winner already.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public void What_was_noted_in_a_pause_that_is_over_goes_on_at_the_winner(bool over)
    {
        var journey = new StoryJourney("j").StartsOn("go").Awaits("w", "on").Tags("t", "came").Ends("end");
        var ada = new Story(journey);
        var other = StrangerOf(ada, journey);
        other.Does("go");
        other.Publish(journey.As(JourneyStatus.Paused, new(other.Now, true, Duration.Zero)));
        other.Does("on");
        if (over)
            ada.Publish(journey.As(JourneyStatus.Live, JourneyDials.Running));

        Absorb(ada, other);

        Assert.Equal(!over, ada.IsIn(journey));
        Assert.Equal(over, ada.Ada.HasTag("came"));
        if (!over)
            Assert.True(((EnrolmentState.Waiting)ada.In(journey).State).Wait.Noted);
    }

    /// Semantics 4.6
    [Fact]
    public void By_a_merge_exits_act_and_nothing_starts()
    {
        var starts = new StoryJourney("starts").StartsOnTag("gold").StartsOnEntering("vip").Delays("w", Hour);
        var waits = new StoryJourney("waits").StartsOn("go").Awaits("w", "x", hears: Dependencies.None with { Tags = ["gold"] });
        var exits = new StoryJourney("exits").StartsOn("go").Exit("gold", StoryCondition.In("vip")).Awaits("w", "x");
        var ada = new Story(starts, waits, exits).Segment("vip", StoryCondition.HasTag("gold"));
        ada.Does("go");
        var other = StrangerOf(ada);
        other.IsTagged("gold");

        Absorb(ada, other);

        Assert.False(ada.IsIn(starts));
        Assert.Equal("w", ada.At(waits));
        Assert.Equal("gold", ada.EndOf(exits).Why);
    }

    /// Semantics 4.7
    [Fact]
    public void Enrolments_move_with_id_point_due_time_and_counts()
    {
        var journey = new StoryJourney("j").StartsOn("go").Delays("a", Hour).Delays("b", Hour);
        var ada = new Story(journey);
        ada.Does("hello");
        var other = StrangerOf(ada, journey);
        other.Does("go");
        other.Passes(Hour);
        var theirs = other.In(journey);

        Absorb(ada, other);

        var moved = ada.In(journey);
        Assert.Equal((theirs.Id, theirs.State, ada.Ada.Id), (moved.Id, moved.State, moved.Contact));
        Assert.Equal(theirs.Visits, moved.Visits);
        Assert.Equal((1, 1), (ada.Count(CounterKind.MovedIn, journey), ada.Count(CounterKind.Arrived, journey, "b")));
        ada.Passes(Hour);
        Assert.Equal(Outcome.Completed, ada.EndOf(journey).Outcome);
    }

    /// Semantics 4.7
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_a_journey_allows_one_the_older_stays_and_the_others_unsent_messages_are_cancelled(bool ownIsOlder)
    {
        var journey = new StoryJourney("j").StartsOn("go").Mails("m").Awaits("w", "on");
        var ada = new Story(journey);
        var other = StrangerOf(ada, journey);
        var (older, younger) = ownIsOlder ? (ada, other) : (other, ada);
        older.Does("go");
        younger.Now += Hour;
        younger.Does("go");
        var (stays, leaves) = (older.In(journey).Id, younger.In(journey).Id);

        Absorb(ada, other);

        Assert.Equal(stays, ada.In(journey).Id);
        Assert.Equal((Outcome.Removed, "merged"), (ada.EndOf(journey).Outcome, ada.EndOf(journey).Why));
        Assert.Equal([leaves], ada.Last.CancelMessagesOf);
        Assert.Equal(2, ada.Ada.Entries[journey.Id].Count);
        ada.Does("on");
        ada.Now += Hour;
        ada.Does("go");
        Assert.Equal(3, ada.In(journey).Number);
    }

    /// Semantics 4.7
    [Fact]
    public void With_an_event_key_one_a_key_stays()
    {
        var journey = new StoryJourney("j").StartsOn("ordered").KeyedBy("order").Delays("w", 99 * Hour);
        var ada = new Story(journey);
        ada.Does("ordered", properties: """{"order": 1}""");
        var other = StrangerOf(ada, journey);
        other.Now += Hour;
        other.Does("ordered", properties: """{"order": 1}""");
        other.Does("ordered", properties: """{"order": 2}""");

        Absorb(ada, other);

        Assert.Equal(["1", "2"], ada.Ada.Enrolments.Select(enrolment => enrolment.EventKey));
        Assert.Equal(3, ada.Ada.Entries[journey.Id].Count);
    }

    /// Semantics 4.5
    [Fact]
    public void The_loser_leaves_a_tombstone_and_its_partitions_books_balance()
    {
        var journey = new StoryJourney("j").StartsOn("go").Mails("m").Awaits("w", "on");
        var other = new Story(journey).Segment("gold", StoryCondition.HasTag("gold"));
        other.Does("go", edits: [new ContactEdit.AddTag("gold"), new ContactEdit.JoinList("news")]);
        var result = new BurstResult();
        var winner = ContactId.Create(9, 0, 0);
        var tombstone = other.Ada.Clone();

        var all = Merging.Release(tombstone, winner, result);

        StoryContacts.Same(other.Ada, all);
        Assert.Equal(winner, tombstone.MergedInto);
        Assert.Empty(tombstone.Enrolments);
        foreach (var (key, by) in result.Counters)
            other.Counters[key] = other.Counters.GetValueOrDefault(key) + by;
        Assert.Equal(1, other.Count(CounterKind.Started, journey) - other.Count(CounterKind.MovedOut, journey) + 1);
        Assert.Equal((1, 1), (other.Count(CounterKind.Arrived, journey, "w"), other.Count(CounterKind.Left, journey, "w", "moved")));
        Assert.Equal(0, other.Count(CounterKind.MessageDecided, journey, "m"));
        Assert.All(other.Counters.Where(pair => pair.Key.Kind is CounterKind.SegmentMembers or CounterKind.ListMembers or CounterKind.TagMembers), pair => Assert.Equal(0, pair.Value));
        Assert.Equal(0, other.Counters[new(CounterKind.Total, new(""), 0, "contacts", "")]);
    }
}
