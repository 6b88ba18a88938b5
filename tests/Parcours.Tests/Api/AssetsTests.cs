using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>What a journey uses, and who uses something, over the API (Semantics 6.1).</summary>
public sealed class AssetsTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        Assert.IsType<UserAnswer.Done>(await _installation.Get<Users>().AddAsync("eva@example.org", "a long password", UserRole.Admin, TestContext.Current.CancellationToken));
        await PutAsync("lists/staff", """{"title":"Our staff"}""");
        await PutAsync("coupons/spring", """{"title":"Spring","pattern":"SPRING-*****"}""");
        Assert.Equal(200, (await _api.PutAsync("/api/v1/secrets/crm", """{"value":"t0ken"}""")).Status);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task PutAsync(string path, string json, bool again = false) => Assert.Equal(again ? 200 : 201, (await _api.PutAsync($"/api/v1/{path}", json, again ? [("If-Match", "*")] : [])).Status);

    static string Journey(string list, string settings = "{}") => """
        {"format":1,"id":"uses","name":"Uses","settings":SETTINGS,"start":[{"kind":"hand","id":"in","next":"add"}],
         "points":{"add":{"kind":"addToList","list":"LIST","next":"code"},"code":{"kind":"coupon","pool":"spring","next":"call"},
         "call":{"kind":"createTask","title":"Call","assignee":"eva@example.org","next":"tell"},"tell":{"kind":"webhook","url":"https://crm.example.org","signWith":"crm","next":"end"},"end":{"kind":"end","outcome":"completed"}}}
        """.Replace("SETTINGS", settings, StringComparison.Ordinal).Replace("LIST", list, StringComparison.Ordinal);

    async Task<string[]> AssetsAsync() => [.. (await _api.GetAsync("/api/v1/journeys/uses/assets")).Json.EnumerateArray().Select(asset =>
        $"{asset.GetProperty("kind").GetString()} {asset.GetProperty("name").GetString()} ({(asset.TryGetProperty("title", out var title) ? title.GetString() : "")}) draft {asset.GetProperty("draft")} live {asset.GetProperty("live")} missing {asset.GetProperty("missing")} at {asset.GetProperty("points")}")];

    [Fact]
    public async Task What_the_draft_and_the_live_version_use_is_listed_with_where()
    {
        await PutAsync("journeys/uses", Journey("staff"));
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/uses/publish", "")).Status);
        await PutAsync("journeys/uses", Journey("friends", """{"goal":{"kind":"tag","name":"gold"}}"""), again: true);

        Assert.Equal(
            [
                """list friends () draft True live False missing True at ["add"]""",
                """list staff (Our staff) draft False live True missing False at ["add"]""",
                "tag gold () draft True live False missing False at []",
                """pool spring (Spring) draft True live True missing False at ["code"]""",
                """user eva@example.org () draft True live True missing False at ["call"]""",
                """secret crm () draft True live True missing False at ["tell"]""",
            ],
            await AssetsAsync());
        Assert.Equal(404, (await _api.GetAsync("/api/v1/journeys/none/assets")).Status);
    }

    [Fact]
    public async Task Who_uses_a_pool_a_secret_or_a_user_is_told_and_whether_that_is_live()
    {
        await PutAsync("journeys/uses", Journey("staff"));
        await PutAsync("actions/score", """{"title":"Score","url":"https://crm.example.org","signWith":"crm"}""");
        async Task<string[]> UsersAsync(string kind, string name) => [.. (await _api.GetAsync($"/api/v1/uses?kind={kind}&name={name}")).Json.EnumerateArray().Select(use => $"{use.GetProperty("kind").GetString()} {use.GetProperty("name").GetString()} {use.GetProperty("live")}")];

        Assert.Equal(["journey Uses False"], await UsersAsync("pool", "spring"));
        Assert.Equal(["journey Uses False", "action Score True"], await UsersAsync("secret", "crm"));
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/uses/publish", "")).Status);
        await PutAsync("journeys/uses", """{"format":1,"id":"uses","name":"Uses","start":[{"kind":"hand","id":"in","next":"end"}],"points":{"end":{"kind":"end","outcome":"completed"}}}""", again: true);
        Assert.Equal(["journey Uses True"], await UsersAsync("user", "Eva@example.org"));
        Assert.Empty(await UsersAsync("list", "friends"));
    }

    [Fact]
    public async Task A_user_whom_a_live_journey_names_is_removed_only_by_who_says_so()
    {
        await PutAsync("journeys/uses", Journey("staff"));
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/uses/publish", "")).Status);
        var users = _installation.Get<Users>();
        Assert.IsType<UserAnswer.Done>(await users.AddAsync("max@example.org", "a long password", UserRole.Admin, TestContext.Current.CancellationToken));
        var eva = (await users.ByEmailAsync("eva@example.org", TestContext.Current.CancellationToken))!.Id;

        var refused = await _api.DeleteAsync($"/api/v1/users/{eva}");

        Assert.Equal(["user.used"], refused.ErrorCodes);
        Assert.Equal("Uses", refused.Json.GetProperty("errors")[0].GetProperty("arguments").GetProperty("journeys").GetString());
        Assert.Equal(204, (await _api.DeleteAsync($"/api/v1/users/{eva}?evenIfUsed=true")).Status);
    }
}
