using NodaTime;
using Parcours.Channels.Mime;
using Parcours.Channels.Smtp;

namespace Parcours.Channels.Tests.Smtp;

/// <summary>A mail that is no message to a contact goes on a line of its own.</summary>
public class PostTests
{
    static MailAddress Address(string text) => MailAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text);

    static readonly MimeMessage Mail = new()
    {
        From = new("Parcours", Address("parcours@example.org")),
        To = new("Eva", Address("eva@example.org")),
        Subject = "Une tâche pour vous",
        MessageId = "<notice-1@example.org>",
        Date = Instant.FromUtc(2026, 3, 2, 9, 0),
        Key = "notice-1",
        Text = "Appeler Ada\n",
        More = [new("Auto-Submitted", "auto-generated")],
    };

    static SmtpSettings To(SmtpSink sink) => new() { Host = "127.0.0.1", Port = sink.Port, Tls = SmtpTls.Never };

    [Fact]
    public async Task It_is_sent_whole()
    {
        using var sink = new SmtpSink();

        var verdict = await new SmtpPost(To(sink), TimeProvider.System).SendAsync(Mail, TestContext.Current.CancellationToken);

        Assert.Equal(SmtpOutcome.Taken, verdict.Outcome);
        var mail = Assert.Single(sink.Mails);
        Assert.Equal(("parcours@example.org", "eva@example.org"), (mail.From, mail.To));
        Assert.Contains("Auto-Submitted: auto-generated", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_became_of_it_is_told()
    {
        using var sink = new SmtpSink { Behaves = (moment, _) => moment == SinkMoment.Rcpt ? new SinkAct.Says("550 5.1.1 no such user\r\n") : new SinkAct.Well() };

        Assert.Equal(SmtpOutcome.Refused, (await new SmtpPost(To(sink), TimeProvider.System).SendAsync(Mail, TestContext.Current.CancellationToken)).Outcome);
    }

    [Fact]
    public async Task Where_no_server_is_it_may_go_later()
    {
        var sink = new SmtpSink();
        var settings = To(sink);
        sink.Dispose();

        Assert.Equal(SmtpOutcome.Later, (await new SmtpPost(settings, TimeProvider.System).SendAsync(Mail, TestContext.Current.CancellationToken)).Outcome);
    }
}
