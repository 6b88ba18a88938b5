using System.Text.Json;
using System.Text.RegularExpressions;
using Parcours.Channels.Links;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Tests.Api;

/// <summary>Opens and clicks over HTTP, on the real engine. Semantics 10.5, 10.9</summary>
public sealed class TrackingTests : IAsyncLifetime
{
    const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!, _reader = null!;
    string _key = "", _contact = "", _open = "";
    List<string> _links = [];

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        (_api, _reader) = (_installation.Client(), _installation.Client(null));
        await _api.PutAsync("/api/v1/topics/news", """{"title":"News of the shop","whenUnknown":"unlessRefused"}""");
        await _api.PutAsync("/api/v1/content/hello", """{"subject":"Hello","html":"<body><a href=\"https://shop.example.org/?a=1&amp;b=2\" data-link=\"sale\">Sale</a><a href=\"https://shop.example.org/{{event.cart}}\">Cart</a></body>"}""");
        await PublishAsync("""
            {"format":1,"id":"welcome","name":"Welcome","settings":{"reEntry":{"kind":"always"},"email":{"topic":"news"}},
             "start":[{"kind":"event","id":"joined","events":["Joined"],"next":"mail"}],
             "points":{"mail":{"kind":"sendEmail","content":"hello","next":"wait"},
              "wait":{"kind":"waitFor","activities":[{"kind":"message","point":"mail","is":"clicked","link":"sale"}],"timeout":"P3D","next":"keen","onTimeout":"done"},
              "keen":{"kind":"addTag","tag":"keen","next":"done"},"done":{"kind":"end","outcome":"completed"}}}
            """);
        await PublishAsync("""
            {"format":1,"id":"follow-up","name":"Follow up","start":[{"kind":"event","id":"clicked","events":["email_clicked"],"where":{"kind":"field","name":"link","is":"equals","value":"sale"},"next":"tag"}],
             "points":{"tag":{"kind":"addTag","tag":"followed","next":"done"},"done":{"kind":"end","outcome":"completed"}}}
            """);
        await _api.PostAsync("/api/v1/events", """{"event":"Joined","userId":"ada","email":"ada@example.org","properties":{"cart":"42"}}""");
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
        var mail = (await _api.GetAsync("/api/v1/sandbox")).Json.GetProperty("items")[0];
        _key = mail.GetProperty("key").GetString()!;
        var whole = (await _api.GetAsync($"/api/v1/sandbox/{_key}")).Json;
        _contact = whole.GetProperty("contact").GetString()!;
        var html = whole.GetProperty("html").GetString()!;
        _links = [.. Regex.Matches(html, "/c/[A-Za-z0-9_-]+/[A-Za-z0-9_-]+").Select(match => match.Value)];
        _open = Regex.Match(html, "/o/[A-Za-z0-9_-]+").Value;
    }

    async Task PublishAsync(string journey)
    {
        var id = JsonDocument.Parse(journey).RootElement.GetProperty("id").GetString();
        await _api.PutAsync($"/api/v1/journeys/{id}", journey);
        var published = await _api.PostAsync($"/api/v1/journeys/{id}/publish", "");
        Assert.True(published.Status == 200, published.Text);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        _reader.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    Task<Answer> GetAsync(string path, string agent = Browser, params (string, string)[] headers) => _reader.GetAsync(path, [("User-Agent", agent), .. headers]);

    async Task<string> StatusAsync() => (await _api.GetAsync($"/api/v1/messages/{_key}")).Json.GetProperty("status").GetString()!;

    async Task<Dictionary<string, long>> CountsAsync()
    {
        var points = (await _api.GetAsync("/api/v1/journeys/welcome/statistics")).Json.GetProperty("points");
        return points.EnumerateArray().Single(point => point.GetProperty("point").GetString() == "mail").GetProperty("messages").Deserialize<Dictionary<string, long>>()!;
    }

    async Task<List<JsonElement>> EventsAsync() =>
        [.. (await _api.GetAsync($"/api/v1/contacts/{_contact}/events")).Json.GetProperty("items").EnumerateArray().Where(item => item.TryGetProperty("event", out var occurred) && occurred.ValueKind == JsonValueKind.String && occurred.GetString()!.StartsWith("email_", StringComparison.Ordinal))];

    async Task<string> TagsAsync() => (await _api.GetAsync($"/api/v1/contacts/{_contact}")).Json.GetProperty("tags").GetRawText();

    [Fact]
    public async Task An_open_is_told_by_an_image_that_nobody_keeps()
    {
        var image = await GetAsync(_open);

        Assert.Equal((200, "image/gif"), (image.Status, image.Header("Content-Type")));
        Assert.Contains("no-store", image.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal("opened", await StatusAsync());
        Assert.Equal("email_opened", Assert.Single(await EventsAsync()).GetProperty("event").GetString());
    }

    [Fact]
    public async Task A_click_leads_on_and_moves_who_waits_for_it_and_starts_another_journey()
    {
        var answer = await GetAsync(_links[0]);

        Assert.Equal((302, "https://shop.example.org/?a=1&b=2"), (answer.Status, answer.Header("Location")));
        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
        Assert.Equal("clicked", await StatusAsync());
        Assert.Equal("""["followed","keen"]""", await TagsAsync());
        var occurred = Assert.Single(await EventsAsync());
        Assert.Equal(("email_clicked", "sale"), (occurred.GetProperty("event").GetString(), occurred.GetProperty("properties").GetProperty("link").GetString()));
    }

    [Fact]
    public async Task A_personal_link_leads_to_its_own_place_and_tells_no_more_than_its_author_wrote()
    {
        Assert.Equal("https://shop.example.org/42", (await GetAsync(_links[1])).Header("Location"));

        Assert.Equal("https://shop.example.org/{{event.cart}}", Assert.Single(await EventsAsync()).GetProperty("properties").GetProperty("link").GetString());
        Assert.Equal("""[]""", await TagsAsync());
    }

    [Fact]
    public async Task Opens_and_clicks_are_counted_by_message_and_in_all()
    {
        foreach (var path in new[] { _open, _open, _links[0], _links[0], _links[1] })
            await GetAsync(path);

        var counts = await CountsAsync();
        Assert.Equal((1, 1, 1, 2, 3), (counts["delivered"], counts["opened"], counts["clicked"], counts["opens"], counts["clicks"]));
        var message = (await _api.GetAsync($"/api/v1/messages/{_key}")).Json;
        Assert.Equal((2, 3), (message.GetProperty("opens").GetInt32(), message.GetProperty("clicks").GetInt32()));
    }

    [Theory]
    [InlineData("Mozilla/5.0", null)]
    [InlineData("", null)]
    [InlineData("Googlebot/2.1", null)]
    [InlineData(Browser, "prefetch;prerender")]
    public async Task Programs_get_their_answer_and_are_counted_apart(string agent, string? purpose)
    {
        (string, string)[] headers = purpose is null ? [] : [("Sec-Purpose", purpose)];
        Assert.Equal(200, (await GetAsync(_open, agent, headers)).Status);
        Assert.Equal(302, (await GetAsync(_links[0], agent, headers)).Status);

        Assert.Empty(await EventsAsync());
        Assert.Equal("[]", await TagsAsync());
        var counts = await CountsAsync();
        Assert.Equal((1, 1, false, "delivered"), (counts["machine-opens"], counts["machine-clicks"], counts.ContainsKey("opened"), await StatusAsync()));
    }

    [Fact]
    public async Task A_proxy_that_fetches_for_a_reader_is_no_program() =>
        Assert.Equal((200, "opened"), ((await GetAsync(_open, "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)")).Status, await StatusAsync()));

    [Fact]
    public async Task Asking_for_the_head_alone_tells_nothing()
    {
        Assert.Equal(302, (await _reader.SendAsync(HttpMethod.Head, _links[0], null, ("User-Agent", Browser))).Status);
        Assert.Equal(200, (await _reader.SendAsync(HttpMethod.Head, _open, null, ("User-Agent", Browser))).Status);

        Assert.Equal("sent", await StatusAsync());
    }

    [Fact]
    public async Task Nobody_can_make_the_server_lead_elsewhere()
    {
        var token = _links[0].Split('/')[2];
        var foreign = new PublicLinkSigner(new LinkKeyRing(2, [new LinkKey(2, new byte[32])])).Seal(new("sale", "https://evil.example/", LinkTarget.MarkOf("hello")), null);
        var of = new PublicLinkSigner(Installation.Ring);
        var others = of.Sign(new PublicLink(LinkPurpose.Click, new Partition(0), new MessageKey(Guid.Empty)));

        foreach (var path in new[]
                 {
                     $"/c/{token}/{foreign}", $"/c/{token}/https%3A%2F%2Fevil.example", $"/c/{_open[3..]}/{_links[0].Split('/')[3]}", $"/c/{others}/{_links[1].Split('/')[3]}",
                     $"/o/{token}", "/c/x/y",
                 })
        {
            var answer = await GetAsync(path);
            Assert.Equal((404, ""), (answer.Status, answer.Header("Location")));
        }

        Assert.Equal("sent", await StatusAsync());
    }

    [Fact]
    public async Task The_link_of_other_content_leads_on_and_is_nobodys_click()
    {
        var other = new PublicLinkSigner(Installation.Ring).Seal(new("sale", "https://shop.example.org/other", LinkTarget.MarkOf("other")), null);

        Assert.Equal(302, (await GetAsync($"/c/{_links[0].Split('/')[2]}/{other}")).Status);

        Assert.Equal(("sent", "[]"), (await StatusAsync(), await TagsAsync()));
    }

    [Fact]
    public async Task A_revoked_key_is_told_as_gone()
    {
        var revoked = new PublicLinkSigner(new LinkKeyRing(1, [new LinkKey(1, new byte[32])]));
        var target = revoked.Seal(new("sale", "https://shop.example.org/", LinkTarget.MarkOf("hello")), null);
        PublicLink Of(LinkPurpose purpose) => new(purpose, new Partition(0), new MessageKey(Guid.Empty));

        Assert.Equal(410, (await GetAsync("/o/" + revoked.Sign(Of(LinkPurpose.Open)))).Status);
        Assert.Equal(410, (await GetAsync($"/c/{revoked.Sign(Of(LinkPurpose.Click))}/{_links[0].Split('/')[3]}")).Status);
        Assert.Equal(410, (await GetAsync($"/c/{_links[0].Split('/')[2]}/{target}")).Status);
    }

    [Fact]
    public async Task A_flood_of_one_message_is_answered_and_not_counted_in_full()
    {
        for (var times = 0; times < 100; times++)
            Assert.Equal(200, (await GetAsync(_open)).Status);

        Assert.Equal(Parcours.Web.MessageRate.AMinuteMax, (await CountsAsync())["opens"]);
    }

    [Fact]
    public async Task Looking_at_somebody_elses_mail_is_no_open()
    {
        var page = await _api.GetAsync($"/api/v1/sandbox/{_key}/html");

        Assert.DoesNotContain("/o/", page.Text, StringComparison.Ordinal);
        Assert.Contains("/c/", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(",\"trackOpens\":false", null, 0, 2)]
    [InlineData(",\"trackClicks\":false", null, 1, 0)]
    [InlineData("", "refused", 0, 0)]
    [InlineData("", "given", 1, 2)]
    public async Task What_the_author_or_the_contact_does_not_want_noticed_is_not(string point, string? consent, int opens, int clicks)
    {
        await _api.PutAsync("/api/v1/topics/tracking", """{"title":"Noticing opens and clicks"}""");
        if (consent is not null)
            await _api.PatchAsync($"/api/v1/contacts/{_contact}", $$"""{"consents":[{"channel":"email","topic":"tracking","state":"{{consent}}"}]}""");
        await PublishAsync("""
            {"format":1,"id":"quiet","name":"Quiet","settings":{"email":{"topic":"news"}},"start":[{"kind":"event","id":"go","events":["Go"],"next":"mail"}],
             "points":{"mail":{"kind":"sendEmail","content":"hello","next":"done"POINT},"done":{"kind":"end","outcome":"completed"}}}
            """.Replace("POINT", point, StringComparison.Ordinal));

        await _api.PostAsync("/api/v1/events", """{"event":"Go","userId":"ada","properties":{"cart":"42"}}""");
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);

        var messages = (await _api.GetAsync("/api/v1/messages?journey=quiet")).Json.GetProperty("items");
        var html = (await _api.GetAsync($"/api/v1/sandbox/{messages[0].GetProperty("key").GetString()}")).Json.GetProperty("html").GetString()!;
        Assert.Equal((opens, clicks), (Regex.Count(html, "/o/"), Regex.Count(html, "/c/")));
    }
}
