using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Parcours.Tests.Api;

/// <summary>Semantics 10.4, 10.5: mails that came back, on the real engine.</summary>
public sealed class BouncesTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;
    string _key = "";

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        await _api.PutAsync("/api/v1/topics/news", """{"title":"News","whenUnknown":"unlessRefused"}""");
        await _api.PutAsync("/api/v1/content/hello", """{"subject":"Hello","text":"Hi"}""");
        await _api.PutAsync("/api/v1/journeys/welcome", """
            {"format":1,"id":"welcome","name":"Welcome","settings":{"reEntry":{"kind":"always"},"email":{"topic":"news"}},
             "start":[{"kind":"event","id":"in","events":["welcome"],"next":"mail"}],
             "points":{"mail":{"kind":"sendEmail","content":"hello","next":"done"},"done":{"kind":"end","outcome":"completed"}}}
            """);
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/welcome/publish", "")).Status);
        await _api.PostAsync("/api/v1/events", """{"event":"welcome","userId":"ada","email":"ada@example.org"}""");
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
        _key = (await MessageAsync()).GetProperty("key").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task<JsonElement> MessageAsync() => (await _api.GetAsync("/api/v1/messages")).Json.GetProperty("items")[0];

    async Task<Answer> PostAsync(string mail)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(mail));
        body.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        return await _api.SendAsync(HttpMethod.Post, "/api/v1/bounces", body);
    }

    static string Report(string key, string status) => $"""
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.net
        To: parcours@example.org
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net

        Final-Recipient: rfc822; ada@example.org
        Action: failed
        Status: {status}
        Diagnostic-Code: smtp; 550 {status} <ada@example.org> is not here

        --b
        Content-Type: text/rfc822-headers

        Message-ID: <{key}@example.org>
        --b--
        """;

    [Fact]
    public async Task A_bounce_for_good_suppresses_the_address_once_and_keeps_no_address_in_its_reason()
    {
        for (var times = 0; times < 2; times++)
        {
            var answer = await PostAsync(Report(_key, "5.1.1"));
            Assert.Equal((200, "bounced", _key, "5.1.1"), (answer.Status, answer.Json.GetProperty("verdict").GetString(), answer.Json.GetProperty("message").GetString(), answer.Json.GetProperty("status").GetString()));
        }

        var message = await MessageAsync();
        Assert.Equal("bounced", message.GetProperty("status").GetString());
        Assert.Equal("bounced", Assert.Single((await _api.GetAsync("/api/v1/suppressions")).Json.GetProperty("items").EnumerateArray()).GetProperty("reason").GetString());
        var events = (await _api.GetAsync($"/api/v1/contacts/{message.GetProperty("contact").GetString()}/events")).Json.GetProperty("items").EnumerateArray()
            .Where(item => item.GetProperty("event").GetString() == "email_bounced");
        Assert.Equal("550 5.1.1 <…> is not here", Assert.Single(events).GetProperty("properties").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_full_mailbox_suppresses_nobody()
    {
        Assert.Equal("softBounced", (await PostAsync(Report(_key, "5.2.2"))).Json.GetProperty("verdict").GetString());

        Assert.Equal("sent", (await MessageAsync()).GetProperty("status").GetString());
        Assert.Empty((await _api.GetAsync("/api/v1/suppressions")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task What_says_nothing_of_a_message_is_answered_with_why()
    {
        Assert.Equal("no-report", (await PostAsync("From: ada@example.org\nSubject: Re: Hello\n\nThanks!")).Json.GetProperty("ignored").GetString());
        Assert.Equal("unknown-message", (await PostAsync(Report("0123456789abcdef0123456789abcdef", "5.1.1"))).Json.GetProperty("ignored").GetString());
        Assert.Equal("delayed", (await PostAsync(Report(_key, "4.4.1").Replace("failed", "delayed", StringComparison.Ordinal))).Json.GetProperty("ignored").GetString());
        Assert.Equal("sent", (await MessageAsync()).GetProperty("status").GetString());

        Assert.Equal(["bounce.empty"], (await PostAsync("")).ErrorCodes);
        Assert.Equal(413, (await PostAsync(new string('x', 5 * 1024 * 1024))).Status);
    }
}
