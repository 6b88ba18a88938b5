using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Machine;

/// <summary>Segments kept live within the burst.</summary>
public sealed class SegmentTests
{
    static readonly Duration Day = Duration.FromHours(24);

    /// Semantics 7.3
    [Fact]
    public void Only_conditions_that_depend_on_what_changed_are_asked()
    {
        var (tagged, bought, timed) = (StoryCondition.HasTag("gold"), StoryCondition.Did("purchase"), StoryCondition.NotWithin(Day, "visit"));
        var ada = new Story().Segment("gold", tagged).Segment("buyers", bought).Segment("quiet", timed);
        ada.Does("visit");
        var before = (tagged.Asked, bought.Asked, timed.Asked);

        ada.IsTagged("gold");

        Assert.Equal((before.Item1 + 1, before.Item2, before.Item3), (tagged.Asked, bought.Asked, timed.Asked));
        Assert.Equal([new MembershipChange("tag", "gold", 1), new MembershipChange("segment", "gold", 1)], ada.Last.Memberships);
        ada.Does("something else");
        Assert.Equal(before.Item2, bought.Asked);
    }

    /// Semantics 7.3
    [Fact]
    public void A_contact_without_a_match_stores_nothing()
    {
        var ada = new Story().Segment("buyers", StoryCondition.Did("purchase"));
        ada.Does("visit");
        Assert.Empty(ada.Ada.Memory);
    }

    /// Semantics 7.5
    [Fact]
    public void One_pass_by_level_settles_segments_that_name_segments()
    {
        var ada = new Story()
            .Segment("a-top", new StoryCondition(Dependencies.None with { Segments = ["b-middle", "c-base"] }, context => new(context.Contact.Segments.Contains("b-middle") && context.Contact.Segments.Contains("c-base"), null)))
            .Segment("b-middle", StoryCondition.In("c-base"))
            .Segment("c-base", StoryCondition.HasTag("gold"));
        Assert.Equal([2, 1, 0], ada.Catalogue.Segments.OrderBy(segment => segment.Name, StringComparer.Ordinal).Select(segment => segment.Level));

        ada.IsTagged("gold");

        Assert.Equal(
            [new ContactChange.TagAdded("gold"), new ContactChange.SegmentEntered("c-base"), new ContactChange.SegmentEntered("b-middle"), new ContactChange.SegmentEntered("a-top")],
            ada.Last.Changes);
        ada.IsUntagged("gold");
        Assert.Empty(ada.Ada.Segments);
    }

    /// Semantics 7.5
    [Fact]
    public void Segments_that_name_each_other_in_a_circle_are_refused()
    {
        var builder = new CatalogueBuilder().AddSegment("a", 1, StoryCondition.In("b")).AddSegment("b", 1, StoryCondition.In("c")).AddSegment("c", 1, StoryCondition.In("b")).AddSegment("d", 1, StoryCondition.Never);

        Assert.Equal(["b", "c", "b"], builder.FindCycle());
        Assert.Contains("b → c → b", Assert.Throws<InvalidOperationException>(() => builder.Build(Story.Monday9am)).Message, StringComparison.Ordinal);
        Assert.Null(builder.AddSegment("c", 2, StoryCondition.Always).FindCycle());
    }

    /// Semantics 7.5
    [Fact]
    public void Membership_that_changes_by_a_reference_brings_in_whom_it_concerns()
    {
        var journey = new StoryJourney("j").StartsOnEntering("top").Delays("w", Day);
        var ada = new Story(journey).Segment("base", StoryCondition.HasTag("gold")).Segment("top", StoryCondition.In("base"));

        ada.IsTagged("gold");

        Assert.True(ada.IsIn(journey));
    }

    /// Semantics 7.6
    [Fact]
    public void One_flip_timer_fires_at_the_earliest_flip_and_is_armed_anew()
    {
        var journey = new StoryJourney("j").StartsOnEntering("quiet-a-week").Delays("w", Duration.FromDays(30));
        var ada = new Story(journey).Segment("quiet-a-day", StoryCondition.NotWithin(Day, "visit")).Segment("quiet-a-week", StoryCondition.NotWithin(7 * Day, "visit"));
        ada.Does("visit");
        var start = ada.Now;
        Assert.Equal(start + Day, ada.Ada.FlipAt);
        Assert.Empty(ada.Ada.Segments);

        ada.PassesTo(start + Day);
        Assert.Equal(["quiet-a-day"], ada.Ada.Segments);
        Assert.Equal(start + 7 * Day, ada.Ada.FlipAt);

        // Moved only to earlier: a new visit leaves the timer, which fires too early and is armed anew.
        ada.Does("visit", at: start + 6 * Day);
        Assert.Equal(start + 7 * Day, ada.Ada.FlipAt);
        ada.PassesTo(start + 7 * Day);
        Assert.False(ada.IsIn(journey));
        Assert.Equal(start + 13 * Day, ada.Ada.FlipAt);

        ada.PassesTo(start + 13 * Day);
        Assert.True(ada.IsIn(journey));
        Assert.Null(ada.Ada.FlipAt);
    }

