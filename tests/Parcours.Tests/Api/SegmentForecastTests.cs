using NodaTime.Text;

namespace Parcours.Tests.Api;

/// <summary>Semantics 7.6: what will flip by time alone is known before it happens.</summary>
public sealed class SegmentForecastTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
        Assert.Equal(201, (await _api.PutAsync("/api/v1/properties/renews", """{"type":"date"}""")).Status);
        Assert.Equal(201, (await _api.PutAsync("/api/v1/segments/renewing", """{"condition":{"kind":"property","name":"renews","is":"withinNext","duration":"P3D"}}""")).Status);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    async Task MakeAsync(string user, int inDays)
    {
        var renews = LocalDatePattern.Iso.Format(RealEngine.Start.InUtc().Date.PlusDays(inDays));
        Assert.Equal(201, (await _api.PostAsync("/api/v1/contacts", $$$"""{"userId":"{{{user}}}","properties":{"renews":"{{{renews}}}"}}""")).Status);
    }

    [Fact]
    public async Task A_segment_says_who_will_join_and_leave_by_time_alone()
    {
        await MakeAsync("joins", 6);
        await MakeAsync("joins too", 9);
        await MakeAsync("joins and leaves later", 12);
        await MakeAsync("is in, and leaves", 2);
        await MakeAsync("was in", -1);

        var week = (await _api.GetAsync("/api/v1/segments/renewing/forecast")).Json;

        Assert.Equal((7, 2, 1, 5, true), (week.GetProperty("days").GetInt32(), week.GetProperty("join").GetInt32(), week.GetProperty("leave").GetInt32(), week.GetProperty("looked").GetInt32(), week.GetProperty("complete").GetBoolean()));
        Assert.True(week.GetProperty("nextJoin").GetDateTimeOffset() < week.GetProperty("asOf").GetDateTimeOffset().AddDays(7));
        Assert.Equal(3, (await _api.GetAsync("/api/v1/segments/renewing/forecast?days=31")).Json.GetProperty("join").GetInt32());
    }

    [Fact]
    public async Task A_forecast_of_too_many_days_or_of_no_segment_is_refused()
    {
        Assert.Equal(["segment.days"], (await _api.GetAsync("/api/v1/segments/renewing/forecast?days=400")).ErrorCodes);
        Assert.Equal(404, (await _api.GetAsync("/api/v1/segments/nobody/forecast")).Status);
    }
}
