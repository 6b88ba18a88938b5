using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Parcours.Http;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Signing in and out of the web application, and its first administrator.</summary>
static class SessionApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var session = api.MapGroup("").WithTags("Session").AllowAnonymous();
        session.MapGet("session", GetAsync).WithName("session").WithSummary("Whether this browser is signed in and as whom, and whether the first administrator is still to be made. Answers everybody.").Produces<SessionView>();
        session.MapPost("session", PostAsync).WithName("sign-in").WithSummary("Signs in: a cookie is set. With a second factor the code of the authenticator app, or a recovery code, is needed besides (401 sign-in.code-needed).")
            .Produces<MeView>().Fails(400, 429).WithMetadata(new FromOwnPages(), new NotRepeatable());
        session.MapDelete("session", DeleteAsync).WithName("sign-out").WithSummary("Signs out: the session ends here and for good.").Produces(204).WithMetadata(new FromOwnPages(), new NotRepeatable());
        session.MapGet("set-up", async (HttpContext context, SetUp setUp, CancellationToken cancellationToken, [Description("Of the link that serve printed.")] string? token = null) => new SetUpView(await setUp.MayAsync(context, token, cancellationToken)))
            .WithName("set-up-state").WithSummary("Whether the first administrator may be made: with this link's token, or without one on the machine itself.").Produces<SetUpView>();
        session.MapPost("set-up", SetUpAsync).WithName("set-up").WithSummary("Makes the first administrator and signs in. Only while there is no user, and only with the token of the link that serve printed or on the machine itself.")
            .Produces<MeView>(201).Fails(400, 410).WithMetadata(new FromOwnPages(), new NotRepeatable());
    }

    static async Task<SessionView> GetAsync(HttpContext context, Users users, CancellationToken cancellationToken)
    {
        var user = await MeApi.UserAsync(context.User, users, cancellationToken);
        return new(user is not null, user is null && !await users.AnyAsync(cancellationToken), user is null ? null : MeView.Of(user));
    }

    static async Task<IResult> PostAsync(Body<SignInBody> body, HttpContext context, SignIn signIn, Sessions sessions, HttpSettings settings, CancellationToken cancellationToken)
    {
        var order = body.Value;
        var answer = await signIn.TryAsync(order.Email, order.Password, order.Code, order.RecoveryCode, ClientAddress.Of(context), cancellationToken);
        if (answer is not SignInAnswer.Done done)
            return Refusal(answer);
        SessionCookie.Set(context, await sessions.OpenAsync(done.User, cancellationToken), settings.SessionLength);
        return Results.Ok(MeView.Of(done.User));
    }

    static async Task<IResult> DeleteAsync(HttpContext context, Sessions sessions, CancellationToken cancellationToken)
    {
        if (context.Request.Cookies[SessionCookie.Name(context.Request)] is { Length: > 0 } token)
            await sessions.CloseAsync(token, cancellationToken);
        SessionCookie.Clear(context);
        return Results.NoContent();
    }

    static async Task<IResult> SetUpAsync(Body<SetUpBody> body, HttpContext context, SetUp setUp, Users users, Sessions sessions, HttpSettings settings, CancellationToken cancellationToken)
    {
        var order = body.Value;
        if (!await setUp.MayAsync(context, order.Token, cancellationToken))
            return new ProblemAnswer(Problems.Of(410, "set-up.over", "This link does not work (any more). It works once, for a day, and only while there is no user. Start the server again for a new one, or sign in."));
        if (MeApi.Judge(order.Name, order.Language) is { Count: > 0 } reasons)
            return new ProblemAnswer(Problems.Invalid(reasons));
        switch (await setUp.RunAsync(order.Email, order.Password, order.Token, cancellationToken))
        {
            case UserAnswer.Done done:
                var user = await users.ChangeAsync(done.User.Id, held => held with { Name = MeApi.Trimmed(order.Name), Language = order.Language }, cancellationToken) ?? done.User;
                SessionCookie.Set(context, await sessions.OpenAsync(user, cancellationToken), settings.SessionLength);
                return Results.Created("/api/v1/me", MeView.Of(user));
            case UserAnswer.Refused { Code: "set-up.over" } over:
                return new ProblemAnswer(Problems.Of(410, over.Code, over.Text));
            case UserAnswer.Refused refused:
                return new ProblemAnswer(Problems.Invalid(refused.Code, refused.Code.StartsWith("email", StringComparison.Ordinal) ? "/email" : "/password", refused.Text));
            default:
                throw new UnreachableException("There is no third answer about a user.");
        }
    }

    /// <summary>Why an attempt failed; the same for signing in and for proving oneself again.</summary>
    public static ProblemAnswer Refusal(SignInAnswer answer) => new(answer switch
    {
        SignInAnswer.Wrong => Problems.Of(401, "sign-in.wrong", "The e-mail address or the password is wrong."),
        SignInAnswer.CodeNeeded => Problems.Of(401, "sign-in.code-needed", "The password is right. The code of the authenticator app is needed too, or a recovery code."),
        SignInAnswer.CodeWrong => Problems.Of(401, "sign-in.code-wrong", "This code is wrong, or was used already. Wait for the next one."),
        SignInAnswer.Locked locked => Problems.Of(429, "sign-in.locked", "Too many attempts. Wait a quarter of an hour, then try again.") with
        {
            Headers = new Dictionary<string, string> { ["Retry-After"] = ((int)locked.For.TotalSeconds).ToString(CultureInfo.InvariantCulture) },
        },
        _ => throw new UnreachableException($"{answer.GetType().Name} is no refusal."),
    });
}

/// <param name="NeedsSetUp">There is no user yet.</param>
sealed record SessionView(bool SignedIn, bool NeedsSetUp, MeView? Me);

/// <param name="Open">The first administrator may be made.</param>
sealed record SetUpView(bool Open);

/// <param name="Code">Of the authenticator app: six digits.</param>
/// <param name="RecoveryCode">Instead of it; it is used up.</param>
sealed record SignInBody(string Email, string Password, string? Code = null, string? RecoveryCode = null);

/// <param name="Token">Of the link that serve printed; on the machine itself it may be missing.</param>
/// <param name="Password">10 to 256 characters.</param>
sealed record SetUpBody(string Email, string Password, string? Token = null, string? Name = null, string? Language = null);
