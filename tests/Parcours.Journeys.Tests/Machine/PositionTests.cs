using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Machine;

/// <summary>Semantics 7.10: conditions on where a contact stands in a journey.</summary>
public sealed class PositionTests
{
    static readonly Duration Day = Duration.FromHours(24);

    static CompiledCondition In(string journey, string? point = null) => ConditionCompiler.Compile(new Condition.Journey(journey, point));

    static StoryJourney Two() => new StoryJourney("j").StartsOn("begin").Delays("w", Day).Delays("v", Day);

    [Fact]
    public void Who_waits_at_a_point_is_in_the_segment_that_asks_for_it_until_it_goes_on()
    {
        var ada = new Story(Two()).Segment("in it", In("j")).Segment("at w", In("j", "w"));
        Assert.Empty(ada.Ada.Segments);

        ada.Does("begin");
        Assert.Equal(["at w", "in it"], ada.Ada.Segments.Order(StringComparer.Ordinal));
        ada.Passes(Day);
        Assert.Equal(["in it"], ada.Ada.Segments);
        ada.Passes(Day);
        Assert.Empty(ada.Ada.Segments);
    }

    [Fact]
    public void Coming_to_a_point_brings_into_another_journey()
    {
        var other = new StoryJourney("other").StartsOnEntering("at v").Delays("o", Day);
        var ada = new Story(Two(), other).Segment("at v", In("j", "v"));

        ada.Does("begin");
        Assert.False(ada.IsIn(other));
        ada.Passes(Day);
        Assert.True(ada.IsIn(other));
    }

    [Fact]
    public void Another_journey_ends_when_its_goal_asks_for_the_point_that_was_reached()
    {
        var other = new StoryJourney("other").StartsOn("begin").Goal(In("j", "v")).Delays("o", Day * 9);
        var ada = new Story(Two(), other);

        ada.Does("begin");
        Assert.True(ada.IsIn(other));
        ada.Passes(Day);
        Assert.False(ada.IsIn(other));
    }

    /// <summary>Semantics 7.3: cost follows the listeners.</summary>
    [Fact]
    public void Nobody_is_told_where_nobody_asks()
    {
        var ada = new Story(Two()).Segment("in another", In("another"));
        ada.Does("begin");
        Assert.DoesNotContain(ada.Last.Changes, change => change is ContactChange.JourneyMoved);
    }

    [Fact]
    public void A_journey_may_begin_anew_for_whoever_has_left_it()
    {
        var journey = new StoryJourney("j").StartsOn("begin").StartsOnEntering("not in it").ReEnters(ReEntry.AfterLeaving).Delays("w", Day);
        var ada = new Story(journey).Segment("not in it", ConditionCompiler.Compile(new Condition.Not(new Condition.Journey("j"))));

        ada.Does("begin");
        Assert.DoesNotContain("not in it", ada.Ada.Segments);
        ada.Passes(Day * 3 + Duration.FromHours(1));
        Assert.Equal(4, Assert.Single(ada.Ada.Enrolments).Number);
    }

    [Fact]
    public void An_explanation_names_the_journey_and_the_point()
    {
        var ada = new Story(Two());
        ada.Does("begin");
        var told = In("j", "w").Explain(new(ada.Ada, ada.Now));
        Assert.Equal(("journey", "j/w", "in", "in", true), (told.Kind, told.Subject, told.Expected, told.Actual, told.Holds));
        Assert.Equal("notIn", In("j", "v").Explain(new(ada.Ada, ada.Now)).Actual);
    }
}
