using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Machine;

/// <summary>What keeps a contact out whatever the rules of journeys say: bars from single ones, and the archive.</summary>
public sealed class StandingTests
{
    static readonly Duration Hour = Duration.FromHours(1);

    static void IsBarred(Story ada, StoryJourney journey, bool on = true) => ada.Changes(Origin.Person, null, new ContactEdit.Bar(journey.Id, on));
    static void IsArchived(Story ada, bool on = true) => ada.Changes(Origin.Person, null, new ContactEdit.Archive(on));

    static string Reason(Story ada) => Assert.Single(ada.Last.Refusals).Reason;

    /// <summary>Semantics 6.15: neither a starting point nor a hand lets it in, and the refusal is counted with its reason; other journeys are not concerned.</summary>
    [Fact]
    public void Nobody_comes_into_a_journey_that_is_barred()
    {
        var (journey, other) = (new StoryJourney("j").StartsOn("go").Delays("w", Hour), new StoryJourney("other").StartsOn("go").Delays("w", Hour));
        var ada = new Story(journey, other);
        IsBarred(ada, journey);
        Assert.Equal([new ContactChange.JourneyBarred(journey.Id, true)], ada.Last.Changes);

        ada.Does("go");
        Assert.Equal("barred", Reason(ada));
        Assert.Equal("barred", ada.IsEnrolled(journey).Refused?.Code);
        Assert.Equal(2, ada.Count(CounterKind.Refused, journey, edge: "barred"));
        Assert.True(ada.IsIn(other));
        Assert.False(ada.IsIn(journey));

        IsBarred(ada, journey, on: false);
        Assert.Equal([new ContactChange.JourneyBarred(journey.Id, false)], ada.Last.Changes);
        ada.Does("go");
        Assert.True(ada.IsIn(journey));
    }

    /// <summary>Semantics 6.15: nor does another journey; who asked for it goes on as with any refusal.</summary>
    [Fact]
    public void Nor_does_another_journey_let_it_in()
    {
        var journey = new StoryJourney("j").StartsByHand().Delays("w", Hour);
        var sends = new StoryJourney("sends").StartsOn("go").Does("in", _ => new Effect.EnterJourney(journey.Id, EventProperties.Empty, Asks: false)).Tags("t", "through");
        var ada = new Story(journey, sends);
        IsBarred(ada, journey);

        ada.Does("go");

        Assert.Equal("barred", Reason(ada));
        Assert.True(ada.Ada.HasTag("through"));
    }

    /// <summary>Semantics 6.15: who is inside stays; the bar holds for the next time.</summary>
    [Fact]
    public void A_bar_takes_nobody_out()
    {
        var journey = new StoryJourney("j").StartsOn("go").Delays("w", Hour);
        var ada = new Story(journey);
        ada.Does("go");

        IsBarred(ada, journey);
        Assert.True(ada.IsIn(journey));
        ada.Passes(Hour);
        Assert.Equal(Outcome.Completed, ada.EndOf(journey).Outcome);
        ada.Does("go");
        Assert.Equal("barred", Reason(ada));
    }

    /// <summary>Semantics 6.15, 8.7: who is removed may be kept out in the same act; where the removal is refused, so is the bar.</summary>
    [Fact]
    public void Who_is_removed_is_kept_out_in_the_same_act()
    {
        var journey = new StoryJourney("j").StartsOn("go").Delays("w", Hour);
        var ada = new Story(journey);
        ada.Does("go");
        var inside = ada.In(journey);

        ada.Run(new Stimulus.RemoveRequested(inside.Id, inside.Revision - 1, "asked", Bars: true), Origin.Person);
        Assert.Equal(("moved-on", 0, true), (ada.Last.Refused?.Code, ada.Ada.Barred.Length, ada.IsIn(journey)));
        ada.Run(new Stimulus.RemoveRequested(inside.Id, inside.Revision, "asked", Bars: true), Origin.Person);

        Assert.Equal((Outcome.Removed, "asked"), (ada.EndOf(journey).Outcome, ada.EndOf(journey).Why));
        Assert.Equal([new ContactChange.JourneyBarred(journey.Id, true)], ada.Last.Changes);
        ada.Does("go");
        Assert.Equal("barred", Reason(ada));
    }

