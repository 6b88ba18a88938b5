using System.Text.Json;

namespace Parcours.Tests.Api;

/// <summary>What a draft changes and for whom, publishing over people inside, and the way back; on the real engine. Semantics 6.3 to 6.6.</summary>
public sealed class VersionsTests : IAsyncLifetime
{
    const string Journey = """
        {"format":1,"id":"steps","name":"Steps",
         "start":[{"kind":"event","id":"in","events":["In"],"next":"pause"}],
         "points":{"pause":{"kind":"delay","for":"P2D","next":"tag"},
           "tag":{"kind":"addTag","tag":"first","next":"done"},
           "done":{"kind":"end","outcome":"completed"}}}
        """;

    const string Changed = """
        {"format":1,"id":"steps","name":"Steps","settings":{"priority":3},
         "start":[{"kind":"event","id":"in","events":["In"],"next":"pause"}],
         "points":{"pause":{"kind":"delay","for":"P5D","next":"mark"},
           "mark":{"kind":"setProperty","property":"seen","value":true,"next":"done"},
           "done":{"kind":"end","outcome":"completed"}}}
        """;

    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/steps", Journey)).Status);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    Task<Answer> PublishAsync(string body = "") => _api.PostAsync("/api/v1/journeys/steps/publish", body);

    async Task WithAdaInsideAsync()
    {
        Assert.Equal(200, (await PublishAsync("""{"note":" The first one "}""")).Status);
        Assert.Equal(201, (await _api.PostAsync("/api/v1/contacts", """{"userId":"ada"}""")).Status);
        Assert.Equal(201, (await _api.PostAsync("/api/v1/events", """{"event":"In","userId":"ada"}""")).Status);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
        var draft = await _api.GetAsync("/api/v1/journeys/steps");
        Assert.Equal(200, (await _api.PutAsync("/api/v1/journeys/steps", Changed, ("If-Match", draft.Header("ETag")))).Status);
    }

