using Parcours.Api;

namespace Parcours.Tests.Api;

/// <summary>Pools of coupon codes over the API: made, filled, given by a journey, refused with every reason (Semantics 9.2).</summary>
public sealed class CouponsTests : IAsyncLifetime
{
    readonly Folder _folder = new();
    Installation _installation = null!;
    Caller _api = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await RealEngine.InstallAsync(_folder.Path);
        _api = _installation.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_pool_is_made_filled_and_given_and_says_who_has_which_code()
    {
        Assert.Equal(201, (await _api.PutAsync("/api/v1/coupons/spring", """{"title":"Spring","warnBelow":2,"expiresAfter":"P30D"}""")).Status);
        var added = (await _api.PostAsync("/api/v1/coupons/spring/codes", """{"codes":"code;value\nA1;10\n\"B2\";10\nA1\nnot a code\n\n"}""")).Json;
        Assert.Equal((2, 1, "A1", 1, "not a code"), (added.GetProperty("added").GetInt32(), added.GetProperty("duplicates").GetInt32(), added.GetProperty("duplicateCodes")[0].GetString(), added.GetProperty("wrong").GetInt32(), added.GetProperty("wrongLines")[0].GetString()));
        Assert.Equal(201, (await _api.PutAsync("/api/v1/journeys/gift", """
            {"format":1,"id":"gift","name":"Gift","start":[{"kind":"event","id":"in","events":["Joined"],"next":"code"}],
             "points":{"code":{"kind":"coupon","pool":"spring","next":"call"},"call":{"kind":"createTask","title":"Give {{event.coupon}}","next":"done"},"done":{"kind":"end","outcome":"completed"}}}
            """)).Status);
        Assert.Equal(200, (await _api.PostAsync("/api/v1/journeys/gift/publish", "")).Status);
        Assert.Equal(201, (await _api.PostAsync("/api/v1/events", """{"event":"Joined","userId":"ada"}""")).Status);
        await _installation.Engine.SettleAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Give A1", (await _api.GetAsync("/api/v1/tasks")).Json.GetProperty("items")[0].GetProperty("title").GetString());
        var pool = (await _api.GetAsync("/api/v1/coupons/spring")).Json;
        Assert.Equal((1L, 1L, true), (pool.GetProperty("left").GetInt64(), pool.GetProperty("given").GetInt64(), pool.GetProperty("low").GetBoolean()));
        var ada = (await _api.GetAsync("/api/v1/contacts?userId=ada")).Json.GetProperty("items")[0].GetProperty("id").GetString();
        var given = (await _api.GetAsync("/api/v1/coupons/spring/codes")).Json.GetProperty("items")[0];
        Assert.Equal(("A1", ada), (given.GetProperty("code").GetString(), given.GetProperty("contact").GetString()));
        Assert.Equal("B2", (await _api.GetAsync("/api/v1/coupons/spring/codes?given=false")).Json.GetProperty("items")[0].GetProperty("code").GetString());
        Assert.Equal(422, (await _api.DeleteAsync("/api/v1/coupons/spring")).Status);
        Assert.Equal("coupons-low", (await _api.GetAsync("/api/v1/system/alerts")).Json[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("""{"pattern":"AB#"}""", "catalogue.pool-pattern")]
    [InlineData("""{"pattern":"SPRING *****"}""", "catalogue.pool-pattern")]
    [InlineData("""{"warnBelow":-1}""", "catalogue.pool-warn")]
    [InlineData("""{"expiresAfter":"soon"}""", "catalogue.pool-expires")]
    [InlineData("""{"expiresAt":"2026-13-01"}""", "catalogue.pool-expires")]
    [InlineData("""{"name":"autumn"}""", "catalogue.name")]
    public async Task What_is_no_pool_is_refused_with_the_reason(string body, string code)
    {
        var refused = await _api.PutAsync("/api/v1/coupons/spring", body);

        Assert.Equal((422, code), (refused.Status, refused.Json.GetProperty("errors")[0].GetProperty("code").GetString()));
    }

    [Fact]
    public async Task How_the_codes_of_a_pool_come_about_stays_as_it_is_and_its_secret_is_told_to_nobody()
    {
        Assert.Equal(201, (await _api.PutAsync("/api/v1/coupons/made", """{"pattern":"SPRING-*****"}""")).Status);
        var pool = await _api.GetAsync("/api/v1/coupons/made");
        Assert.DoesNotContain("secret", pool.Text, StringComparison.OrdinalIgnoreCase);

        var any = await _api.PutAsync("/api/v1/coupons/made", """{"pattern":"AUTUMN-*****"}""", ("If-Match", "*"));
        Assert.Equal("catalogue.pool-fixed", any.Json.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal("coupons.pattern", (await _api.PostAsync("/api/v1/coupons/made/codes", """{"codes":"A"}""")).Json.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal(404, (await _api.PostAsync("/api/v1/coupons/gone/codes", """{"codes":"A"}""")).Status);
        Assert.Equal(204, (await _api.DeleteAsync("/api/v1/coupons/made")).Status);
    }

    [Fact]
    public void Codes_are_read_as_people_paste_them()
    {
        var (codes, wrong) = CouponCodes.Read("\uFEFFCoupon,Value\r\nA,10\r\n B \r\n\"C-1\"\t3\r\n");
        Assert.Equal(["A", "B", "C-1"], codes);
        Assert.Empty(wrong);
        (codes, wrong) = CouponCodes.Read($"two words\ncode2\n{new string('x', 101)}");
        Assert.Equal(["code2"], codes);
        Assert.Equal(["two words", new string('x', 100)], wrong);
    }
}
