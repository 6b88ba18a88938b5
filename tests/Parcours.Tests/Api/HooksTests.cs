using System.Security.Cryptography;
using System.Text;
using Parcours.Channels.Webhooks;
using Parcours.Http;
using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>Incoming webhooks: what other programs send in words of their own.</summary>
public sealed class HooksTests : IAsyncLifetime
{
    const string Mapping = """{"event":"Order Paid","identities":{"email":"/customer/email","userId":"customer.id"},"data":{"total":"/total","first":"lines[0].title","lines":"/lines"},"properties":{"town":"/customer/address/city"},"messageId":"/id","timestamp":"/paid_at"}""";
    const string Order = """{"id":4711,"total":12.5,"paid_at":"2026-03-02T08:59:00Z","customer":{"id":7,"email":"ada@example.org","address":{"city":"Bern"}},"lines":[{"title":"Tea"},{"title":"Cup"}]}""";

    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!, _sender = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path, new HttpSettings { EntriesPerMinuteByHook = 20 });
        (_api, _sender) = (_installation.Client(), _installation.Client(null));
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        _sender.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task<string> HookAsync(string more = "", string mapping = Mapping)
    {
        var made = await _api.PutAsync("/api/v1/hooks/shop", $$"""{"title":"Our shop","mapping":{{mapping}}{{more}} }""");
        Assert.True(made.Status == 201, made.Text);
        return made.Json.GetProperty("path").GetString()!;
    }

    async Task<string> ReceivedAsync() => (await _api.GetAsync("/api/v1/hooks/shop/received")).Text;

    [Fact]
    public async Task A_body_in_words_of_its_own_becomes_an_event_of_a_contact_and_starts_a_journey()
    {
        var path = await HookAsync();
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/paid", """{"format":1,"id":"paid","name":"Paid","start":[{"kind":"event","id":"in","events":["Order Paid"],"next":"rest"}],"points":{"rest":{"kind":"delay","for":"P1D","next":"end"},"end":{"kind":"end","outcome":"completed"}}}""")).Status);
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/paid/publish", "")).Status);

        var answer = await _sender.PostAsync(path, Order);

        Assert.True(answer.Status == 200, answer.Text);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
        var found = (await _api.GetAsync("/api/v1/contacts?email=ada@example.org")).Json.GetProperty("items")[0];
        Assert.Equal("Bern", found.GetProperty("properties").GetProperty("town").GetString());
        var enrolment = (await _api.GetAsync($"/api/v1/contacts/{found.GetProperty("id").GetString()}/enrolments")).Json[0];
        Assert.Equal("paid", enrolment.GetProperty("journey").GetString());
        var happened = (await _api.GetAsync($"/api/v1/contacts/{found.GetProperty("id").GetString()}/events")).Json.GetProperty("items")[0];
        Assert.Equal("""{"total":12.5,"first":"Tea","lines":[{"title":"Tea"},{"title":"Cup"}]}""", happened.GetProperty("properties").GetRawText().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(["paid"], (await _api.GetAsync("/api/v1/hooks/shop")).Json.GetProperty("usedBy").EnumerateArray().Select(one => one.GetString()!));
    }

    /// <summary>Semantics 5.1: the field that its author chose makes a delivery one.</summary>
    [Fact]
    public async Task The_same_delivery_again_changes_nothing()
    {
        var path = await HookAsync();
        foreach (var _ in new int[3])
            Assert.Equal(200, (await _sender.PostAsync(path, Order)).Status);

        var line = (await _api.GetAsync("/api/v1/hooks/shop")).Json;
        Assert.Equal((1, 2, 0), (line.GetProperty("taken").GetInt32(), line.GetProperty("duplicates").GetInt32(), line.GetProperty("refused").GetInt32()));
    }

    [Fact]
    public async Task A_list_is_judged_item_by_item_and_errors_are_listed_without_values()
    {
        var path = await HookAsync();

        var answer = await _sender.PostAsync(path, $$"""[{{Order}},{"id":1,"customer":{"phone":"hidden-4711"} }]""");
        Assert.Equal(422, (await _sender.PostAsync(path, """{"id":1}""")).Status);
        Assert.Equal(400, (await _sender.PostAsync(path, "{")).Status);

        Assert.Equal("hook.nobody", Assert.Single(answer.Json.GetProperty("refused").EnumerateArray()).GetProperty("code").GetString());
        var received = (await _api.GetAsync("/api/v1/hooks/shop/received")).Json;
        Assert.Equal(["hook.json", "hook.nobody", "hook.nobody"], received.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()!));
        Assert.DoesNotContain("hidden-4711", await ReceivedAsync(), StringComparison.Ordinal);
    }

    /// <summary>What no one can read later never gets into the journal; what the engine says of a value quotes it, and is not kept.</summary>
    [Fact]
    public async Task Text_that_is_none_is_refused_and_values_are_in_no_error()
    {
        var path = await HookAsync();
        Assert.Equal(201, (await _api.PutAsync("/api/v1/properties/town", """{"type":"number"}""")).Status);

        var latin = await _sender.SendAsync(HttpMethod.Post, path, new ByteArrayContent(Encoding.Latin1.GetBytes("""{"id":1,"customer":{"id":7,"address":{"city":"Zürich"}}}""")));
        var half = await _sender.PostAsync(path, """{"id":2,"customer":{"id":8},"lines":[{"title":"\ud800"}]}""");
        var wrong = await _sender.PostAsync(path, """{"id":3,"customer":{"id":9,"address":{"city":"secret-town"}}}""");

        Assert.Equal((400, "hook.json"), (latin.Status, latin.Code));
        Assert.Equal(200, half.Status);
        Assert.Contains("secret-town", wrong.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-town", (await _api.GetAsync("/api/v1/hooks/shop/received")).Json.GetProperty("errors").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_last_is_kept_for_a_day_to_map_against()
    {
        var path = await HookAsync();
        await _sender.PostAsync(path, Order);
        Assert.Equal(12.5, (await _api.GetAsync("/api/v1/hooks/shop/received")).Json.GetProperty("body").GetProperty("total").GetDouble());

        var large = $$"""{"id":2,"customer":{"id":7},"note":"{{new string('x', 20_000)}}"}""";
        await _sender.PostAsync(path, large);
        var kept = (await _api.GetAsync("/api/v1/hooks/shop/received")).Json;
        Assert.Equal((large.Length, false), (kept.GetProperty("bytes").GetInt32(), kept.TryGetProperty("body", out var body) && body.ValueKind == System.Text.Json.JsonValueKind.Object));

        await _sender.PostAsync(path, Order);
        _installation.Time.Pass(TimeSpan.FromHours(25));
        Assert.DoesNotContain("ada@example.org", await ReceivedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_tells_what_would_be_recorded_and_what_is_missing()
    {
        var preview = (await _api.PostAsync("/api/v1/hooks/preview", $$"""{"mapping":{{Mapping}},"body":{{Order}} }""")).Json;
        Assert.Equal(("Order Paid", "4711", "7", "Bern"), (preview.GetProperty("event").GetString(), preview.GetProperty("messageId").GetString(), preview.GetProperty("identities").GetProperty("userId").GetString(), preview.GetProperty("properties").GetProperty("town").GetString()));
        Assert.Empty(preview.GetProperty("problems").EnumerateArray());

        var wrong = (await _api.PostAsync("/api/v1/hooks/preview", """{"mapping":{"eventFrom":"type","identities":{"email":"mail"},"data":{"a":"/b"},"timestamp":"at"},"body":{"mail":{"x":1},"at":"soon"}}""")).Json;
        Assert.Equal(["hook.missing", "hook.no-event", "hook.kind", "hook.nobody", "hook.missing", "hook.time"], wrong.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString()!));
    }

    [Fact]
    public async Task A_mapping_that_cannot_be_is_refused_with_every_reason()
    {
        var answer = await _api.PutAsync("/api/v1/hooks/Shop", """{"mapping":{"identities":{"name":"a..b"},"data":{"x":"/~2"}},"signature":{"kind":"hmac","secret":"none"}}""");

        Assert.Equal(["hook.name", "hook.event", "hook.identity-kind", "hook.path", "hook.path", "hook.header"], answer.ErrorCodes);
        Assert.Equal(["reference.secret"], (await _api.PutAsync("/api/v1/hooks/shop", $$"""{"mapping":{{Mapping}},"signature":{"kind":"standard","secret":"none"} }""")).ErrorCodes);
        Assert.Equal(["/mapping/data/x"], (await _api.PutAsync("/api/v1/hooks/shop", """{"mapping":{"event":"Paid","identities":{"email":"mail"},"data":{"x":null}}}""")).ErrorPaths);
    }

    [Fact]
    public async Task The_address_is_shown_once_kept_as_a_hash_and_can_be_changed()
    {
        var path = await HookAsync();
        Assert.False((await _api.GetAsync("/api/v1/hooks/shop")).Json.TryGetProperty("path", out var shown) && shown.ValueKind == System.Text.Json.JsonValueKind.String);
        var stored = string.Concat((await _installation.Engine.Queries.DocumentsAsync("hook", null, null, 10, TestContext.Current.CancellationToken)).Concat(await _installation.Engine.Queries.DocumentsAsync("hook-token", null, null, 10, TestContext.Current.CancellationToken)).Select(document => document.Id + Encoding.UTF8.GetString(document.Json.Span)));
        Assert.DoesNotContain(path.Split('/')[^1], stored, StringComparison.Ordinal);

        var changed = (await _api.PostAsync("/api/v1/hooks/shop/rotate", "")).Json.GetProperty("path").GetString()!;

        Assert.Equal(404, (await _sender.PostAsync(path, Order)).Status);
        Assert.Equal(200, (await _sender.PostAsync(changed, Order)).Status);
        Assert.Equal(428, (await _api.PutAsync("/api/v1/hooks/shop", $$"""{"mapping":{{Mapping}} }""")).Status);
        Assert.Equal(204, (await _api.DeleteAsync("/api/v1/hooks/shop")).Status);
        Assert.Equal(404, (await _sender.PostAsync(changed, Order)).Status);
        Assert.Equal(404, (await _sender.PostAsync("/hooks/wh_nobody-knows-this-one-at-all", Order)).Status);
    }

    [Fact]
    public async Task Who_has_no_signature_or_an_old_one_is_refused()
    {
        var secret = StandardWebhooks.NewSecret();
        Assert.Equal(200, (await _api.PutAsync("/api/v1/secrets/shop", $$"""{"value":"{{secret}}"}""")).Status);
        var path = await HookAsync(""","signature":{"kind":"standard","secret":"shop"}""");
        var now = _installation.Time.GetUtcNow().ToUnixTimeSeconds();
        (string, string)[] Signed(long at) => [("webhook-id", "m1"), ("webhook-timestamp", $"{at}"), ("webhook-signature", "v1,old " + StandardWebhooks.Sign(secret, "m1", at, Encoding.UTF8.GetBytes(Order)))];

        Assert.Equal(401, (await _sender.PostAsync(path, Order)).Status);
        Assert.Equal(401, (await _sender.PostAsync(path, Order, Signed(now - 301))).Status);
        Assert.Equal(401, (await _sender.PostAsync(path, Order + " ", Signed(now))).Status);
        Assert.Equal(200, (await _sender.PostAsync(path, Order, Signed(now))).Status);
        Assert.Equal(["secret.used"], (await _api.DeleteAsync("/api/v1/secrets/shop")).ErrorCodes);
    }

    [Fact]
    public async Task A_plain_signature_of_the_body_is_taken_as_digits_or_as_base_64()
    {
        Assert.Equal(200, (await _api.PutAsync("/api/v1/secrets/shop", """{"value":"s3cret"}""")).Status);
        var path = await HookAsync(""","signature":{"kind":"hmac","secret":"shop","header":"X-Signature"}""");
        var hash = HMACSHA256.HashData("s3cret"u8, Encoding.UTF8.GetBytes(Order));

        Assert.Equal(401, (await _sender.PostAsync(path, Order, ("X-Signature", "sha256=00"))).Status);
        Assert.Equal(200, (await _sender.PostAsync(path, Order, ("X-Signature", "sha256=" + Convert.ToHexStringLower(hash)))).Status);
        Assert.Equal(200, (await _sender.PostAsync(path, Order, ("X-Signature", Convert.ToBase64String(hash)))).Status);
    }

    [Fact]
    public async Task More_than_may_come_is_told_to_wait()
    {
        var path = await HookAsync();
        for (var sent = 0; sent < 20; sent++)
            Assert.Equal(200, (await _sender.PostAsync(path, Order)).Status);

        var over = await _sender.PostAsync(path, Order);

        Assert.Equal(429, over.Status);
        Assert.NotEqual("", over.Header("Retry-After"));
        Assert.Equal(400, (await _sender.PostAsync(path, $$"""{"x":"{{new string('x', 600_000)}}"}""")).Status);
    }

    [Fact]
    public async Task Keys_that_only_read_see_nothing_of_it()
    {
        await HookAsync();
        using var reader = _installation.Client(await _installation.KeyAsync(KeyScope.Read));

        foreach (var path in new[] { "/api/v1/hooks", "/api/v1/hooks/shop", "/api/v1/hooks/shop/received" })
            Assert.Equal(403, (await reader.GetAsync(path)).Status);
    }
}
