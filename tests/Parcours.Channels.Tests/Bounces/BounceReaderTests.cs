using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parcours.Channels.Bounces;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Tests.Bounces;

/// <summary>Semantics 10.4, 10.5: mails that came back, real ones of many servers (data/bounces/NOTICE.md) and some of our own.</summary>
public sealed class BounceReaderTests
{
    static byte[] Sample(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "bounces", name + ".eml"));

    /// <summary>What a person reads in each.</summary>
    public static TheoryData<string, ReportVerdict, string?> Samples => new()
    {
        { "arf-01", ReportVerdict.Complained, null },
        { "crlf-arf-01", ReportVerdict.Complained, null },
        { "arf-11", ReportVerdict.Complained, null },
        { "arf-14", ReportVerdict.Complained, null },
        { "arf-18", ReportVerdict.None, null },                         // about a signature, for whoever runs the domain
        { "arf-20", ReportVerdict.None, null },
        { "arf-22", ReportVerdict.Complained, null },                   // before there was a format
        { "lhost-activehunter-02", ReportVerdict.Bounced, null },
        { "lhost-amavis-02", ReportVerdict.Bounced, "5.1.1" },
        { "lhost-amazonses-01", ReportVerdict.SoftBounced, "5.7.1" },   // 5.1.0 outside, access denied inside
        { "lhost-amazonses-03", ReportVerdict.SoftBounced, "5.2.2" },
        { "lhost-amazonses-06", ReportVerdict.Bounced, "5.1.1" },
        { "lhost-amazonses-10", ReportVerdict.None, null },             // a web hook's body, by mail
        { "lhost-amazonworkmail-05", ReportVerdict.SoftBounced, "4.4.7" },
        { "crlf-lhost-amazonworkmail-01", ReportVerdict.Bounced, "5.1.1" },
        { "lhost-courier-01", ReportVerdict.Bounced, "5.1.1" },
        { "lhost-domino-01", ReportVerdict.Bounced, null },             // in words alone
        { "lhost-dragonfly-04", ReportVerdict.Bounced, null },
        { "lhost-dragonfly-10", ReportVerdict.Bounced, "5.1.6" },
        { "lhost-dragonfly-12", ReportVerdict.SoftBounced, "5.2.2" },
        { "lhost-exchange2003-02", ReportVerdict.Bounced, null },
        { "lhost-exchange2007-04", ReportVerdict.SoftBounced, "5.7.1" },
        { "lhost-exim-07", ReportVerdict.SoftBounced, null },
        { "lhost-exim-37", ReportVerdict.SoftBounced, null },           // it is the sender's domain that does not exist
        { "lhost-exim-41", ReportVerdict.Delayed, null },
        { "lhost-exim-59", ReportVerdict.Bounced, "5.1.1" },
        { "lhost-ezweb-04", ReportVerdict.Bounced, null },
        { "lhost-gmail-01", ReportVerdict.Bounced, "5.1.1" },
        { "lhost-gmail-17", ReportVerdict.Delayed, null },
        { "lhost-gmail-19", ReportVerdict.SoftBounced, null },          // full; quoted-printable
        { "lhost-imailserver-03", ReportVerdict.Bounced, null },
        { "lhost-kddi-02", ReportVerdict.SoftBounced, null },
        { "lhost-mimecast-02", ReportVerdict.SoftBounced, "5.7.54" },   // blanks before its colons
        { "lhost-office365-02", ReportVerdict.Bounced, "5.1.1" },
        { "lhost-office365-08", ReportVerdict.SoftBounced, "5.4.316" },
        { "lhost-opensmtpd-12", ReportVerdict.Delayed, "4.0.0" },
        { "lhost-outlook-08", ReportVerdict.Bounced, "5.5.0" },
        { "lhost-postfix-03", ReportVerdict.Bounced, "5.0.0" },
        { "lhost-postfix-28", ReportVerdict.SoftBounced, "5.7.1" },
        { "lhost-postfix-30", ReportVerdict.Bounced, "5.4.1" },
        { "lhost-postfix-34", ReportVerdict.SoftBounced, null },        // host not found, try again
        { "lhost-postfix-64", ReportVerdict.SoftBounced, null },        // a report on nobody
        { "lhost-postfix-74", ReportVerdict.SoftBounced, "4.7.0" },
        { "lhost-qmail-09", ReportVerdict.SoftBounced, "5.7.606" },
        { "lhost-qmail-13", ReportVerdict.Bounced, "5.1.2" },
        { "lhost-qmail-17", ReportVerdict.Bounced, "5.1.1" },
        { "lhost-sendmail-01", ReportVerdict.Bounced, "5.1.1" },
        { "lhost-sendmail-15", ReportVerdict.Bounced, "5.1.2" },
        { "lhost-sendmail-36", ReportVerdict.SoftBounced, "5.1.1" },    // 5.1.1, and the words say that it is blacklisted
        { "lhost-sendmail-54", ReportVerdict.SoftBounced, "4.4.7" },
        { "lhost-verizon-01", ReportVerdict.SoftBounced, null },
        { "lhost-x4-01", ReportVerdict.SoftBounced, null },
        { "lhost-yahoo-03", ReportVerdict.Bounced, "5.1.1" },
        { "lhost-zoho-02", ReportVerdict.SoftBounced, "5.2.1" },        // of two people, one unknown and one full: in doubt, for now
        { "rfc3464-09", ReportVerdict.Delayed, "4.3.0" },
        { "rfc3464-42", ReportVerdict.Bounced, "5.0.0" },
        { "rfc3464-51", ReportVerdict.Bounced, "5.1.0" },
        { "rfc3834-01", ReportVerdict.None, null },                     // somebody is on holiday
        { "rhost-franceptt-08", ReportVerdict.SoftBounced, "4.2.0" },
        { "rhost-google-01", ReportVerdict.Bounced, "5.2.1" },
        { "rhost-google-05", ReportVerdict.SoftBounced, "5.2.2" },
        { "rhost-gsuite-05", ReportVerdict.Bounced, "4.0.0" },          // there is no such domain
        { "rhost-microsoft-02", ReportVerdict.Bounced, "5.4.1" },
        { "rhost-microsoft-06", ReportVerdict.SoftBounced, "5.7.515" },
        { "rhost-yahooinc-03", ReportVerdict.Bounced, "5.0.0" },
        { "is-not-bounce-01", ReportVerdict.None, null },
        { "is-not-bounce-02", ReportVerdict.None, null },
        { "rb-issue-368-bug", ReportVerdict.None, null },
    };

    [Theory, MemberData(nameof(Samples))]
    public void A_real_report_is_read_as_a_person_reads_it(string sample, ReportVerdict verdict, string? status)
    {
        var report = BounceReader.Read(Sample(sample));

        Assert.Equal((verdict, status), (report.Verdict, report.Status));
        Assert.DoesNotContain('\n', report.Reason);
    }

    [Fact]
    public void Every_sample_is_among_them() => Assert.Equal(
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "data", "bounces"), "*.eml").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
        Samples.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));

    const string Key = "0123456789abcdef0123456789abcdef";

    static string Report(string to = "news@example.org", string quoted = $"Message-ID: <{Key}@example.org>\nSubject: Hello\n", string status = "5.1.1", string action = "failed") => $"""
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.net
        To: {to}
        Message-ID: <ffffffffffffffffffffffffffffffff@mx.example.net>
        Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

        --b1

        It did not arrive.
        --b1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net

        Final-Recipient: rfc822; ada@example.com
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; 550 {status} ada@example.com:
         refused

        --b1
        Content-Type: message/rfc822

        {quoted}
        --b1--
        """;

    static BounceReport Read(string mail) => BounceReader.Read(Encoding.UTF8.GetBytes(mail));

    [Fact]
    public void The_message_is_found_by_the_id_of_what_came_back_and_not_by_the_report_s_own()
    {
        var report = Read(Report());

        Assert.Equal((ReportVerdict.Bounced, "5.1.1", "ada@example.com", "550 5.1.1 ada@example.com: refused"), (report.Verdict, report.Status, report.Recipient, report.Reason));
        Assert.Equal(new MessageKey(Guid.ParseExact(Key, "N")), report.Keys[0]);
    }

    [Theory]
    [InlineData("bounces+" + Key + "@example.org")]
    [InlineData("Bounces <bounces+" + Key + "@example.org>")]
    public void Or_by_the_address_to_which_it_came(string to) =>
        Assert.Equal(new MessageKey(Guid.ParseExact(Key, "N")), Read(Report(to, quoted: "Subject: a mail whose header was cut\n")).Keys[0]);

    [Fact]
    public void Its_header_alone_is_enough() =>
        Assert.Equal(Key, Read(Report(quoted: "").Replace("message/rfc822\n\n", $"text/rfc822-headers\n\nMessage-ID: <{Key}@example.org>\n", StringComparison.Ordinal)).Keys[0].ToString());

    [Theory]
    [InlineData("delayed", "4.4.1", ReportVerdict.Delayed)]
    [InlineData("delivered", "2.0.0", ReportVerdict.Delivered)]
    [InlineData("relayed", "2.0.0", ReportVerdict.None)]
    [InlineData("expanded", "2.0.0", ReportVerdict.None)]
    [InlineData("failed", "4.4.7", ReportVerdict.SoftBounced)]
    [InlineData("failed", "5.7.1", ReportVerdict.SoftBounced)]
    [InlineData("failed", "5.1.8", ReportVerdict.SoftBounced)]
    [InlineData("FAILED (user unknown)", "5.1.10", ReportVerdict.Bounced)]
    public void What_was_done_and_why_decide(string action, string status, ReportVerdict verdict) => Assert.Equal(verdict, Read(Report(action: action, status: status)).Verdict);

    [Theory]
    [InlineData("abuse", ReportVerdict.Complained)]
    [InlineData("Fraud", ReportVerdict.Complained)]
    [InlineData("opt-out", ReportVerdict.Unsubscribed)]
    [InlineData("not-spam", ReportVerdict.None)]
    [InlineData("auth-failure", ReportVerdict.None)]
    public void A_complaint_is_of_a_kind(string kind, ReportVerdict verdict)
    {
        var report = Read($"""
            From: fbl@example.net
            Content-Type: multipart/report; report-type=feedback-report; boundary=b

            --b
            Content-Type: message/feedback-report

            Feedback-Type: {kind}
            User-Agent: Provider/1
            Version: 1
            Original-Rcpt-To: <ada@example.com>

            --b
            Content-Type: text/rfc822-headers

            Message-ID: <{Key}@example.org>
            --b--
            """);

        Assert.Equal((verdict, "ada@example.com", Key), (report.Verdict, report.Recipient, report.Keys[0].ToString()));
    }

    /// <summary>Whatever comes is read, and in bounded time: who sends it may mean harm.</summary>
    [Fact]
    public void No_mail_is_too_broken_to_be_read()
    {
        var samples = Samples.Select(row => Sample(row.Data.Item1)).ToArray();
        Prop.ForAll(Gen.Choose(0, samples.Length - 1).Zip(Gen.Choose(0, 1 << 20)).Zip(Gen.Choose(0, 255)).ToArbitrary(), drawn =>
        {
            var ((sample, at), with) = drawn;
            var broken = samples[sample].ToArray();
            broken[at % broken.Length] = (byte)with;
            BounceReader.Read(broken);
            BounceReader.Read(broken.AsMemory(0, at % broken.Length));
        }).QuickCheckThrowOnFailure();

        // Parts within parts, fields without end, a boundary on every line.
        BounceReader.Read(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 2_000).Select(depth => $"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n"))));
        BounceReader.Read(Encoding.ASCII.GetBytes("From: MAILER-DAEMON\nSubject: failed\n\n" + string.Concat(Enumerable.Repeat("user unknown 5.1.1 over quota host ", 20_000))));
        BounceReader.Read(Encoding.ASCII.GetBytes("Content-Type: multipart/report; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\n", 100_000))));
        BounceReader.Read(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a: b\n c\n", 50_000))));
        Assert.Equal(ReportVerdict.None, BounceReader.Read(default).Verdict);
    }
}
