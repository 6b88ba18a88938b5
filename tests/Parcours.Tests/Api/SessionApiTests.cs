using System.Net;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Parcours.Http;
using Parcours.Security;

namespace Parcours.Tests.Api;

/// <summary>Signing in from the web application: set-up, sessions, profile, second factor.</summary>
public sealed class SessionApiTests
{
    const string Email = "ada@example.org";
    const string Password = "correct horse battery";
    static readonly (string, string) Own = ("Origin", "http://localhost");
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<Installation> WithAdaAsync()
    {
        var installation = await Installation.StartAsync(new FakeEngine());
        Assert.IsType<UserAnswer.Done>(await installation.Get<Users>().AddAsync(Email, Password, UserRole.Admin, Cancel));
        return installation;
    }

    static string Credentials(string password = Password, string more = "") => $$"""{"email":"{{Email}}","password":"{{password}}"{{more}}}""";

    static async Task<(Caller Browser, (string, string) Cookie)> SignInAsync(Installation installation, string more = "")
    {
        var browser = installation.Client(null);
        var answer = await browser.PostAsync("/api/v1/session", Credentials(more: more), Own);
        Assert.True(answer.Status == 200, answer.Text);
        return (browser, ("Cookie", answer.Header("Set-Cookie").Split(';')[0]));
    }

    static string CodeOf(Installation installation, string secret) => Totp.CodeOf(Totp.FromBase32(secret), Totp.StepAt(installation.Time.GetUtcNow()), Totp.Digits);

    static async Task<(string Secret, IReadOnlyList<string> Codes)> TurnOnAsync(Installation installation, Caller browser, (string, string) cookie)
    {
        var begun = await browser.PostAsync("/api/v1/me/two-factor", $$"""{"password":"{{Password}}"}""", Own, cookie);
        Assert.True(begun.Status == 200, begun.Text);
        var secret = begun.Json.GetProperty("secret").GetString()!;
        var confirmed = await browser.PostAsync("/api/v1/me/two-factor/confirm", $$"""{"code":"{{CodeOf(installation, secret)}}"}""", Own, cookie);
        Assert.True(confirmed.Status == 200, confirmed.Text);
        installation.Time.Pass(Totp.Step);
        return (secret, [.. confirmed.Json.GetProperty("recoveryCodes").EnumerateArray().Select(code => code.GetString()!)]);
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var installation = await WithAdaAsync();
        using var admin = installation.Client(await installation.KeyAsync(KeyScope.Admin));
        async Task<string> IdAsync(string email) => (await installation.Get<Users>().ByEmailAsync(email, Cancel))!.Id;
        var ada = await IdAsync(Email);

        var last = await admin.DeleteAsync($"/api/v1/users/{ada}");
        Assert.Equal(201, (await admin.PostAsync("/api/v1/users", """{"email":"bob@example.org","role":"admin"}""")).Status);

        Assert.Equal((409, "user.last"), (last.Status, last.Code));
        Assert.Equal(204, (await admin.DeleteAsync($"/api/v1/users/{ada}")).Status);
        Assert.Equal(404, (await admin.DeleteAsync($"/api/v1/users/{ada}")).Status);
        Assert.Equal(409, (await admin.DeleteAsync($"/api/v1/users/{await IdAsync("bob@example.org")}")).Status);
    }

    [Fact]
    public async Task Signing_in_opens_a_session_and_signing_out_ends_it()
    {
        await using var installation = await WithAdaAsync();
        var (browser, cookie) = await SignInAsync(installation);

        var session = (await browser.GetAsync("/api/v1/session", cookie)).Json;
        Assert.True(session.GetProperty("signedIn").GetBoolean());
        Assert.Equal(Email, session.GetProperty("me").GetProperty("email").GetString());
        Assert.Equal(204, (await browser.DeleteAsync("/api/v1/session", Own, cookie)).Status);
        Assert.False((await browser.GetAsync("/api/v1/session", cookie)).Json.GetProperty("signedIn").GetBoolean());
        Assert.Equal(401, (await browser.GetAsync("/api/v1/me", cookie)).Status);
    }

