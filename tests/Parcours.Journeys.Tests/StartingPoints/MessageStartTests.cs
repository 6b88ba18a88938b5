using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Tests.StartingPoints;

/// <summary>Something becomes of an e-mail of any journey, or nothing does in time. Semantics 6.17.</summary>
public sealed class MessageStartTests
{
    static readonly Instant Nine = Trip.Monday9am;

    static Trip Starts(string fields) =>
        Trip.Through("{'p':{'kind':'end','outcome':'successful'}}", $"{{'kind':'message','id':'in',{fields},'next':'p'}}", "{'reEntry':{'kind':'afterLeaving'}}");

    static MessageKey Key(int number) => MessageKey.Of(default, "mail", number, "email");
    static MessageFacts Facts(string content, MessageStatus status) => new(new("other"), 1, "mail", status, false, false, null) { Content = content, Topic = "news" };

    static Trip Sends(Trip trip, int number = 1, string content = "hello", MessageStatus status = MessageStatus.Sent) =>
        trip.Run(new Stimulus.MessageSettled(default, Key(number), status, null, Facts(content, MessageStatus.Pending)));

    static Trip Hears(Trip trip, FeedbackKind kind, int number = 1, string content = "hello", string? link = null) =>
        trip.Run(new Stimulus.MessageFeedback(default, Key(number), kind, link, Facts(content, MessageStatus.Sent)));

    static IEnumerable<Instant> Entries(Trip trip) => trip.Enrolments.Select(enrolment => enrolment.StartedAt).Distinct();
    static Instant Day(double days) => Nine + Duration.FromDays(days);

    /// <summary>Semantics 6.17: when the outbox has handed it over, with what is known of the message as the data.</summary>
    [Fact]
    public void A_message_that_was_sent_starts_it()
    {
        var trip = Sends(Starts("'is':'sent'"));

        var entered = Assert.Single(trip.Enrolments);
        Assert.Equal(("email_sent", $"{Key(1)}", "hello", "other", "mail", "news"), (entered.StartEvent, entered.Data["message"].ToString(), entered.Data["content"].ToString(), entered.Data["journey"].ToString(), entered.Data["point"].ToString(), entered.Data["topic"].ToString()));
        Assert.Empty(trip.Recorded);
        Assert.Empty(Sends(Starts("'is':'sent'"), status: MessageStatus.Skipped).Enrolments);
        Assert.Empty(Sends(Starts("'is':'sent','content':'bye'")).Enrolments);
        Assert.Single(Sends(Starts("'is':'sent','content':'hello','journey':'other'")).Enrolments);
        Assert.Empty(Sends(Starts("'is':'sent','journey':'third'")).Enrolments);
    }

    [Theory]
    [InlineData("'is':'delivered'", FeedbackKind.Delivered, true)]
    [InlineData("'is':'opened'", FeedbackKind.Opened, true)]
    [InlineData("'is':'opened'", FeedbackKind.Clicked, true)]
    [InlineData("'is':'opened'", FeedbackKind.MachineOpened, false)]
    [InlineData("'is':'clicked'", FeedbackKind.Clicked, true)]
    [InlineData("'is':'clicked'", FeedbackKind.Opened, false)]
    [InlineData("'is':'clicked','link':'sale'", FeedbackKind.Clicked, true)]
    [InlineData("'is':'clicked','link':'about'", FeedbackKind.Clicked, false)]
    [InlineData("'is':'replied'", FeedbackKind.Replied, true)]
    [InlineData("'is':'bounced'", FeedbackKind.Bounced, true)]
    [InlineData("'is':'bounced'", FeedbackKind.SoftBounced, false)]
    [InlineData("'is':'complained'", FeedbackKind.Complained, true)]
    [InlineData("'is':'unsubscribed'", FeedbackKind.Unsubscribed, true)]
    [InlineData("'is':'opened','content':'hello','journey':'other'", FeedbackKind.Opened, true)]
    [InlineData("'is':'opened','content':'bye'", FeedbackKind.Opened, false)]
    public void What_becomes_of_a_message_starts_it(string fields, FeedbackKind kind, bool starts) =>
        Assert.Equal(starts, Hears(Starts(fields), kind, link: kind == FeedbackKind.Clicked ? "sale" : null).Enrolments.Count > 0);

