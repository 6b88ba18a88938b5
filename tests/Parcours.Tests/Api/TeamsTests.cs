using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>Teams over the API: made, given tasks, kept while a journey names them, and left by who is gone.</summary>
public sealed class TeamsTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;
    Caller _eva = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        foreach (var email in (string[])["eva@example.org", "ian@example.org"])
            Assert.IsType<UserAnswer.Done>(await _installation.Get<Users>().AddAsync(email, "a long password", UserRole.Admin, TestContext.Current.CancellationToken));
        _eva = await _installation.SignedInAsync("eva@example.org");
    }

    public async ValueTask DisposeAsync()
    {
        _eva.Dispose();
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task MakeAsync(string name, string members) => Assert.Equal(201, (await _api.PutAsync($"/api/v1/teams/{name}", $$"""{"members":{{members}}}""")).Status);

    async Task<string[]> TitlesAsync(string query) => [.. (await _eva.GetAsync($"/api/v1/tasks{query}")).Json.GetProperty("items").EnumerateArray().Select(task => task.GetProperty("title").GetString()!)];

    static string Code(Answer answer) => answer.Json.GetProperty("errors")[0].GetProperty("code").GetString()!;

    [Fact]
    public async Task A_team_s_tasks_are_found_by_its_members()
    {
        await MakeAsync("Sales", """["Eva@example.org","eva@example.org","ian@example.org"]""");
        await MakeAsync("Support", """["ian@example.org"]""");
        foreach (var task in (string[])["""{"title":"sell","team":"Sales"}""", """{"title":"help","team":"Support"}""", """{"title":"clean","assignee":"eva@example.org"}"""])
            Assert.Equal(201, (await _api.PostAsync("/api/v1/tasks", task)).Status);

        Assert.Equal(["eva@example.org", "ian@example.org"], (await _api.GetAsync("/api/v1/teams/Sales")).Json.GetProperty("value").GetProperty("members").EnumerateArray().Select(member => member.GetString()));
        Assert.Equal(["sell"], await TitlesAsync("?assignee=teams"));
        Assert.Equal(["clean"], await TitlesAsync("?assignee=me"));
        Assert.Equal(["help"], await TitlesAsync("?team=Support"));
        Assert.Empty(await TitlesAsync("?team=Support&assignee=teams"));
        Assert.Equal(3, (await TitlesAsync("")).Length);
        Assert.Equal(400, (await _api.GetAsync("/api/v1/tasks?assignee=teams")).Status);
        Assert.Equal("task.team", Code(await _api.PostAsync("/api/v1/tasks", """{"title":"x","team":"gone"}""")));
    }

    [Fact]
    public async Task Only_users_are_members()
    {
        var refused = await _api.PutAsync("/api/v1/teams/Sales", """{"members":["gone@example.org"]}""");

        Assert.Equal((422, "catalogue.team-member"), (refused.Status, Code(refused)));
    }

    [Fact]
    public async Task A_team_that_a_live_journey_names_stays_and_is_listed_among_its_assets()
    {
        await MakeAsync("Sales", """["eva@example.org"]""");
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/calls", """{"format":1,"id":"calls","name":"Calls","start":[{"kind":"hand","id":"in","next":"p"}],"points":{"p":{"kind":"createTask","title":"Call","team":"Sales"}}}""")).Status);
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/calls/publish", "{}")).Status);

        var refused = await _api.DeleteAsync("/api/v1/teams/Sales");
        Assert.Equal((422, "catalogue.used"), (refused.Status, Code(refused)));
        Assert.Equal("calls", (await _api.GetAsync("/api/v1/uses?kind=team&name=Sales")).Json[0].GetProperty("id").GetString());
        Assert.Equal(("team", "Sales", false), (await _api.GetAsync("/api/v1/journeys/calls/assets")).Json[0] is var asset
            ? (asset.GetProperty("kind").GetString()!, asset.GetProperty("name").GetString()!, asset.GetProperty("missing").GetBoolean()) : default);

        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/calls/end", "")).Status);
        Assert.Equal(204, (await _api.DeleteAsync("/api/v1/teams/Sales")).Status);
    }

    [Fact]
    public async Task Who_is_removed_leaves_their_teams()
    {
        await MakeAsync("Sales", """["eva@example.org","ian@example.org"]""");
        var ian = (await _api.GetAsync("/api/v1/users")).Json.GetProperty("items").EnumerateArray().Single(user => user.GetProperty("email").GetString() == "ian@example.org").GetProperty("id").GetString();

        Assert.Equal(204, (await _api.DeleteAsync($"/api/v1/users/{ian}")).Status);

        Assert.Equal(["eva@example.org"], (await _api.GetAsync("/api/v1/teams/Sales")).Json.GetProperty("value").GetProperty("members").EnumerateArray().Select(member => member.GetString()));
    }
}
