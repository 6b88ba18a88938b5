using System.Net;
using System.Net.Sockets;
using Parcours.Channels.Smtp;

namespace Parcours.Channels.Tests.Smtp;

/// <summary>Servers that refuse, stall, cut the line and talk nonsense, at every moment of the dialogue; what is said of the mail follows from what the server can have.</summary>
public class VerdictTests
{
    public enum Act { Temporary, Permanent, Closing, Garbage, Stall, Cut, CutTaken, GoodThenCut, LongLine, EndlessAnswer, Unasked }

    static SinkAct Made(Act act) => act switch
    {
        Act.Temporary => new SinkAct.Says("451 4.3.0 not now\r\n"),
        Act.Permanent => new SinkAct.Says("550 5.1.1 no such thing\r\n"),
        Act.Closing => new SinkAct.SaysAndCuts("421 4.3.2 closing\r\n"),
        Act.Garbage => new SinkAct.Says("HTTP/1.1 400 Bad Request\r\n"),
        Act.Stall => new SinkAct.Stalls(),
        Act.Cut => new SinkAct.Cuts(),
        Act.CutTaken => new SinkAct.Cuts(Taken: true),
        Act.GoodThenCut => new SinkAct.SaysAndCuts("250 2.0.0 ok\r\n"),
        Act.LongLine => new SinkAct.Says("250 " + new string('x', 100_000) + "\r\n"),
        Act.EndlessAnswer => new SinkAct.Says(string.Concat(Enumerable.Repeat("250-more\r\n", 1_000))),
        _ => new SinkAct.Says("354 go on\r\n"),
    };

    public static TheoryData<SinkMomentName, Act, SmtpOutcome, bool> Cases()
    {
        var cases = new TheoryData<SinkMomentName, Act, SmtpOutcome, bool>();
        void Add(SinkMoment moment, SmtpOutcome outcome, params Act[] acts)
        {
            foreach (var act in acts)
                foreach (var pipelining in new[] { true, false })
                    cases.Add(new(moment.ToString()), act, outcome, pipelining);
        }

        Add(SinkMoment.Greeting, SmtpOutcome.Later, Act.Temporary, Act.Permanent, Act.Closing, Act.Garbage, Act.Stall, Act.Cut, Act.GoodThenCut, Act.LongLine, Act.EndlessAnswer);
        Add(SinkMoment.Ehlo, SmtpOutcome.Later, Act.Temporary, Act.Permanent, Act.Closing, Act.Garbage, Act.Stall, Act.Cut, Act.GoodThenCut, Act.LongLine, Act.EndlessAnswer, Act.Unasked);
        Add(SinkMoment.Mail, SmtpOutcome.Later, Act.Temporary, Act.Permanent, Act.Closing, Act.Garbage, Act.Stall, Act.Cut, Act.GoodThenCut, Act.LongLine, Act.EndlessAnswer, Act.Unasked);
        Add(SinkMoment.Rcpt, SmtpOutcome.Later, Act.Temporary, Act.Closing, Act.Garbage, Act.Stall, Act.Cut, Act.GoodThenCut, Act.LongLine, Act.EndlessAnswer, Act.Unasked);
        Add(SinkMoment.Rcpt, SmtpOutcome.Refused, Act.Permanent);
        Add(SinkMoment.Data, SmtpOutcome.Later, Act.Temporary, Act.Closing, Act.Garbage, Act.Stall, Act.Cut, Act.GoodThenCut, Act.LongLine, Act.EndlessAnswer);
        Add(SinkMoment.Data, SmtpOutcome.Refused, Act.Permanent);
        Add(SinkMoment.Content, SmtpOutcome.InDoubt, Act.Cut, Act.Stall);
        Add(SinkMoment.Dot, SmtpOutcome.Later, Act.Temporary, Act.Closing);
        Add(SinkMoment.Dot, SmtpOutcome.Refused, Act.Permanent);
        Add(SinkMoment.Dot, SmtpOutcome.InDoubt, Act.Garbage, Act.Stall, Act.Cut, Act.CutTaken, Act.LongLine, Act.EndlessAnswer, Act.Unasked);
        Add(SinkMoment.Dot, SmtpOutcome.Taken, Act.GoodThenCut);
        return cases;
    }

