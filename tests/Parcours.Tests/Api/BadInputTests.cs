using System.Text.Json;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>What is wrong is refused with every reason, and leaves everything as it was. On the real engine.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task<int> ContactsAsync() => (await _api.GetAsync("/api/v1/contacts")).Json.GetProperty("items").GetArrayLength();

    [Fact]
    public async Task A_definition_with_errors_cannot_go_live_and_every_error_is_told()
    {
        const string Broken = """
            {"format":1,"id":"broken","name":"Broken","settings":{"email":{"topic":"nowhere"}},
             "start":[{"kind":"event","id":"s","events":["Joined"],"next":"mail"}],
             "points":{"mail":{"kind":"sendEmail","content":"nothing","next":"gone"},"lost":{"kind":"end","outcome":"completed"}}}
            """;
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/broken", Broken)).Status);

        var published = await _api.PostAsync("/api/v1/journeys/broken/publish", "");
        var check = (await _api.GetAsync("/api/v1/journeys/broken/check")).Json;

        Assert.Equal((422, "refused"), (published.Status, published.Code));
        Assert.True(published.ErrorCodes.Count() >= 3, published.Text);
        Assert.All(published.Json.GetProperty("errors").EnumerateArray(), error => Assert.False(string.IsNullOrWhiteSpace(error.GetProperty("text").GetString())));
        Assert.False(check.GetProperty("ok").GetBoolean());
        var journey = (await _api.GetAsync("/api/v1/journeys/broken")).Json;
        Assert.Equal(("draft", 0), (journey.GetProperty("status").GetString(), journey.GetProperty("version").GetInt32()));
    }

    [Theory]
    [InlineData("""{"format":1,"id":"x","name":"X","start":[],"points":{},"colour":"red"}""", "colour")]
    [InlineData("""{"format":1,"id":"other","name":"X","start":[],"points":{}}""", "")]
    public async Task A_definition_that_is_none_is_not_kept(string json, string named)
    {
        var answer = await _api.PutAsync("/api/v1/journeys/x", json);

        Assert.Equal(422, answer.Status);
        Assert.Contains(named, answer.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await _api.GetAsync("/api/v1/journeys/x")).Status);
    }

    [Fact]
    public async Task Malformed_json_is_refused_with_its_place()
    {
        var answer = await _api.PutAsync("/api/v1/journeys/x", "{\n  \"name\": \"X\",\n  oops }");

        Assert.Equal((400, "json.malformed"), (answer.Status, answer.ErrorCodes.Single()));
        Assert.Contains("line 3", answer.Text, StringComparison.Ordinal);
        Assert.Equal("application/problem+json", answer.Message.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Unknown_fields_and_wrong_kinds_are_all_told_at_once()
    {
        var answer = await _api.PostAsync("/api/v1/contacts", """{"userId":5,"nickname":"a","tags":{"add":"new","put":[]}}""");

        Assert.Equal(400, answer.Status);
        Assert.Equal(["/nickname", "/tags/add", "/tags/put", "/userId"], answer.ErrorPaths.Order());
        Assert.Equal(0, await ContactsAsync());
    }

    [Fact]
    public async Task Nothing_in_the_place_of_an_item_is_told()
    {
        var answer = await _api.PutAsync("/api/v1/properties/size", """{"type":"choice","choices":["S",null]}""");

        Assert.Equal((400, "/choices/1"), (answer.Status, answer.ErrorPaths.Single()));
    }

    [Fact]
    public async Task An_unknown_type_of_property_is_refused()
    {
        var answer = await _api.PutAsync("/api/v1/properties/age", """{"type":"integer"}""");

        Assert.Equal((400, "/type"), (answer.Status, answer.ErrorPaths.Single()));
        Assert.Contains("number", answer.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await _api.GetAsync("/api/v1/properties/age")).Status);
    }

    /// <summary>A newer version stored it, and this one was started again: as the engine does, it takes what is sent.</summary>
    [Fact]
    public async Task A_stored_type_that_is_not_known_hides_no_other_property()
    {
        await _api.PutAsync("/api/v1/properties/age", """{"type":"number"}""");
        await _installation.Engine.WriteAsync(async (unit, now) => await unit.WriteDocumentAsync("property", "mood", """{"name":"mood","type":"colour","public":true}"""u8.ToArray(), null, now, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        var all = await _api.GetAsync("/api/v1/properties");

        Assert.Equal(200, all.Status);
        Assert.Equal(["age number", "mood any"], all.Json.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("id").GetString()} {item.GetProperty("value").GetProperty("type").GetString()}"));
        Assert.True((await _api.GetAsync("/api/v1/properties/mood")).Json.GetProperty("value").GetProperty("public").GetBoolean());
    }

    [Theory]
    [InlineData("birthday", "date", "\"2026-02-30\"")]
    [InlineData("age", "number", "\"old\"")]
    [InlineData("seen", "dateTime", "\"2026-13-01T00:00:00Z\"")]
    public async Task An_impossible_value_is_refused_and_nothing_else_of_the_order_is_taken(string property, string type, string value)
    {
        Assert.Equal(201, (await _api.PutAsync($"/api/v1/properties/{property}", $$"""{"type":"{{type}}"}""")).Status);
        var path = (await _api.PostAsync("/api/v1/contacts", """{"userId":"ada","properties":{"city":"Bern"}}""")).Header("Location");

        var answer = await _api.PatchAsync(path, $$$"""{"properties":{"city":"Rome","{{{property}}}":{{{value}}}},"tags":{"add":["new"]}}""");

        Assert.Equal((422, $"/properties/{property}"), (answer.Status, answer.ErrorPaths.Single()));
        var contact = (await _api.GetAsync(path)).Json;
        Assert.Equal("Bern", contact.GetProperty("properties").GetProperty("city").GetString());
        Assert.Equal(0, contact.GetProperty("tags").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"event":"X","userId":"u","timestamp":"2026-02-30T10:00:00Z"}""", "/timestamp")]
    [InlineData("""{"event":"","userId":"u"}""", "/event")]
    [InlineData("""{"event":"X"}""", "")]
    [InlineData("""{"event":"X","email":"no address"}""", "/email")]
    [InlineData("""{"event":"X","userId":"u","properties":[1]}""", "/properties")]
    public async Task A_wrong_event_is_refused(string json, string path)
    {
        var answer = await _api.PostAsync("/api/v1/events", json);

        Assert.Equal(400, answer.Status);
        Assert.Equal(path, answer.ErrorPaths.Single());
        Assert.Equal(0, await ContactsAsync());
    }

    [Theory]
    [InlineData("""{"subject":"Hi {{contact.name","html":"<p>x</p>"}""")]
    [InlineData("""{"subject":"Hi","html":"<p>{{#if contact.name}}x</p>"}""")]
    [InlineData("""{"subject":"Hi","html":"<p>{{unknownHelper contact.name 1}}</p>"}""")]
    public async Task A_template_that_does_not_compile_is_found_when_it_is_saved(string json)
    {
        Assert.Equal(201, (await _api.PutAsync("/api/v1/content/hello", """{"subject":"Good","html":"<p>Good</p>"}""")).Status);

        var answer = await _api.PutAsync("/api/v1/content/hello", json, ("If-Match", "*"));

        Assert.Equal((422, "refused"), (answer.Status, answer.Code));
        Assert.Equal("Good", (await _api.GetAsync("/api/v1/content/hello")).Json.GetProperty("content").GetProperty("subject").GetString());
        Assert.False((await _api.PostAsync("/api/v1/content/check", json)).Json.GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task An_over_size_body_is_refused()
    {
        var answer = await _api.PutAsync("/api/v1/content/hello", $$"""{"subject":"x","text":"{{new string('x', 5 * 1024 * 1024)}}"}""");

        Assert.Equal((413, "too-large"), (answer.Status, answer.Code));
        Assert.Equal(404, (await _api.GetAsync("/api/v1/content/hello")).Status);
    }

    [Theory]
    [InlineData("wrong-key-wrong-key-wrong-key")]
    [InlineData("")]
    [InlineData("sk_")]
    public async Task A_wrong_key_is_refused(string key)
    {
        var answer = await _installation.Client(null).PostAsync("/api/v1/contacts", """{"userId":"ada"}""", ("Authorization", "Bearer " + key));

        Assert.Equal((401, "unauthorized"), (answer.Status, answer.Code));
        Assert.Contains("Bearer", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal(0, await ContactsAsync());
    }

    [Fact]
    public async Task A_malformed_batch_leaves_nothing_behind()
    {
        var sender = _installation.Client(await _installation.KeyAsync(KeyScope.Intake));

        var answer = await sender.PostAsync("/v1/batch", """{"batch":[{"type":"identify","userId":"ada"},""");

        Assert.Equal((400, "malformed_json"), (answer.Status, answer.Code));
        Assert.Equal(0, await ContactsAsync());
        Assert.Equal("malformed_json", (await _api.GetAsync("/api/v1/intake/refusals")).Json.GetProperty("lines")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_batch_with_bad_items_takes_the_good_ones_and_counts_the_others()
    {
        var sender = _installation.Client(await _installation.KeyAsync(KeyScope.Intake));

        var answer = await sender.PostAsync("/v1/batch", """{"batch":[{"type":"identify","userId":"ada","traits":{"plan":"pro"}},{"type":"track","event":"X"},{"type":"what","userId":"b"}]}""");

        Assert.Equal(200, answer.Status);
        Assert.True(answer.Json.GetProperty("success").GetBoolean());
        Assert.Equal([(1, "no_user_anon_id"), (2, "unknown_type")], answer.Json.GetProperty("refused").EnumerateArray().Select(item => (item.GetProperty("index").GetInt32(), item.GetProperty("code").GetString()!)));
        Assert.Equal(1, await ContactsAsync());
        var counts = (await _api.GetAsync("/api/v1/intake/refusals")).Json;
        Assert.Equal((1, 2), (counts.GetProperty("taken").GetInt32(), counts.GetProperty("refused").GetInt32()));
    }

    [Theory]
    [InlineData("/api/v1/contacts?limit=0", "page.limit")]
    [InlineData("/api/v1/contacts?limit=100000", "page.limit")]
    [InlineData("/api/v1/contacts?after=%21%21", "page.cursor")]
    [InlineData("/api/v1/journeys/welcome/points/x/queue?after=YWJj", "")]
    public async Task A_wrong_page_is_refused(string path, string code)
    {
        var answer = await _api.GetAsync(path);

        Assert.True(code == "" ? answer.Status == 404 : answer.Status == 400 && answer.ErrorCodes.Single() == code, answer.Text);
    }

    [Theory]
    [InlineData("GET", "/api/v1/contacts/not-a-guid", 404)]
    [InlineData("PUT", "/api/v1/contacts", 405)]
    [InlineData("GET", "/api/v1/contacts?limit=many", 400)]
    [InlineData("GET", "/api/v1/messages?status=lost", 400)]
    public async Task What_the_framework_refuses_is_a_problem_too(string method, string path, int status)
    {
        var answer = await _api.SendAsync(new HttpMethod(method), path, method == "PUT" ? Caller.Of("{}") : null);

        Assert.Equal(status, answer.Status);
        Assert.Equal("application/problem+json", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>Semantics 1.8</summary>
    [Fact]
    public async Task The_clock_never_goes_back()
    {
        var answer = await _api.PutAsync("/api/v1/clock", """{"now":"2020-01-01T00:00:00Z"}""");

        Assert.Equal((409, "clock-backwards"), (answer.Status, answer.Code));
        Assert.Equal("2026-03-02T09:00:00+00:00", (await _api.GetAsync("/api/v1/clock")).Json.GetProperty("now").GetString());
    }

    /// <summary>Semantics 13.4: data that a newer program wrote: the engine stands before it and says so to whoever asks.</summary>
    [Fact]
    public async Task What_a_newer_version_wrote_makes_the_engine_not_ready_and_says_why()
    {
        using var folder = new Folder();
        await using (var store = await Parcours.Testing.TestStore.OpenAsync(folder.Path))
        await using (var unit = await store.BeginAsync(PartitionSet.All, TestContext.Current.CancellationToken))
        {
            // Version 200 of an entry's form.
            await unit.AppendAsync([new(null, [new(IdentityKind.UserId, "ada")], SenderRights.Server, false, null, true, EntryKind.Edits, Origin.Live, RealEngine.Start, null, new byte[] { 200, 1 })],
                RealEngine.Start, [], TestContext.Current.CancellationToken);
            await unit.CommitAsync(TestContext.Current.CancellationToken);
        }

        await using var installation = await RealEngine.InstallAsync(folder.Path);
        await Assert.ThrowsAsync<StoreException>(() => installation.Engine.SettleAsync(TestContext.Current.CancellationToken));

        var ready = await installation.Client(null).GetAsync("/readyz");
        Assert.Equal((503, "not-ready"), (ready.Status, ready.Code));
        Assert.Contains("newer version of Parcours", ready.Text, StringComparison.Ordinal);
        Assert.Contains("version 200", ready.Text, StringComparison.Ordinal);
    }
}
