using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Machine;

/// <summary>When things happened, when they were heard of, and where they come from.</summary>
public sealed class LateAndOriginTests
{
    static readonly Duration Day = Duration.FromHours(24);

    /// Semantics 2.3
    [Fact]
    public void A_late_event_updates_memory_segments_exits_and_goals_but_starts_nothing_and_fulfils_no_wait()
    {
        var starts = new StoryJourney("starts").StartsOn("purchase").Delays("w", Day);
        var byTag = new StoryJourney("by-segment").StartsOnEntering("buyers").Delays("w", Day);
        var waits = new StoryJourney("waits").StartsOn("cart").Awaits("w", "purchase");
        var exits = new StoryJourney("exits").StartsOn("cart").Exit("bought", StoryCondition.In("buyers")).Awaits("w", "nothing");
        var succeeds = new StoryJourney("succeeds").StartsOn("cart").Goal(StoryCondition.Did("purchase")).Awaits("w", "nothing");
        var ada = new Story(starts, byTag, waits, exits, succeeds).Segment("buyers", StoryCondition.Did("purchase"));
        ada.Does("cart");
        var now = ada.Now + Duration.FromDays(3);

        ada.Does("purchase", at: now, occurred: now - Day - Duration.FromMilliseconds(1));

        Assert.Contains("buyers", ada.Ada.Segments);
        Assert.False(ada.IsIn(starts) || ada.IsIn(byTag));
        Assert.Equal("w", ada.At(waits));
        Assert.Equal((Outcome.Exited, "bought"), (ada.EndOf(exits).Outcome, ada.EndOf(exits).Why));
        Assert.Equal(Outcome.Successful, ada.EndOf(succeeds).Outcome);
        Assert.Empty(ada.Last.Refusals);
    }

    /// Semantics 2.3
    [Fact]
    public void An_event_of_exactly_24_hours_ago_acts_as_if_it_happened_on_arrival()
    {
        var starts = new StoryJourney("starts").StartsOn("purchase").Delays("w", Day);
        var ada = new Story(starts);

        ada.Does("purchase", occurred: ada.Now - Day);

        Assert.True(ada.IsIn(starts));
        Assert.Equal(ada.Now, ada.In(starts).StartedAt);
        Assert.Equal(ada.Now - Day, ada.In(starts).StartOccurredAt);
    }

    /// Semantics 2.4
    [Fact]
    public void A_wait_hears_only_events_that_occurred_no_earlier_than_what_started_the_enrolment()
    {
        var journey = new StoryJourney("j").StartsOn("cart").ReEnters(ReEntry.Never).Awaits("w", "purchase");
        var ada = new Story(journey);
        ada.Does("cart");
        var start = ada.Now;

        ada.Does("purchase", at: start + Duration.FromHours(1), occurred: start - Duration.FromSeconds(1));
        Assert.Equal("w", ada.At(journey));

        ada.Does("purchase", occurred: start);
        Assert.False(ada.IsIn(journey));
    }

    /// Semantics 2.4
    [Fact]
    public void A_wait_that_began_after_an_effect_does_not_hear_it_at_its_turn()
    {
        // Both start at one event; the tag is added before the other begins to wait for it.
        var tags = new StoryJourney("a-tags").Priority(9).StartsOn("go").Tags("t", "gold");
        var waits = new StoryJourney("b-waits").StartsOn("go").Awaits("w", "never", hears: Dependencies.None with { Tags = ["gold"] });
        var ada = new Story(tags, waits);

        ada.Does("go");

        Assert.Equal("w", ada.At(waits));
        ada.IsUntagged("gold");
        Assert.False(ada.IsIn(waits));
    }