    [Fact]
    public async Task Sessions_whose_time_is_over_are_swept_and_the_others_go_on()
    {
        await using var installation = await WithAdaAsync();
        await SignInAsync(installation);
        await installation.Get<OneTimeLinks>().SignInPathAsync((await installation.Get<Users>().ListAsync(null, 1, Cancel))[0], Cancel);
        installation.Time.Pass(installation.Get<HttpSettings>().SessionLength - TimeSpan.FromMinutes(1));
        var (browser, cookie) = await SignInAsync(installation);
        installation.Time.Pass(TimeSpan.FromMinutes(2));

        var gone = await installation.Get<SessionSweep>().SweepAsync(Cancel);

        Assert.Equal((2, 0), (gone, await installation.Get<SessionSweep>().SweepAsync(Cancel)));
        Assert.Equal(200, (await browser.GetAsync("/api/v1/me", cookie)).Status);
    }

    [Fact]
    public async Task A_page_of_others_can_neither_sign_in_nor_out()
    {
        await using var installation = await WithAdaAsync();
        using var browser = installation.Client(null);

        Assert.Equal(403, (await browser.PostAsync("/api/v1/session", Credentials(), ("Origin", "https://evil.example"))).Status);
        Assert.Equal(403, (await browser.PostAsync("/api/v1/session", Credentials())).Status);
        Assert.Equal(403, (await browser.DeleteAsync("/api/v1/session", ("Origin", "https://evil.example"))).Status);
    }

    [Fact]
    public async Task Wrong_passwords_are_answered_alike_and_lock_for_a_while()
    {
        await using var installation = await WithAdaAsync();
        using var browser = installation.Client(null);
        Assert.Equal("sign-in.wrong", (await browser.PostAsync("/api/v1/session", """{"email":"bob@example.org","password":"wrong password"}""", Own)).Code);
        for (var attempt = 0; attempt < 5; attempt++)
            Assert.Equal((401, "sign-in.wrong"), (await browser.PostAsync("/api/v1/session", Credentials("wrong password"), Own)) is var wrong ? (wrong.Status, wrong.Code) : default);

        var locked = await browser.PostAsync("/api/v1/session", Credentials(), Own);

        Assert.Equal((429, "sign-in.locked", "900"), (locked.Status, locked.Code, locked.Header("Retry-After")));
        installation.Time.Pass(TimeSpan.FromMinutes(16));
        Assert.Equal(200, (await browser.PostAsync("/api/v1/session", Credentials(), Own)).Status);
    }

    [Fact]
    public async Task The_profile_is_changed_field_by_field()
    {
        await using var installation = await WithAdaAsync();
        var (browser, cookie) = await SignInAsync(installation);

        Assert.Equal(200, (await browser.PatchAsync("/api/v1/me", """{"name":" Ada L. ","language":"fr"}""", Own, cookie)).Status);
        var me = (await browser.PatchAsync("/api/v1/me", """{"theme":"dark"}""", Own, cookie)).Json;

        Assert.Equal(("Ada L.", "fr", "dark"), (me.GetProperty("name").GetString(), me.GetProperty("language").GetString(), me.GetProperty("theme").GetString()));
        var wrong = await browser.PatchAsync("/api/v1/me", """{"name":"a\nb","language":"tlh"}""", Own, cookie);
        Assert.Equal(["name.invalid", "language.unknown"], wrong.ErrorCodes);
        Assert.False((await browser.PatchAsync("/api/v1/me", """{"name":""}""", Own, cookie)).Json.TryGetProperty("name", out _));
    }

    [Fact]
    public async Task A_changed_password_ends_other_sessions_and_keeps_this_one()
    {
        await using var installation = await WithAdaAsync();
        var (browser, cookie) = await SignInAsync(installation);
        var (other, otherCookie) = await SignInAsync(installation);

        Assert.Equal(["password.wrong"], (await browser.PostAsync("/api/v1/me/password", """{"current":"not mine at all","password":"another good one"}""", Own, cookie)).ErrorCodes);
        Assert.Equal(["password.short"], (await browser.PostAsync("/api/v1/me/password", $$"""{"current":"{{Password}}","password":"short"}""", Own, cookie)).ErrorCodes);
        var changed = await browser.PostAsync("/api/v1/me/password", $$"""{"current":"{{Password}}","password":"another good one"}""", Own, cookie);

        Assert.Equal(200, changed.Status);
        Assert.Equal(401, (await other.GetAsync("/api/v1/me", otherCookie)).Status);
        Assert.Equal(200, (await browser.GetAsync("/api/v1/me", ("Cookie", changed.Header("Set-Cookie").Split(';')[0]))).Status);
    }