    /// <summary>Semantics 6.15, 2.5: what is said already changes nothing, and no import says it or takes it back.</summary>
    [Fact]
    public void No_import_bars_archives_or_takes_either_back()
    {
        var journey = new StoryJourney("j").StartsOn("go").Delays("w", Hour);
        var ada = new Story(journey);
        ada.Changes(Origin.Import, null, new ContactEdit.Bar(journey.Id, true), new ContactEdit.Archive(true));
        Assert.Equal((0, false), (ada.Ada.Barred.Length, ada.Ada.IsArchived));

        IsBarred(ada, journey);
        IsArchived(ada);
        IsBarred(ada, journey);
        Assert.Equal((0, false), (ada.Last.Changes.Count, ada.Last.ContactChanged));
        ada.Changes(Origin.Import, null, new ContactEdit.Bar(journey.Id, false), new ContactEdit.Archive(false));

        Assert.Equal((1, true), (ada.Ada.Barred.Length, ada.Ada.IsArchived));
    }

    /// <summary>Semantics 6.15: a bar from a journey that is gone is dropped where the contact is stored anyway; drafts and archived journeys are not gone.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_bar_from_a_journey_that_is_gone_is_forgotten(bool exists)
    {
        var ada = new Story().Exists(exists ? ["draft"] : []);
        ada.Changes(Origin.Person, null, new ContactEdit.Bar(new("draft"), true));

        ada.IsTagged("x");

        Assert.Equal(exists ? 1 : 0, ada.Ada.Barred.Length);
    }

    /// <summary>Semantics 6.16: it leaves every journey at once, out of any wait, and unsent messages go with it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_is_archived_leaves_every_journey_in_a_pause_too(bool paused)
    {
        var journey = new StoryJourney("j").StartsOn("go").Mails("m").Delays("w", Hour);
        var ada = new Story(journey);
        ada.Does("go");
        var inside = ada.In(journey);
        if (paused)
            ada.Publish(journey.As(JourneyStatus.Paused, new(ada.Now, false, Duration.Zero)));

        IsArchived(ada);

        Assert.Equal((Outcome.Exited, "archived", "w"), (ada.EndOf(journey).Outcome, ada.EndOf(journey).Why, ada.EndOf(journey).Point));
        Assert.Equal([inside.Id], ada.Last.CancelMessagesOf);
        Assert.Equal(1, ada.Count(CounterKind.Left, journey, "w", "exit"));
        Assert.Equal([new ContactChange.Archived(true)], ada.Last.Changes);
        Assert.Equal(ada.Now, ada.Ada.ArchivedAt);
    }

    /// <summary>Semantics 6.16: nothing lets it in, but what it does and what is said of it is remembered.</summary>
    [Fact]
    public void Who_is_archived_comes_in_nowhere_and_is_remembered()
    {
        var journey = new StoryJourney("j").StartsOn("go").Delays("w", Hour);
        var ada = new Story(journey).Segment("goes", StoryCondition.Did("go"));
        IsArchived(ada);

        ada.Does("go", edits: new ContactEdit.AddTag("x"));
        Assert.Equal("archived", Reason(ada));
        Assert.Equal("archived", ada.IsEnrolled(journey).Refused?.Code);
        Assert.True(ada.Ada.HasTag("x"));
        Assert.Empty(ada.Ada.Segments);

        IsArchived(ada, on: false);
        Assert.Equal(["goes"], ada.Ada.Segments);
        ada.Does("go");
        Assert.True(ada.IsIn(journey));
    }

    /// <summary>Semantics 6.16: segments are left with the archiving, flips too; who comes back is asked anew, and starts nothing by that.</summary>
    [Fact]
    public void Segments_are_left_and_asked_anew_and_coming_back_starts_nothing()
    {
        var (entered, left) = (new StoryJourney("entered").StartsOnEntering("quiet").Delays("w", Hour), new StoryJourney("left").StartsOnLeaving("quiet").Delays("w", Hour));
        var ada = new Story(entered, left).Segment("quiet", StoryCondition.NotWithin(Hour, "visit")).Segment("all", StoryCondition.Always);
        ada.Does("visit");
        ada.IsTagged("x");
        Assert.Equal(ada.Now + Hour, ada.Ada.SegmentFlips["quiet"]);

        IsArchived(ada);
        Assert.Empty(ada.Ada.SegmentFlips);
        ada.Passes(2 * Hour);
        Assert.Empty(ada.Ada.Segments);

        IsArchived(ada, on: false);
        Assert.Equal(["all", "quiet"], ada.Ada.Segments.Order(StringComparer.Ordinal));
        Assert.Empty(ada.Ada.Enrolments);
        Assert.Empty(ada.Last.Refusals);
    }

