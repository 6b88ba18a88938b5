using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parcours.Channels.Smtp;

namespace Parcours.Channels.Tests.Smtp;

/// <summary>What is said to a server, mail after mail, on lines that are kept.</summary>
public class DialogueTests
{
    static readonly string[] Chunking = ["PIPELINING", "CHUNKING", "SIZE 10240000", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Five_hundred_mails_arrive_each_once_at_the_right_recipient_over_few_lines(bool chunking)
    {
        using var room = new Mailroom();
        if (chunking)
            room.Sink.Offers = Chunking;
        room.Settings = room.Settings with { Connections = 4 };

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 500).Select(number => room.Post($"u{number}@example.org")));

        Assert.All(verdicts, verdict => Assert.Equal(SmtpOutcome.Taken, verdict.Outcome));
        Assert.Equal(500, room.Sink.Mails.Select(mail => mail.To).Distinct().Count());
        Assert.Equal(500, room.Sink.Mails.Count);
        Assert.All(room.Sink.Mails, mail => Assert.Equal($"Subject: To {mail.To}\r\n\r\nDear {mail.To}\r\n", mail.Text));
        Assert.InRange(room.Sink.Connections, 1, 4);
        Assert.Equal(chunking, room.Sink.Heard.Any(line => line.StartsWith("BDAT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Where_the_server_takes_chunks_several_mails_go_out_together_and_no_more_than_eight()
    {
        using var room = new Mailroom();
        room.Sink.Offers = Chunking;
        var first = new TaskCompletionSource();
        room.Bag.Content = to =>
        {
            // All of them wait by the time that the first is written.
            if (to == "u0@example.org")
                first.Task.Wait(TestContext.Current.CancellationToken);
            return System.Text.Encoding.UTF8.GetBytes($"Subject: To {to}\r\n\r\n.\r\n..two dots\r\n");
        };
        var all = Enumerable.Range(0, 41).Select(number => room.Post($"u{number}@example.org")).ToList();
        first.SetResult();

        Assert.All(await Task.WhenAll(all), verdict => Assert.Equal(SmtpOutcome.Taken, verdict.Outcome));
        // The first of a line by DATA, the others in five batches of eight, all but each batch's first after a reset.
        Assert.Equal((1, 40, 35), (Said("DATA"), Said("BDAT"), Said("RSET")));
        Assert.All(room.Sink.Mails, mail => Assert.Equal($"Subject: To {mail.To}\r\n\r\n.\r\n..two dots\r\n", mail.Text));

        int Said(string verb) => room.Sink.Heard.Count(line => line.StartsWith(verb, StringComparison.Ordinal));
    }

    // Whatever a server does, and whenever: nothing is lost, nothing is there twice, and nobody is told what is not so.
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Among_servers_of_all_moods_every_mail_gets_the_verdict_that_is_true(bool pipelining, bool chunking) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => HoldsAmongMoodsAsync(seed, pipelining, chunking).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    static async Task HoldsAmongMoodsAsync(int seed, bool pipelining, bool chunking)
    {
        using var room = new Mailroom();
        room.Settings = room.Settings with { Connections = 3, MessagesPerConnection = 20 };
        if (!pipelining)
            room.Sink.Offers = ["8BITMIME"];
        else if (chunking)
            room.Sink.Offers = Chunking;
        var random = new Random(seed);
        SinkAct Mood(SinkMoment moment)
        {
            lock (random)
                return random.Next(12) switch
                {
                    0 => new SinkAct.Says("451 4.3.0 not now\r\n"),
                    1 => new SinkAct.Says("550 5.0.0 never\r\n"),
                    2 => new SinkAct.SaysAndCuts("421 4.3.2 closing\r\n"),
                    3 => new SinkAct.Cuts(Taken: random.Next(2) == 0),
                    4 when moment != SinkMoment.Mail => new SinkAct.Says("no SMTP at all\r\n"),
                    _ => new SinkAct.Well(),
                };
        }
        room.Sink.Behaves = (moment, _) => moment >= SinkMoment.Mail && moment != SinkMoment.Content ? Mood(moment) : new SinkAct.Well();

        var all = Enumerable.Range(0, 150).Select(number => $"u{number}@example.org").ToList();
        var verdicts = await Task.WhenAll(all.Select(room.Post));

        var arrived = room.Sink.Mails.GroupBy(mail => mail.To).ToDictionary(mails => mails.Key, mails => mails.Count());
        foreach (var (to, verdict) in all.Zip(verdicts))
        {
            var times = arrived.GetValueOrDefault(to);
            Assert.True(
                verdict.Outcome switch { SmtpOutcome.Taken => times == 1, SmtpOutcome.InDoubt => times <= 1, _ => times == 0 },
                $"{to}: {verdict} and arrived {times} times (seed {seed}).");
        }
        Assert.Equal(0, room.Bag.SettledTwice);
        Assert.All(room.Sink.Mails, mail => Assert.Equal($"Subject: To {mail.To}\r\n\r\nDear {mail.To}\r\n", mail.Text));
        Assert.Contains(verdicts, verdict => verdict.Outcome == SmtpOutcome.Taken);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task A_refused_mail_does_not_end_the_line_nor_touch_its_neighbours(bool pipelining, bool chunking)
    {
        using var room = new Mailroom();
        room.Sink.Offers = chunking ? Chunking : pipelining ? room.Sink.Offers : [];
        var odd = (string said) => int.Parse(said[(said.IndexOf('u') + 1)..said.IndexOf('@')], System.Globalization.CultureInfo.InvariantCulture) % 3;
        room.Sink.Behaves = (at, said) => (at, at is SinkMoment.Rcpt or SinkMoment.Dot ? odd(said[(said.IndexOf('<') + 1)..]) : -1) switch
        {
            (SinkMoment.Rcpt, 1) => new SinkAct.Says("550 5.1.1 unknown\r\n"),
            (SinkMoment.Dot, 2) => new SinkAct.Says("451 4.7.1 later\r\n"),
            _ => new SinkAct.Well(),
        };

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => room.Post($"u{number}@example.org")));

        for (var number = 0; number < 60; number++)
            Assert.Equal((number, (SmtpOutcome)(number % 3)), (number, verdicts[number].Outcome));
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"u{3 * number}@example.org").ToHashSet(), room.Sink.Mails.Select(mail => mail.To).ToHashSet());
        Assert.Equal((20, 1), (room.Sink.Mails.Count, room.Sink.Connections));
    }

