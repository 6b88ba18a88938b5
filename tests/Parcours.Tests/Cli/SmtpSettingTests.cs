using Parcours.Channels.Smtp;
using Parcours.Configuration;

namespace Parcours.Tests.Cli;

/// <summary>The mail server's settings: what they mean, and that nothing wrong with them is told with the password in it.</summary>
public sealed class SmtpSettingTests : IDisposable
{
    const string Secret = "s3cr3t";
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parcours-smtp-");
    readonly Dictionary<string, string> _options = new() { ["--mail-from"] = "Shop <shop@example.org>" };
    readonly Dictionary<string, string> _environment = [];

    public void Dispose() => _folder.Delete(recursive: true);

    SmtpSettings? Read() => Settings.Read(new SettingSources(setting => _options.GetValueOrDefault(setting.Option), _environment.GetValueOrDefault)).Smtp.Value;

    SmtpSettings Read(string url)
    {
        _options["--smtp-url"] = url;
        return Read()!;
    }

    [Fact]
    public void Without_a_mail_server_the_sandbox_keeps_all_mail() => Assert.Null(Read());

    [Theory]
    [InlineData("smtp://mail.example.org", "mail.example.org", 587, SmtpTls.Required)]
    [InlineData("smtp://mail.example.org:25?tls=offered", "mail.example.org", 25, SmtpTls.Offered)]
    [InlineData("smtp://mail.example.org:25/?tls=never", "mail.example.org", 25, SmtpTls.Never)]
    [InlineData("smtps://mail.example.org", "mail.example.org", 465, SmtpTls.Implicit)]
    [InlineData("smtps://mail.example.org:4650", "mail.example.org", 4650, SmtpTls.Implicit)]
    [InlineData("smtp://localhost:25", "localhost", 25, SmtpTls.Never)]
    [InlineData("smtp://127.0.0.1:25?tls=required", "127.0.0.1", 25, SmtpTls.Required)]
    [InlineData("smtp://[::1]:25", "::1", 25, SmtpTls.Never)]
    [InlineData("smtp://bücher.example", "xn--bcher-kva.example", 587, SmtpTls.Required)]
    public void An_address_says_where_and_how(string url, string host, int port, SmtpTls tls)
    {
        var settings = Read(url);

        Assert.Equal((host, port, tls, false, (string?)null), (settings.Host, settings.Port, settings.Tls, settings.AnyCertificate, settings.User));
        Assert.Equal((4, (double?)null), (settings.Connections, settings.MessagesPerSecond));
    }

    [Fact]
    public void The_password_stands_in_the_address_or_the_environment_or_a_file()
    {
        var inUrl = Read($"smtp://ada%40example.org:{Secret}%2F%3A@mail.example.org");
        Assert.Equal(("ada@example.org", Secret + "/:"), (inUrl.User, inUrl.Password));

        _environment["PARCOURS_SMTP_PASSWORD"] = Secret;
        Assert.Equal(Secret, Read("smtp://ada@mail.example.org").Password);

        _environment.Clear();
        var file = Path.Combine(_folder.FullName, "password");
        File.WriteAllText(file, Secret + "\nanother line\n");
        _options["--smtp-password-file"] = file;
        var settings = Read("smtp://ada@mail.example.org");
        Assert.Equal(Secret, settings.Password);
        Assert.DoesNotContain(Secret, settings.ToString());
    }

