using System.Text;
using Parcours.Channels.Smtp;

namespace Parcours.Channels.Tests.Smtp;

/// <summary>Encryption, certificates and logins: when in question, nothing is sent, and never a secret in the clear.</summary>
public sealed class SecurityTests : IDisposable
{
    const string Secret = "pa\u00df wort+1";
    static readonly string[] WithTls = ["PIPELINING", "STARTTLS"], WithLogin = ["PIPELINING", "AUTH PLAIN LOGIN"];

    readonly Certificates _certificates = new();
    readonly Mailroom _room = new();

    public void Dispose()
    {
        _room.Dispose();
        _certificates.Dispose();
    }

    void Trust(SmtpTls tls) => _room.Settings = _room.Settings with { Tls = tls, Authorities = [_certificates.Authority] };

    async Task IsRefusedAsync(string why)
    {
        var verdict = await _room.Post();

        Assert.Equal(SmtpOutcome.Later, verdict.Outcome);
        Assert.Contains(why, verdict.Why, StringComparison.Ordinal);
        Assert.Empty(_room.Sink.Mails);
        Assert.DoesNotContain(_room.Sink.Heard, line => line.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.Contains(why, Assert.Single(_room.Reports), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpTls.Required)]
    [InlineData(SmtpTls.Offered)]
    [InlineData(SmtpTls.Implicit)]
    public async Task With_a_certificate_that_is_trusted_the_mail_goes_encrypted(SmtpTls tls)
    {
        Trust(tls);
        (_room.Sink.Certificate, _room.Sink.ImplicitTls, _room.Sink.Offers) = (_certificates.For("localhost"), tls == SmtpTls.Implicit, WithTls);

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => _room.Post($"u{number}@example.org")));

        Assert.All(verdicts, verdict => Assert.Equal(SmtpOutcome.Taken, verdict.Outcome));
        Assert.All(_room.Sink.Mails, mail => Assert.True(mail.Encrypted));
        Assert.Equal((30, 1), (_room.Sink.Mails.Count, _room.Sink.Connections));
    }

    [Theory]
    [InlineData(SmtpTls.Required)]
    [InlineData(SmtpTls.Offered)]
    [InlineData(SmtpTls.Implicit)]
    public async Task A_certificate_that_nobody_trusted_signed_is_not_taken(SmtpTls tls)
    {
        _room.Settings = _room.Settings with { Tls = tls };
        (_room.Sink.Certificate, _room.Sink.ImplicitTls, _room.Sink.Offers) = (_certificates.For("localhost"), tls == SmtpTls.Implicit, WithTls);

        await IsRefusedAsync("no encrypted line to localhost");
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_not_taken()
    {
        Trust(SmtpTls.Required);
        (_room.Sink.Certificate, _room.Sink.Offers) = (_certificates.For("other.example.org"), WithTls);

        await IsRefusedAsync("no encrypted line to localhost");
    }

    [Fact]
    public async Task A_certificate_that_has_run_out_is_not_taken()
    {
        Trust(SmtpTls.Required);
        (_room.Sink.Certificate, _room.Sink.Offers) = (_certificates.For("localhost", until: new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero)), WithTls);

        await IsRefusedAsync("no encrypted line to localhost");
    }

    [Fact]
    public async Task Any_certificate_will_do_where_that_was_said()
    {
        _room.Settings = _room.Settings with { Tls = SmtpTls.Required, AnyCertificate = true };
        (_room.Sink.Certificate, _room.Sink.Offers) = (_certificates.For("other.example.org"), WithTls);

        Assert.Equal((SmtpOutcome.Taken, true), ((await _room.Post()).Outcome, Assert.Single(_room.Sink.Mails).Encrypted));
    }

    [Fact]
    public async Task Where_encryption_is_required_and_not_offered_nothing_is_sent()
    {
        Trust(SmtpTls.Required);

        await IsRefusedAsync("offers no encryption");
    }

    [Fact]
    public async Task Where_encryption_is_welcome_and_not_offered_mail_goes_without_and_a_password_does_not()
    {
        _room.Settings = _room.Settings with { Tls = SmtpTls.Offered };
        Assert.False((await _room.Post()).Outcome != SmtpOutcome.Taken || Assert.Single(_room.Sink.Mails).Encrypted);

        using var other = new Mailroom();
        other.Sink.Offers = WithLogin;
        other.Settings = other.Settings with { Tls = SmtpTls.Offered, User = "ada", Password = Secret };
        Assert.Contains("no password is sent", (await other.Post()).Why, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Sink.Heard, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Words_slipped_in_before_the_encryption_are_not_listened_to()
    {
        Trust(SmtpTls.Required);
        (_room.Sink.Certificate, _room.Sink.Offers) = (_certificates.For("localhost"), WithTls);
        _room.Sink.Behaves = (at, _) => at == SinkMoment.StartTls ? new SinkAct.Says("220 go\r\n250 injected\r\n") : new SinkAct.Well();

        await IsRefusedAsync("spoke before the encryption");
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("CRAM-MD5 LOGIN")]
    public async Task A_login_is_made_as_the_server_offers_it(string mechanisms)
    {
        _room.Sink.Offers = ["AUTH " + mechanisms];
        _room.Sink.Login = ("ada@example.org", Secret);
        _room.Settings = _room.Settings with { User = "ada@example.org", Password = Secret };

        Assert.Equal(SmtpOutcome.Taken, (await _room.Post()).Outcome);
        Assert.Contains(_room.Sink.Heard, line => line.StartsWith("AUTH " + mechanisms.Split(' ')[^1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_login_that_is_not_known_here_is_not_tried()
    {
        _room.Sink.Offers = ["AUTH CRAM-MD5"];
        _room.Settings = _room.Settings with { User = "ada", Password = Secret };

        await IsRefusedAsync("offers no login that is known here");
    }

    [Theory]
    [InlineData("AUTH PLAIN")]
    [InlineData("AUTH LOGIN")]
    public async Task A_wrong_password_makes_mails_wait_and_is_repeated_nowhere(string offer)
    {
        _room.Sink.Offers = [offer];
        _room.Sink.Login = ("ada", "another");
        _room.Settings = _room.Settings with { User = "ada", Password = Secret };
        // A server that repeats what it was told.
        _room.Sink.Behaves = (at, said) => at == SinkMoment.Auth ? new SinkAct.Says($"535 5.7.8 I do not know {said} {Secret}\r\n") : new SinkAct.Well();

        var verdict = await _room.Post();

        Assert.Equal(SmtpOutcome.Later, verdict.Outcome);
        Assert.Contains("refuses the login: 535 5.7.8", verdict.Why, StringComparison.Ordinal);
        string[] secrets = [Secret, "wort", Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0ada\0{Secret}")), Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, verdict.Why + string.Concat(_room.Reports) + _room.Settings, StringComparison.Ordinal));
    }
}
