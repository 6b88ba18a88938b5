using System.Text.Json;
using System.Text.RegularExpressions;

namespace Parcours.Tests.Api;

/// <summary>What readers of mail choose by its link, on the real engine. Semantics 10.3, 10.4, 10.9; RFC 8058.</summary>
public sealed class SubscriptionTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!, _reader = null!;
    string _contact = "", _link = "";

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        (_api, _reader) = (_installation.Client(), _installation.Client(null));
        await _api.PutAsync("/api/v1/topics/news", """{"title":"News of the shop","whenUnknown":"unlessRefused"}""");
        await _api.PutAsync("/api/v1/topics/offers", """{"title":"Offers","whenUnknown":"needsGiven"}""");
        await _api.PutAsync("/api/v1/content/hello", """{"subject":"Hello","text":"Hi"}""");
        foreach (var (id, purpose) in new[] { ("welcome", "marketing"), ("receipt", "transactional") })
        {
            await _api.PutAsync($"/api/v1/journeys/{id}", """
                {"format":1,"id":"ID","name":"ID","settings":{"reEntry":{"kind":"always"},"email":{"topic":"news","purpose":"PURPOSE"}},
                 "start":[{"kind":"event","id":"in","events":["ID"],"next":"mail"}],
                 "points":{"mail":{"kind":"sendEmail","content":"hello","next":"done"},"done":{"kind":"end","outcome":"completed"}}}
                """.Replace("ID", id, StringComparison.Ordinal).Replace("PURPOSE", purpose, StringComparison.Ordinal));
            Assert.Equal(200, (await _api.PostAsync($"/api/v1/journeys/{id}/publish", "")).Status);
        }

        await HappensAsync("welcome");
        var mail = (await _api.GetAsync("/api/v1/sandbox")).Json.GetProperty("items")[0];
        var whole = (await _api.GetAsync($"/api/v1/sandbox/{mail.GetProperty("key").GetString()}")).Json;
        _contact = whole.GetProperty("contact").GetString()!;
        _link = new Uri(whole.GetProperty("headers").GetProperty("List-Unsubscribe").GetString()!.Trim('<', '>')).AbsolutePath;
        Assert.Equal("List-Unsubscribe=One-Click", whole.GetProperty("headers").GetProperty("List-Unsubscribe-Post").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        _reader.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task HappensAsync(string name, string user = "ada", string email = "ada@example.org")
    {
        await _api.PostAsync("/api/v1/events", $$"""{"event":"{{name}}","userId":"{{user}}","email":"{{email}}"}""");
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
    }

    Task<Answer> PostAsync(params (string Name, string Value)[] fields) =>
        _reader.SendAsync(HttpMethod.Post, _link, new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))), ("Origin", "null"));

    async Task<string> ConsentsAsync() => string.Join(' ', (await _api.GetAsync($"/api/v1/contacts/{_contact}")).Json.GetProperty("consents").EnumerateArray()
        .Select(consent => $"{consent.GetProperty("topic").GetString()}:{consent.GetProperty("state").GetString()}").Order(StringComparer.Ordinal));

    async Task<int> MailsAsync() => (await _api.GetAsync("/api/v1/sandbox")).Json.GetProperty("items").GetArrayLength();

    async Task<List<string>> SuppressedAsync() => [.. (await _api.GetAsync("/api/v1/suppressions")).Json.GetProperty("items").EnumerateArray().Select(row => $"{row.GetProperty("address").GetString()} {row.GetProperty("reason").GetString()}")];

    async Task<List<JsonElement>> LeftAsync() => [.. (await _api.GetAsync($"/api/v1/contacts/{_contact}/events")).Json.GetProperty("items").EnumerateArray()
        .Where(item => item.TryGetProperty("event", out var occurred) && occurred.GetString() == "email_unsubscribed")];

    static List<string> Checked(Answer page) => [.. Regex.Matches(page.Text, "value=\"([^\"]+)\" checked").Select(match => match.Groups[1].Value)];

    [Fact]
    public async Task One_click_is_one_post_with_no_cookie_and_no_redirect_told_once_as_an_event_and_a_figure()
    {
        var answer = await PostAsync(("List-Unsubscribe", "One-Click"));
        await PostAsync(("List-Unsubscribe", "One-Click"));

        Assert.Equal((200, ""), (answer.Status, answer.Header("Set-Cookie")));
        Assert.Equal("news:refused", await ConsentsAsync());
        var left = Assert.Single(await LeftAsync()).GetProperty("properties");
        Assert.Equal(("news", "welcome", "mail"), (left.GetProperty("topic").GetString(), left.GetProperty("journey").GetString(), left.GetProperty("point").GetString()));
        var point = (await _api.GetAsync("/api/v1/journeys/welcome/statistics")).Json.GetProperty("points").EnumerateArray().Single(point => point.GetProperty("point").GetString() == "mail");
        Assert.Equal(1, point.GetProperty("messages").GetProperty("unsubscribed").GetInt64());
    }

    [Theory]
    [InlineData("text/plain", "List-Unsubscribe=One-Click")]
    [InlineData("application/x-www-form-urlencoded", "")]
    [InlineData("multipart/form-data; boundary=x", "broken")]
    [InlineData("application/x-www-form-urlencoded", "do=something-else")]
    public async Task A_post_that_says_it_badly_unsubscribes_all_the_same(string type, string body)
    {
        var content = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        Assert.Equal(200, (await _reader.SendAsync(HttpMethod.Post, _link, content)).Status);
        Assert.Equal("news:refused", await ConsentsAsync());
    }

    [Fact]
    public async Task It_can_be_taken_back_on_the_same_page()
    {
        Assert.Contains("again", (await PostAsync(("List-Unsubscribe", "One-Click"))).Text, StringComparison.Ordinal);

        var again = await PostAsync(("do", "again"));
        await HappensAsync("welcome");

        Assert.Equal((200, "news:given", 2), (again.Status, await ConsentsAsync(), await MailsAsync()));
        Assert.Equal(["news"], Checked(again));
    }

    [Fact]
    public async Task Leaving_all_stops_marketing_to_the_address_whoever_has_it_and_lets_receipts_through()
    {
        Assert.Equal(200, (await PostAsync(("do", "all"))).Status);
        await HappensAsync("welcome");
        Assert.Equal(1, await MailsAsync());
        await HappensAsync("receipt");
        Assert.Equal(2, await MailsAsync());

        Assert.Equal(("*:refused", "ada@example.org unsubscribed"), (await ConsentsAsync(), Assert.Single(await SuppressedAsync())));
        Assert.Contains("again-all", (await _reader.GetAsync(_link)).Text, StringComparison.Ordinal);
        // The address passes to another contact, whose own consents know nothing of this.
        await _api.PatchAsync($"/api/v1/contacts/{_contact}", """{"email":"ada@new.example"}""");
        await HappensAsync("welcome", "bob");
        Assert.Equal(2, await MailsAsync());
    }

    [Fact]
    public async Task Taking_back_the_leaving_of_all_leaves_every_topic_as_it_was()
    {
        await PostAsync(("do", "save"), ("topic", "offers"));
        Assert.Equal("news:refused offers:given", await ConsentsAsync());
        await PostAsync(("do", "all"));

        var back = await PostAsync(("do", "again-all"));

        Assert.Equal(200, back.Status);
        Assert.Equal(["offers"], Checked(back));
        Assert.Empty(await SuppressedAsync());
    }

    [Fact]
    public async Task Topics_are_chosen_by_the_same_link_and_boxes_show_what_holds()
    {
        Assert.Equal(["news"], Checked(await _reader.GetAsync(_link)));

        Assert.Equal(["news", "offers"], Checked(await PostAsync(("do", "save"), ("topic", "news"), ("topic", "offers"), ("topic", "unheard-of"))));
        Assert.Equal("offers:given", await ConsentsAsync());
        Assert.Empty(Checked(await PostAsync(("do", "save"))));

        Assert.Equal("news:refused offers:refused", await ConsentsAsync());
        Assert.Equal(["news", "offers"], (await LeftAsync()).Select(item => item.GetProperty("properties").GetProperty("topic").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_left_all_and_chooses_one_topic_gets_that_one_alone()
    {
        await PostAsync(("do", "all"));

        Assert.Equal(["offers"], Checked(await PostAsync(("do", "save"), ("topic", "offers"))));
        Assert.Empty(await SuppressedAsync());
        await HappensAsync("welcome");
        Assert.Equal(1, await MailsAsync());

        await PostAsync(("do", "all"));
        Assert.Equal(["news"], Checked(await PostAsync(("do", "again"))));
        await HappensAsync("welcome");
        Assert.Equal(2, await MailsAsync());
    }

    [Fact]
    public async Task The_page_speaks_the_readers_language()
    {
        Assert.Contains("Ce que vous souhaitez recevoir", (await _reader.GetAsync(_link, ("Accept-Language", "fr"))).Text, StringComparison.Ordinal);
        Assert.Contains("Che cosa vuoi ricevere", (await _reader.GetAsync(_link, ("Accept-Language", "it"))).Text, StringComparison.Ordinal);
    }

    /// Semantics 10.3
    [Theory, InlineData("bounced"), InlineData("complained")]
    public async Task A_bounce_or_complaint_that_a_program_tells_suppresses_the_address_once(string type)
    {
        var key = (await _api.GetAsync("/api/v1/messages")).Json.GetProperty("items")[0].GetProperty("key").GetString();
        for (var times = 0; times < 2; times++)
            Assert.Equal((200, type), ((await _api.PostAsync($"/api/v1/messages/{key}/feedback", $$"""{"type":"{{type}}","id":"p-1","reason":"5.1.1 no such user"}""")) is var answer ? answer.Status : 0, answer.Json.GetProperty("status").GetString()));
        await HappensAsync("receipt");

        Assert.Equal(1, await MailsAsync());
        Assert.Equal($"ada@example.org {type}", Assert.Single(await SuppressedAsync()));
        var events = (await _api.GetAsync($"/api/v1/contacts/{_contact}/events")).Json.GetProperty("items").EnumerateArray().Where(item => item.TryGetProperty("event", out var occurred) && occurred.GetString() == $"email_{type}");
        Assert.Equal("5.1.1 no such user", Assert.Single(events).GetProperty("properties").GetProperty("reason").GetString());
        // What stands for a bounce is not weakened by an unsubscription.
        await PostAsync(("do", "all"));
        Assert.Equal($"ada@example.org {type}", Assert.Single(await SuppressedAsync()));
    }

    /// Semantics 10.5, 5.1
    [Fact]
    public async Task The_same_open_told_twice_counts_once_and_what_makes_no_sense_is_refused_with_every_reason()
    {
        var path = $"/api/v1/messages/{(await _api.GetAsync("/api/v1/messages")).Json.GetProperty("items")[0].GetProperty("key").GetString()}/feedback";
        await _api.PostAsync(path, """{"type":"opened","id":"a"}""");
        await _api.PostAsync(path, """{"type":"opened","id":"a"}""");
        var opened = await _api.PostAsync(path, """{"type":"opened","id":"b"}""");

        Assert.Equal((2, "opened"), (opened.Json.GetProperty("opens").GetInt32(), opened.Json.GetProperty("status").GetString()));
        Assert.Equal("opened", (await _api.PostAsync(path, """{"type":"softBounced","reason":"4.2.2"}""")).Json.GetProperty("status").GetString());
        Assert.Empty(await SuppressedAsync());
        var refused = await _api.PostAsync(path, """{"type":"opened","id":"","link":"x","topic":"gone"}""");
        Assert.Equal(["feedback.id", "feedback.link", "feedback.topic"], refused.ErrorCodes);
        Assert.Equal(400, (await _api.PostAsync(path, """{"type":"machineOpened"}""")).Status);
        Assert.Equal(404, (await _api.PostAsync("/api/v1/messages/00000000000000000000000000000000/feedback", """{"type":"opened"}""")).Status);
    }

    /// Semantics 10.4, 2.5
    [Fact]
    public async Task Addresses_are_suppressed_and_released_by_hand_with_who_and_why_and_no_import_releases_them()
    {
        var made = await _api.PostAsync("/api/v1/suppressions", """{"address":" ADA@example.org","reason":"asked by letter"}""");
        await HappensAsync("receipt");

        Assert.Equal((201, "ada@example.org", "asked by letter"), (made.Status, made.Json.GetProperty("address").GetString(), made.Json.GetProperty("reason").GetString()));
        Assert.NotNull(made.Json.GetProperty("by").GetString());
        Assert.Equal(1, await MailsAsync());
        Assert.Contains("suppressed", (await _api.GetAsync("/api/v1/messages?journey=receipt")).Text, StringComparison.Ordinal);
        await PostAsync(("do", "again-all"));
        Assert.Single((await _api.GetAsync("/api/v1/suppressions?address=ada@example.org")).Json.GetProperty("items").EnumerateArray());

        Assert.Equal(204, (await _api.DeleteAsync($"/api/v1/suppressions/{made.Json.GetProperty("id").GetString()}")).Status);
        Assert.Equal(404, (await _api.DeleteAsync($"/api/v1/suppressions/{made.Json.GetProperty("id").GetString()}")).Status);
        await HappensAsync("receipt");
        Assert.Equal(2, await MailsAsync());
        Assert.Equal(["suppression.channel"], (await _api.PostAsync("/api/v1/suppressions", """{"address":"ada@example.org","channel":"pigeon"}""")).ErrorCodes);
        Assert.Equal(["suppression.address"], (await _api.PostAsync("/api/v1/suppressions", """{"address":"ada"}""")).ErrorCodes);
    }
}