    [Fact]
    public void Connections_rate_and_authorities_are_read()
    {
        _options["--smtp-connections"] = "8";
        _options["--smtp-rate"] = "14.5";
        var file = Path.Combine(_folder.FullName, "ca.pem");
        using (var key = System.Security.Cryptography.ECDsa.Create())
            File.WriteAllText(file, new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=x", key, System.Security.Cryptography.HashAlgorithmName.SHA256)
                .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100)).ExportCertificatePem());
        _options["--smtp-ca"] = file;

        var settings = Read("smtp://localhost?certificate=any");

        Assert.Equal((8, 14.5, true), (settings.Connections, settings.MessagesPerSecond, settings.AnyCertificate));
        Assert.Equal("CN=x", Assert.Single(settings.Authorities!).Subject);
    }

    [Theory]
    [InlineData("2.5", "*=2.5")]
    [InlineData(" Gmail.com=20, yahoo.com=5 ,*=2", "*=2 gmail.com=20 yahoo.com=5")]
    public void Rates_of_domains_are_read(string said, string read)
    {
        _options["--smtp-domain-rate"] = said;

        Assert.Equal(read, string.Join(' ', Read("smtp://localhost").DomainRates.OrderBy(rate => rate.Key, StringComparer.Ordinal).Select(rate => FormattableString.Invariant($"{rate.Key}={rate.Value}"))));
    }

    public static TheoryData<string, string?, string?> Wrong() => new()
    {
        { $"http://ada:{Secret}@mail.example.org", null, null },
        { $"smtp://ada:{Secret}@mail.example.org/inbox", null, null },
        { $"smtp://ada:{Secret}@mail.example.org?tls=maybe", null, null },
        { $"smtp://ada:{Secret}@mail.example.org:port", null, null },
        { $"smtps://ada:{Secret}@mail.example.org?tls=never", null, null },
        { $"smtp://ada:{Secret}@mail.example.org?certificate=any", null, null },
        { "smtp://ada@mail.example.org", null, null },
        { "smtp://mail.example.org", "--smtp-password", Secret },
        { $"smtp://ada:{Secret}@mail.example.org", "--smtp-connections", "65" },
        { $"smtp://ada:{Secret}@mail.example.org", "--smtp-rate", "-1" },
        { $"smtp://ada:{Secret}@mail.example.org", "--smtp-domain-rate", "gmail.com=0" },
        { $"smtp://ada:{Secret}@mail.example.org", "--smtp-domain-rate", "gmail.com=1,gmail.com=2" },
        { $"smtp://ada:{Secret}@mail.example.org", "--smtp-domain-rate", "gmail.com=1,2" },
        { $"smtp://ada:{Secret}@mail.example.org", "--bounce-address", "Bounces <bounces@example.org>" },
        { $"smtp://ada:{Secret}@mail.example.org", "--bounce-address", "bounces-that-are-longer-than-they-may@example.org" },
        { $"smtp://ada:{Secret}@mail.example.org", "--smtp-ca", "/nowhere/ca.pem" },
        { "smtp://ada@mail.example.org", "--smtp-password-file", "/nowhere/password" },
        { $"smtp://ada:{Secret}@mail.example.org", "--test-clock", "2026-01-31" },
        { $"smtp://ada:{Secret}@mail.example.org", "--mail-from", null },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_is_wrong_is_refused_in_one_line_without_the_password(string url, string? option, string? value)
    {
        if (option is not null && value is not null)
            _options[option] = value;
        else if (option is not null)
            _options.Remove(option);

        var refusal = Assert.Throws<SettingException>(() => Read(url));

        Assert.DoesNotContain(Secret, refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.EndsWith(".", refusal.Message);
    }

    [Fact]
    public void Other_commands_do_not_mind_what_serving_would_refuse()
    {
        _environment["PARCOURS_SMTP_PASSWORD"] = Secret;

        var settings = Settings.Read(new SettingSources(_ => null, _environment.GetValueOrDefault));

        Assert.Contains("PARCOURS_SMTP_PASSWORD", Assert.Throws<SettingException>(() => settings.Smtp.Value).Message);
    }

    [Fact]
    public void A_sender_s_name_is_read_as_it_is_meant()
    {
        _options["--mail-from"] = "\"The \\\"Tea\\\" Shop, \\\\ Ltd.\" <shop@example.org>";

        var from = Settings.Read(new SettingSources(setting => _options.GetValueOrDefault(setting.Option), _ => null)).MailFrom;

        Assert.Equal(("The \"Tea\" Shop, \\ Ltd.", "shop@example.org"), (from.DisplayName, from.Address));
    }
}
