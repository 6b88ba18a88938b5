using Parcours.Security;
using Parcours.Tests.Api;

namespace Parcours.Tests.Security;

/// <summary>People who sign in, with a browser.</summary>
public sealed class SignInTests
{
    const string Email = "ada@example.org";
    const string Password = "correct horse battery";
    static readonly (string, string) Own = ("Origin", "http://localhost");
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static FormUrlEncodedContent Form(string email, string password, string back = "") => new(new Dictionary<string, string> { ["email"] = email, ["password"] = password, ["back"] = back });

    static async Task<Installation> WithAdaAsync()
    {
        var installation = await Installation.StartAsync(new FakeEngine());
        Assert.IsType<UserAnswer.Done>(await installation.Get<Users>().AddAsync(Email, Password, UserRole.Admin, Cancel));
        return installation;
    }

    static string CookieOf(Answer answer) => answer.Header("Set-Cookie").Split(';')[0];

    static async Task<string> SignInAsync(Installation installation)
    {
        var answer = await installation.Client(null).SendAsync(HttpMethod.Post, "/sign-in", Form(Email, Password), Own);
        Assert.Equal(302, answer.Status);
        return CookieOf(answer);
    }

    [Fact]
    public async Task The_right_password_opens_a_session_and_signing_out_ends_it()
    {
        await using var installation = await WithAdaAsync();
        using var browser = installation.Client(null);

        var answer = await browser.SendAsync(HttpMethod.Post, "/sign-in", Form("  Ada@Example.org ", Password, "/mail/x"), Own);
        var cookie = CookieOf(answer);

        Assert.Equal("/mail/x", answer.Header("Location"));
        Assert.Contains("httponly", answer.Header("Set-Cookie"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", answer.Header("Set-Cookie"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(200, (await browser.GetAsync("/api/v1/clock", ("Cookie", cookie))).Status);
        Assert.Equal(302, (await browser.SendAsync(HttpMethod.Post, "/sign-out", Form("", ""), Own, ("Cookie", cookie))).Status);
        Assert.Equal(401, (await browser.GetAsync("/api/v1/clock", ("Cookie", cookie))).Status);
    }

    [Theory]
    [InlineData("//evil.example/x")]
    [InlineData("https://evil.example/x")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task After_signing_in_nobody_is_sent_to_another_site(string back)
    {
        await using var installation = await WithAdaAsync();

        Assert.Equal("/", (await installation.Client(null).SendAsync(HttpMethod.Post, "/sign-in", Form(Email, Password, back), Own)).Header("Location"));
    }

    [Fact]
    public async Task A_session_ends_by_itself_and_with_a_new_password()
    {
        await using var installation = await WithAdaAsync();
        using var browser = installation.Client(null);
        var (first, second) = (await SignInAsync(installation), await SignInAsync(installation));
        var users = installation.Get<Users>();

        await users.SetPasswordAsync((await users.ByEmailAsync(Email, Cancel))!, "another good password", Cancel);
        Assert.Equal(401, (await browser.GetAsync("/api/v1/clock", ("Cookie", first))).Status);
        Assert.Equal(401, (await browser.GetAsync("/api/v1/clock", ("Cookie", second))).Status);

        await users.SetPasswordAsync((await users.ByEmailAsync(Email, Cancel))!, Password, Cancel);
        var third = await SignInAsync(installation);
        installation.Time.Pass(TimeSpan.FromDays(7));
        Assert.Equal(401, (await browser.GetAsync("/api/v1/clock", ("Cookie", third))).Status);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("X-Nothing", "x")]
    public async Task A_foreign_page_cannot_write_by_the_cookie_of_a_browser(string header, string value)
    {
        await using var installation = await WithAdaAsync();
        var cookie = await SignInAsync(installation);

        var answer = await installation.Client(null).PostAsync("/api/v1/keys", """{"name":"x","scope":"admin"}""", ("Cookie", cookie), (header, value));

        Assert.Equal((403, "foreign-origin"), (answer.Status, answer.Code));
        Assert.Empty(await installation.Get<ApiKeys>().ListAsync(null, 10, Cancel));
        Assert.Equal(201, (await installation.Client(null).PostAsync("/api/v1/keys", """{"name":"x","scope":"admin"}""", ("Cookie", cookie), Own)).Status);
    }

    [Fact]
    public async Task A_foreign_page_cannot_sign_a_browser_in()
    {
        await using var installation = await WithAdaAsync();

        Assert.Equal(403, (await installation.Client(null).SendAsync(HttpMethod.Post, "/sign-in", Form(Email, Password), ("Origin", "https://evil.example"))).Status);
    }

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_does_not_help_for_a_quarter_of_an_hour()
    {
        await using var installation = await WithAdaAsync();
        using var browser = installation.Client(null);
        for (var attempt = 0; attempt < 5; attempt++)
            Assert.Equal(400, (await browser.SendAsync(HttpMethod.Post, "/sign-in", Form(Email, "wrong password"), Own)).Status);

        var locked = await browser.SendAsync(HttpMethod.Post, "/sign-in", Form(Email, Password), Own);

        Assert.Equal(429, locked.Status);
        Assert.Equal("900", locked.Header("Retry-After"));
        installation.Time.Pass(TimeSpan.FromMinutes(16));
        Assert.Equal(302, (await browser.SendAsync(HttpMethod.Post, "/sign-in", Form(Email, Password), Own)).Status);
    }

    [Fact]
    public async Task An_unknown_account_is_answered_as_a_wrong_password_is()
    {
        await using var installation = await WithAdaAsync();
        using var browser = installation.Client(null);

        var wrong = await browser.SendAsync(HttpMethod.Post, "/sign-in", Form(Email, "wrong password"), Own);
        var unknown = await browser.SendAsync(HttpMethod.Post, "/sign-in", Form("bob@example.org", "wrong password"), Own);

        Assert.Equal(wrong.Status, unknown.Status);
        Assert.Equal(wrong.Text.Replace(Email, "", StringComparison.Ordinal), unknown.Text.Replace("bob@example.org", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_set_up_link_makes_the_first_administrator_once()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());
        using var browser = installation.Client(null);
        var path = await installation.Get<OneTimeLinks>().SetUpPathAsync(installation.Get<Users>(), Cancel);

        Assert.Equal(200, (await browser.GetAsync(path!)).Status);
        var short_ = await browser.SendAsync(HttpMethod.Post, path!, Form(Email, "short"), Own);
        Assert.Equal(400, short_.Status);
        Assert.Contains("10", short_.Text, StringComparison.Ordinal);
        var done = await browser.SendAsync(HttpMethod.Post, path!, Form(Email, Password), Own);

        Assert.Equal(302, done.Status);
        Assert.Equal(200, (await browser.GetAsync("/api/v1/users", ("Cookie", CookieOf(done)))).Status);
        Assert.Equal(410, (await browser.SendAsync(HttpMethod.Post, path!, Form("eve@example.org", Password), Own)).Status);
        Assert.Equal(410, (await browser.GetAsync(path!)).Status);
        Assert.Null(await installation.Get<OneTimeLinks>().SetUpPathAsync(installation.Get<Users>(), Cancel));
        Assert.Single(await installation.Get<Users>().ListAsync(null, 10, Cancel));
    }

    [Fact]
    public async Task A_set_up_link_of_an_earlier_start_makes_no_second_administrator()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());
        var path = await installation.Get<OneTimeLinks>().SetUpPathAsync(installation.Get<Users>(), Cancel);
        await installation.Get<Users>().AddAsync(Email, Password, UserRole.Admin, Cancel);

        Assert.Equal(410, (await installation.Client(null).SendAsync(HttpMethod.Post, path!, Form("eve@example.org", Password), Own)).Status);
    }

    [Fact]
    public async Task A_sign_in_link_works_once_and_for_a_day()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());
        using var browser = installation.Client(null);
        var demo = Assert.IsType<UserAnswer.Done>(await installation.Get<Users>().AddAsync("demo@example.org", null, UserRole.Admin, Cancel)).User;
        var (once, late) = (await installation.Get<OneTimeLinks>().SignInPathAsync(demo, Cancel), await installation.Get<OneTimeLinks>().SignInPathAsync(demo, Cancel));

        var answer = await browser.GetAsync(once);
        Assert.Equal(302, answer.Status);
        Assert.Equal(200, (await browser.GetAsync("/api/v1/clock", ("Cookie", CookieOf(answer)))).Status);
        Assert.Equal(410, (await browser.GetAsync(once)).Status);
        installation.Time.Pass(TimeSpan.FromHours(25));
        Assert.Equal(410, (await browser.GetAsync(late)).Status);
    }

    [Fact]
    public async Task A_user_without_a_password_cannot_sign_in_by_one()
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());
        await installation.Get<Users>().AddAsync("demo@example.org", null, UserRole.Admin, Cancel);

        Assert.Null(await installation.Get<Users>().VerifyAsync("demo@example.org", "", Cancel));
    }

    [Theory]
    [InlineData("de, fr-CH;q=0.8, en;q=0.5", "fr", "Se connecter")]
    [InlineData("it-CH", "it", "Accedi")]
    [InlineData("de", "en", "Sign in")]
    public async Task Pages_speak_the_language_of_the_browser(string wants, string language, string title)
    {
        await using var installation = await Installation.StartAsync(new FakeEngine());

        var page = await installation.Client(null).GetAsync("/sign-in", ("Accept-Language", wants));

        Assert.Contains($"<html lang=\"{language}\">", page.Text, StringComparison.Ordinal);
        Assert.Contains(title, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void All_languages_have_the_same_texts() =>
        Assert.All(Parcours.Web.PageTexts.All, texts => Assert.Equal(Parcours.Web.PageTexts.All.First().Keys.Order(), texts.Keys.Order()));
}
