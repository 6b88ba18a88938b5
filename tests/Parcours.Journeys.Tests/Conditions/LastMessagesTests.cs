using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Tests.Conditions;

/// <summary>Conditions on the last messages of a contact, of all journeys. Semantics 7.1, 7.2.</summary>
public sealed class LastMessagesTests
{
    const string NoneOpened = "{'kind':'lastMessages','count':2,'is':'noneOpened'}";
    const string NoneClicked = "{'kind':'lastMessages','count':2,'is':'noneClicked'}";

    static readonly JourneyId Sender = new("sender");

    static MessageKey Key(int number) => MessageKey.Of(new(Guid.Empty), "mail", number, "email");
    static MessageFacts Facts(MessageStatus status, string channel = "email") => new(Sender, 1, "mail", status, false, false, "ada@example.org") { Channel = channel };

    /// <summary>The messages are of enrolments that are over long since: what is known of them comes with the stimulus.</summary>
    static Trip Ada(string condition, string start = "{'kind':'hand','id':'in','next':'p'}", string points = "{'p':{'kind':'end','outcome':'completed'}}", string settings = "{}") =>
        Trip.Through(points, start, settings).Segment("quiet", condition);

    static Trip IsSent(Trip trip, int number, string channel = "email") => trip.Passes("PT1H").Run(new Stimulus.MessageSettled(default, Key(number), MessageStatus.Sent, null, Facts(MessageStatus.Pending, channel)));
    static Trip Does(Trip trip, int number, FeedbackKind kind) => trip.Passes("PT1H").Run(new Stimulus.MessageFeedback(default, Key(number), kind, null, Facts(MessageStatus.Sent)));
    static bool IsQuiet(Trip trip) => trip.Ada.Segments.Contains("quiet");

    [Fact]
    public void It_holds_once_so_many_were_sent_and_none_was_opened()
    {
        var trip = Ada(NoneOpened);
        Assert.False(IsQuiet(IsSent(trip, 1)));
        Assert.True(IsQuiet(IsSent(trip, 2)));
        // A late open, of a message that still counts; then one of a message that does no longer.
        Assert.False(IsQuiet(Does(trip, 1, FeedbackKind.Opened)));
        Assert.True(IsQuiet(IsSent(trip, 3)));
        Assert.True(IsQuiet(Does(trip, 1, FeedbackKind.Opened)));
        Assert.False(IsQuiet(Does(trip, 3, FeedbackKind.Clicked)));
    }

    [Fact]
    public void An_open_is_no_click_and_what_a_program_does_is_neither()
    {
        var trip = Ada(NoneClicked);
        IsSent(IsSent(trip, 1), 2);
        Assert.True(IsQuiet(Does(trip, 2, FeedbackKind.Opened)));
        Assert.True(IsQuiet(Does(trip, 2, FeedbackKind.MachineClicked)));
        Assert.False(IsQuiet(Does(trip, 2, FeedbackKind.Clicked)));

        var read = Ada(NoneOpened);
        Assert.True(IsQuiet(Does(IsSent(IsSent(read, 1), 2), 2, FeedbackKind.MachineOpened)));
    }

    [Fact]
    public void Messages_of_other_channels_and_those_that_were_not_sent_do_not_count()
    {
        var trip = Ada(NoneOpened);
        IsSent(IsSent(trip, 1), 2, "sms");
        trip.Run(new Stimulus.MessageSettled(default, Key(3), MessageStatus.Failed, "address", Facts(MessageStatus.Pending)));

        Assert.False(IsQuiet(trip));
    }

    /// <summary>An open that is told before its sending is settled counts.</summary>
    [Fact]
    public void An_open_may_come_first()
    {
        var trip = Ada(NoneOpened);
        trip.Run(new Stimulus.MessageFeedback(default, Key(2), FeedbackKind.Opened, null, Facts(MessageStatus.Pending)));
        trip.Run(new Stimulus.MessageSettled(default, Key(2), MessageStatus.Sent, null, Facts(MessageStatus.Opened)));
        Assert.False(IsQuiet(IsSent(trip, 1)));
    }