    [Fact]
    public async Task A_line_that_died_while_nobody_used_it_costs_nothing()
    {
        using var room = new Mailroom();
        Assert.Equal(SmtpOutcome.Taken, (await room.Post("ada@example.org")).Outcome);
        room.Sink.CutAll();
        Assert.Equal(SmtpOutcome.Taken, (await room.Post("bob@example.org")).Outcome);

        var hangsUp = 1;
        room.Sink.Behaves = (at, _) => at == SinkMoment.Mail && Interlocked.Exchange(ref hangsUp, 0) == 1 ? new SinkAct.SaysAndCuts("421 4.4.2 you were silent\r\n") : new SinkAct.Well();
        Assert.Equal(SmtpOutcome.Taken, (await room.Post("eve@example.org")).Outcome);

        Assert.Equal(["ada@example.org", "bob@example.org", "eve@example.org"], room.Sink.Mails.Select(mail => mail.To));
        Assert.Equal(3, room.Sink.Connections);
        Assert.Empty(room.Reports);
    }

    [Fact]
    public async Task After_so_many_mails_a_line_gives_way_to_a_new_one()
    {
        using var room = new Mailroom();
        room.Settings = room.Settings with { MessagesPerConnection = 3 };

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => room.Post($"u{number}@example.org")));

        Assert.All(verdicts, verdict => Assert.Equal(SmtpOutcome.Taken, verdict.Outcome));
        Assert.Equal(4, room.Sink.Connections);
        Assert.Equal(3, room.Sink.Heard.Count(line => line == "QUIT"));
    }

    [Fact]
    public async Task Dots_at_the_beginning_of_lines_arrive_as_they_were()
    {
        using var room = new Mailroom();
        var number = 0;
        var contents = new Dictionary<string, byte[]>();
        room.Bag.Content = to => contents[to];
        var line = Gen.Elements("", ".", "..", ".a", "a.", "...\t", "from", "\u00e9", ". .").ListOf();
        foreach (var lines in Gen.Sample(line, 60, 20).Append([]).Append(["."]))
        {
            var to = $"u{number++}@example.org";
            contents[to] = Encoding.UTF8.GetBytes(string.Concat(lines.Select(text => text + "\r\n")));
            Assert.Equal(SmtpOutcome.Taken, (await room.Post(to)).Outcome);
            Assert.Equal(contents[to].Length == 0 ? "\r\n"u8.ToArray() : contents[to], room.Sink.Mails.Last().Bytes);
        }
    }

    [Fact]
    public async Task A_mail_that_is_too_large_is_refused_before_a_word_is_said_of_it()
    {
        using var room = new Mailroom();
        room.Sink.Offers = ["PIPELINING", "SIZE 1000"];
        room.Bag.Content = to => new byte[to.StartsWith("big", StringComparison.Ordinal) ? 1_001 : 900];

        var (big, small) = (await room.Post("big@example.org"), await room.Post("small@example.org"));

        Assert.Equal((SmtpOutcome.Refused, "5.3.4", SmtpOutcome.Taken), (big.Outcome, big.Status, small.Outcome));
        Assert.Equal("MAIL FROM:<shop@example.org> SIZE=900", Assert.Single(room.Sink.Heard, line => line.StartsWith("MAIL", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_address_that_is_not_ASCII_goes_to_a_server_with_SMTPUTF8_and_to_no_other()
    {
        using var able = new Mailroom();
        using var unable = new Mailroom();
        unable.Sink.Offers = ["PIPELINING", "8BITMIME"];

        var (taken, refused, plain) = (await able.Post("jörg@example.org"), await unable.Post("jörg@example.org"), await able.Post("ada@example.org"));

        Assert.Equal((SmtpOutcome.Taken, SmtpOutcome.Refused, "5.6.7", SmtpOutcome.Taken), (taken.Outcome, refused.Outcome, refused.Status, plain.Outcome));
        Assert.Equal(
            [("jörg@example.org", true), ("ada@example.org", false)],
            able.Sink.Mails.Select(mail => (mail.To, mail.Parameters.EndsWith("BODY=8BITMIME SMTPUTF8", StringComparison.Ordinal))));
        Assert.Empty(unable.Sink.Mails);
    }

    [Fact]
    public async Task Octets_over_127_are_announced()
    {
        using var room = new Mailroom();
        room.Bag.IsEightBit = true;

        await room.Post();

        Assert.EndsWith(" BODY=8BITMIME", Assert.Single(room.Sink.Mails).Parameters, StringComparison.Ordinal);
    }
}
