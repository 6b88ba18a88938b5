using System.Text.Json;
using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>Bars from journeys and the archive over the API, on the real engine: Semantics 6.15, 6.16.</summary>
public sealed class StandingApiTests : IAsyncLifetime
{
    const string Journey = """
        {"format":1,"id":"welcome","name":"Welcome","settings":{"reEntry":{"kind":"afterLeaving"}},
         "start":[{"kind":"event","id":"joined","events":["Joined"],"next":"answer"},{"kind":"hand","id":"by-hand","next":"answer"}],
         "points":{"answer":{"kind":"waitFor","activities":[{"kind":"event","events":["Bought"]}],"next":"done"},"done":{"kind":"end","outcome":"successful"}}}
        """;

    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;
    string _ada = "";

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/welcome", Journey)).Status);
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/welcome/publish", "")).Status);
        Assert.Equal(201, (await _api.PutAsync("/api/v1/segments/reachable", """{"condition":{"kind":"property","name":"city","is":"known"}}""")).Status);
        _ada = await MakeAsync("ada");
        await MakeAsync("bob");
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task<string> MakeAsync(string user) =>
        (await _api.PostAsync("/api/v1/contacts", $$$"""{"userId":"{{{user}}}","properties":{"city":"Bern"}}""")).Json.GetProperty("id").GetString()!;

    async Task JoinAsync(string user = "ada") => Assert.Equal(201, (await _api.PostAsync("/api/v1/events", $$"""{"event":"Joined","userId":"{{user}}"}""")).Status);
    async Task<JsonElement> ContactAsync() => (await _api.GetAsync($"/api/v1/contacts/{_ada}")).Json;
    async Task<JsonElement> EnrolmentAsync() => (await _api.GetAsync($"/api/v1/contacts/{_ada}/enrolments")).Json[0];
    string Bar(string journey = "welcome") => $"/api/v1/contacts/{_ada}/bars/{journey}";
    static string[] Barred(JsonElement contact) => [.. contact.GetProperty("barred").EnumerateArray().Select(journey => journey.GetString()!)];

    async Task<string[]> ChangesAsync() =>
        [.. (await _api.GetAsync($"/api/v1/contacts/{_ada}/events")).Json.GetProperty("items").EnumerateArray().Where(line => line.TryGetProperty("changes", out _)).SelectMany(line => line.GetProperty("changes").EnumerateArray()).Select(change => $"{change.GetProperty("kind").GetString()} {change.GetProperty("name").GetString()}".TrimEnd())];

    /// <summary>Semantics 6.15: who is inside stays unless the order says otherwise; "why" tells the bar.</summary>
    [Theory]
    [InlineData("", false)]
    [InlineData("""{"remove":true}""", true)]
    public async Task A_contact_is_kept_out_of_a_journey_and_let_in_again(string body, bool leaves)
    {
        await JoinAsync();

        var barred = await _api.PutAsync(Bar(), body);

        Assert.True(barred.Status == 200, barred.Text);
        Assert.Equal(["welcome"], Barred(barred.Json));
        Assert.Equal(leaves ? 0 : 1, barred.Json.GetProperty("enrolmentsInProgress").GetInt32());
        if (leaves)
            Assert.Equal(("removed", "barred"), ((await EnrolmentAsync()).GetProperty("outcome").GetString(), (await EnrolmentAsync()).GetProperty("why").GetString()));
        Assert.Contains("journeyBarred welcome", await ChangesAsync());
        var why = (await _api.GetAsync($"/api/v1/contacts/{_ada}/why?journey=welcome")).Json.GetProperty("entry");
        Assert.Equal((false, "barred"), (why.GetProperty("mayEnter").GetBoolean(), why.GetProperty("reason").GetString()));

        // Said again it changes nothing.
        Assert.Equal(200, (await _api.PutAsync(Bar(), "")).Status);
        Assert.Empty(Barred((await _api.DeleteAsync(Bar())).Json));
        Assert.Equal(200, (await _api.DeleteAsync(Bar("gone-long-ago"))).Status);
        Assert.Contains("journeyUnbarred welcome", await ChangesAsync());
    }

    [Fact]
    public async Task What_is_not_there_is_said()
    {
        Assert.Equal(404, (await _api.PutAsync(Bar("moon"), "")).Status);
        Assert.Equal(404, (await _api.PutAsync($"/api/v1/contacts/{Guid.NewGuid()}/bars/welcome", "")).Status);
        Assert.Equal(404, (await _api.PutAsync($"/api/v1/contacts/{Guid.NewGuid()}/archive", "")).Status);
        Assert.Equal(["field.unknown"], (await _api.PutAsync(Bar(), """{"eject":true}""")).ErrorCodes);
        using var reader = _installation.Client(await _installation.KeyAsync(KeyScope.Read));
        Assert.Equal((403, 403), ((await reader.PutAsync(Bar(), "")).Status, (await reader.PutAsync($"/api/v1/contacts/{_ada}/archive", "")).Status));
    }

    /// <summary>Semantics 6.15: from a queue, and on the contact's page, in the act that removes.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_removed_is_kept_out_in_the_same_act(bool fromQueue)
    {
        await JoinAsync();
        var (enrolment, act) = (await EnrolmentAsync(), "/api/v1/journeys/welcome/points/answer/queue/act");
        var rows = $$"""[{"contact":"{{_ada}}","enrolment":"{{enrolment.GetProperty("id").GetString()}}","revision":{{enrolment.GetProperty("revision").GetInt32()}}}]""";
        Assert.Equal(["queue.bar"], (await _api.PostAsync(act, $$"""{"act":"moveTo","to":"done","bar":true,"rows":{{rows}}}""")).ErrorCodes);

        var answer = fromQueue
            ? await _api.PostAsync(act, $$"""{"act":"remove","bar":true,"rows":{{rows}}}""")
            : await _api.PostAsync($"/api/v1/contacts/{_ada}/enrolments/{enrolment.GetProperty("id").GetString()}/remove", """{"bar":true}""");

        Assert.True(answer.Status == 200, answer.Text);
        await JoinAsync();
        Assert.Equal(["welcome"], Barred(await ContactAsync()));
        Assert.Equal("removed", (await EnrolmentAsync()).GetProperty("outcome").GetString());
    }

