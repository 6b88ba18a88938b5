using System.Text.Json;

namespace Parcours.Tests.Api;

/// <summary>Semantics 6.3 over the API: what is set of a journey while it runs, and who set it.</summary>
public sealed class DialsTests : IAsyncLifetime
{
    const string Journey = """
        {"format":1,"id":"halves","name":"Halves","settings":{"entryRate":{"most":5,"per":"hour"}},
         "start":[{"kind":"event","id":"in","events":["Joined"],"next":"half"}],
         "points":{"half":{"kind":"split","paths":[{"name":"a","share":70,"next":"done"},{"name":"b","share":30,"next":"done"}]},
           "done":{"kind":"end","outcome":"successful"}}}
        """;

    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/halves", Journey)).Status);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    static JsonElement Split(Answer dials) => dials.Json.GetProperty("splits").EnumerateArray().Single();
    static JsonElement Rate(Answer dials) => dials.Json.GetProperty("entryRate");

    [Fact]
    public async Task Shares_and_the_entry_rate_are_set_and_told_beside_what_was_published()
    {
        Assert.Equal(["dial.not-live"], (await _api.PutAsync("/api/v1/journeys/halves/splits/half/shares", """{"paths":[{"name":"a","share":10},{"name":"b","share":90}]}""")).ErrorCodes);
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/halves/publish", "")).Status);

        var shares = await _api.PutAsync("/api/v1/journeys/halves/splits/half/shares", """{"paths":[{"name":"b","share":90},{"name":"a","share":10}]}""");
        Assert.Equal(200, shares.Status);
        Assert.Equal([("a", 10m, 70m), ("b", 90m, 30m)], Split(shares).GetProperty("paths").EnumerateArray().Select(path => (path.GetProperty("name").GetString()!, path.GetProperty("share").GetDecimal(), path.GetProperty("published").GetDecimal())));
        Assert.True(Split(shares).TryGetProperty("setAt", out _));

        var rate = await _api.PutAsync("/api/v1/journeys/halves/entry-rate", """{"most":9,"per":"minute"}""");
        Assert.Equal((9, "minute", 5), (Rate(rate).GetProperty("rate").GetProperty("most").GetInt32(), Rate(rate).GetProperty("rate").GetProperty("per").GetString(), Rate(rate).GetProperty("published").GetProperty("most").GetInt32()));
        var none = await _api.DeleteAsync("/api/v1/journeys/halves/entry-rate");
        Assert.Equal(200, none.Status);
        Assert.False(Rate(none).TryGetProperty("rate", out var left) && left.ValueKind != JsonValueKind.Null);

        var changes = (await _api.GetAsync("/api/v1/journeys/halves/dials")).Json.GetProperty("changes").EnumerateArray().ToArray();
        Assert.Equal(3, changes.Length);
        Assert.Equal(("half", 1), (changes[2].GetProperty("point").GetString(), changes[2].GetProperty("version").GetInt32()));
        Assert.Equal(1, (await _api.GetAsync("/api/v1/journeys/halves")).Json.GetProperty("version").GetInt32());
        Assert.Superset(new HashSet<string?> { "put-shares", "put-entry-rate", "delete-entry-rate" }, (await _api.GetAsync("/api/v1/audit")).Json.GetProperty("items").EnumerateArray().Select(line => line.GetProperty("act").GetString()).ToHashSet());
    }

    [Fact]
    public async Task What_is_wrong_is_said()
    {
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/halves/publish", "")).Status);

        Assert.Equal(["split.sum"], (await _api.PutAsync("/api/v1/journeys/halves/splits/half/shares", """{"paths":[{"name":"b","share":9},{"name":"a","share":10}]}""")).ErrorCodes);
        Assert.Equal(["dial.paths"], (await _api.PutAsync("/api/v1/journeys/halves/splits/half/shares", """{"paths":[{"name":"c","share":100}]}""")).ErrorCodes);
        Assert.Equal(["dial.no-split"], (await _api.PutAsync("/api/v1/journeys/halves/splits/done/shares", """{"paths":[{"name":"a","share":100}]}""")).ErrorCodes);
        Assert.Equal(["settings.entry-rate"], (await _api.PutAsync("/api/v1/journeys/halves/entry-rate", """{"most":0,"per":"day"}""")).ErrorCodes);
        Assert.Equal(404, (await _api.GetAsync("/api/v1/journeys/none/dials")).Status);
        Assert.Equal(404, (await _api.PutAsync("/api/v1/journeys/none/entry-rate", """{"most":1,"per":"day"}""")).Status);
    }
}
