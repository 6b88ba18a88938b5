using System.Text.Json;

namespace Parcours.Tests.Api;

/// <summary>Journeys as a list, on the real engine.</summary>
public sealed class JourneyListTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    static string Definition(string id, string name, string start = "Joined") => """
        {"format":1,"id":"ID","name":"NAME","description":"About NAME","settings":{"reEntry":{"kind":"always"}},
         "start":[{"kind":"event","id":"s","events":["START"],"next":"wait"}],
         "points":{"wait":{"kind":"delay","for":"P1D","next":"done"},"done":{"kind":"end","outcome":"successful"}}}
        """.Replace("ID", id, StringComparison.Ordinal).Replace("NAME", name, StringComparison.Ordinal).Replace("START", start, StringComparison.Ordinal);

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        foreach (var (id, name) in new[] { ("b-win", "Élan"), ("a-welcome", "Welcome"), ("c-cart", "abandoned cart") })
            Assert.Equal(201, (await _api.PutAsync($"/api/v1/journeys/{id}", Definition(id, name, id == "c-cart" ? "Cart" : "Joined"))).Status);
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/a-welcome/publish", "")).Status);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task<string[]> IdsAsync(string query) => [.. (await _api.GetAsync("/api/v1/journeys" + query)).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    [Fact]
    public async Task It_is_searched_filtered_and_sorted()
    {
        Assert.Equal(200, (await _api.PutAsync("/api/v1/journeys/b-win/labels", """{"labels":["Spring ","spring","shop"]}""")).Status);
        Assert.Equal(201, (await _api.PostAsync("/api/v1/events", """{"event":"Joined","userId":"ada"}""")).Status);

        Assert.Equal(["a-welcome", "b-win", "c-cart"], await IdsAsync(""));
        Assert.Equal(["c-cart", "a-welcome", "b-win"], await IdsAsync("?sort=name"));
        Assert.Equal(["a-welcome", "b-win", "c-cart"], await IdsAsync("?sort=started"));
        Assert.Equal(["a-welcome"], await IdsAsync("?status=live,paused"));
        Assert.Equal(["c-cart"], await IdsAsync("?search=CART%20about"));
        Assert.Equal(["b-win"], await IdsAsync("?label=SHOP"));
        Assert.Equal(["b-win"], await IdsAsync("?search=sprin"));
        Assert.Equal(["journeys.sort"], (await _api.GetAsync("/api/v1/journeys?sort=size")).ErrorCodes);
        Assert.Equal(["journeys.status"], (await _api.GetAsync("/api/v1/journeys?status=asleep")).ErrorCodes);
        Assert.Equal("Spring", (await _api.GetAsync("/api/v1/journeys/labels")).Json[1].GetProperty("name").GetString());
        Assert.Equal(["label.invalid"], (await _api.PutAsync("/api/v1/journeys/b-win/labels", """{"labels":[""]}""")).ErrorCodes);
    }

    [Theory, InlineData(""), InlineData("&sort=name"), InlineData("&sort=updated"), InlineData("&sort=completed")]
    public async Task Pages_follow_each_other_in_every_order(string sort)
    {
        var whole = await IdsAsync($"?limit=50{sort}");
        var (pieces, after) = (new List<string>(), "");
        do
        {
            var page = (await _api.GetAsync($"/api/v1/journeys?limit=1{sort}{(after.Length > 0 ? "&after=" + after : "")}")).Json;
            pieces.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            after = page.GetProperty("next").GetString() ?? "";
        }
        while (after.Length > 0);

        Assert.Equal(3, whole.Length);
        Assert.Equal(whole, pieces);
    }

    [Fact]
    public async Task A_copy_is_a_draft_with_a_name_of_its_own()
    {
        Assert.Equal(200, (await _api.PutAsync("/api/v1/journeys/a-welcome/labels", """{"labels":["shop"]}""")).Status);

        var copy = await _api.PostAsync("/api/v1/journeys/a-welcome/duplicate", "{}");
        var named = await _api.PostAsync("/api/v1/journeys/a-welcome/duplicate", """{"name":"Été à Genève"}""");

        Assert.True(copy.Status == 201, copy.Text);
        Assert.Equal(("welcome-2", "Welcome 2", "draft"), (copy.Json.GetProperty("id").GetString(), copy.Json.GetProperty("name").GetString(), copy.Json.GetProperty("status").GetString()));
        Assert.Equal("shop", copy.Json.GetProperty("labels")[0].GetString());
        Assert.Equal("welcome-2", copy.Json.GetProperty("definition").GetProperty("id").GetString());
        Assert.Equal("ete-a-geneve", named.Json.GetProperty("id").GetString());
    }

    [Fact]
    public async Task What_is_live_is_neither_archived_nor_deleted_and_says_why()
    {
        Assert.Equal(["journey.live"], (await _api.PostAsync("/api/v1/journeys/a-welcome/archive", "")).ErrorCodes);
        Assert.Equal(["journey.live"], (await _api.DeleteAsync("/api/v1/journeys/a-welcome")).ErrorCodes);

        Assert.Equal("archived", (await _api.PostAsync("/api/v1/journeys/b-win/archive", "")).Json.GetProperty("status").GetString());
        Assert.Equal(["journey.ended"], (await _api.PostAsync("/api/v1/journeys/b-win/publish", "")).ErrorCodes);
        var summary = (await _api.GetAsync("/api/v1/journeys/summary")).Json;
        Assert.Equal((3, 1, 1, 1), (summary.GetProperty("all").GetInt32(), summary.GetProperty("live").GetInt32(), summary.GetProperty("draft").GetInt32(), summary.GetProperty("archived").GetInt32()));
        Assert.Equal("draft", (await _api.PostAsync("/api/v1/journeys/b-win/unarchive", "")).Json.GetProperty("status").GetString());
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/b-win/archive", "")).Status);
        Assert.Equal(204, (await _api.DeleteAsync("/api/v1/journeys/b-win")).Status);
    }

    /// <summary>Two people in one draft: the slower one gets what is there, and nobody's work is lost.</summary>
    [Fact]
    public async Task A_conflict_brings_the_version_that_is_there()
    {
        var seen = (await _api.GetAsync("/api/v1/journeys/b-win")).ETag!;
        var saved = await _api.PutAsync("/api/v1/journeys/b-win", Definition("b-win", "Hers"), ("If-Match", seen));
        Assert.Equal(200, saved.Status);

        var late = await _api.PutAsync("/api/v1/journeys/b-win", Definition("b-win", "His"), ("If-Match", seen));

        Assert.Equal((412, "changed"), (late.Status, late.Code));
        Assert.Equal("Hers", late.Json.GetProperty("current").GetProperty("name").GetString());
        Assert.Equal($"\"{late.Json.GetProperty("revision").GetInt64()}\"", saved.ETag);
        Assert.True(late.Json.TryGetProperty("changedAt", out _));
        // Sent again because the answer got lost: it is saved already.
        var again = await _api.PutAsync("/api/v1/journeys/b-win", Definition("b-win", "Hers"), ("If-Match", seen));
        Assert.Equal((200, saved.ETag), (again.Status, again.ETag));
        Assert.Equal(428, (await _api.PutAsync("/api/v1/journeys/b-win", Definition("b-win", "His"))).Status);
    }
}
