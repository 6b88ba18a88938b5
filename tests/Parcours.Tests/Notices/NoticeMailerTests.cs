using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Parcours.Channels.Mime;
using Parcours.Channels.Smtp;
using Parcours.Notices;
using Parcours.Security;
using Parcours.Tests.Api;

namespace Parcours.Tests.Notices;

/// <summary>What users are told comes by mail too, where they ask for it: gathered, not too often, and never what they have read.</summary>
public sealed class NoticeMailerTests : IAsyncLifetime
{
    const string Journey = """
        {"format":1,"id":"orders","name":"Orders","settings":{"reEntry":{"kind":"always"}},
         "start":[{"kind":"event","id":"ordered","events":["Ordered"],"next":"tell"}],
         "points":{"tell":{"kind":"notify","text":"An order of {{event.total}}","next":"task"},"task":{"kind":"createTask","title":"Call","team":"Sales"}}}
        """;

    readonly Folder _folder = new();
    readonly List<MimeMessage> _sent = [];
    SmtpVerdict _verdict = new(SmtpOutcome.Taken, null, 250);
    string? _fullMailbox;
    Installation _installation = null!;
    Caller _api = null!, _eva = null!;
    NoticeMailer _mailer = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        Assert.IsType<UserAnswer.Done>(await _installation.Get<Users>().AddAsync("eva@example.org", "a long password", UserRole.Admin, Cancellation));
        _eva = await _installation.SignedInAsync("eva@example.org");
        Assert.Equal(201, (await _api.PutAsync("/api/v1/teams/Sales", """{"members":["eva@example.org"]}""")).Status);
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/orders", Journey)).Status);
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/orders/publish", "")).Status);
        var settings = new NoticeSettings
        {
            Base = new Uri("https://parcours.example.org"),
            From = new("Parcours", MailAddress.TryParse("parcours@example.org", out var from) ? from : default),
            Zone = DateTimeZoneProviders.Tzdb["Europe/Paris"],
            Post = (mail, _) =>
            {
                var verdict = mail.To.Address.Text == _fullMailbox ? new(SmtpOutcome.Later, "mailbox full", 452) : _verdict;
                if (verdict.Outcome == SmtpOutcome.Taken)
                    _sent.Add(mail);
                return Task.FromResult(verdict);
            },
        };
        _mailer = new(_installation.Engine, _installation.Get<Users>(), _installation.Get<Parcours.Api.JourneyShelf>(), settings, _installation.Time, NullLogger<NoticeMailer>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _mailer.Dispose();
        _api.Dispose();
        _eva.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task OrderAsync(int total) =>
        Assert.Equal(201, (await _api.PostAsync("/api/v1/events", $$$"""{"event":"Ordered","email":"ada@example.org","properties":{"total":{{{total}}}}}""")).Status);

    async Task WishAsync(string kinds, bool daily = false) =>
        Assert.Equal(200, (await _eva.PutAsync("/api/v1/me/notifications/mail", $$"""{"kinds":[{{kinds}}],"daily":{{(daily ? "true" : "false")}}}""")).Status);

    Task<int> RoundAsync() => _mailer.RunAsync(_installation.Engine.Now, Cancellation);

    async Task PassAsync(Duration time) => await _installation.Engine.AdvanceToAsync(_installation.Engine.Now + time, Cancellation);

    [Fact]
    public async Task Nothing_is_mailed_that_nobody_asked_for_and_nothing_from_before()
    {
        await OrderAsync(1);
        Assert.Equal(0, await RoundAsync());

        await PassAsync(Duration.FromMinutes(1));
        await WishAsync("\"journey\"");

        Assert.Equal(0, await RoundAsync());
    }

    [Fact]
    public async Task A_mail_tells_what_was_told_in_the_reader_s_language_with_the_way_there()
    {
        Assert.Equal(200, (await _eva.PatchAsync("/api/v1/me", """{"language":"fr","name":"Eva"}""")).Status);
        await WishAsync("\"task\"");
        await OrderAsync(900);

        Assert.Equal(1, await RoundAsync());

        var mail = Assert.Single(_sent);
        Assert.Equal(("eva@example.org", "ada@example.org: Une tâche pour votre équipe Sales : Call", "fr"), (mail.To.Address.Text, mail.Subject, mail.Language));
        Assert.Contains("2026-03-02 10:00  ada@example.org: Une tâche", mail.Text, StringComparison.Ordinal);
        Assert.Contains("https://parcours.example.org/tasks?task=", mail.Text, StringComparison.Ordinal);
        Assert.Contains("https://parcours.example.org/profile", mail.Text, StringComparison.Ordinal);
        Assert.Contains(new("Auto-Submitted", "auto-generated"), mail.More);
    }

    [Fact]
    public async Task What_comes_within_five_minutes_of_a_mail_is_gathered_in_the_next_and_none_comes_twice()
    {
        await WishAsync("\"journey\",\"task\"");
        await OrderAsync(1);
        Assert.Equal(1, await RoundAsync());
        await OrderAsync(2);
        await OrderAsync(3);
        Assert.Equal(0, await RoundAsync());

        await PassAsync(Duration.FromMinutes(5));

        Assert.Equal((1, 0), (await RoundAsync(), await RoundAsync()));
        Assert.Equal(["2 notifications", "4 notifications"], _sent.Select(mail => mail.Subject));
        Assert.Contains("An order of 3", _sent[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("An order of 1", _sent[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailbox_that_takes_nothing_for_now_keeps_nobody_else_waiting()
    {
        Assert.IsType<UserAnswer.Done>(await _installation.Get<Users>().AddAsync("zoe@example.org", "a long password", UserRole.Admin, Cancellation));
        using var zoe = await _installation.SignedInAsync("zoe@example.org");
        foreach (var user in new[] { _eva, zoe })
            Assert.Equal(200, (await user.PutAsync("/api/v1/me/notifications/mail", """{"kinds":["journey"],"daily":false}""")).Status);
        _fullMailbox = "eva@example.org";
        await OrderAsync(1);

        Assert.Equal(1, await RoundAsync());
        Assert.Equal("zoe@example.org", Assert.Single(_sent).To.Address.Text);

        _fullMailbox = null;
        Assert.Equal(1, await RoundAsync());
        Assert.Equal(["zoe@example.org", "eva@example.org"], _sent.Select(mail => mail.To.Address.Text));
    }

    [Fact]
    public async Task What_was_read_in_the_application_is_not_mailed()
    {
        await WishAsync("\"journey\"");
        await OrderAsync(1);
        Assert.Equal(200, (await _eva.PostAsync("/api/v1/me/notifications/read", "")).Status);

        Assert.Equal(0, await RoundAsync());
    }

    /// <summary>It is ten in Paris: today's eight o'clock has passed before anything was asked for.</summary>
    [Fact]
    public async Task Once_a_day_they_come_at_eight_where_the_installation_is()
    {
        await WishAsync("\"journey\"", daily: true);
        await OrderAsync(1);
        Assert.Equal(0, await RoundAsync());

        await PassAsync(Duration.FromHours(21) + Duration.FromMinutes(59));
        Assert.Equal(0, await RoundAsync());
        await PassAsync(Duration.FromMinutes(1));
        Assert.Equal(1, await RoundAsync());
        await OrderAsync(2);
        await PassAsync(Duration.FromHours(12));
        Assert.Equal(0, await RoundAsync());
        await PassAsync(Duration.FromHours(12));
        Assert.Equal(1, await RoundAsync());
    }

    /// <summary>A server that takes none now is tried again; one that refuses is not.</summary>
    [Fact]
    public async Task What_the_server_does_not_take_now_goes_later()
    {
        await WishAsync("\"journey\"");
        await OrderAsync(1);
        _verdict = new(SmtpOutcome.Later, "smtp: no connection");
        Assert.Equal(0, await RoundAsync());
        _verdict = new(SmtpOutcome.Taken, null, 250);
        Assert.Equal(1, await RoundAsync());

        await PassAsync(Duration.FromMinutes(5));
        await OrderAsync(2);
        _verdict = new(SmtpOutcome.Refused, "smtp: 550 no such user", 550);
        await RoundAsync();
        _verdict = new(SmtpOutcome.Taken, null, 250);
        await PassAsync(Duration.FromMinutes(5));
        Assert.Equal(0, await RoundAsync());
    }

    /// <summary>Semantics 12.3: what is held lets nothing leave, and loses nothing.</summary>
    [Fact]
    public async Task While_sending_is_held_they_wait_too()
    {
        await WishAsync("\"journey\"");
        await OrderAsync(1);
        Assert.Equal(200, (await _api.PostAsync("/api/v1/sending/hold", "")).Status);
        Assert.Equal(0, await RoundAsync());

        Assert.Equal(200, (await _api.PostAsync("/api/v1/sending/release", "")).Status);
        Assert.Equal(1, await RoundAsync());
    }
}