    [Fact]
    public async Task With_a_second_factor_the_password_alone_does_not_sign_in()
    {
        await using var installation = await WithAdaAsync();
        var (browser, cookie) = await SignInAsync(installation);
        var (secret, _) = await TurnOnAsync(installation, browser, cookie);

        var kept = Assert.Single(await installation.Engine.Queries.DocumentsAsync("user", null, null, 10, Cancel));
        Assert.DoesNotContain(secret, System.Text.Encoding.UTF8.GetString(kept.Json.Span), StringComparison.Ordinal);
        Assert.Equal("sign-in.code-needed", (await browser.PostAsync("/api/v1/session", Credentials(), Own)).Code);
        Assert.Equal("sign-in.code-wrong", (await browser.PostAsync("/api/v1/session", Credentials(more: ",\"code\":\"000000\""), Own)).Code);
        var code = CodeOf(installation, secret);
        Assert.Equal(200, (await browser.PostAsync("/api/v1/session", Credentials(more: $",\"code\":\"{code}\""), Own)).Status);
        // Whoever looked over the shoulder has nothing from it.
        Assert.Equal("sign-in.code-wrong", (await browser.PostAsync("/api/v1/session", Credentials(more: $",\"code\":\"{code}\""), Own)).Code);
        // The plain page asks for it too.
        var page = await browser.SendAsync(HttpMethod.Post, "/sign-in", new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = Email, ["password"] = Password }), Own);
        Assert.Equal(400, page.Status);
        Assert.Contains("name=\"code\"", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once_and_is_kept_as_a_hash()
    {
        await using var installation = await WithAdaAsync();
        var (browser, cookie) = await SignInAsync(installation);
        var (_, codes) = await TurnOnAsync(installation, browser, cookie);
        Assert.Equal(10, codes.Distinct().Count());
        var kept = Assert.Single(await installation.Engine.Queries.DocumentsAsync("user", null, null, 10, Cancel));
        Assert.DoesNotContain(codes[0].Replace("-", "", StringComparison.Ordinal), System.Text.Encoding.UTF8.GetString(kept.Json.Span), StringComparison.Ordinal);

        var more = $",\"recoveryCode\":\"{codes[3].ToUpperInvariant()}\"";
        var me = await browser.PostAsync("/api/v1/session", Credentials(more: more), Own);

        Assert.Equal(9, me.Json.GetProperty("recoveryCodesLeft").GetInt32());
        Assert.Equal("sign-in.code-wrong", (await browser.PostAsync("/api/v1/session", Credentials(more: more), Own)).Code);
    }

    [Fact]
    public async Task New_recovery_codes_and_turning_it_off_need_the_password_and_a_code()
    {
        await using var installation = await WithAdaAsync();
        var (browser, cookie) = await SignInAsync(installation);
        var (secret, codes) = await TurnOnAsync(installation, browser, cookie);

        Assert.Equal("two-factor.on", (await browser.PostAsync("/api/v1/me/two-factor", $$"""{"password":"{{Password}}"}""", Own, cookie)).Code);
        Assert.Equal(["code.needed"], (await browser.PostAsync("/api/v1/me/two-factor/disable", $$"""{"password":"{{Password}}"}""", Own, cookie)).ErrorCodes);
        var renewed = await browser.PostAsync("/api/v1/me/two-factor/recovery-codes", $$"""{"password":"{{Password}}","code":"{{CodeOf(installation, secret)}}"}""", Own, cookie);
        Assert.True(renewed.Status == 200, renewed.Text);
        Assert.Equal("sign-in.code-wrong", (await browser.PostAsync("/api/v1/session", Credentials(more: $",\"recoveryCode\":\"{codes[0]}\""), Own)).Code);
        installation.Time.Pass(Totp.Step);
        var off = await browser.PostAsync("/api/v1/me/two-factor/disable", $$"""{"password":"{{Password}}","code":"{{CodeOf(installation, secret)}}"}""", Own, cookie);
        Assert.False(off.Json.GetProperty("twoFactor").GetBoolean());
        await SignInAsync(installation);
    }

    [Fact]
    public async Task The_first_administrator_is_made_by_the_link_and_once()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());
        using var browser = installation.Client(null);
        Assert.True((await browser.GetAsync("/api/v1/session")).Json.GetProperty("needsSetUp").GetBoolean());
        var token = (await installation.Get<OneTimeLinks>().SetUpPathAsync(installation.Get<Users>(), Cancel))!["/setup/".Length..];
        Assert.True((await browser.GetAsync($"/api/v1/set-up?token={token}")).Json.GetProperty("open").GetBoolean());
        Assert.Equal(410, (await browser.PostAsync("/api/v1/set-up", Credentials(), Own)).Status);
        Assert.Equal(["password.short"], (await browser.PostAsync("/api/v1/set-up", Credentials("short", $",\"token\":\"{token}\""), Own)).ErrorCodes);

        var made = await browser.PostAsync("/api/v1/set-up", Credentials(more: $",\"token\":\"{token}\",\"name\":\"Ada\",\"language\":\"it\""), Own);

        Assert.True(made.Status == 201, made.Text);
        Assert.Equal(200, (await browser.GetAsync("/api/v1/me", ("Cookie", made.Header("Set-Cookie").Split(';')[0]))).Status);
        Assert.Equal(410, (await browser.PostAsync("/api/v1/set-up", $$"""{"email":"eve@example.org","password":"correct horse battery","token":"{{token}}"}""", Own)).Status);
        Assert.False((await browser.GetAsync("/api/v1/session")).Json.GetProperty("needsSetUp").GetBoolean());
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost:5080", "", true)]
    [InlineData("::1", "[::1]:5080", "", true)]
    [InlineData("192.0.2.7", "localhost:5080", "", false)]
    [InlineData("127.0.0.1", "journeys.example.com", "", false)]
    [InlineData("127.0.0.1", "localhost:5080", "X-Forwarded-For", false)]
    [InlineData("127.0.0.1", "localhost:5080", "Via", false)]
    public async Task Without_the_link_only_the_machine_itself_may_set_up(string from, string host, string tracks, bool open)
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());

        var answer = await ((TestServer)installation.Get<Microsoft.AspNetCore.Hosting.Server.IServer>()).SendAsync(context =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(from);
            (context.Request.Method, context.Request.Path) = ("GET", "/api/v1/set-up");
            context.Request.Host = new(host);
            if (tracks.Length > 0)
                context.Request.Headers[tracks] = "198.51.100.4";
        }, Cancel);

        using var body = await System.Text.Json.JsonDocument.ParseAsync(answer.Response.Body, default, Cancel);
        Assert.Equal(open, body.RootElement.GetProperty("open").GetBoolean());
    }

    [Fact]
    public async Task A_programs_key_is_nobody()
    {
        await using var installation = await WithAdaAsync();

        Assert.Equal("me.nobody", (await installation.Client().GetAsync("/api/v1/me")).Code);
        Assert.False((await installation.Client().GetAsync("/api/v1/session")).Json.GetProperty("signedIn").GetBoolean());
    }

    [Fact]
    public async Task The_web_application_is_served_with_a_policy_that_lets_nothing_inline_run()
    {
        using var folder = new Folder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "assets"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "index.html"), """<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script type="module" src="/assets/a-1.js"></script>""", Cancel);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "assets", "a-1.js"), string.Concat(Enumerable.Repeat("console.log(1);", 100)), Cancel);
        await using var installation = await Installation.StartAsync(new FakeEngine(), new HttpSettings { WebFolder = folder.Path });
        using var browser = installation.Client(null);
        var html = ("Accept", "text/html");

        var page = await browser.GetAsync("/journeys/welcome", html);
        var policy = page.Header("Content-Security-Policy");
        Assert.Equal(200, page.Status);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var nonce = policy.Split("'nonce-")[1].Split('\'')[0];
        Assert.Contains($"nonce=\"{nonce}\"", page.Text, StringComparison.Ordinal);
        Assert.NotEqual(policy, (await browser.GetAsync("/", html)).Header("Content-Security-Policy"));

        var script = await browser.GetAsync("/assets/a-1.js", ("Accept-Encoding", "gzip, br"));
        Assert.Equal(("br", "text/javascript", "public, max-age=31536000, immutable"), (script.Header("Content-Encoding"), script.Header("Content-Type"), script.Header("Cache-Control")));
        Assert.Equal(304, (await browser.GetAsync("/assets/a-1.js", ("If-None-Match", script.ETag!))).Status);
        Assert.Equal(401, (await browser.GetAsync("/assets/gone.js", html)).Status);
        Assert.Equal(401, (await browser.GetAsync("/api/v1/nothing", html)).Status);
        Assert.Equal(401, (await browser.GetAsync("/../parcours.db")).Status);
        Assert.Equal(200, (await browser.GetAsync("/setup/some-token", html)).Status);
    }
}
