using System.Text.Json;
using Parcours.Channels.Links;
using Parcours.Channels.Mailing;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>The links in mails, without any key, on the real engine. Semantics 10.9, 10.3; RFC 8058.</summary>
public sealed class PublicLinkTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!, _reader = null!;
    string _contact = "", _unsubscribe = "", _html = "";

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        (_api, _reader) = (_installation.Client(), _installation.Client(null));
        await _api.PutAsync("/api/v1/topics/news", """{"title":"News of the shop","whenUnknown":"unlessRefused"}""");
        await _api.PutAsync("/api/v1/content/hello", """{"subject":"Hello","html":"<p>Hi <a href=\"{{links.view}}\">view</a></p>"}""");
        await _api.PutAsync("/api/v1/journeys/welcome", """
            {"format":1,"id":"welcome","name":"Welcome","settings":{"reEntry":{"kind":"always"},"email":{"topic":"news"}},
             "start":[{"kind":"event","id":"joined","events":["Joined"],"next":"mail"}],
             "points":{"mail":{"kind":"sendEmail","content":"hello","next":"done"},"done":{"kind":"end","outcome":"completed"}}}
            """);
        var published = await _api.PostAsync("/api/v1/journeys/welcome/publish", "");
        Assert.True(published.Status == 200 && published.Json.GetProperty("status").GetString() == "live", published.Text);
        await JoinAsync();
        Assert.Contains("sent", (await _api.GetAsync("/api/v1/messages")).Text, StringComparison.Ordinal);
        var mail = (await _api.GetAsync("/api/v1/sandbox")).Json.GetProperty("items")[0];
        var whole = (await _api.GetAsync($"/api/v1/sandbox/{mail.GetProperty("key").GetString()}")).Json;
        _contact = whole.GetProperty("contact").GetString()!;
        _html = whole.GetProperty("html").GetString()!;
        _unsubscribe = new Uri(whole.GetProperty("headers").GetProperty("List-Unsubscribe").GetString()!.Trim('<', '>')).AbsolutePath;
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        _reader.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task JoinAsync()
    {
        await _api.PostAsync("/api/v1/events", """{"event":"Joined","userId":"ada","email":"ada@example.org"}""");
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
    }

    async Task<string?> ConsentAsync()
    {
        var consents = (await _api.GetAsync($"/api/v1/contacts/{_contact}")).Json.GetProperty("consents");
        return consents.GetArrayLength() == 0 ? null : consents[0].GetProperty("state").GetString();
    }

    static HttpContent OneClick(bool multipart) => multipart
        ? new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } }
        : new FormUrlEncodedContent(new Dictionary<string, string> { ["List-Unsubscribe"] = "One-Click" });

    [Fact]
    public async Task Browsers_find_an_icon_where_they_look_by_themselves()
    {
        var icon = await _reader.GetAsync("/favicon.ico");

        Assert.Equal((200, "image/svg+xml"), (icon.Status, icon.Message.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("<svg", icon.Text.TrimStart(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_at_the_page_changes_nothing()
    {
        var page = await _reader.GetAsync(_unsubscribe);

        Assert.Equal(200, page.Status);
        Assert.Contains("News of the shop", page.Text, StringComparison.Ordinal);
        Assert.Contains("<form method=\"post\">", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.org", page.Text, StringComparison.Ordinal);
        Assert.Null(await ConsentAsync());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task One_click_ends_the_subscription_at_once_and_for_good(bool multipart)
    {
        var done = await _reader.SendAsync(HttpMethod.Post, _unsubscribe, OneClick(multipart), ("Origin", "null"));

        Assert.Equal(200, done.Status);
        Assert.Equal("refused", await ConsentAsync());
        await JoinAsync();
        Assert.Equal(1, (await _api.GetAsync("/api/v1/sandbox")).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(200, (await _reader.SendAsync(HttpMethod.Post, _unsubscribe, OneClick(multipart))).Status);
        Assert.DoesNotContain("One-Click", (await _reader.GetAsync(_unsubscribe)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_who_reads_the_mail_can_press_the_button_too()
    {
        var users = _installation.Get<Users>();
        var demo = ((UserAnswer.Done)await users.AddAsync("demo@example.org", null, UserRole.Admin, TestContext.Current.CancellationToken)).User;
        var cookie = (await _reader.GetAsync(await _installation.Get<OneTimeLinks>().SignInPathAsync(demo, TestContext.Current.CancellationToken))).Header("Set-Cookie").Split(';')[0];

        Assert.Equal(200, (await _reader.SendAsync(HttpMethod.Post, _unsubscribe, OneClick(false), ("Origin", "null"), ("Cookie", cookie))).Status);
        Assert.Equal("refused", await ConsentAsync());
    }

    /// <summary>Composes, keeps nothing, and says that it was sent: as a channel does whose mails leave.</summary>
    sealed class Leaving(MailComposer composer) : IChannel
    {
        public string? Html { get; private set; }

        public string Name => "email";

        public bool IsIdempotent => false;

        public async ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
        {
            Html = ((ComposedMail)await composer.ComposeAsync(message, cancellationToken)).Html;
            return new(SendOutcome.Sent);
        }
    }

    [Fact]
    public async Task A_mail_that_left_is_shown_in_a_browser_too()
    {
        using var folder = new Folder();
        Leaving? mails = null;
        await using var installation = await RealEngine.InstallAsync(folder.Path, channel: composer => mails = new(composer));
        using var api = installation.Client();
        using var reader = installation.Client(null);
        await api.PutAsync("/api/v1/content/receipt", """{"subject":"Hello {{contact.first_name}}","html":"<p>Hi {{contact.first_name}}, order {{event.number}}: <a href=\"{{links.view}}\">view</a></p>"}""");
        await api.PutAsync("/api/v1/journeys/order", """
            {"format":1,"id":"order","name":"Order","start":[{"kind":"event","id":"ordered","events":["Ordered"],"next":"mail"}],
             "points":{"mail":{"kind":"sendEmail","content":"receipt","purpose":"transactional","next":"done"},"done":{"kind":"end","outcome":"completed"}}}
            """);
        Assert.Equal(200, (await api.PostAsync("/api/v1/journeys/order/publish", "")).Status);
        await api.PostAsync("/api/v1/contacts", """{"userId":"ada","properties":{"email":"ada@example.org","first_name":"Ada"}}""");
        await api.PostAsync("/api/v1/events", """{"event":"Ordered","userId":"ada","properties":{"number":4711}}""");
        await installation.Engine.SettleAsync(TestContext.Current.CancellationToken);

        var html = mails!.Html!;
        var page = await reader.GetAsync(html.Substring(html.IndexOf("/v/", StringComparison.Ordinal), "/v/".Length + PublicLinkSigner.TokenLength));

        Assert.Equal(200, page.Status);
        Assert.Contains("Hi Ada, order 4711", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("data-open", page.Text, StringComparison.Ordinal);
        Assert.StartsWith("sandbox", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    /// <summary>A mail that was passed on gives nobody's consent.</summary>
    [Fact]
    public async Task Taking_back_what_was_never_left_changes_nothing()
    {
        foreach (var act in new[] { "again", "again-all" })
            Assert.Equal(200, (await _reader.SendAsync(HttpMethod.Post, _unsubscribe, new FormUrlEncodedContent(new Dictionary<string, string> { ["do"] = act }))).Status);

        Assert.Null(await ConsentAsync());
    }

    [Fact]
    public async Task A_link_shows_the_mail_in_a_browser_where_it_can_do_nothing()
    {
        var at = _html.IndexOf("/v/", StringComparison.Ordinal);
        var page = await _reader.GetAsync(_html.Substring(at, "/v/".Length + PublicLinkSigner.TokenLength));

        Assert.Equal(200, page.Status);
        Assert.Contains("<p>Hi ", page.Text, StringComparison.Ordinal);
        Assert.StartsWith("sandbox", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_link_is_unknown_and_one_of_a_revoked_key_is_gone()
    {
        var forged = _unsubscribe[..^1] + (_unsubscribe[^1] == 'A' ? 'B' : 'A');
        var revoked = "/u/" + new PublicLinkSigner(new LinkKeyRing(1, [new LinkKey(1, new byte[32])])).Sign(new(LinkPurpose.Unsubscribe, new Partition(0), new MessageKey(Guid.Empty)));

        Assert.Equal(404, (await _reader.SendAsync(HttpMethod.Post, forged, OneClick(false))).Status);
        Assert.Equal(410, (await _reader.SendAsync(HttpMethod.Post, revoked, OneClick(false))).Status);
        Assert.Equal(404, (await _reader.GetAsync("/v/" + _unsubscribe[3..])).Status);
        Assert.Null(await ConsentAsync());
    }

    [Fact]
    public async Task The_plain_page_shows_the_journeys_and_opens_the_mail()
    {
        var home = await _api.GetAsync("/");
        var mail = home.Text[(home.Text.IndexOf("/mail/", StringComparison.Ordinal))..][.."/mail/00000000000000000000000000000000".Length];

        Assert.Equal(200, home.Status);
        Assert.Contains("Welcome", home.Text, StringComparison.Ordinal);
        Assert.Contains("ada@example.org", home.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", home.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("sandbox=\"", (await _api.GetAsync(mail)).Text, StringComparison.Ordinal);
        var body = await _api.GetAsync(mail + "/body");
        Assert.Contains("<p>Hi ", body.Text, StringComparison.Ordinal);
        Assert.StartsWith("sandbox", body.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("", body.Header("X-Frame-Options"));
        Assert.Equal(404, (await _api.GetAsync("/mail/00000000000000000000000000000000")).Status);
    }
}
