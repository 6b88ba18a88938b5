using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Machine;

/// <summary>What becomes of messages.</summary>
public sealed class MessageTests
{
    static StoryJourney Journey() => new StoryJourney("j").StartsOn("go").ReEnters(ReEntry.Never).Mails("m").Awaits("w", "on");

    static (Story Ada, StoryJourney Journey, EnrolmentId Enrolment, MessageKey Key) Mailed()
    {
        var journey = Journey();
        var ada = new Story(journey);
        ada.Does("go");
        return (ada, journey, ada.In(journey).Id, ada.Messages.Single().Key);
    }

    static EnrolmentMessage Held(Story ada, StoryJourney journey) => ada.In(journey).Messages.Single();

    /// Semantics 5.4
    [Fact]
    public void A_decided_message_is_counted_and_remembered_under_its_key()
    {
        var (ada, journey, enrolment, key) = Mailed();

        Assert.Equal(MessageKey.Of(enrolment, "m", 1, "email"), key);
        Assert.Equal(MessageStatus.Pending, Held(ada, journey).Status);
        Assert.Equal(1, ada.Count(CounterKind.MessageDecided, journey, "m"));
    }

    /// Semantics 11.1
    [Fact]
    public void A_skipped_message_is_decided_and_settled_at_once()
    {
        var journey = new StoryJourney("j").StartsOn("go").Mails("m", skip: "no-consent").Awaits("w", "on");
        var ada = new Story(journey);
        ada.Does("go");

        Assert.Equal((1, 1), (ada.Count(CounterKind.MessageDecided, journey, "m"), ada.Count(CounterKind.MessageSettled, journey, "m", "skipped")));
        Assert.Equal(MessageStatus.Skipped, Held(ada, journey).Status);
    }