    /// <summary>Theory data must be public; the sink is not.</summary>
    public sealed record SinkMomentName(string Name)
    {
        internal SinkMoment Moment => Enum.Parse<SinkMoment>(Name);

        public override string ToString() => Name;
    }

    /// Semantics 10.7, 10.8
    [Theory, MemberData(nameof(Cases))]
    public async Task A_verdict_says_what_the_server_can_have(SinkMomentName moment, Act act, SmtpOutcome outcome, bool pipelining)
    {
        using var room = new Mailroom(patient: act != Act.Stall);
        if (!pipelining)
            room.Sink.Offers = ["8BITMIME"];
        room.Sink.Behaves = (at, _) => at == moment.Moment ? Made(act) : new SinkAct.Well();

        var verdict = await room.Post();

        Assert.Equal((outcome, outcome == SmtpOutcome.Taken), (verdict.Outcome, verdict.Why is null));
        Assert.True(verdict.Why is null || verdict.Why.StartsWith("smtp: ", StringComparison.Ordinal), verdict.Why);
        var (least, most) = outcome switch { SmtpOutcome.Taken => (1, 1), SmtpOutcome.InDoubt => (0, 1), _ => (0, 0) };
        Assert.InRange(room.Sink.Mails.Count, act == Act.CutTaken ? 1 : least, most);
        Assert.Equal(0, room.Bag.SettledTwice);
    }

    [Fact]
    public async Task Where_nobody_listens_mails_wait_and_that_is_told_once()
    {
        using var room = new Mailroom();
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            room.Settings = room.Settings with { Port = ((IPEndPoint)listener.LocalEndpoint).Port };
        }

        var posts = Enumerable.Range(0, 20).Select(number => room.Post($"u{number}@example.org")).ToList();
        var first = await await Task.WhenAny(posts);

