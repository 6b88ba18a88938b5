using Parcours.Http;
using Parcours.Security;

namespace Parcours.Web;

/// <summary>Signing in and out, the first administrator, and the one-time links.</summary>
sealed class SignInPages(Users users, Sessions sessions, OneTimeLinks links, SignIn signIn, SetUp setUp, HttpSettings settings)
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", (HttpContext context, SignInPages pages) => pages.AnswerSignInAsync(context, 200, null)).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/sign-in", (HttpContext context, SignInPages pages) => pages.SignInAsync(context)).AllowAnonymous().ExcludeFromDescription().WithMetadata(new FromOwnPages());
        app.MapPost("/sign-out", (HttpContext context, SignInPages pages) => pages.SignOutAsync(context)).AllowAnonymous().ExcludeFromDescription().WithMetadata(new FromOwnPages());
        app.MapGet("/setup/{token}", (HttpContext context, SignInPages pages, string token) => pages.AnswerSetUpAsync(context, token)).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/setup/{token}", (HttpContext context, SignInPages pages, string token) => pages.SetUpAsync(context, token)).AllowAnonymous().ExcludeFromDescription().WithMetadata(new FromOwnPages());
    }

    /// <summary>The link that signs in once; the web application has no page of its own for it.</summary>
    public static void MapOnce(IEndpointRouteBuilder app) =>
        app.MapGet("/signin/{token}", (HttpContext context, SignInPages pages, string token) => pages.SignInOnceAsync(context, token)).AllowAnonymous().ExcludeFromDescription();

    public async Task AnswerSignInAsync(HttpContext context, int status, string? wrong, string email = "", bool wantsCode = false)
    {
        var texts = PageTexts.Of(context.Request);
        var noUsers = wrong is null && !await users.AnyAsync(context.RequestAborted);
        var told = wrong is not null ? Html.Of($"""<p class="wrong" role="alert">{texts[wrong]}</p>""") : noUsers ? Html.Of($"""<p class="told">{texts["signIn.noUsers"]}</p>""") : Html.Empty;
        var code = wantsCode ? Html.Of($"""<label for="code">{texts["signIn.code"]}</label><input id="code" name="code" autocomplete="one-time-code" required>""") : Html.Empty;
        var back = context.Request.Path == "/sign-in" ? "" : context.Request.Path + context.Request.QueryString;
        await Pages.AnswerNarrowAsync(context, status, texts, texts["signIn.title"], Html.Of($"""
            <h1>{texts["signIn.title"]}</h1><p class="lead">{texts["signIn.lead"]}</p>{told}
            <form method="post" action="/sign-in"><input type="hidden" name="back" value="{back}">
            <label for="email">{texts["signIn.email"]}</label><input id="email" name="email" type="email" autocomplete="username" required autofocus value="{email}">
            <label for="password">{texts["signIn.password"]}</label><input id="password" name="password" type="password" autocomplete="current-password" required>{code}
            <button>{texts["signIn.button"]}</button></form>
            """));
    }

    async Task SignInAsync(HttpContext context)
    {
        var form = await FormAsync(context);
        var (email, code) = (form["email"].ToString(), form["code"].ToString());
        switch (await signIn.TryAsync(email, form["password"].ToString(), code.All(character => char.IsDigit(character) || char.IsWhiteSpace(character)) ? code : null, code, ClientAddress.Of(context), context.RequestAborted))
        {
            case SignInAnswer.Done done:
                await OpenAsync(context, done.User);
                context.Response.Redirect(OwnPath(form["back"].ToString()));
                break;
            case SignInAnswer.Locked locked:
                context.Response.Headers.RetryAfter = ((int)locked.For.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
                await AnswerSignInAsync(context, 429, "signIn.locked", email);
                break;
            case SignInAnswer.CodeNeeded:
                await AnswerSignInAsync(context, 400, "signIn.codeNeeded", email, wantsCode: true);
                break;
            case SignInAnswer.CodeWrong:
                await AnswerSignInAsync(context, 400, "signIn.codeWrong", email, wantsCode: true);
                break;
            default:
                await AnswerSignInAsync(context, 400, "signIn.wrong", email);
                break;
        }
    }

    async Task SignOutAsync(HttpContext context)
    {
        if (context.Request.Cookies[SessionCookie.Name(context.Request)] is { Length: > 0 } token)
            await sessions.CloseAsync(token, context.RequestAborted);
        SessionCookie.Clear(context);
        context.Response.Redirect("/sign-in");
    }

    async Task SignInOnceAsync(HttpContext context, string token)
    {
        if (await links.TakeAsync(token, OneTimePurpose.SignIn, context.RequestAborted) is { User: { } id } && await users.ByIdAsync(id, context.RequestAborted) is { } user)
        {
            await OpenAsync(context, user);
            context.Response.Redirect("/");
            return;
        }

        await AnswerOverAsync(context);
    }

    async Task AnswerSetUpAsync(HttpContext context, string token)
    {
        if (await setUp.MayAsync(context, token, context.RequestAborted))
            await AnswerSetUpAsync(context, 200, null, "");
        else
            await AnswerOverAsync(context);
    }

    static Task AnswerSetUpAsync(HttpContext context, int status, string? code, string email)
    {
        var texts = PageTexts.Of(context.Request);
        var count = ("count", Users.PasswordLengthMin.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var wrong = code is null ? Html.Empty : Html.Of($"""<p class="wrong" id="wrong" role="alert">{texts.Fill("setUp." + code, count)}</p>""");
        Html Mark(string field) => code?.StartsWith(field, StringComparison.Ordinal) == true ? Html.Of($""" aria-invalid="true" aria-describedby="wrong" autofocus""") : Html.Empty;
        return Pages.AnswerNarrowAsync(context, status, texts, texts["setUp.title"], Html.Of($"""
            <h1>{texts["setUp.title"]}</h1><p class="lead">{texts["setUp.lead"]}</p>{wrong}
            <form method="post"><label for="email">{texts["signIn.email"]}</label><input id="email" name="email" type="email" autocomplete="username" required value="{email}"{Mark("email")}>
            <label for="password">{texts["signIn.password"]}</label><input id="password" name="password" type="password" autocomplete="new-password" required{Mark("password")}>
            <p class="hint">{texts.Fill("setUp.password.hint", count)}</p>
            <button>{texts["setUp.button"]}</button></form>
            """));
    }

    async Task SetUpAsync(HttpContext context, string token)
    {
        if (!await setUp.MayAsync(context, token, context.RequestAborted))
        {
            await AnswerOverAsync(context);
            return;
        }

        var form = await FormAsync(context);
        var email = form["email"].ToString();
        switch (await setUp.RunAsync(email, form["password"].ToString(), token, context.RequestAborted))
        {
            case UserAnswer.Done done:
                await OpenAsync(context, done.User);
                context.Response.Redirect("/");
                break;
            case UserAnswer.Refused { Code: "set-up.over" }:
                await AnswerOverAsync(context);
                break;
            case UserAnswer.Refused refused:
                await AnswerSetUpAsync(context, 400, refused.Code, email);
                break;
        }
    }

    static Task AnswerOverAsync(HttpContext context)
    {
        var texts = PageTexts.Of(context.Request);
        return Pages.AnswerNarrowAsync(context, 410, texts, texts["link.over.title"], Html.Of($"""
            <h1>{texts["link.over.title"]}</h1><p class="lead">{texts["link.over.text"]}</p><p><a href="/sign-in">{texts["signIn.title"]}</a></p>
            """));
    }

    async Task OpenAsync(HttpContext context, User user) =>
        SessionCookie.Set(context, await sessions.OpenAsync(user, context.RequestAborted), settings.SessionLength);

    static async Task<IFormCollection> FormAsync(HttpContext context) =>
        context.Request.HasFormContentType && context.Request.ContentLength is <= 16 * 1024
            ? await context.Request.ReadFormAsync(context.RequestAborted)
            : throw new BadInputException(Problems.Of(400, "form", "Send a small form."));

    // Never to another host: only what begins with one slash is a path of ours.
    static string OwnPath(string back) => back.Length > 0 && back[0] == '/' && !(back.Length > 1 && back[1] == '/') && !back.Contains('\\', StringComparison.Ordinal) && !back.Any(char.IsControl) ? back : "/";
}
