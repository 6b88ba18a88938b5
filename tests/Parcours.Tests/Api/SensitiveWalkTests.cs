using System.Text.Json;
using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Security;
using Parcours.Testing;

namespace Parcours.Tests.Api;

/// <summary>A world full of secrets, looked at through every address that can be read. Semantics 11.4.</summary>
public sealed class SensitiveWalkTests : IAsyncLifetime
{
    const string Iban = "CH93-0076-2011";
    const string IbanBefore = "CH93-0000-1111";
    const string Salary = "hundred-and-twelve";
    const string Pin = "pin-4711-pin";
    const string Email = "ada.secret@example.org";
    const string Mask = "•••";
    static readonly string[] Secrets = [Iban, IbanBefore, Salary, Pin, Email];

    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _admin = null!, _reader = null!;
    string _contact = "", _key = "", _import = "", _task = "";

    public async ValueTask InitializeAsync()
    {
        await BreakAPropertyAsync();
        _installation = await RealEngine.InstallAsync(_folder.Path, new Parcours.Http.HttpSettings { ImportFolder = Path.Combine(_folder.Path, "imports") });
        (_admin, _reader) = (_installation.Client(), _installation.Client(await _installation.KeyAsync(KeyScope.Read)));
        await MakeAsync("properties/iban", """{"type":"text","sensitive":true}""");
        await MakeAsync("properties/email", """{"type":"text","sensitive":true}""");
        await MakeAsync("properties/salary", """{"type":"number","sensitive":true}""");
        await MakeAsync("topics/news", """{"title":"News","whenUnknown":"unlessRefused"}""");
        await MakeAsync("lists/friends", "{}");
        await MakeAsync("coupons/iban", "{}");
        await MakeAsync("actions/iban", """{"url":"https://crm.example.org/x"}""");
        await MakeAsync("hooks/iban", """{"mapping":{"event":"Paid","identities":{"email":"/email"}}}""");
        await MakeAsync("teams/iban", """{"members":[]}""");
        await MakeAsync("caps/iban", """{"most":3,"within":"P7D"}""");
        await MakeAsync("quiet-hours/iban", """{"from":"21:00","until":"08:00","countries":["FR"]}""");
        await MakeAsync("holiday-calendars/FR", """{"days":[{"on":"07-14","name":"Fête nationale"}]}""");
        await MakeAsync("segments/everybody", """{"condition":{"kind":"property","name":"iban","is":"known"}}""");
        await MakeAsync("content/hello", """{"subject":"For {{default contact.iban \"none\"}}","preheader":"{{default contact.iban \"none\"}}","html":"<p>{{default contact.iban \"none\"}} {{default event.iban \"none\"}}</p>"}""");
        await MakeAsync("journeys/welcome", """
            {"format":1,"id":"welcome","name":"Welcome","settings":{"reEntry":{"kind":"always"},"email":{"topic":"news"}},
             "start":[{"kind":"event","id":"joined","events":["Joined"],"filter":{"kind":"property","name":"iban","is":"known"},"next":"rich"}],
             "points":{"rich":{"kind":"if","condition":{"kind":"any","of":[{"kind":"property","name":"iban","is":"startsWith","value":"CH"},{"kind":"field","name":"iban","is":"known"}]},"then":"mail","else":"mail"},"mail":{"kind":"sendEmail","content":"hello","next":"call"},"call":{"kind":"createTask","title":"Call about {{default contact.iban \"none\"}}","next":"wait"},"wait":{"kind":"delay","for":"P2D","next":"done"},"done":{"kind":"end","outcome":"completed"}}}
            """);
        Assert.Equal(200, (await _admin.PostAsync("/api/v1/journeys/welcome/publish", "")).Status);
        var contact = await _admin.PostAsync("/api/v1/contacts", $$$"""{"userId":"u1","email":"{{{Email}}}","properties":{"iban":"{{{IbanBefore}}}","town":"Bern"},"tags":{"add":["vip"]},"lists":{"add":["friends"]}}""");
        Assert.True(contact.Status == 201, contact.Text);
        _contact = contact.Json.GetProperty("id").GetString()!;
        Assert.Equal(200, (await _admin.PatchAsync($"/api/v1/contacts/{_contact}", $$$"""{"properties":{"iban":"{{{Iban}}}"}}""")).Status);
        await HappenAsync();
        await ImportAsync();
        _task = (await _admin.GetAsync("/api/v1/tasks")).Json.GetProperty("items")[0].GetProperty("id").GetString()!;
        _key = (await _admin.GetAsync("/api/v1/sandbox")).Json.GetProperty("items")[0].GetProperty("key").GetString()!;
    }

