using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Outcome = Parcours.Journeys.Machine.Outcome;

namespace Parcours.Journeys.Tests.Machine;

/// <summary>Whatever the journeys and whatever happens: what must hold after each burst. <see cref="Story"/> checks the books by itself.</summary>
public sealed class MachinePropertiesTests
{
    // Small alphabets, so that journeys meet each other's events, tags and segments.
    static readonly string[] Events = ["a", "b", "c"];
    static readonly string[] Tags = ["x", "y", "z"];

    /// <summary>One number a choice: a case is a list of numbers, so FsCheck can shrink it.</summary>
    sealed class Choices(int[] numbers)
    {
        int _at;
        public int Next(int below) => _at < numbers.Length ? (int)((uint)numbers[_at++] % (uint)below) : 0;
        public string Event() => Events[Next(Events.Length)];
        public string Tag() => Tags[Next(Tags.Length)];
        public bool Done => _at >= numbers.Length;
    }

    static StoryCondition AnyCondition(Choices choices) => choices.Next(6) switch
    {
        0 => StoryCondition.HasTag(choices.Tag()),
        1 => StoryCondition.LacksTag(choices.Tag()),
        2 => StoryCondition.Did(choices.Event(), 1 + choices.Next(3)),
        3 => StoryCondition.NotWithin(Duration.FromHours(1 + choices.Next(40)), choices.Event()),
        4 => StoryCondition.In("s0"),
        _ => StoryCondition.From(Story.Monday9am + Duration.FromHours(choices.Next(80))),
    };

    static StoryJourney AnyJourney(Choices choices, int number)
    {
        var journey = new StoryJourney($"j{number}").Priority(choices.Next(3)).ReEnters((ReEntry)choices.Next(4), Duration.FromHours(choices.Next(9)));
        _ = choices.Next(4) switch
        {
            0 => journey.StartsOnTag(choices.Tag()),
            1 => journey.StartsOnEntering("s" + choices.Next(3)),
            2 => journey.StartsOnLeaving("s" + choices.Next(3)),
            _ => journey.StartsOn(choices.Event()),
        };
        if (choices.Next(3) == 0)
            journey.KeyedBy("key");
        if (choices.Next(3) == 0)
            journey.Goal(AnyCondition(choices));
        if (choices.Next(3) == 0)
            journey.Exit("out", AnyCondition(choices));
        if (choices.Next(4) == 0)
            journey.Only(AnyCondition(choices));
        var points = 1 + choices.Next(5);
        string To() => "p" + choices.Next(points);
        for (var point = 0; point < points; point++)
        {
            var name = "p" + point;
            _ = choices.Next(11) switch
            {
                0 => journey.Tags(name, choices.Tag()),
                1 => journey.Untags(name, choices.Tag()),
                2 => journey.Records(name, choices.Event()),
                3 => journey.Mails(name),
                4 => journey.Delays(name, Duration.FromHours(1 + choices.Next(30)), (TimerQueue)choices.Next(2)),
                5 => journey.Awaits(name, choices.Event(), Duration.FromHours(1 + choices.Next(30)), late: To()),
                6 => journey.Awaits(name, "none", hears: Dependencies.None with { Tags = [choices.Tag()], Segments = ["s1"] }),
                7 => journey.Asks(name, AnyCondition(choices), To(), To()),
                8 => journey.Ends(name, (Outcome)(1 + choices.Next(3))),
                9 => journey.GoesTo(name, To()),
                _ => choices.Next(4) == 0 ? journey.Throws(name) : journey.Sets(name, "city", choices.Tag()),
            };
        }
        return journey;
    }

    sealed record Life(Story Ada, List<BurstResult> Bursts, StoryJourney[] Journeys);

    /// <summary>Makes a world of the numbers and lives in it.</summary>
    static Life Live(int[] numbers)
    {
        var choices = new Choices(numbers);
        var journeys = Enumerable.Range(0, 1 + choices.Next(4)).Select(number => AnyJourney(choices, number)).ToArray();
        var ada = new Story(journeys);
        ada.Segment("s0", choices.Next(2) == 0 ? StoryCondition.HasTag(choices.Tag()) : StoryCondition.NotWithin(Duration.FromHours(9), choices.Event()));
        ada.Segment("s1", AnyCondition(choices)).Segment("s2", StoryCondition.In("s1"));
        var life = new Life(ada, [], journeys);
        while (!choices.Done)
        {
            Happen(choices, ada, journeys);
            life.Bursts.Add(ada.Last);
        }
        return life;
    }