    /// Semantics 2.5
    [Fact]
    public void The_later_time_wins_per_value_and_on_a_tie_the_later_entry()
    {
        var ada = new Story();
        var (t1, t2) = (ada.Now - Duration.FromHours(2), ada.Now - Duration.FromHours(1));

        ada.Changes(Origin.Live, t2, new ContactEdit.SetProperty("city", Value.Of("Paris")));
        ada.Changes(Origin.Live, t1, new ContactEdit.SetProperty("city", Value.Of("Rome")));
        Assert.Equal("Paris", ada.Ada.Property("city").AsText);
        Assert.Empty(ada.Last.Changes);
        ada.Changes(Origin.Live, t2, new ContactEdit.SetProperty("city", Value.Of("Oslo")));
        Assert.Equal("Oslo", ada.Ada.Property("city").AsText);

        // Said again later: nothing is different, but it now beats what comes in between.
        ada.Changes(new ContactEdit.SetProperty("city", Value.Of("Oslo")));
        Assert.True(ada.Last.ContactChanged);
        ada.Changes(Origin.Live, ada.Now - Duration.FromMinutes(1), new ContactEdit.SetProperty("city", Value.Of("Rome")));
        Assert.Equal("Oslo", ada.Ada.Property("city").AsText);
        // And once more at the very same time: not even that must be stored.
        ada.Changes(new ContactEdit.SetProperty("city", Value.Of("Oslo")));
        Assert.False(ada.Last.ContactChanged);
    }

    /// Semantics 2.2
    [Fact]
    public void A_property_of_the_future_is_of_now()
    {
        var ada = new Story();

        ada.Changes(Origin.Live, ada.Now + Duration.FromHours(3), new ContactEdit.SetProperty("city", Value.Of("Paris")));

        Assert.Equal(ada.Now, ada.Ada.Properties["city"].At);
    }

    /// Semantics 2.6
    [Theory]
    [InlineData(Origin.Live, false, true, true)]
    [InlineData(Origin.Person, false, true, true)]
    [InlineData(Origin.Journey, false, true, true)]
    [InlineData(Origin.Import, false, true, false)]
    [InlineData(Origin.Import, true, false, false)]
    [InlineData(Origin.Import, true, true, true)]
    [InlineData(Origin.Fill, true, false, false)]
    [InlineData(Origin.Fill, true, true, false)]
    [InlineData(Origin.Merge, true, true, false)]
    public void Starting_points_ask_where_a_stimulus_comes_from(Origin origin, bool startTakesImports, bool orderMayStart, bool enters)
    {
        var journey = (startTakesImports ? new StoryJourney("j").TakingImports() : new StoryJourney("j")).StartsOn("go").Delays("w", Day);
        var leaves = new StoryJourney("leaves").StartsByHand().Exit("went", StoryCondition.Did("go")).Awaits("w", "nothing");
        var ada = new Story(journey, leaves);
        ada.IsEnrolled(leaves);

        ada.Does("go", origin: origin, startsAllowed: orderMayStart);

        Assert.Equal(enters, ada.IsIn(journey));
        // Exits take all.
        Assert.Equal("went", ada.EndOf(leaves).Why);
    }

    /// Semantics 2.7
    [Fact]
    public void Delays_and_re_entry_count_on_now_not_on_when_it_occurred()
    {
        var journey = new StoryJourney("j").StartsOn("go").ReEnters(ReEntry.AfterInterval, Duration.FromHours(2)).Delays("w", Duration.FromHours(1));
        var ada = new Story(journey);
        var start = ada.Now;
        ada.Does("go", occurred: start - Duration.FromHours(12));
        Assert.Equal(start + Duration.FromHours(1), ((EnrolmentState.Waiting)ada.In(journey).State).Wait.Due);
        ada.Passes(Duration.FromHours(1));

        ada.Does("go", at: start + Duration.FromMinutes(119), occurred: start + Duration.FromMinutes(119));
        Assert.Equal("re-entry-interval", Assert.Single(ada.Last.Refusals).Reason);
        ada.Does("go", at: start + Duration.FromHours(2));
        Assert.True(ada.IsIn(journey));
    }
}
