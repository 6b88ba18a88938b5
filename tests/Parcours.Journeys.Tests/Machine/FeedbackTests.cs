using NodaTime;
using Parcours.Journeys.Activities;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Tests.Machine;

/// <summary>What people do with messages, as everybody hears of it.</summary>
public sealed class FeedbackTests
{
    static StoryJourney Journey() => new StoryJourney("j").StartsOn("go").ReEnters(ReEntry.Never).Mails("m").Awaits("w", "on");

    static (Story Ada, StoryJourney Journey, EnrolmentId Enrolment, MessageKey Key) Mailed(params StoryJourney[] others)
    {
        var journey = Journey();
        var ada = new Story([journey, .. others]);
        ada.Does("go");
        var (enrolment, key) = (ada.In(journey).Id, ada.Messages.Single().Key);
        ada.Run(new Stimulus.MessageSettled(enrolment, key, MessageStatus.Sent, null));
        return (ada, journey, enrolment, key);
    }

    static MessageFacts Facts(int opens = 0, int clicks = 0) =>
        new(new("j"), 1, "m", MessageStatus.Sent, opens + clicks > 0, clicks > 0, "ada@example.org") { Topic = "news", Content = "hello", Opens = opens, Clicks = clicks };

    /// Semantics 10.5
    [Fact]
    public void A_click_is_an_event_with_its_link_which_starts_other_journeys()
    {
        var other = new StoryJourney("other").StartsOn("email_clicked").Awaits("w", "on");
        var (ada, _, enrolment, key) = Mailed(other);

        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.Clicked, "sale", Facts()));

        var occurred = Assert.Single(ada.Last.RecordedEvents);
        Assert.Equal(("email_clicked", "sale", "m", "news", "hello"), (
            occurred.Name, occurred.Properties["link"].AsText, occurred.Properties["point"].AsText, occurred.Properties["topic"].AsText, occurred.Properties["content"].AsText));
        Assert.Equal("w", ada.At(other));
    }

    /// Semantics 10.9
    [Fact]
    public void Opens_and_clicks_beyond_a_hundred_are_counted_and_not_kept()
    {
        var (ada, journey, enrolment, key) = Mailed();

        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.Clicked, "99th", Facts(opens: 90, clicks: 9)));
        Assert.Single(ada.Last.RecordedEvents);
        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.Clicked, "101st", Facts(opens: 90, clicks: 10)));

        Assert.Empty(ada.Last.RecordedEvents);
        Assert.Equal(["99th"], ada.In(journey).Messages.Single().Links);
        Assert.Equal(2, ada.Count(CounterKind.MessageFeedback, journey, "m", "clicks"));
        Assert.Equal(new MessageAnswer(key, MessageStatus.Clicked, 90, 11), Assert.Single(ada.Last.MessageFeedback));
    }

    /// Semantics 10.9
    [Theory]
    [InlineData(FeedbackKind.MachineOpened, MessageStatus.Delivered, "machine-opens")]
    [InlineData(FeedbackKind.MachineClicked, MessageStatus.Sent, "machine-clicks")]
    public void What_a_program_did_is_counted_apart_and_is_no_event(FeedbackKind kind, MessageStatus status, string edge)
    {
        var (ada, journey, enrolment, key) = Mailed();

        ada.Run(new Stimulus.MessageFeedback(enrolment, key, kind, null, Facts()));

        Assert.Empty(ada.Last.RecordedEvents);
        Assert.Equal((1, 0, 0), (ada.Count(CounterKind.MessageFeedback, journey, "m", edge), ada.Count(CounterKind.MessageFeedback, journey, "m", "opened"), ada.Count(CounterKind.MessageFeedback, journey, "m", "opens")));
        Assert.Equal((status, false), (ada.In(journey).Messages.Single().Status, ada.In(journey).Messages.Single().Opened));
    }

    /// Semantics 10.4
    [Fact]
    public void Who_unsubscribes_by_a_message_refuses_its_topic_once_and_exits_act()
    {
        var exits = new StoryJourney("exits").StartsOn("go").Exit("left", StoryCondition.Did("email_unsubscribed")).Awaits("w", "on");
        var (ada, journey, enrolment, key) = Mailed(exits);

        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.Unsubscribed, null, Facts()));
        Assert.Equal("email_unsubscribed", Assert.Single(ada.Last.RecordedEvents).Name);
        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.Unsubscribed, null, Facts()));

        Assert.Empty(ada.Last.RecordedEvents);
        Assert.Equal(ConsentState.Refused, ada.Ada.Consent("email", "news"));
        Assert.Equal(ConsentState.Unknown, ada.Ada.Consent("email", "offers"));
        Assert.Equal(1, ada.Count(CounterKind.MessageFeedback, journey, "m", "unsubscribed"));
        Assert.Equal(Outcome.Exited, ada.EndOf(exits).Outcome);
    }

    /// Semantics 10.4
    [Fact]
    public void Leaving_all_refuses_every_topic_of_the_channel()
    {
        var (ada, _, enrolment, key) = Mailed();

        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.Unsubscribed, null, Facts()) { Detail = "*" });

        Assert.Equal(ConsentState.Refused, ada.Ada.Consent("email", "offers"));
        Assert.Equal("*", Assert.Single(ada.Last.RecordedEvents).Properties["topic"].AsText);
        Assert.Empty(ada.Ada.Suppressed);
    }

    /// Semantics 10.4
    [Fact]
    public void A_soft_bounce_suppresses_nobody_and_says_why()
    {
        var (ada, _, enrolment, key) = Mailed();

        ada.Run(new Stimulus.MessageFeedback(enrolment, key, FeedbackKind.SoftBounced, null, Facts()) { Detail = "4.2.2 mailbox full" });

        Assert.Empty(ada.Ada.Suppressed);
        Assert.Equal("4.2.2 mailbox full", Assert.Single(ada.Last.RecordedEvents).Properties["reason"].AsText);
    }

    /// Semantics 2.4
    [Theory]
    [InlineData(MessageReaction.Opened, FeedbackKind.Opened, null, true)]
    [InlineData(MessageReaction.Opened, FeedbackKind.Clicked, "any", true)]
    [InlineData(MessageReaction.Opened, FeedbackKind.MachineOpened, null, false)]
    [InlineData(MessageReaction.Clicked, FeedbackKind.Clicked, "sale", true)]
    [InlineData(MessageReaction.Clicked, FeedbackKind.Clicked, "other", false)]
    [InlineData(MessageReaction.Clicked, FeedbackKind.Opened, null, false)]
    [InlineData(MessageReaction.Delivered, FeedbackKind.MachineOpened, null, true)]
    [InlineData(MessageReaction.Replied, FeedbackKind.Replied, null, true)]
    [InlineData(MessageReaction.Bounced, FeedbackKind.SoftBounced, null, false)]
    public void A_wait_hears_what_the_contact_does_with_the_message_of_a_point(MessageReaction wanted, FeedbackKind kind, string? link, bool goesOn)
    {
        var (id, contact) = (EnrolmentId.Of(new("j"), default, 1), new Contact(default, Story.Monday9am));
        var message = new EnrolmentMessage(MessageKey.Of(id, "m", 1, "email"), "m", 1, MessageStatus.Sent, Story.Monday9am, false, false, [], 1);
        var enrolment = new Enrolment
        {
            Id = id,
            Contact = default,
            Journey = new("j"),
            Version = 1,
            Number = 1,
            StartedAt = Story.Monday9am,
            StartOccurredAt = Story.Monday9am,
            StartingPoint = "in",
            State = new EnrolmentState.Waiting("w", Story.Monday9am, new(null, TimerQueue.Elapsed, "activity")),
            Messages = [message],
        };
        var activity = new MessageActivity { Point = "m", Is = wanted, Link = wanted == MessageReaction.Clicked ? "sale" : null }.Compile(null!);
        var context = new Parcours.Journeys.Conditions.ConditionContext(contact, Story.Monday9am, null, enrolment, DateTimeZone.Utc);

        Assert.Equal(goesOn, activity.Matches(new Stimulus.MessageFeedback(id, message.Key, kind, link), context));
        Assert.False(activity.Matches(new Stimulus.MessageFeedback(id, MessageKey.Of(id, "other", 1, "email"), kind, link), context));
    }
}
