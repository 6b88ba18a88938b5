using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Machine;

/// <summary>Every state that an enrolment can be in, at every stimulus there is; found by reflection, so a new case fails here until somebody says what it does.</summary>
public sealed class EveryStateAndStimulusTests
{
    static IEnumerable<string> Cases(Type closed) => closed.GetNestedTypes().Where(type => type.IsSubclassOf(closed)).Select(type => type.Name);

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var state in Cases(typeof(EnrolmentState)))
            foreach (var stimulus in Cases(typeof(Stimulus)))
                pairs.Add(state, stimulus);
        return pairs;
    }

    // Waits for an event, a tag, a message's fate, or an hour.
    static StoryJourney Journey() => new StoryJourney("j").StartsOn("go").ReEnters(ReEntry.Never).Exit("out", StoryCondition.HasTag("out")).Mails("m").Point(
        "w",
        context => Move.WaitFor(new(context.Journey.Dials.ToJourneyTime(context.Now) + Duration.FromHours(1), TimerQueue.Elapsed, "activity")),
        (_, stimulus) => stimulus switch
        {
            Stimulus.TimerDue => Move.Follow(1),
            Stimulus.MessageSettled or Stimulus.MessageFeedback => Move.Follow(2),
            Stimulus.Changed or Stimulus.JourneyResumed => Move.Follow(0),
            _ => throw new InvalidOperationException($"{stimulus.GetType().Name} should not come here"),
        },
        Dependencies.None with { Events = ["on"], Tags = ["on"], Messages = true },
        ("done", "e"), ("timeout", "t"), ("mailed", "x")).Delays("e", Duration.FromDays(9)).Delays("t", Duration.FromDays(9)).Delays("x", Duration.FromDays(9));

    static readonly Contact Other = new(ContactId.Create(7, 0, 0), Story.Monday9am);

    static Stimulus Make(string name, Story ada, StoryJourney journey, Enrolment enrolment)
    {
        var happened = new ContactEvent { Name = "on", OccurredAt = ada.Now, ReceivedAt = ada.Now };
        var key = enrolment.Messages.Single().Key;
        var facts = new MessageFacts(journey.Id, 1, "m", MessageStatus.Pending, false, false, "ada@example.org");
        return name switch
        {
            nameof(Stimulus.Received) => new Stimulus.Received([], happened),
            nameof(Stimulus.Changed) => new Stimulus.Changed([], happened, null),
            nameof(Stimulus.TimerDue) => new Stimulus.TimerDue(enrolment.Id, Story.Monday9am + Duration.FromHours(1)),
            nameof(Stimulus.FlipDue) => new Stimulus.FlipDue(),
            nameof(Stimulus.MessageSettled) => new Stimulus.MessageSettled(enrolment.Id, key, MessageStatus.Sent, null, facts),
            nameof(Stimulus.MessageFeedback) => new Stimulus.MessageFeedback(enrolment.Id, key, FeedbackKind.Opened, null, facts),
            nameof(Stimulus.ResendRequested) => new Stimulus.ResendRequested(enrolment.Id, key, facts),
            nameof(Stimulus.EnrolRequested) => new Stimulus.EnrolRequested(journey.Id, EventProperties.Empty),
            nameof(Stimulus.RemoveRequested) => new Stimulus.RemoveRequested(enrolment.Id, null, "asked"),
            nameof(Stimulus.EraseRequested) => new Stimulus.EraseRequested(),
            nameof(Stimulus.MoveRequested) => new Stimulus.MoveRequested(enrolment.Id, "x", null),
            nameof(Stimulus.PutBackRequested) => new Stimulus.PutBackRequested(enrolment.Id, null, false),
            nameof(Stimulus.JourneyEnded) => new Stimulus.JourneyEnded(journey.Id),
            nameof(Stimulus.JourneyResumed) => new Stimulus.JourneyResumed(journey.Id),
            nameof(Stimulus.VersionPublished) => new Stimulus.VersionPublished(journey.Id),
            nameof(Stimulus.Scheduled) => new Stimulus.Scheduled(journey.Id, ["s"]),
            nameof(Stimulus.DatesReckoned) => new Stimulus.DatesReckoned(journey.Id, ada.Now),
            nameof(Stimulus.JourneyEntered) => new Stimulus.JourneyEntered(enrolment.Id),
            nameof(Stimulus.Answered) => new Stimulus.Answered(enrolment.Id, AskId.Of(enrolment.Id, "w", 1), new(true)),
            nameof(Stimulus.Absorbed) => new Stimulus.Absorbed(Other),
            nameof(Stimulus.Filled) => new Stimulus.Filled([], []),
            _ => throw new NotSupportedException($"{name} is new: say here how it is made, and below what it does to whoever waits and whoever has ended."),
        };
    }

    /// <summary>Where the waiting one is afterwards: a point's id, or an outcome.</summary>
    static string WhoWaits(string stimulus) => stimulus switch
    {
        nameof(Stimulus.Received) or nameof(Stimulus.Changed) => "e",
        nameof(Stimulus.TimerDue) => "t",
        nameof(Stimulus.MessageSettled) or nameof(Stimulus.MessageFeedback) => "x",
        nameof(Stimulus.MoveRequested) => "x",
        nameof(Stimulus.RemoveRequested) or nameof(Stimulus.EraseRequested) => nameof(Outcome.Removed),
        nameof(Stimulus.JourneyEnded) => nameof(Outcome.Exited),
        // What waits to be sent is not sent again.
        nameof(Stimulus.ResendRequested) => "w",
        // Comes about within a burst only, and is told to the one that asked.
        nameof(Stimulus.JourneyEntered) => "w",
        // It has not failed.
        nameof(Stimulus.PutBackRequested) => "w",
        // It has asked nothing.
        nameof(Stimulus.Answered) => "w",
        // Nothing that concerns it: time has not come, no newer version says anything of it, it is inside already, nothing was noted, nothing came with the other contact.
        nameof(Stimulus.FlipDue) or nameof(Stimulus.EnrolRequested) or nameof(Stimulus.JourneyResumed) or nameof(Stimulus.VersionPublished) or nameof(Stimulus.Scheduled) or nameof(Stimulus.DatesReckoned) or nameof(Stimulus.Absorbed) or nameof(Stimulus.Filled) => "w",
        _ => throw new NotSupportedException(stimulus),
    };

    /// <summary>How it is answered where the enrolment has ended: by a refusal's code, or by nothing.</summary>
    static string? WhoEnded(string stimulus) => stimulus switch
    {
        nameof(Stimulus.EnrolRequested) => "re-entry-never",
        nameof(Stimulus.RemoveRequested) or nameof(Stimulus.MoveRequested) => "not-inside",
        nameof(Stimulus.PutBackRequested) => "not-kept",
        _ => null,
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_state_answers_every_stimulus(string state, string name)
    {
        var journey = Journey();
        var ada = new Story(journey);
        ada.Does("go");
        var enrolment = ada.In(journey);
        ada.Now += Duration.FromHours(1);

        switch (state)
        {
            case nameof(EnrolmentState.Waiting):
                ada.Run(Make(name, ada, journey, enrolment));
                Assert.Equal(WhoWaits(name), ada.IsIn(journey) ? ada.At(journey) : ada.EndOf(journey).Outcome.ToString());
                break;
            case nameof(EnrolmentState.Ended):
                ada.IsTagged("out");
                Assert.Equal(Outcome.Exited, ada.EndOf(journey).Outcome);
                var counted = ada.Count(CounterKind.Started, journey);
                ada.Run(Make(name, ada, journey, enrolment));
                Assert.Empty(ada.Last.Enrolments);
                Assert.Empty(ada.Last.Trails);
                Assert.Empty(ada.Ada.Enrolments);
                Assert.Equal(counted, ada.Count(CounterKind.Started, journey));
                Assert.Equal(WhoEnded(name), ada.Last.Refused?.Code);
                break;
            default:
                Assert.Fail($"{state} is a new state: say here how one comes into it and what each stimulus does.");
                break;
        }
    }

    [Fact]
    public void The_search_finds_all_cases() => Assert.Equal((2, 21), (Cases(typeof(EnrolmentState)).Count(), Cases(typeof(Stimulus)).Count()));

    /// Semantics 8.3
    [Theory]
    [MemberData(nameof(Pairs))]
    public void In_a_pause_no_stimulus_makes_anybody_step(string state, string name)
    {
        if (state != nameof(EnrolmentState.Waiting))
            return;
        var journey = Journey();
        var ada = new Story(journey);
        ada.Does("go");
        var enrolment = ada.In(journey);
        ada.Now += Duration.FromHours(1);
        ada.Publish(journey.As(JourneyStatus.Paused, new(ada.Now, true, Duration.Zero)));

        ada.Run(Make(name, ada, journey, enrolment));

        var ends = WhoWaits(name) is nameof(Outcome.Removed) or nameof(Outcome.Exited);
        Assert.Equal(!ends, ada.IsIn(journey));
        if (!ends)
            Assert.Equal("w", ada.At(journey));
    }
}