    [Fact]
    public async Task What_a_draft_changes_is_told_field_by_field_and_for_whom()
    {
        await WithAdaInsideAsync();

        var changes = (await _api.GetAsync("/api/v1/journeys/steps/changes")).Json;

        Assert.Equal(1, changes.GetProperty("from").GetInt32());
        Assert.Equal("settings", Assert.Single(changes.GetProperty("settings").EnumerateArray()).GetProperty("path").GetString());
        Assert.Empty(changes.GetProperty("starts").EnumerateArray());
        Assert.Equal(
            ["pause delay changed for,next", "mark setProperty added ", "tag addTag removed "],
            changes.GetProperty("points").EnumerateArray().Select(point =>
                $"{point.GetProperty("id").GetString()} {point.GetProperty("kind").GetString()} {point.GetProperty("change").GetString()} {string.Join(",", point.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("path").GetString()))}"));
        var field = changes.GetProperty("points")[0].GetProperty("fields")[0];
        Assert.Equal(("P2D", "P5D"), (field.GetProperty("before").GetString(), field.GetProperty("after").GetString()));
        var people = Assert.Single(changes.GetProperty("people").EnumerateArray());
        Assert.Equal(("pause", 1, 1L, "changed"), (people.GetProperty("point").GetString(), people.GetProperty("version").GetInt32(), people.GetProperty("contacts").GetInt64(), people.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_journey_that_was_never_published_is_new_altogether()
    {
        var changes = (await _api.GetAsync("/api/v1/journeys/steps/changes")).Json;

        Assert.Equal(["pause added", "tag added", "done added"], changes.GetProperty("points").EnumerateArray().Select(point => $"{point.GetProperty("id").GetString()} {point.GetProperty("change").GetString()}"));
        Assert.Equal(404, (await _api.GetAsync("/api/v1/journeys/steps/changes?from=2")).Status);
    }

    [Fact]
    public async Task Those_inside_go_where_the_publisher_says()
    {
        await WithAdaInsideAsync();
        Assert.Equal(200, (await PublishAsync("""{"note":"Longer","people":[{"point":"pause","do":"move"}]}""")).Status);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);

        var queue = Assert.Single((await _api.GetAsync("/api/v1/journeys/steps/points/pause/queue")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal((2, 1L), (queue.GetProperty("version").GetInt32(), (await _api.GetAsync("/api/v1/journeys/steps/statistics?version=2")).Json.GetProperty("inProgress").GetInt64()));

        // Over all versions she has arrived once; in each by itself she came and went.
        var whole = Assert.Single((await _api.GetAsync("/api/v1/journeys/steps/statistics")).Json.GetProperty("points").EnumerateArray());
        Assert.Equal((1L, 1L, "{}"), (whole.GetProperty("arrived").GetInt64(), whole.GetProperty("waiting").GetInt64(), whole.GetProperty("left").GetRawText()));
        var first = Assert.Single((await _api.GetAsync("/api/v1/journeys/steps/statistics?version=1")).Json.GetProperty("points").EnumerateArray());
        Assert.Equal((1L, 0L, 1L), (first.GetProperty("arrived").GetInt64(), first.GetProperty("waiting").GetInt64(), first.GetProperty("left").GetProperty("carried").GetInt64()));

        var versions = (await _api.GetAsync("/api/v1/journeys/steps/versions")).Json.GetProperty("items");
        Assert.Equal(["Longer", "The first one"], versions.EnumerateArray().Select(version => version.GetProperty("note").GetString()));
        Assert.Equal(("pause", "move"), (versions[0].GetProperty("people")[0].GetProperty("point").GetString(), versions[0].GetProperty("people")[0].GetProperty("do").GetString()));
    }

    /// <summary>Every rule that does not fit, at once; nothing is published.</summary>
    [Fact]
    public async Task Rules_that_do_not_fit_are_refused_with_their_places()
    {
        await WithAdaInsideAsync();

        var refused = await PublishAsync("""{"people":[{"point":"tag","do":"move"},{"point":"nowhere","do":"exit"}]}""");

        Assert.Equal(422, refused.Status);
        Assert.Equal(["publish.to /people/0/to", "publish.point /people/1/point"], refused.Json.GetProperty("errors").EnumerateArray().Select(reason => $"{reason.GetProperty("code").GetString()} {reason.GetProperty("path").GetString()}"));
        Assert.Equal(400, (await PublishAsync("""{"people":[{"point":"tag","do":"jump"}]}""")).Status);
        Assert.Equal(400, (await PublishAsync($$"""{"note":"{{new string('n', 501)}}"}""")).Status);
        Assert.Equal(1, (await _api.GetAsync("/api/v1/journeys/steps")).Json.GetProperty("version").GetInt32());
    }

    /// <summary>Semantics 6.6: the old content becomes the draft, and a new version when it is published.</summary>
    [Fact]
    public async Task An_old_version_comes_back_as_the_draft()
    {
        await WithAdaInsideAsync();
        Assert.Equal(200, (await PublishAsync()).Status);

        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/steps/versions/1/restore", "")).Status);
        Assert.Equal("P2D", Definition(await _api.GetAsync("/api/v1/journeys/steps")).GetProperty("points").GetProperty("pause").GetProperty("for").GetString());
        Assert.Equal(200, (await PublishAsync()).Status);

        Assert.Equal(Definition(await _api.GetAsync("/api/v1/journeys/steps/versions/1")).GetRawText(), Definition(await _api.GetAsync("/api/v1/journeys/steps/versions/3")).GetRawText());
        Assert.Equal(404, (await _api.PostAsync("/api/v1/journeys/steps/versions/9/restore", "")).Status);
        Assert.Equal(200, (await _api.GetAsync("/api/v1/journeys/steps/changes?from=1&to=3")).Status);
    }

    static JsonElement Definition(Answer answer) => answer.Json.GetProperty("definition");
}
