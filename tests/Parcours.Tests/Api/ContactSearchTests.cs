using System.Text.Json;
using NodaTime;
using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>Contacts found, counted, and acted on together, on the real engine.</summary>
public sealed class ContactSearchTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        await MakeAsync("ada", """{"firstName":"Ada","last_name":"Lovelace","city":"London"}""");
        await MakeAsync("elodie", """{"name":"Élodie Dupont","city":"Lyon"}""");
        await MakeAsync("bob", """{"first_name":"Bob","company":"Adams & Sons","city":"Lyon"}""");
        Assert.Equal(201, (await _api.PostAsync("/api/v1/contacts", """{"phone":"+41791234567","properties":{"city":"Bern"}}""")).Status);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task<string> MakeAsync(string user, string properties)
    {
        var made = await _api.PostAsync("/api/v1/contacts", $$"""{"userId":"{{user}}","email":"{{user}}@example.org","properties":{{properties}}}""");
        Assert.True(made.Status == 201, made.Text);
        return made.Json.GetProperty("id").GetString()!;
    }

    static string UserOf(JsonElement contact) => contact.GetProperty("identities")[0].GetProperty("value").GetString()!;

    async Task<string[]> FindAsync(string body)
    {
        var answer = await _api.PostAsync("/api/v1/contacts/search", body);
        Assert.True(answer.Status == 200, answer.Text);
        return [.. answer.Json.GetProperty("items").EnumerateArray().Select(UserOf)];
    }

    [Fact]
    public async Task They_come_newest_or_oldest_first_page_by_page()
    {
        string[] oldest = ["ada", "elodie", "bob", "+41791234567"];

        Assert.Equal(Enumerable.Reverse(oldest), await PagesAsync(oldestFirst: false));
        Assert.Equal(oldest, await PagesAsync(oldestFirst: true));
        Assert.Equal(["elodie", "bob"], await FindAsync("""{"oldestFirst":true,"condition":{"kind":"property","name":"city","is":"equals","value":"Lyon"}}"""));
    }

    async Task<List<string>> PagesAsync(bool oldestFirst)
    {
        var found = new List<string>();
        string? next = null;
        do
        {
            var page = await _api.PostAsync("/api/v1/contacts/search", JsonSerializer.Serialize(new { oldestFirst, limit = 3, after = next }));
            found.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(UserOf));
            next = page.Json.GetProperty("next").GetString();
        }
        while (next is not null);
        return found;
    }

    [Fact]
    public async Task A_view_keeps_its_order_and_the_columns_that_it_does_not_show()
    {
        var made = await _api.PostAsync("/api/v1/contacts/views", """{"name":"First comers","oldestFirst":true,"hidden":["lastSeen","tags","tags"],"columns":["city"]}""");

        Assert.Equal(201, made.Status);
        var view = Assert.Single((await _api.GetAsync("/api/v1/contacts/views")).Json.EnumerateArray());
        Assert.True(view.GetProperty("oldestFirst").GetBoolean());
        Assert.Equal(["tags", "lastSeen"], view.GetProperty("hidden").EnumerateArray().Select(column => column.GetString()));
    }

    [Theory]
    [InlineData("ada", "bob,ada")]
    [InlineData("LOVE", "ada")]
    [InlineData("ada love", "ada")]
    [InlineData("ada lov dupont", "")]
    [InlineData("élod", "elodie")]
    [InlineData("dup", "elodie")]
    [InlineData("bob@example.org", "bob")]
    [InlineData("+41791", "+41791234567")]
    [InlineData("sons", "bob")]
    [InlineData("london", "")]
    [InlineData("dams", "")]
    public async Task They_are_found_by_the_beginnings_of_their_names(string typed, string users) =>
        Assert.Equal(users.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), (await FindAsync($$"""{"search":"{{typed}}"}""")).Order());

    [Fact]
    public async Task They_are_filtered_by_a_condition_page_by_page()
    {
        const string Lyon = """{"kind":"property","name":"city","is":"equals","value":"Lyon"}""";
        var whole = await _api.PostAsync("/api/v1/contacts/search", "{}");
        Assert.Equal((4, 4), (whole.Json.GetProperty("items").GetArrayLength(), whole.Json.GetProperty("about").GetInt64()));
        Assert.Equal(["bob", "elodie"], await FindAsync($$"""{"condition":{{Lyon}}}"""));
        Assert.Equal(["bob"], await FindAsync($$"""{"condition":{{Lyon}},"search":"bob"}"""));

        var first = (await _api.PostAsync("/api/v1/contacts/search", $$"""{"condition":{{Lyon}},"limit":1}""")).Json;
        var second = (await _api.PostAsync("/api/v1/contacts/search", $$"""{"condition":{{Lyon}},"limit":1,"after":"{{first.GetProperty("next").GetString()}}"}""")).Json;

        Assert.Equal(("bob", "elodie"), (UserOf(first.GetProperty("items")[0]), UserOf(second.GetProperty("items")[0])));
        var wrong = await _api.PostAsync("/api/v1/contacts/search", """{"condition":{"kind":"property","name":"city","is":"near","value":"Lyon"}}""");
        Assert.Equal(422, wrong.Status);
        Assert.All(wrong.ErrorPaths, path => Assert.StartsWith("/condition", path, StringComparison.Ordinal));
    }

    /// <summary>Semantics 7.2: a condition on events that nobody keeps a memory for is answered from the events themselves, exactly.</summary>
    [Fact]
    public async Task A_condition_is_counted_before_it_is_saved()
    {
        foreach (var user in new[] { "ada", "ada", "bob" })
            Assert.Equal(201, (await _api.PostAsync("/api/v1/events", $$$"""{"event":"Order Completed","userId":"{{{user}}}","properties":{"total":60}}""")).Status);
        const string Twice = """{"kind":"event","events":["Order Completed"],"function":"sum","property":"total","is":"atLeast","value":100}""";

        var counted = (await _api.PostAsync("/api/v1/conditions/count", $$"""{"condition":{{Twice}}}""")).Json;
        var tried = (await _api.PostAsync("/api/v1/conditions/try", $$"""{"condition":{{Twice}},"contact":"{{(await _api.GetAsync("/api/v1/contacts?userId=bob")).Json.GetProperty("items")[0].GetProperty("id").GetString()}}"}""")).Json;

        Assert.True(counted.GetProperty("complete").GetBoolean(), counted.GetRawText());
        Assert.Equal((1, 1, 4), (counted.GetProperty("matches").GetInt64(), counted.GetProperty("about").GetInt64(), counted.GetProperty("of").GetInt64()));
        Assert.Equal("ada", UserOf(Assert.Single(counted.GetProperty("sample").EnumerateArray())));
        Assert.False(tried.GetProperty("holds").GetBoolean());
        Assert.Equal("event", tried.GetProperty("why").GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("""{}""", 4)]
    [InlineData("""{"search":"bob"}""", 1)]
    [InlineData("""{"condition":{"kind":"property","name":"city","is":"equals","value":"Lyon"}}""", 2)]
    [InlineData("""{"condition":{"kind":"property","name":"city","is":"equals","value":"Lyon"},"search":"bob"}""", 1)]
    [InlineData("""{"archived":true}""", 0)]
    [InlineData("""{"archived":false}""", 4)]
    public async Task What_a_search_finds_is_counted_before_a_bulk_order_takes_it(string search, int people)
    {
        var counted = (await _api.PostAsync("/api/v1/contacts/count", search)).Json;

        Assert.True(counted.GetProperty("complete").GetBoolean(), counted.GetRawText());
        Assert.Equal(people, counted.GetProperty("matches").GetInt32());
    }

    async Task<JsonElement> WorkDoneAsync(string id)
    {
        await using var lines = await EventLines.OpenAsync(_api.Plain(), "/api/v1/live");
        while (true)
        {
            if ((await lines.NextAsync("work")).EnumerateArray().FirstOrDefault(work => work.GetProperty("id").GetString() == id) is { ValueKind: JsonValueKind.Object } found && found.GetProperty("status").GetString() != "running")
                return found;
        }
    }

    /// <summary>Semantics 8.8: who stood there when it was ordered is taken, each once.</summary>
    [Fact]
    public async Task A_bulk_order_takes_all_for_whom_a_condition_holds()
    {
        Assert.Equal(201, (await _api.PutAsync("/api/v1/lists/lyon", "{}")).Status);
        var ordered = await _api.PostAsync("/api/v1/contacts/bulk", """{"condition":{"kind":"property","name":"city","is":"equals","value":"Lyon"},"do":{"addTags":["vip"],"addLists":["lyon"],"set":{"region":"ARA"}}}""");
        Assert.True(ordered.Status == 202, ordered.Text);

        var done = await WorkDoneAsync(ordered.Json.GetProperty("id").GetString()!);

        Assert.Equal(("done", 2, 1.0), (done.GetProperty("status").GetString(), done.GetProperty("done").GetInt64(), done.GetProperty("progress").GetDouble()));
        Assert.Equal(["bob", "elodie"], await FindAsync("""{"condition":{"kind":"all","of":[{"kind":"tag","name":"vip"},{"kind":"list","name":"lyon"},{"kind":"property","name":"region","is":"equals","value":"ARA"}]}}"""));
        Assert.Equal(2, (await _api.GetAsync("/api/v1/seen/lists")).Json[0].GetProperty("contacts").GetInt64());
        Assert.Equal("bulk", (await _api.GetAsync("/api/v1/work")).Json[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_bulk_order_is_refused_whole_with_every_reason_and_tells_what_it_could_not_do()
    {
        var wrong = await _api.PostAsync("/api/v1/contacts/bulk", """{"do":{"addLists":["nowhere"],"enterJourney":"nothing"}}""");
        Assert.Equal(["bulk.whom", "bulk.journey", "list.unknown"], wrong.ErrorCodes);
        Assert.Equal(["bulk.what"], (await _api.PostAsync("/api/v1/contacts/bulk", """{"all":true,"do":{}}""")).ErrorCodes);

        var ordered = await _api.PostAsync("/api/v1/contacts/bulk", $$$"""{"ids":["{{{Guid.CreateVersion7(DateTimeOffset.UnixEpoch)}}}"],"do":{"addTags":["x"]}}""");
        var done = await WorkDoneAsync(ordered.Json.GetProperty("id").GetString()!);

        Assert.Equal(1, done.GetProperty("refused").GetProperty("contact.unknown").GetInt64());
        Assert.Equal(404, (await _api.PostAsync("/api/v1/work/bulk-nothing/stop", "")).Status);
    }

    [Fact]
    public async Task One_search_finds_everything_that_has_a_name()
    {
        Assert.Equal(201, (await _api.PostAsync("/api/v1/gallery/win-back/use", "{}")).Status);

        var found = (await _api.GetAsync("/api/v1/search?q=win")).Json;
        Assert.Equal("win-back", found.GetProperty("journeys")[0].GetProperty("id").GetString());
        Assert.Equal(2, found.GetProperty("content").GetArrayLength());
        Assert.Equal("lapsed-customers", (await _api.GetAsync("/api/v1/search?q=lapsed")).Json.GetProperty("segments")[0].GetProperty("name").GetString());
        var points = (await _api.GetAsync("/api/v1/search?q=voucher")).Json.GetProperty("points")[0];
        Assert.Equal(("win-back", "voucher", "A voucher"), (points.GetProperty("journey").GetString(), points.GetProperty("point").GetString(), points.GetProperty("name").GetString()));
        var contact = (await _api.GetAsync("/api/v1/search?q=love")).Json.GetProperty("contacts")[0];
        Assert.Equal(("Ada Lovelace", "ada@example.org"), (contact.GetProperty("name").GetString(), contact.GetProperty("email").GetString()));
        Assert.Empty((await _api.GetAsync("/api/v1/search?q=")).Json.GetProperty("journeys").EnumerateArray());
    }

    /// <summary>Semantics 11.4: what one may not see is not found by it either.</summary>
    [Fact]
    public async Task A_reader_does_not_find_by_what_is_hidden()
    {
        Assert.Equal(201, (await _api.PutAsync("/api/v1/properties/email", """{"type":"text","sensitive":true}""")).Status);
        using var reader = _installation.Client(await _installation.KeyAsync(KeyScope.Read));

        Assert.Empty((await reader.GetAsync("/api/v1/search?q=bob@example.org")).Json.GetProperty("contacts").EnumerateArray());
        Assert.Single((await _api.GetAsync("/api/v1/search?q=bob@example.org")).Json.GetProperty("contacts").EnumerateArray());
        Assert.Equal(403, (await reader.PostAsync("/api/v1/contacts/search", "{}")).Status);
    }

    [Fact]
    public async Task What_was_seen_and_who_uses_it_is_told()
    {
        Assert.Equal(201, (await _api.PostAsync("/api/v1/events", """{"event":"Order Completed","userId":"ada","properties":{"total":60,"address":{"city":"Bern"},"items":[1],"products":[{"product_id":"507f"},{"product_id":"508","price":9.5}]}}""")).Status);
        Assert.Equal(201, (await _api.PostAsync("/api/v1/gallery/win-back/use", "{}")).Status);

        var seen = (await _api.GetAsync("/api/v1/events/names/Order%20Completed/properties")).Json.EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!);
        Assert.Equal(("number", "60"), (seen["total"].GetProperty("type").GetString(), seen["total"].GetProperty("values")[0].GetString()));
        Assert.Equal("text", seen["address.city"].GetProperty("type").GetString());
        Assert.Equal(("products", "507f, 508"), (seen["products.product_id"].GetProperty("array").GetString(), string.Join(", ", seen["products.product_id"].GetProperty("values").EnumerateArray().Select(value => value.GetString()))));
        Assert.Equal(("number", "products"), (seen["products.price"].GetProperty("type").GetString(), seen["products.price"].GetProperty("array").GetString()));
        Assert.Equal("items", seen["items"].GetProperty("array").GetString());
        var city = (await _api.GetAsync("/api/v1/seen/properties")).Json.EnumerateArray().First(one => one.GetProperty("name").GetString() == "city");
        Assert.Equal(["Bern", "London", "Lyon"], city.GetProperty("values").EnumerateArray().Select(value => value.GetString()).Order());
        Assert.Equal("win-back", (await _api.GetAsync("/api/v1/uses?kind=segment&name=lapsed-customers")).Json[0].GetProperty("id").GetString());
        Assert.Equal("lapsed-customers", (await _api.GetAsync("/api/v1/uses?kind=event&name=Order%20Completed")).Json.EnumerateArray().Last().GetProperty("id").GetString());
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/copies", """{"format":1,"id":"copies","name":"Copies","start":[{"kind":"hand","id":"in","next":"p"}],"points":{"p":{"kind":"copyProperty","into":"last_city","property":"city"}}}""")).Status);
        foreach (var property in (string[])["city", "last_city"])
            Assert.Equal("copies", (await _api.GetAsync($"/api/v1/uses?kind=property&name={property}")).Json[0].GetProperty("id").GetString());
        Assert.Equal(400, (await _api.GetAsync("/api/v1/uses?kind=moon&name=x")).Status);
    }
}