    /// Semantics 10.5
    [Fact]
    public void Status_only_rises_and_an_open_implies_sent_and_delivered()
    {
        var (ada, journey, enrolment, key) = Mailed();

        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.Opened, null));
        ada.Run(new Stimulus.MessageSettled(enrolment, key, MessageStatus.Sent, null));
        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.Delivered, null));
        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.Opened, null));

        Assert.Equal((MessageStatus.Opened, true, false), (Held(ada, journey).Status, Held(ada, journey).Opened, Held(ada, journey).Clicked));
        Assert.Equal(1, ada.Count(CounterKind.MessageSettled, journey, "m", "sent"));
        Assert.Equal(1, ada.Count(CounterKind.MessageFeedback, journey, "m", "delivered"));
        Assert.Equal(1, ada.Count(CounterKind.MessageFeedback, journey, "m", "opened"));
        Assert.Equal(new MessageAnswer(key, MessageStatus.Opened, 1, 0), Assert.Single(ada.Last.MessageFeedback));
    }

    /// Semantics 10.5
    [Fact]
    public void A_click_implies_an_open_and_its_link_is_kept_once()
    {
        var (ada, journey, enrolment, key) = Mailed();
        ada.Run(new Stimulus.MessageSettled(enrolment, key, MessageStatus.Sent, null));

        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.Clicked, "shop"));
        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.Clicked, "shop"));

        Assert.Equal(["shop"], Held(ada, journey).Links);
        foreach (var kind in new[] { "delivered", "opened", "clicked" })
            Assert.Equal(1, ada.Count(CounterKind.MessageFeedback, journey, "m", kind));
    }

    /// Semantics 10.5
    [Fact]
    public void Feedback_after_the_end_is_counted_and_moves_nobody()
    {
        var (ada, journey, enrolment, key) = Mailed();
        ada.Does("on");
        Assert.Empty(ada.Ada.Enrolments);

        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.Opened, null, new(journey.Id, 1, "m", MessageStatus.Sent, false, false, "ada@example.org")));

        Assert.Equal(1, ada.Count(CounterKind.MessageFeedback, journey, "m", "opened"));
        Assert.Equal(new MessageAnswer(key, MessageStatus.Opened, 1, 0), Assert.Single(ada.Last.MessageFeedback));
        Assert.Empty(ada.Last.Enrolments);
        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.Opened, null, new(journey.Id, 1, "m", MessageStatus.Opened, true, false, "ada@example.org")));
        Assert.Equal(1, ada.Count(CounterKind.MessageFeedback, journey, "m", "opened"));
    }

    /// Semantics 10.8
    [Fact]
    public void A_message_in_doubt_is_settled_by_any_feedback()
    {
        var (ada, journey, enrolment, key) = Mailed();
        ada.Run(new Stimulus.MessageSettled(enrolment, key, MessageStatus.InDoubt, null));
        Assert.Equal(1, ada.Count(CounterKind.MessageSettled, journey, "m", "in-doubt"));

        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.Delivered, null));

        Assert.Equal((0, 1), (ada.Count(CounterKind.MessageSettled, journey, "m", "in-doubt"), ada.Count(CounterKind.MessageSettled, journey, "m", "sent")));
    }

    /// <summary>Semantics 10.8: sent again it waits again, counted and remembered so, and what becomes of it then counts; nobody is moved by the asking.</summary>
    [Theory]
    [InlineData(MessageStatus.InDoubt, "in-doubt")]
    [InlineData(MessageStatus.Failed, "failed")]
    public void A_message_that_failed_or_is_in_doubt_is_sent_again_when_somebody_asks(MessageStatus status, string edge)
    {
        var (ada, journey, enrolment, key) = Mailed();
        ada.Run(new Stimulus.MessageSettled(enrolment, key, status, null));

        ada.Run(new Stimulus.ResendRequested(enrolment, key, new(journey.Id, 1, "m", status, false, false, "ada@example.org")), Origin.Person);

        Assert.Equal((key, null), (ada.Last.Resend!.Value, ada.Last.Refused));
        Assert.Equal((MessageStatus.Pending, "w"), (Held(ada, journey).Status, ada.At(journey)));
        Assert.Equal(0, ada.Count(CounterKind.MessageSettled, journey, "m", edge));
        ada.Run(new Stimulus.MessageSettled(enrolment, key, MessageStatus.Sent, null));
        Assert.Equal((MessageStatus.Sent, 1), (Held(ada, journey).Status, ada.Count(CounterKind.MessageSettled, journey, "m", "sent")));
    }

    /// Semantics 10.8
    [Theory]
    [InlineData(MessageStatus.Pending, null)]
    [InlineData(MessageStatus.Skipped, "not-resendable")]
    [InlineData(MessageStatus.Sent, "not-resendable")]
    [InlineData(MessageStatus.Opened, "not-resendable")]
    [InlineData(MessageStatus.Bounced, "not-resendable")]
    [InlineData(MessageStatus.Cancelled, "not-resendable")]
    public void No_other_message_is_sent_again(MessageStatus status, string? refused)
    {
        var (ada, journey, enrolment, key) = Mailed();

        ada.Run(new Stimulus.ResendRequested(enrolment, key, new(journey.Id, 1, "m", status, false, false, "ada@example.org")), Origin.Person);

        Assert.Equal((null, refused), (ada.Last.Resend, ada.Last.Refused?.Code));
        Assert.Empty(ada.Last.Counters);
    }

    /// Semantics 10.4
    [Theory]
    [InlineData(FeedbackKind.Bounced)]
    [InlineData(FeedbackKind.Complained)]
    public void A_bounce_or_complaint_suppresses_the_address(FeedbackKind status)
    {
        var (ada, _, enrolment, key) = Mailed();

        ada.Run(new Stimulus.MessageFeedback(enrolment, key, status, null, new(new("j"), 1, "m", MessageStatus.Sent, false, false, "old@example.org")));

        Assert.Equal(["old@example.org"], ada.Ada.Suppressed);
        Assert.True(ada.Last.ContactChanged);
    }

    /// Semantics 10.5
    [Fact]
    public void A_point_whose_outcome_is_branched_on_waits_for_it_and_conditions_ask_what_became_of_messages()
    {
        var journey = new StoryJourney("j").StartsOn("go").Goal(StoryCondition.Opened).Mails("m").Point(
            "sent?",
            _ => Move.WaitFor(new(null, TimerQueue.Elapsed, "message")),
            (_, stimulus) => stimulus is Stimulus.MessageSettled settled ? Move.Follow(settled.Status == MessageStatus.Sent ? 0 : 1) : Move.Stay,
            Dependencies.None with { Messages = true },
            ("sent", null), ("failed", "x")).Awaits("w", "on").Tags("x", "failed");
        var ada = new Story(journey);
        ada.Does("go");
        var (enrolment, key) = (ada.In(journey).Id, ada.Messages.Single().Key);

        ada.Run(new Stimulus.MessageSettled(enrolment, key, MessageStatus.Sent, null));
        Assert.Equal("w", ada.At(journey));
        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.Opened, null));
        Assert.Equal(Outcome.Successful, ada.EndOf(journey).Outcome);
    }

    /// Semantics 10.6
    [Fact]
    public void An_exit_or_removal_cancels_unsent_messages_and_an_ordinary_end_does_not()
    {
        var exits = new StoryJourney("exits").StartsOn("go").Exit("x", StoryCondition.HasTag("x")).Mails("m").Awaits("w", "on");
        var removed = new StoryJourney("removed").StartsOn("go").Mails("m").Awaits("w", "never");
        var ends = new StoryJourney("ends").StartsOn("go").Mails("m").Awaits("w", "on");
        var ada = new Story(exits, removed, ends);
        ada.Does("go");
        var (exit, removal) = (ada.In(exits).Id, ada.In(removed).Id);

        ada.Does("on", edits: [new ContactEdit.AddTag("x")]);
        Assert.Equal([exit], ada.Last.CancelMessagesOf);
        Assert.Equal(Outcome.Completed, ada.EndOf(ends).Outcome);
        ada.Run(new Stimulus.RemoveRequested(removal, null, null));
        Assert.Equal([removal], ada.Last.CancelMessagesOf);
    }

    /// Semantics 10.6
    [Fact]
    public void What_was_sent_is_not_cancelled_and_a_goal_by_the_runs_own_hand_lets_its_mail_go()
    {
        var (ada, _, enrolment, key) = Mailed();
        ada.Run(new Stimulus.MessageSettled(enrolment, key, MessageStatus.Sent, null));
        ada.Run(new Stimulus.RemoveRequested(enrolment, null, null));
        Assert.Empty(ada.Last.CancelMessagesOf);

        var own = new StoryJourney("own").StartsOn("go").Goal(StoryCondition.HasTag("done")).Mails("m").Tags("t", "done");
        var bea = new Story(own);
        bea.Does("go");
        Assert.Equal(Outcome.Successful, bea.EndOf(own).Outcome);
        Assert.Empty(bea.Last.CancelMessagesOf);
    }
}