    /// <summary>Semantics 6.17: each message has its own time; what comes back of one answers that one alone.</summary>
    [Fact]
    public void A_message_that_nothing_comes_back_of_starts_it_when_its_time_is_over()
    {
        var trip = Sends(Starts("'is':'notOpened','within':'P3D'")).Passes("P1D");
        Sends(trip, 2).Passes("P1D");
        Assert.Equal([Day(3), Day(4)], Entries(trip.Passes("P9D")));
        Assert.Equal([$"{Key(1)}", $"{Key(2)}"], trip.Enrolments.Select(enrolment => enrolment.Data["message"].ToString()).Distinct());
        Assert.Empty(trip.Ada.Abandoned);

        var opened = Sends(Starts("'is':'notOpened','within':'P3D'")).Passes("P1D");
        Hears(Sends(opened, 2), FeedbackKind.Opened).Passes("P9D");
        Assert.Equal([Day(4)], Entries(opened));
    }

    [Theory]
    [InlineData("notOpened", FeedbackKind.Opened, false)]
    [InlineData("notOpened", FeedbackKind.Clicked, false)]
    [InlineData("notOpened", FeedbackKind.MachineOpened, true)]
    [InlineData("notOpened", FeedbackKind.Delivered, true)]
    [InlineData("notClicked", FeedbackKind.Opened, true)]
    [InlineData("notClicked", FeedbackKind.Clicked, false)]
    public void What_comes_back_in_time_answers_it(string what, FeedbackKind kind, bool starts) =>
        Assert.Equal(starts, Hears(Sends(Starts($"'is':'{what}','within':'P3D'")).Passes("P2D"), kind).Passes("P9D").Enrolments.Count > 0);

    [Fact]
    public void What_comes_back_too_late_takes_nothing_back_and_two_at_once_come_one_after_the_other()
    {
        Assert.Equal([Day(3)], Entries(Hears(Sends(Starts("'is':'notOpened','within':'P3D'")).Passes("P4D"), FeedbackKind.Opened).Passes("P9D")));

        var both = Sends(Sends(Starts("'is':'notOpened','within':'P3D'")), 2).Passes("P9D");
        Assert.Equal([Day(3), Day(3) + Duration.FromNanoseconds(1_000)], Entries(both));
    }

    /// <summary>Cost does not grow with what is sent: of a contact the latest twenty messages are waited for.</summary>
    [Fact]
    public void No_more_than_twenty_messages_are_waited_for()
    {
        var trip = Starts("'is':'notOpened','within':'P3D'");
        for (var number = 0; number < 30; number++)
            Sends(trip, number);

        Assert.Equal(20, Assert.Single(trip.Ada.Abandoned).Value.Seen.Length);
    }

    /// <summary>Semantics 4.6: what either was sent is waited for.</summary>
    [Fact]
    public void A_merged_contact_brings_what_it_was_sent()
    {
        var other = Sends(Starts("'is':'notOpened','within':'P3D'").IsContact(2), 2).Ada;
        var trip = Sends(Starts("'is':'notOpened','within':'P3D'").Passes("P1D")).Run(new Stimulus.Absorbed(other), Origin.Merge);

        Assert.Equal([Day(3), Day(4)], Entries(trip.Passes("P9D")));
    }

    /// <summary>The filter is asked when it comes.</summary>
    [Fact]
    public void The_filter_is_asked_when_the_time_is_over()
    {
        const string Filtered = "'is':'notOpened','within':'P3D','filter':{'kind':'tag','name':'t'}";

        Assert.Empty(Sends(Starts(Filtered)).Passes("P9D").Enrolments);
        Assert.NotEmpty(Sends(Starts(Filtered)).Passes("P1D").Changes(new ContactEdit.AddTag("t")).Passes("P9D").Enrolments);
    }

    /// <summary>Nobody asks: nothing is kept.</summary>
    [Fact]
    public void Without_such_a_starting_point_nothing_is_noted() =>
        Assert.Empty(Sends(Trip.Through("{'p':{'kind':'end','outcome':'successful'}}")).Ada.Abandoned);
}