    /// Semantics 7.6
    [Fact]
    public void Goals_and_exits_of_who_is_inside_arm_the_flip_timer_too()
    {
        var at = Story.Monday9am + 3 * Day;
        var journey = new StoryJourney("j").StartsOn("go").Exit("too late", StoryCondition.From(at)).Delays("w", 30 * Day);
        var ada = new Story(journey);
        ada.Does("go");
        Assert.Equal(at, ada.Ada.FlipAt);

        ada.PassesTo(at);

        Assert.Equal(("too late", at), (ada.EndOf(journey).Why, ada.EndOf(journey).At));
        Assert.Null(ada.Ada.FlipAt);
    }

    /// Semantics 1.4
    [Fact]
    public void What_happens_at_the_instant_of_a_flip_counts_before_it()
    {
        var journey = new StoryJourney("j").StartsOnEntering("quiet").Delays("w", Day);
        var ada = new Story(journey).Segment("quiet", StoryCondition.NotWithin(Day, "visit"));
        ada.Does("visit");
        var start = ada.Now;

        ada.Does("visit", at: start + Day);
        ada.Run(new Stimulus.FlipDue());

        Assert.False(ada.IsIn(journey));
        Assert.Equal(start + 2 * Day, ada.Ada.FlipAt);
    }

    /// Semantics 7.6
    [Fact]
    public void A_late_entry_leaves_flips_that_are_due_to_the_flip_timer_so_that_what_they_start_is_not_lost()
    {
        var journey = new StoryJourney("j").StartsOnEntering("quiet").Delays("w", Day);
        var ada = new Story(journey).Segment("quiet", StoryCondition.NotWithin(Day, "visit"));
        ada.Does("visit");
        ada.Now += Day;

        ada.Does("old news", occurred: ada.Now - 9 * Day);
        Assert.Equal(ada.Now, ada.Ada.FlipAt);
        Assert.Empty(ada.Ada.Segments);
        ada.Run(new Stimulus.FlipDue());

        Assert.True(ada.IsIn(journey));
    }

    /// Semantics 7.5
    [Fact]
    public void A_new_contact_enters_the_segments_of_which_somebody_unknown_is_a_member()
    {
        var journey = new StoryJourney("j").StartsOnEntering("not-bought").Delays("w", Day);
        var ada = new Story(journey).Segment("not-bought", StoryCondition.LacksTag("buyer")).Segment("beginners", StoryCondition.In("not-bought")).Segment("from-tuesday", StoryCondition.From(Story.Monday9am + Day));
        Assert.Equal([true, true, false], ada.Catalogue.Segments.OrderBy(segment => segment.Level == 1 ? 1 : segment.Condition.Dependencies.Time ? 2 : 0).Select(segment => segment.DefaultMember));

        ada.Does("visit");

        Assert.Equal(["beginners", "not-bought"], ada.Ada.Segments.Order());
        Assert.True(ada.IsIn(journey));
        Assert.Equal(Story.Monday9am + Day, ada.Ada.FlipAt);
        Assert.Equal(1, ada.Counters[new(CounterKind.Total, new(""), 0, "contacts", "")]);
        ada.Does("visit");
        Assert.Equal(1, ada.Counters[new(CounterKind.Total, new(""), 0, "contacts", "")]);
    }

    [Fact]
    public void A_new_contact_whose_first_entry_says_otherwise_never_enters_them()
    {
        var journey = new StoryJourney("j").StartsOnEntering("not-bought").Delays("w", Day);
        var ada = new Story(journey).Segment("not-bought", StoryCondition.LacksTag("buyer"));

        ada.IsTagged("buyer");

        Assert.False(ada.IsIn(journey));
        Assert.DoesNotContain(ada.Last.Changes, change => change is ContactChange.SegmentEntered);
    }

    /// Semantics 7.7
    [Fact]
    public void While_a_segment_is_filled_the_fill_decides_and_live_stimuli_only_follow_for_those_decided()
    {
        var ada = new Story();
        ada.Does("purchase");
        ada.Segment("repeat", StoryCondition.Did("purchase", times: 2), filling: true);

        ada.Does("purchase");
        Assert.Empty(ada.Ada.Segments);

        // The past is read: one purchase before the fill; with the one since then they are two.
        var aggregate = new TimesOf("purchase");
        var past = aggregate.Add(null, new() { Name = "purchase", OccurredAt = Story.Monday9am, ReceivedAt = Story.Monday9am }, ada.Now);
        ada.Run(new Stimulus.Filled([new(aggregate.Id, past)], ["repeat"]), Origin.Fill, startsAllowed: false);
        Assert.Contains("repeat", ada.Ada.Segments);
    }

    /// Semantics 7.7
    [Fact]
    public void Who_was_decided_not_to_be_a_member_is_followed_by_live_stimuli_though_others_are_still_filled()
    {
        var ada = new Story();
        ada.Does("visit");
        ada.Segment("buyers", StoryCondition.Did("purchase"), filling: true);
        ada.Run(new Stimulus.Filled([], ["buyers"]), Origin.Fill, startsAllowed: false);
        Assert.Empty(ada.Ada.Segments);
        Assert.Null(ada.Ada.FlipAt);

        ada.Does("purchase");

        Assert.Contains("buyers", ada.Ada.Segments);
    }

    [Fact]
    public void A_new_contact_has_no_past_and_needs_no_fill()
    {
        var ada = new Story().Segment("buyers", StoryCondition.Did("purchase"), filling: true);
        ada.Does("visit");
        ada.Does("purchase");
        Assert.Contains("buyers", ada.Ada.Segments);
    }
}