    static void Happen(Choices choices, Story ada, StoryJourney[] journeys)
    {
        var journey = journeys[choices.Next(journeys.Length)];
        var inside = ada.Ada.Enrolments.Count > 0 ? ada.Ada.Enrolments[choices.Next(ada.Ada.Enrolments.Count)] : null;
        switch (choices.Next(13))
        {
            case 0: ada.IsTagged(choices.Tag()); break;
            case 1: ada.IsUntagged(choices.Tag()); break;
            case 2: ada.Does(choices.Event(), occurred: ada.Now - Duration.FromHours(choices.Next(60))); break;
            case 3: ada.Passes(Duration.FromHours(choices.Next(40))); break;
            case 4 when inside is not null: ada.Run(new Stimulus.RemoveRequested(inside.Id, inside.Revision - choices.Next(2), null)); break;
            case 5 when inside is not null: ada.Run(new Stimulus.MoveRequested(inside.Id, "p" + choices.Next(5), null)); break;
            case 6: ada.IsEnrolled(journey, key: choices.Next(3).ToString(CultureInfo.InvariantCulture)); break;
            case 7: ada.Publish(journey.As(JourneyStatus.Paused, journey.Dials with { PausedAt = journey.Dials.PausedAt ?? ada.Now })); break;
            case 8 when journey.Status == JourneyStatus.Paused:
                ada.Publish(journey.As(JourneyStatus.Live, new(null, false, journey.Dials.Frozen + (ada.Now - journey.Dials.PausedAt!.Value))));
                ada.Run(new Stimulus.JourneyResumed(journey.Id));
                break;
            case 9 when ada.Messages.Count > 0:
                var message = ada.Messages[choices.Next(ada.Messages.Count)];
                ada.Run(choices.Next(2) == 0
                    ? new Stimulus.MessageSettled(message.Enrolment, message.Key, MessageStatus.Sent, null)
                    : new Stimulus.MessageFeedback(message.Enrolment, message.Key, Enum.GetValues<FeedbackKind>()[choices.Next(Enum.GetValues<FeedbackKind>().Length)], null));
                break;
            case 11 when !ada.Ada.Failed.IsEmpty:
                var failed = ada.Ada.Failed[choices.Next(ada.Ada.Failed.Length)];
                ada.Run(new Stimulus.PutBackRequested(failed.Id, failed.Revision - choices.Next(2), choices.Next(2) == 0), Origin.Person);
                break;
            case 10 when choices.Next(5) == 0: ada.Run(new Stimulus.JourneyEnded(journey.Id)); break;
            default: ada.Does(choices.Event(), properties: $$"""{"key": {{choices.Next(3)}}}"""); break;
        }
    }

    static void Holds(Action<int[]> property) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ArrayOf(120).ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    /// Semantics 11.1
    [Fact]
    public void Counters_add_up_after_every_burst_and_nobody_stands_in_two_places() => Holds(numbers => Live(numbers));

    /// Semantics 3.4
    [Fact]
    public void Nothing_happens_to_an_enrolment_after_its_end_and_each_begins_once() => Holds(numbers =>
    {
        var (began, ended) = (new HashSet<EnrolmentId>(), new HashSet<EnrolmentId>());
        foreach (var burst in Live(numbers).Bursts.Distinct())
        {
            Assert.Equal(burst.Enrolments.Count, burst.Enrolments.Select(change => change.After.Id).Distinct().Count());
            foreach (var change in burst.Enrolments)
            {
                // But for who failed, and was put back (Semantics 3.8).
                if (change.Before?.State is EnrolmentState.Ended { Outcome: Outcome.Failed })
                    ended.Remove(change.After.Id);
                Assert.DoesNotContain(change.After.Id, ended);
                Assert.True(change.Before is not null || began.Add(change.After.Id));
                if (change.After.State is EnrolmentState.Ended)
                    ended.Add(change.After.Id);
            }
            Assert.All(burst.Messages, message => Assert.Contains(burst.Enrolments, change => change.After.Id == message.Enrolment));
        }
    });

    /// Semantics 5.4
    [Fact]
    public void No_message_and_no_recorded_event_is_made_twice() => Holds(numbers =>
    {
        var life = Live(numbers);
        Assert.Distinct(life.Ada.Messages.Select(message => message.Key));
        Assert.Distinct(life.Bursts.Distinct().SelectMany(burst => burst.RecordedEvents).Select(recorded => recorded.MessageId));
    });

    /// Semantics 6.9
    [Fact]
    public void Nobody_is_inside_a_journey_twice_under_one_key() => Holds(numbers =>
        Assert.Distinct(Live(numbers).Ada.Ada.Enrolments.Select(enrolment => (enrolment.Journey, enrolment.EventKey))));

    /// Semantics 13.1
    [Fact]
    public void The_same_life_lived_again_is_the_same() => Holds(numbers =>
    {
        var (one, other) = (Live(numbers), Live(numbers));
        StoryContacts.Same(one.Ada.Ada, other.Ada.Ada);
        Assert.Equal(one.Ada.Log, other.Ada.Log);
        Assert.Equal(one.Ada.Counters.Where(pair => pair.Value != 0).OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal), other.Ada.Counters.Where(pair => pair.Value != 0).OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal));
    });

    /// Semantics 7.6
    [Fact]
    public void After_every_burst_segments_are_what_their_conditions_say_and_the_flip_timer_covers_them() => Holds(numbers =>
    {
        var ada = Live(numbers).Ada;
        foreach (var segment in ada.Catalogue.Segments)
        {
            var truth = segment.Condition.Evaluate(new(ada.Ada, ada.Now));
            // A flip that is due at this very instant is the flip timer's, which has not run.
            if (ada.Ada.FlipAt is not { } due || due > ada.Now)
                Assert.Equal(truth.Holds, ada.Ada.Segments.Contains(segment.Name));
            if (truth.FlipsAt is { } flip && flip > ada.Now)
                Assert.True(ada.Ada.FlipAt <= flip, $"{segment.Name} flips at {flip}, the timer is at {ada.Ada.FlipAt}");
        }
    });

    /// Semantics 3.8
    [Fact]
    public void A_burst_on_a_clone_never_touches_the_original() => Holds(numbers =>
    {
        var ada = Live(numbers).Ada;
        var (original, untouched) = (ada.Ada, ada.Ada.Clone());
        foreach (var name in Events)
            ada.Does(name, edits: [new ContactEdit.AddTag("x"), new ContactEdit.RemoveTag("y"), new ContactEdit.JoinList("l"), new ContactEdit.SetConsent("email", "*", ConsentState.Refused)]);
        ada.Passes(Duration.FromHours(30));
        StoryContacts.Same(untouched, original);
    });
}