    async Task HappenAsync()
    {
        var joined = await _admin.PostAsync("/api/v1/events", $$$"""
            {"event":"Joined","userId":"u1","properties":{"plan":"pro","iban":"{{{Iban}}}","deep":[{"traits":{"IBAN":"{{{IbanBefore}}}","email":"{{{Email}}}"}}],"note":"mine is {{{Iban}}}."}}
            """);
        Assert.True(joined.Status == 201, joined.Text);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
        using var intake = _installation.Client(await _installation.KeyAsync(KeyScope.Intake));
        Assert.Equal(200, (await intake.PostAsync("/v1/identify", $$$"""{"userId":"u1","traits":{"salary":"{{{Salary}}}","pin":"{{{Pin}}}"}}""")).Status);
        Assert.Equal(200, (await intake.PostAsync("/v1/group", $$$"""{"userId":"u1","groupId":"g1","traits":{"iban":"{{{Iban}}}"}}""")).Status);
        var enrolment = (await _admin.GetAsync($"/api/v1/contacts/{_contact}/enrolments")).Json[0].GetProperty("id").GetString();
        Assert.Equal(200, (await _admin.PostAsync($"/api/v1/contacts/{_contact}/enrolments/{enrolment}/remove", $$"""{"why":"called about {{Iban}}"}""")).Status);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A bad row, which quotes a secret.</summary>
    async Task ImportAsync()
    {
        using var file = new StringContent($"userId,salary\n,{Salary}\n", System.Text.Encoding.UTF8, "text/csv");
        var posted = await _admin.SendAsync(HttpMethod.Post, "/api/v1/imports?kind=contacts&name=people.csv", file);
        Assert.True(posted.Status == 202, posted.Text);
        _import = posted.Json.GetProperty("id").GetString()!;
        // In the background of a real clock: bounded, and mostly the second look.
        for (var looks = 0; looks < 2_000; looks++)
        {
            if ((await _admin.GetAsync($"/api/v1/imports/{_import}")).Json.GetProperty("status").GetString() is not ("waiting" or "checking" or "importing"))
                return;
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A property that no check of today would take, as a damaged or older installation may have it.</summary>
    async Task BreakAPropertyAsync()
    {
        await using var store = await TestStore.OpenAsync(_folder.Path);
        await using var unit = await store.BeginAsync(PartitionSet.All, TestContext.Current.CancellationToken);
        Assert.NotNull(await unit.WriteDocumentAsync("property", "pin", """{"type":"choice"}"""u8.ToArray(), null, RealEngine.Start, TestContext.Current.CancellationToken));
        await unit.CommitAsync(TestContext.Current.CancellationToken);
    }

    async Task MakeAsync(string path, string json)
    {
        var made = await _admin.PutAsync($"/api/v1/{path}", json);
        Assert.True(made.Status == 201, $"{path}: {made.Text}");
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        _reader.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Every GET of the OpenAPI document, with its places filled in, and the pages that stand beside it.</summary>
    async Task<List<string>> AddressesAsync()
    {
        var document = (await _admin.GetAsync("/openapi/v1.json")).Json;
        var addresses = document.GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty("get", out var get) && !IsStream(get)).Select(path => Filled(path.Name)).ToList();
        Assert.True(addresses.Count > 35, $"only {addresses.Count} addresses");
        return [.. addresses, "/", $"/mail/{_key}", $"/mail/{_key}/body", $"/api/v1/contacts?userId=u1", $"/api/v1/messages?contact={_contact}"];
    }

    // A stream never ends; it sends what /statistics and /journeys answer, and those are walked.
    static bool IsStream(JsonElement get) => get.GetProperty("responses").TryGetProperty("200", out var answer) && answer.TryGetProperty("content", out var content) && content.TryGetProperty("text/event-stream", out _);

    string Filled(string path)
    {
        var id = path switch
        {
            _ when path.StartsWith("/api/v1/contacts/", StringComparison.Ordinal) => _contact,
            _ when path.StartsWith("/api/v1/journeys/", StringComparison.Ordinal) => "welcome",
            _ when path.StartsWith("/api/v1/imports/", StringComparison.Ordinal) => _import,
            _ when path.StartsWith("/api/v1/tasks/", StringComparison.Ordinal) => _task,
            _ when path.StartsWith("/api/v1/lists/", StringComparison.Ordinal) => "friends",
            _ when path.StartsWith("/api/v1/gallery/", StringComparison.Ordinal) => "welcome",
            _ when path.StartsWith("/api/v1/topics/", StringComparison.Ordinal) => "news",
            _ when path.StartsWith("/api/v1/holiday-calendars/", StringComparison.Ordinal) => "FR",
            _ => "iban",
        };
        var name = path.StartsWith("/api/v1/segments/", StringComparison.Ordinal) ? "everybody" : "hello";
        var filled = path.Replace("{id}", id, StringComparison.Ordinal).Replace("{version}", "1", StringComparison.Ordinal).Replace("{point}", "wait", StringComparison.Ordinal)
            .Replace("{name}", name, StringComparison.Ordinal).Replace("{key}", _key, StringComparison.Ordinal);
        if (path == "/api/v1/uses")
            filled += "?kind=tag&name=vip";
        if (filled.EndsWith("/why", StringComparison.Ordinal))
            filled += "?journey=welcome";
        Assert.DoesNotContain("{", filled, StringComparison.Ordinal);
        return filled;
    }

    /// <summary>Semantics 11.4: no address answers a key that only reads with a sensitive value; what it may not see at all it is refused.</summary>
    [Fact]
    public async Task No_address_tells_a_key_that_only_reads_a_secret()
    {
        string[] refused = ["/api/v1/contacts/exports/hello", $"/api/v1/content/frames/{_key}", "/api/v1/coupons/iban/codes", "/api/v1/audit", "/api/v1/keys", "/api/v1/users", "/api/v1/secrets", "/api/v1/webhooks/signing", "/api/v1/link-keys", "/api/v1/hooks", "/api/v1/hooks/iban", "/api/v1/hooks/iban/received", $"/api/v1/imports/{_import}/rejects", $"/api/v1/sandbox/{_key}/html", $"/mail/{_key}", $"/mail/{_key}/body"];
        foreach (var address in await AddressesAsync())
        {
            var answer = await _reader.GetAsync(address);

            // Of a profile, and of what people are told, a key has none.
            Assert.True(answer.Status == (refused.Contains(address) ? 403 : address is "/api/v1/me" or "/api/v1/me/inbox" or "/api/v1/me/notifications" or "/api/v1/me/notifications/mail" or "/api/v1/journeys/welcome/approval" ? 404 : 200), $"{address}: {answer.Status} {answer.Text}");
            Assert.All(Secrets, secret => Assert.False(answer.Text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{address} says {secret}: {answer.Text}"));
            Assert.All(Secrets, secret => Assert.DoesNotContain(answer.Message.Headers, header => header.Value.Any(value => value.Contains(secret, StringComparison.OrdinalIgnoreCase))));
        }
    }

    /// <summary>Without this the walk could pass in a world that has no secrets: an admin finds each of them.</summary>
    [Fact]
    public async Task An_admin_finds_them_all()
    {
        var all = string.Concat(await Task.WhenAll((await AddressesAsync()).Select(async address => (await _admin.GetAsync(address)).Text)));

        Assert.All(Secrets, secret => Assert.Contains(secret, all, StringComparison.Ordinal));
    }

    /// <summary>Semantics 11.4: of a mail only that there was one is shown, and it says that the rest is hidden.</summary>
    [Fact]
    public async Task A_mail_shows_its_envelope_and_says_that_the_rest_is_hidden()
    {
        var listed = (await _reader.GetAsync("/api/v1/sandbox")).Json.GetProperty("items")[0];
        var one = (await _reader.GetAsync($"/api/v1/sandbox/{_key}")).Json;
        var whole = (await _admin.GetAsync($"/api/v1/sandbox/{_key}")).Json;

        foreach (var mail in new[] { listed, one })
        {
            Assert.Equal((true, Mask, Mask, Mask), (mail.GetProperty("hidden").GetBoolean(), mail.GetProperty("to").GetString(), mail.GetProperty("subject").GetString(), mail.GetProperty("preheader").GetString()));
            Assert.All(["html", "text", "headers"], field => Assert.False(mail.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null, field));
            Assert.Contains("shop@example.org", mail.GetProperty("from").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal((false, Email), (whole.GetProperty("hidden").GetBoolean(), whole.GetProperty("to").GetString()));
        Assert.Contains(Iban, whole.GetProperty("subject").GetString(), StringComparison.Ordinal);
        Assert.Equal("mail-hidden", (await _reader.GetAsync($"/api/v1/sandbox/{_key}/html")).Code);
        Assert.Equal("mail-hidden", (await _reader.GetAsync($"/api/v1/content/hello/preview/html?contact={_contact}")).Code);
    }

    /// <summary>Semantics 11.4: an event's properties are hidden by name at any depth, and where they repeat what the contact has; the others are shown.</summary>
    [Fact]
    public async Task An_event_shows_its_other_properties()
    {
        var events = (await _reader.GetAsync($"/api/v1/contacts/{_contact}/events")).Json.GetProperty("items").EnumerateArray();
        var joined = events.Single(line => line.TryGetProperty("event", out var name) && name.GetString() == "Joined").GetProperty("properties");

        Assert.Equal($$$"""{"plan":"pro","iban":"{{{Mask}}}","deep":[{"traits":{"IBAN":"{{{Mask}}}","email":"{{{Mask}}}"}}],"note":"{{{Mask}}}"}""", JsonSerializer.Serialize(joined, Plain));
    }

    static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Semantics 11.4: what was declared cannot be read any more, so the property counts as sensitive.</summary>
    [Fact]
    public async Task A_property_whose_document_fails_its_check_counts_as_sensitive()
    {
        var properties = (await _reader.GetAsync($"/api/v1/contacts/{_contact}")).Json.GetProperty("properties");

        Assert.Equal((Mask, "Bern"), (properties.GetProperty("pin").GetString(), properties.GetProperty("town").GetString()));
    }
}