    /// <summary>A journey starts by the segment, and a wait and an exit hear it themselves.</summary>
    [Fact]
    public void Starts_waits_and_exits_hear_of_a_message_that_was_sent()
    {
        var started = Ada(NoneOpened, "{'kind':'segmentEntered','id':'in','segment':'quiet','next':'p'}");
        IsSent(IsSent(started, 1), 2);
        Assert.Single(started.Enrolments);

        var waits = Ada(NoneOpened, "{'kind':'event','id':'in','events':['Begin'],'next':'p'}", $"{{'p':{{'kind':'waitUntilTrue','condition':{NoneOpened},'next':'e'}},'e':{{'kind':'end','outcome':'successful'}}}}").Does("Begin");
        Assert.True(IsSent(waits, 1).IsInside);
        Assert.False(IsSent(waits, 2).IsInside);

        var exits = Ada(NoneOpened, "{'kind':'event','id':'in','events':['Begin'],'next':'p'}", "{'p':{'kind':'delay','for':'P9D','next':'e'},'e':{'kind':'end','outcome':'successful'}}", $"{{'exits':[{{'name':'asleep','when':{NoneOpened}}}]}}").Does("Begin");
        IsSent(IsSent(exits, 1), 2);
        Assert.Equal((Parcours.Journeys.Machine.Outcome.Exited, "asleep"), (exits.End.Outcome, exits.End.Why));
    }

    [Fact]
    public void It_says_what_it_found()
    {
        var trip = Ada(NoneOpened);
        Does(IsSent(IsSent(trip, 1), 2), 2, FeedbackKind.Opened);
        var told = ConditionCompiler.Compile(Condition.FromJson(NoneOpened.Replace('\'', '"'))).Explain(new(trip.Ada, trip.Now));

        Assert.Equal(("lastMessages", "email", "noneOpened of the last 2", "1 of 2", false), (told.Kind, told.Subject, told.Expected, told.Actual, told.Holds));
    }

    /// <summary>Semantics 7.1: whatever comes first, and however often, the memory is the same; and it survives being stored.</summary>
    [Fact]
    public void The_order_in_which_it_hears_does_not_matter() => Prop.ForAll(
        Gen.Choose(0, 5).Zip(Gen.Choose(0, 2)).ListOf(20).ToArbitrary(),
        drawn =>
        {
            var aggregate = new LastMessagesAggregate("email", 3);
            ContactEvent Told((int Message, int What) one) => LastMessagesAggregate.Sent("email", Key(one.Message), Trip.Monday9am + Duration.FromHours(one.Message)) with
            {
                Name = one.What switch { 0 => "email_sent", 1 => "email_opened", _ => "email_clicked" },
            };
            // Of each message its sending is told, so that all that is known of it counts.
            var all = drawn.Concat(Enumerable.Range(0, 6).Select(message => (message, 0))).Select(Told).ToList();
            AggregateMemory Of(IEnumerable<ContactEvent> events) => events.Aggregate((AggregateMemory?)null, (memory, occurred) => aggregate.Add(memory, occurred, Trip.Monday9am))!;
            string Answer(AggregateMemory memory) => string.Join(" ", ((MessagesMemory)memory).OfLatest(3, sent: true));
            var whole = Of(all);
            var halves = Of(all.Take(13)).Merge(Of(all.Skip(13)));
            var bytes = new System.Buffers.ArrayBufferWriter<byte>();
            whole.Write(bytes);
            return Answer(whole) == Answer(halves) && Answer(halves) == Answer(Of(all.Skip(13)).Merge(Of(all.Take(13)))) && aggregate.Read(bytes.WrittenSpan).Equals(whole);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
}
