using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Parcours.Http;
using Parcours.Web;

namespace Parcours.Security;

/// <summary>Finds out who calls: a key or the local token in <c>Authorization: Bearer</c>, else the session of a browser.</summary>
sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys, Sessions sessions, HttpSettings settings)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // A header that is there decides: a wrong key is not saved by a cookie that happens to come along.
        if (Request.Headers.Authorization.ToString() is { Length: > 0 } header)
        {
            if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
                return AuthenticateResult.NoResult();
            var secret = header["Bearer ".Length..].Trim();
            if (settings.LocalToken is { } local && Secrets.Same(secret, local))
                return Success("local", "local", KeyScope.Admin, "local");
            return await keys.FindAsync(secret, Context.RequestAborted) is { } key ? Success("key", key.Id, key.Scope, key.Name) : AuthenticateResult.Fail("unknown key");
        }

        if (Request.Cookies[SessionCookie.Name(Request)] is { Length: > 0 } token && await sessions.FindAsync(token, Context.RequestAborted) is { } user)
            return Success("session", user.Id, KeyScope.Admin, user.Email);
        return AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"parcours\"";
        return Pages.Wants(Request)
            ? Context.RequestServices.GetRequiredService<SignInPages>().AnswerSignInAsync(Context, 401, null)
            : new ProblemAnswer(Problems.Unauthorized).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => new ProblemAnswer(Problems.Forbidden).ExecuteAsync(Context);

    static AuthenticateResult Success(string by, string id, KeyScope scope, string name)
    {
        var identity = new ClaimsIdentity([new(Access.ByClaim, by), new(Access.IdClaim, id), new(Access.ScopeClaim, scope.ToString()), new(ClaimTypes.Name, name)], Access.Scheme);
        return AuthenticateResult.Success(new(new(identity), Access.Scheme));
    }
}