    /// <summary>Semantics 6.16, 7.7: a segment that fills decides it as of nobody, and is right when it comes back.</summary>
    [Fact]
    public void A_fill_passes_over_who_is_archived()
    {
        var ada = new Story();
        ada.IsTagged("x");
        IsArchived(ada);
        ada.Segment("tagged", StoryCondition.HasTag("x"), filling: true);

        ada.Run(new Stimulus.Filled([], ["tagged"]), Origin.Fill);
        Assert.Empty(ada.Ada.Segments);
        IsArchived(ada, on: false);

        Assert.Equal(["tagged"], ada.Ada.Segments);
    }

    /// <summary>Semantics 6.16, 3.2: whatever a journey that archives has done before in the same burst, the contact is inside nothing at its end.</summary>
    [Fact]
    public void A_journey_archives_and_all_others_are_left()
    {
        var target = new StoryJourney("target").StartsByHand().Delays("w", Hour);
        var waits = new StoryJourney("waits").StartsOn("go").Awaits("w", "told").Mails("m").Delays("more", Hour);
        var archives = new StoryJourney("archives").StartsOn("stop").Records("r", "told").Does("in", _ => new Effect.EnterJourney(target.Id, EventProperties.Empty, Asks: false)).Point("a", Archives, edges: ("next", null));
        var ada = new Story(target, waits, archives);
        ada.Does("go");

        ada.Does("stop");

        Assert.Empty(ada.Ada.Enrolments);
        Assert.Equal((Outcome.Exited, "archived"), (ada.EndOf(waits).Outcome, ada.EndOf(waits).Why));
        Assert.Equal(Outcome.Completed, ada.EndOf(archives).Outcome);
        Assert.Equal("archived", Reason(ada));
        Assert.Empty(ada.Messages);
    }

    /// <summary>Semantics 3.8: a run that throws has not archived.</summary>
    [Fact]
    public void A_run_that_throws_has_not_archived()
    {
        var other = new StoryJourney("other").StartsOn("go").Delays("w", Hour);
        var archives = new StoryJourney("archives").StartsOn("stop").Does("a", _ => new Effect.Edit(new ContactEdit.Archive(true))).Throws("b");
        var ada = new Story(other, archives).Segment("all", StoryCondition.Always);
        ada.Does("go", edits: new ContactEdit.AddTag("x"));

        ada.Does("stop");

        Assert.Equal((false, true), (ada.Ada.IsArchived, ada.IsIn(other)));
        Assert.Equal(Outcome.Failed, ada.EndOf(archives).Outcome);
    }

    /// <summary>Semantics 6.15, 6.16, 4.6: of both, what keeps out stands, and who proves to be archived leaves.</summary>
    [Fact]
    public void Merging_unites_bars_and_an_archive_stands()
    {
        var (first, second, journey) = (new StoryJourney("first"), new StoryJourney("second"), new StoryJourney("j").StartsOn("go").Delays("w", Hour));
        var ada = new Story(first, second, journey);
        IsBarred(ada, second);
        ada.Does("go");
        var other = new Story(first, second, journey) { Ada = new(ContactId.Create(2, 0, 0), Story.Monday9am) };
        IsBarred(other, first);
        IsArchived(other);

        ada.Run(new Stimulus.Absorbed(other.Ada), Origin.Merge);

        Assert.Equal([first.Id, second.Id], ada.Ada.Barred);
        Assert.Equal((Outcome.Exited, "archived"), (ada.EndOf(journey).Outcome, ada.EndOf(journey).Why));
        Assert.Contains(new ContactChange.Archived(true), ada.Last.Changes);
        Assert.Contains(new ContactChange.JourneyBarred(first.Id, true), ada.Last.Changes);
    }

    static Move Archives(StepContext context)
    {
        context.Do(new Effect.Edit(new ContactEdit.Archive(true)));
        return Move.End(Outcome.Completed);
    }
}
