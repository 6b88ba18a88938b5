using System.Text.Json;

namespace Parcours.Tests.Api;

/// <summary>Why in, why not, why here, why not sent; on the real engine. Semantics 11.3.</summary>
public sealed class WhyTests : IAsyncLifetime
{
    const string Journey = """
        {"format":1,"id":"offer","name":"Offer","settings":{"email":{"topic":"news"},"eligibility":{"kind":"any","of":[{"kind":"tag","name":"vip"},{"kind":"property","name":"city","is":"equals","value":"Bern"}]}},
         "start":[{"kind":"event","id":"bought","events":["Bought"],"filter":{"kind":"field","name":"total","is":"atLeast","value":50},"next":"rich"}],
         "points":{
           "rich":{"kind":"if","condition":{"kind":"all","of":[{"kind":"property","name":"spent","is":"greaterThan","value":100},{"kind":"not","of":{"kind":"list","name":"staff"}}]},"then":"mail","else":"done"},
           "mail":{"kind":"sendEmail","content":"hello","next":"wait"},
           "wait":{"kind":"waitUntilTrue","condition":{"kind":"property","name":"spent","is":"greaterThan","value":500},"next":"done"},
           "done":{"kind":"end","outcome":"completed"}}}
        """;

    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        foreach (var (path, json) in new[] { ("topics/news", """{"title":"News"}"""), ("lists/staff", "{}"), ("content/hello", """{"subject":"Hello","html":"<p>Hello</p>"}"""), ("journeys/offer", Journey) })
            Assert.Equal(201, (await _api.PutAsync("/api/v1/" + path, json)).Status);
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/offer/publish", "")).Status);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task<string> ContactAsync(string properties) =>
        (await _api.PostAsync("/api/v1/contacts", $$$"""{"userId":"ada","email":"ada@example.org","properties":{{{properties}}}}""")).Json.GetProperty("id").GetString()!;

    async Task BuyAsync(int total)
    {
        Assert.Equal(201, (await _api.PostAsync("/api/v1/events", $$$"""{"event":"Bought","userId":"ada","properties":{"total":{{{total}}}}}""")).Status);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
    }

    async Task<JsonElement> WhyAsync(string contact) => (await _api.GetAsync($"/api/v1/contacts/{contact}/why?journey=offer")).Json;

    /// <summary>A condition's tree in one line: each leaf with what was found.</summary>
    static string Tree(JsonElement node) => node.TryGetProperty("parts", out var parts)
        ? $"{node.GetProperty("kind").GetString()}={node.GetProperty("holds").GetBoolean()}({string.Join(" ", parts.EnumerateArray().Select(Tree))})"
        : $"{node.GetProperty("subject").GetString()}:{node.GetProperty("actual").GetString()}={node.GetProperty("holds").GetBoolean()}";

    static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>The trees are those of then: what changes later changes nothing in them.</summary>
    [Fact]
    public async Task Why_in_and_what_decided_are_told_as_they_were_then()
    {
        var ada = await ContactAsync("""{"city":"Bern","spent":120}""");
        await BuyAsync(70);
        Assert.Equal(200, (await _api.PatchAsync($"/api/v1/contacts/{ada}", """{"properties":{"city":"Basel","spent":300},"lists":{"add":["staff"]}}""")).Status);

        var trip = (await WhyAsync(ada)).GetProperty("trip");

        Assert.Equal(("bought", "Bought", 70), (trip.GetProperty("startingPoint").GetString(), trip.GetProperty("startEvent").GetString(), trip.GetProperty("data").GetProperty("total").GetInt32()));
        var steps = trip.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(["bought entered", "rich yes", "mail next", "wait "], steps.Select(step => $"{step.GetProperty("point").GetString()} {Text(step, "edge")}"));
        Assert.Equal("all=True(any=True(vip:hasNot=False city:Bern=True) total:70=True)", Tree(steps[0].GetProperty("condition")));
        Assert.Equal("all=True(spent:120=True not=True(staff:notOn=False))", Tree(steps[1].GetProperty("condition")));
        Assert.Equal("Bought", steps[1].GetProperty("cause").GetString());
        Assert.True(trip.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task Why_here_says_since_when_and_what_is_missing_now()
    {
        var ada = await ContactAsync("""{"city":"Bern","spent":120}""");
        await BuyAsync(70);

        var here = (await WhyAsync(ada)).GetProperty("trip").GetProperty("here");

        Assert.Equal(("wait", "condition"), (here.GetProperty("point").GetString(), here.GetProperty("reason").GetString()));
        Assert.Equal("spent:120=False", Tree(here.GetProperty("condition")));

        Assert.Equal(200, (await _api.PatchAsync($"/api/v1/contacts/{ada}", """{"properties":{"spent":900}}""")).Status);
        var after = (await WhyAsync(ada)).GetProperty("trip");
        Assert.False(after.TryGetProperty("here", out _));
        Assert.Equal("spent:900=True", Tree(after.GetProperty("steps").EnumerateArray().Single(step => Text(step, "point") == "wait" && Text(step, "edge") == "next").GetProperty("condition")));
    }

    [Fact]
    public async Task Why_not_sent_names_the_reason()
    {
        var ada = await ContactAsync("""{"city":"Bern","spent":120}""");
        await BuyAsync(70);

        var message = Assert.Single((await WhyAsync(ada)).GetProperty("notSent").EnumerateArray());

        Assert.Equal(("mail", "hello", "skipped", "no-consent"), (message.GetProperty("point").GetString(), message.GetProperty("content").GetString(), message.GetProperty("status").GetString(), message.GetProperty("why").GetString()));
    }

    [Fact]
    public async Task Why_not_tells_refusals_and_how_it_stands_now()
    {
        var ada = await ContactAsync("""{"city":"Basel"}""");
        await BuyAsync(70);

        var why = await WhyAsync(ada);

        Assert.False(why.TryGetProperty("trip", out _));
        Assert.Equal("not-eligible", Assert.Single(why.GetProperty("refused").EnumerateArray()).GetProperty("reason").GetString());
        var entry = why.GetProperty("entry");
        Assert.Equal((false, "not-eligible"), (entry.GetProperty("mayEnter").GetBoolean(), entry.GetProperty("reason").GetString()));
        Assert.Equal("any=False(vip:hasNot=False city:Basel=False)", Tree(entry.GetProperty("eligibility")));

        Assert.Equal(200, (await _api.PatchAsync($"/api/v1/contacts/{ada}", """{"tags":{"add":["vip"]}}""")).Status);
        Assert.True((await WhyAsync(ada)).GetProperty("entry").GetProperty("mayEnter").GetBoolean());
        await BuyAsync(70);
        Assert.Equal("re-entry-never", (await WhyAsync(ada)).GetProperty("entry").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task What_there_is_not_is_404_or_400()
    {
        var ada = await ContactAsync("{}");
        Assert.Equal(404, (await _api.GetAsync($"/api/v1/contacts/{ada}/why?journey=none")).Status);
        Assert.Equal(404, (await _api.GetAsync($"/api/v1/contacts/{Guid.Empty}/why?journey=offer")).Status);
        Assert.Equal(404, (await _api.GetAsync($"/api/v1/contacts/{ada}/why?journey=offer&enrolment={Guid.Empty}")).Status);
        Assert.Equal(400, (await _api.GetAsync($"/api/v1/contacts/{ada}/why")).Status);
    }
}