    /// <summary>Semantics 6.16.</summary>
    [Fact]
    public async Task A_contact_is_archived_and_brought_back()
    {
        await JoinAsync();

        var archived = await _api.PutAsync($"/api/v1/contacts/{_ada}/archive", "");

        Assert.True(archived.Status == 200, archived.Text);
        Assert.True(archived.Json.TryGetProperty("archivedAt", out _));
        Assert.Equal((0, 0), (archived.Json.GetProperty("enrolmentsInProgress").GetInt32(), archived.Json.GetProperty("segments").GetArrayLength()));
        Assert.Equal("archived", (await EnrolmentAsync()).GetProperty("why").GetString());
        Assert.Contains("archived", await ChangesAsync());
        // What is asked of a condition that is not saved is asked as a segment would.
        Assert.Equal(1, (await _api.PostAsync("/api/v1/conditions/count", """{"condition":{"kind":"property","name":"city","is":"known"}}""")).Json.GetProperty("matches").GetInt32());

        var back = await _api.DeleteAsync($"/api/v1/contacts/{_ada}/archive");

        Assert.False(back.Json.TryGetProperty("archivedAt", out _));
        Assert.Equal(1, back.Json.GetProperty("segments").GetArrayLength());
        Assert.Contains("unarchived", await ChangesAsync());
    }

    [Fact]
    public async Task The_archived_are_found_by_a_filter_and_by_name()
    {
        Assert.Equal(200, (await _api.PutAsync($"/api/v1/contacts/{_ada}/archive", "")).Status);

        Assert.Equal(["ada"], await FoundAsync("""{"archived":true}"""));
        Assert.Equal(["bob"], await FoundAsync("""{"archived":false}"""));
        Assert.Equal(["bob", "ada"], await FoundAsync("{}"));
        Assert.Empty(await FoundAsync("""{"archived":false,"search":"ada"}"""));
        Assert.Equal(["ada"], await FoundAsync("""{"archived":true,"search":"ada"}"""));

        async Task<string[]> FoundAsync(string body) =>
            [.. (await _api.PostAsync("/api/v1/contacts/search", body)).Json.GetProperty("items").EnumerateArray().Select(contact => contact.GetProperty("identities")[0].GetProperty("value").GetString()!)];
    }

    [Fact]
    public async Task Many_are_archived_at_once()
    {
        var ordered = await _api.PostAsync("/api/v1/contacts/bulk", $$$"""{"ids":["{{{_ada}}}"],"do":{"archive":true}}""");
        Assert.True(ordered.Status == 202, ordered.Text);

        // In the background of a real clock: bounded, and mostly the second look.
        for (var looks = 0; looks < 2_000 && !(await ContactAsync()).TryGetProperty("archivedAt", out _); looks++)
            await Task.Delay(5, TestContext.Current.CancellationToken);

        Assert.True((await ContactAsync()).TryGetProperty("archivedAt", out _));
    }

    /// <summary>Semantics 12.1: nothing of the contact is answered any more; figures stay.</summary>
    [Fact]
    public async Task Who_is_erased_is_nobody_any_more()
    {
        await JoinAsync();

        Assert.Equal(204, (await _api.DeleteAsync($"/api/v1/contacts/{_ada}")).Status);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);

        foreach (var address in (string[])["", "/events", "/enrolments", "/messages"])
            Assert.Equal(404, (await _api.GetAsync($"/api/v1/contacts/{_ada}{address}")).Status);
        Assert.Equal(404, (await _api.DeleteAsync($"/api/v1/contacts/{_ada}")).Status);
        Assert.Equal(_ada, Assert.Single((await _api.GetAsync("/api/v1/erasures")).Json.GetProperty("items").EnumerateArray()).GetProperty("contact").GetString());
        Assert.Empty((await _api.GetAsync("/api/v1/contacts?userId=ada")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(1, (await _api.PostAsync("/api/v1/contacts/search", "{}")).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await _api.GetAsync("/api/v1/segments/reachable")).Json.GetProperty("members").GetInt64());
        var statistics = (await _api.GetAsync("/api/v1/journeys/welcome/statistics")).Json;
        Assert.Equal((1, 0), (statistics.GetProperty("started").GetInt64(), statistics.GetProperty("inProgress").GetInt64()));
    }

    [Fact]
    public async Task Many_are_erased_at_once_and_given_nothing_besides()
    {
        Assert.Equal(["bulk.erase"], (await _api.PostAsync("/api/v1/contacts/bulk", """{"all":true,"do":{"erase":true,"addTags":["gone"]}}""")).ErrorCodes);
        Assert.Equal(202, (await _api.PostAsync("/api/v1/contacts/bulk", """{"condition":{"kind":"property","name":"city","is":"equals","value":"Bern"},"do":{"erase":true}}""")).Status);

        for (var looks = 0; (await _api.PostAsync("/api/v1/contacts/search", "{}")).Json.GetProperty("items").GetArrayLength() > 0; looks++)
        {
            Assert.True(looks < 600, "They are still there.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