        Assert.Equal(SmtpOutcome.Later, first.Outcome);
        // One found it out; the others are not taken only to be put back.
        Assert.InRange(posts.Count(post => post.IsCompleted), 1, 10);
        Assert.StartsWith("Mails wait: no connection to localhost:", Assert.Single(room.Reports), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpOutcome.Refused, SmtpStage.Mail, "552 5.3.4 too large")]
    [InlineData(SmtpOutcome.Refused, SmtpStage.Mail, "550 5.6.7 no such addresses here")]
    [InlineData(SmtpOutcome.Later, SmtpStage.Mail, "530 5.7.0 log in first")]
    [InlineData(SmtpOutcome.Later, SmtpStage.Mail, "553 5.1.8 not your address")]
    [InlineData(SmtpOutcome.Later, SmtpStage.Recipient, "530 5.7.0 log in first")]
    [InlineData(SmtpOutcome.Later, SmtpStage.Recipient, "550 5.7.1 relaying denied")]
    [InlineData(SmtpOutcome.Refused, SmtpStage.Recipient, "550 5.1.1 nobody of that name")]
    [InlineData(SmtpOutcome.Later, SmtpStage.Recipient, "452 4.2.2 mailbox full")]
    [InlineData(SmtpOutcome.Refused, SmtpStage.Recipient, "501 5.1.3 that is no address")]
    [InlineData(SmtpOutcome.Refused, SmtpStage.Recipient, "551 go elsewhere")]
    [InlineData(SmtpOutcome.Later, SmtpStage.Data, "503 5.5.1 not yet")]
    [InlineData(SmtpOutcome.Refused, SmtpStage.Content, "554 5.7.1 that is spam")]
    [InlineData(SmtpOutcome.Refused, SmtpStage.Content, "552 5.2.2 mailbox full")]
    [InlineData(SmtpOutcome.Later, SmtpStage.Content, "451 4.7.1 later")]
    public async Task A_refusal_that_every_mail_would_meet_alike_is_no_reason_to_fail_this_one(SmtpOutcome outcome, SmtpStage stage, string answer)
    {
        using var room = new Mailroom();
        var moment = stage switch { SmtpStage.Mail => SinkMoment.Mail, SmtpStage.Recipient => SinkMoment.Rcpt, SmtpStage.Data => SinkMoment.Data, _ => SinkMoment.Dot };
        room.Sink.Behaves = (at, _) => at == moment ? new SinkAct.Says(answer + "\r\n") : new SinkAct.Well();

        var verdict = await room.Post();

        var words = answer.Split(' ');
        Assert.Equal((outcome, int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture), words[1].Contains('.') ? words[1] : null), (verdict.Outcome, verdict.Code, verdict.Status));
        Assert.Contains(answer, verdict.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_refusal_in_many_lines_is_one_short_line()
    {
        using var room = new Mailroom();
        room.Sink.Behaves = (at, _) => at == SinkMoment.Rcpt ? new SinkAct.Says($"550-5.7.1 first\u0007 line {new string('é', 3_000)}\r\n550-5.7.1 second\r\n550 5.7.1 last\r\n") : new SinkAct.Well();

        var verdict = await room.Post();

        // A matter of policy: of who may send, mostly.
        Assert.Equal((SmtpOutcome.Later, "5.7.1"), (verdict.Outcome, verdict.Status));
        Assert.StartsWith("smtp: 550 5.7.1 first  line é", verdict.Why, StringComparison.Ordinal);
        Assert.InRange(verdict.Why!.Length, 200, 260);
        Assert.DoesNotContain(verdict.Why, char.IsControl);
    }

    [Fact]
    public async Task Of_a_long_mail_that_is_cut_in_its_midst_it_is_known_that_nobody_has_it()
    {
        using var room = new Mailroom();
        room.Sink.Offers = ["PIPELINING"];
        room.Sink.Behaves = (at, _) => at == SinkMoment.Content ? new SinkAct.Cuts() : new SinkAct.Well();
        room.Bag.Content = _ => [.. "Subject: long\r\n\r\n"u8, .. Enumerable.Repeat("0123456789abcdef0123456789abcdef\r\n"u8.ToArray(), 1_000_000).SelectMany(line => line)];

        var verdict = await room.Post();

        Assert.Equal(SmtpOutcome.Later, verdict.Outcome);
    }

    [Fact]
    public async Task A_server_that_knows_HELO_only_and_one_that_drips_its_answers_get_their_mail()
    {
        using var old = new Mailroom();
        old.Sink.Offers = null;
        using var slow = new Mailroom();
        slow.Sink.Drips = true;

        Assert.Equal(SmtpOutcome.Taken, (await old.Post()).Outcome);
        Assert.Contains(old.Sink.Heard, line => line.StartsWith("HELO ", StringComparison.Ordinal));
        Assert.Equal(SmtpOutcome.Taken, (await slow.Post()).Outcome);
    }

    [Fact]
    public async Task What_begins_is_finished_or_given_up_when_the_pool_ends()
    {
        using var room = new Mailroom(patient: false);
        room.Settings = room.Settings with { Connections = 2, Timeouts = new SmtpTimeouts { Stop = TimeSpan.FromMilliseconds(50) } };
        using var reached = new CountdownEvent(2);
        room.Sink.Behaves = (at, said) =>
        {
            if (at != SinkMoment.Dot && !(at == SinkMoment.Rcpt && said.Contains("bob", StringComparison.Ordinal)))
                return new SinkAct.Well();
            if (!reached.IsSet)
                reached.Signal();
            return new SinkAct.Stalls();
        };
        var (ada, bob) = (room.Post("ada@example.org"), room.Post("bob@example.org"));
        Assert.True(reached.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));

        room.Stop();

        Assert.Equal((SmtpOutcome.InDoubt, SmtpOutcome.Later), ((await ada).Outcome, (await bob).Outcome));
    }
}
