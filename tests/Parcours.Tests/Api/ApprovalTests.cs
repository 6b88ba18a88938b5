namespace Parcours.Tests.Api;

/// <summary>Publishing by two people: one asks, another approves or sends back; nobody goes round it.</summary>
public sealed class ApprovalTests : IAsyncLifetime
{
    const string Journey = """{"format":1,"id":"steps","name":"Steps","start":[{"kind":"hand","id":"in","next":"done"}],"points":{"done":{"kind":"end","outcome":"completed"}}}""";
    const string Password = "a long enough secret";

    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;
    Caller _eva = null!;
    Caller _tom = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        foreach (var name in new[] { "eva", "tom" })
            Assert.Equal(201, (await _api.PostAsync("/api/v1/users", $$"""{"email":"{{name}}@example.org","password":"{{Password}}","role":"admin"}""")).Status);
        (_eva, _tom) = (await _installation.SignedInAsync("eva@example.org"), await _installation.SignedInAsync("tom@example.org"));
        Assert.Equal(200, (await _api.PutAsync("/api/v1/settings/approval", """{"required":true}""")).Status);
        Assert.Equal(201, (await _eva.PutAsync("/api/v1/journeys/steps", Journey)).Status);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var caller in new[] { _api, _eva, _tom })
            caller.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task<string> NewestOf(Caller caller) => (await caller.GetAsync("/api/v1/me/notifications")).Json.GetProperty("items")[0].GetProperty("text").GetString()!;

    [Fact]
    public async Task Nobody_publishes_alone_and_another_takes_it_live()
    {
        Assert.Equal("approval.needed", (await _eva.PostAsync("/api/v1/journeys/steps/publish", "")).Code);
        Assert.Equal("approval.needed", (await _api.PostAsync("/api/v1/journeys/steps/publish", "")).Code);
        Assert.Equal("approval.person", (await _api.PostAsync("/api/v1/journeys/steps/approval", "")).Code);
        Assert.Equal(404, (await _tom.PostAsync("/api/v1/journeys/steps/approval/approve", "")).Status);

        Assert.Equal(200, (await _eva.PostAsync("/api/v1/journeys/steps/approval", """{"note":"The first one"}""")).Status);
        Assert.Contains("eva@example.org asks for approval to publish “Steps”", await NewestOf(_tom), StringComparison.Ordinal);
        Assert.Equal("approval.own", (await _eva.PostAsync("/api/v1/journeys/steps/approval/approve", "")).Code);
        Assert.Equal("approval.person", (await _api.PostAsync("/api/v1/journeys/steps/approval/approve", "")).Code);
        var live = await _tom.PostAsync("/api/v1/journeys/steps/approval/approve", "");

        Assert.Equal((200, "live"), (live.Status, live.Json.GetProperty("status").GetString()));
        var version = (await _api.GetAsync("/api/v1/journeys/steps/versions/1")).Json;
        Assert.Equal(("eva@example.org", "The first one"), (version.GetProperty("publishedBy").GetString(), version.GetProperty("note").GetString()));
        Assert.Contains("tom@example.org approved", await NewestOf(_eva), StringComparison.Ordinal);
        Assert.Equal(404, (await _eva.GetAsync("/api/v1/journeys/steps/approval")).Status);
        var lines = (await _api.GetAsync("/api/v1/audit?target=steps")).Json.GetProperty("items").EnumerateArray().Select(line => $"{line.GetProperty("by").GetString()} {line.GetProperty("act").GetString()}");
        Assert.Equal(["tom@example.org approve", "eva@example.org ask-approval", "eva@example.org put-journey"], lines);
    }

    /// <summary>It is a right of teams, where the setting names some: others neither approve nor are told, and what nobody could answer is not asked.</summary>
    [Fact]
    public async Task Only_the_members_of_the_teams_that_are_named_approve()
    {
        Assert.Equal(201, (await _api.PostAsync("/api/v1/users", $$"""{"email":"uma@example.org","password":"{{Password}}","role":"admin"}""")).Status);
        using var uma = await _installation.SignedInAsync("uma@example.org");
        Assert.Equal(201, (await _api.PutAsync("/api/v1/teams/Leads", """{"members":["eva@example.org"]}""")).Status);
        Assert.Contains("approval.team", (await _api.PutAsync("/api/v1/settings/approval", """{"required":true,"teams":["Gone"]}""")).ErrorCodes);
        Assert.Equal(200, (await _api.PutAsync("/api/v1/settings/approval", """{"required":true,"teams":["Leads"]}""")).Status);
        Assert.Equal("approval.nobody", (await _eva.PostAsync("/api/v1/journeys/steps/approval", "")).Code);
        Assert.Equal(200, (await _api.PutAsync("/api/v1/teams/Leads", """{"members":["eva@example.org","tom@example.org"]}""", ("If-Match", "*"))).Status);

        Assert.Equal(200, (await _eva.PostAsync("/api/v1/journeys/steps/approval", "")).Status);

        Assert.Contains("asks for approval", await NewestOf(_tom), StringComparison.Ordinal);
        Assert.Equal(0, (await uma.GetAsync("/api/v1/me/inbox")).Json.GetProperty("unread").GetInt32());
        Assert.Equal((true, false, false), (await MayAsync(_tom), await MayAsync(uma), await MayAsync(_eva)));
        Assert.Equal("approval.team-only", (await uma.PostAsync("/api/v1/journeys/steps/approval/approve", "")).Code);
        Assert.Equal("approval.team-only", (await uma.PostAsync("/api/v1/journeys/steps/approval/send-back", """{"comment":"No"}""")).Code);
        Assert.Equal("approval.own", (await _eva.PostAsync("/api/v1/journeys/steps/approval/approve", "")).Code);
        Assert.Contains("catalogue.used", (await _api.DeleteAsync("/api/v1/teams/Leads")).ErrorCodes);
        Assert.Equal("approval", (await _api.GetAsync("/api/v1/uses?kind=team&name=Leads")).Json[0].GetProperty("kind").GetString());
        Assert.Equal(200, (await _tom.PostAsync("/api/v1/journeys/steps/approval/approve", "")).Status);

        async Task<bool> MayAsync(Caller caller) => (await caller.GetAsync("/api/v1/journeys/steps/approval")).Json.GetProperty("mayApprove").GetBoolean();
    }

    [Fact]
    public async Task It_is_sent_back_with_a_comment_and_asked_for_anew()
    {
        await _eva.PostAsync("/api/v1/journeys/steps/approval", "");
        Assert.Contains("approval.comment", (await _tom.PostAsync("/api/v1/journeys/steps/approval/send-back", """{"comment":" "}""")).ErrorCodes);
        Assert.Equal(200, (await _tom.PostAsync("/api/v1/journeys/steps/approval/send-back", """{"comment":"The end says nothing."}""")).Status);

        Assert.Contains("tom@example.org sent “Steps” back: The end says nothing.", await NewestOf(_eva), StringComparison.Ordinal);
        Assert.Equal(404, (await _tom.PostAsync("/api/v1/journeys/steps/approval/approve", "")).Status);
        Assert.Equal("The end says nothing.", (await _eva.GetAsync("/api/v1/journeys/steps/approval")).Json.GetProperty("comment").GetString());
        Assert.Equal(200, (await _eva.PostAsync("/api/v1/journeys/steps/approval", "")).Status);
        Assert.Equal(200, (await _tom.PostAsync("/api/v1/journeys/steps/approval/approve", "")).Status);
    }

    /// <summary>What was changed after it was asked for is not what was asked for; and who changed it cannot approve it.</summary>
    [Fact]
    public async Task Only_what_was_asked_for_goes_live()
    {
        await _eva.PostAsync("/api/v1/journeys/steps/approval", "");
        Assert.Equal(200, (await _tom.PutAsync("/api/v1/journeys/steps", Journey.Replace("\"Steps\"", "\"More steps\"", StringComparison.Ordinal), ("If-Match", "*"))).Status);
        Assert.Equal("approval.author", (await _tom.PostAsync("/api/v1/journeys/steps/approval/approve", "")).Code);

        Assert.Equal(204, (await _eva.DeleteAsync("/api/v1/journeys/steps/approval")).Status);
        await _tom.PostAsync("/api/v1/journeys/steps/approval", "");
        Assert.Equal(200, (await _eva.PutAsync("/api/v1/journeys/steps", Journey, ("If-Match", "*"))).Status);
        await _api.PutAsync("/api/v1/journeys/steps", Journey.Replace("\"Steps\"", "\"Other steps\"", StringComparison.Ordinal), ("If-Match", "*"));
        Assert.Equal("approval.changed", (await _eva.PostAsync("/api/v1/journeys/steps/approval/approve", "")).Code);
    }

    [Fact]
    public async Task Where_it_is_not_wanted_one_publishes_alone()
    {
        await _api.PutAsync("/api/v1/settings/approval", """{"required":false}""");
        Assert.Equal(200, (await _eva.PostAsync("/api/v1/journeys/steps/publish", "")).Status);
    }

    /// <summary>Who approves says which request was looked at; one that came in its place is not approved by it.</summary>
    [Fact]
    public async Task What_was_asked_meanwhile_is_not_approved_unseen()
    {
        var looked = (await _eva.PostAsync("/api/v1/journeys/steps/approval", "")).Json.GetProperty("revision").GetInt64();
        await _eva.PutAsync("/api/v1/journeys/steps", Journey.Replace("\"Steps\"", "\"More steps\"", StringComparison.Ordinal), ("If-Match", "*"));
        var asked = (await _eva.PostAsync("/api/v1/journeys/steps/approval", "")).Json.GetProperty("revision").GetInt64();

        var unseen = await _tom.PostAsync("/api/v1/journeys/steps/approval/approve", "", ("If-Match", $"\"{looked}\""));

        Assert.Equal((412, "approval.changed"), (unseen.Status, unseen.Code));
        Assert.Equal(200, (await _tom.PostAsync("/api/v1/journeys/steps/approval/approve", "", ("If-Match", $"\"{asked}\""))).Status);
    }

    [Fact]
    public async Task What_was_asked_goes_with_its_journey_and_with_a_publication_by_one()
    {
        await _eva.PostAsync("/api/v1/journeys/steps/approval", "");
        Assert.Equal(204, (await _eva.DeleteAsync("/api/v1/journeys/steps")).Status);
        Assert.Equal(201, (await _eva.PutAsync("/api/v1/journeys/steps", Journey)).Status);
        Assert.Equal(404, (await _tom.GetAsync("/api/v1/journeys/steps/approval")).Status);

        await _eva.PostAsync("/api/v1/journeys/steps/approval", "");
        await _api.PutAsync("/api/v1/settings/approval", """{"required":false}""");
        Assert.Equal(200, (await _eva.PostAsync("/api/v1/journeys/steps/publish", "")).Status);
        Assert.Equal(404, (await _tom.GetAsync("/api/v1/journeys/steps/approval")).Status);
    }
}
