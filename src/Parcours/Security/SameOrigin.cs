using Microsoft.AspNetCore.Authorization;
using Parcours.Http;

namespace Parcours.Security;

/// <summary>Protects what a browser's cookie may do from pages of others (cross-site request forgery), and signing in as well.</summary>
public static class SameOrigin
{
    /// <summary>Refuses a write by cookie, and every write to a page, unless the browser says that our own page sent it.</summary>
    public static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method))
            return next(context);
        var toPage = context.GetEndpoint()?.Metadata.GetMetadata<FromOwnPages>() is not null;
        // What anybody may do without a cookie (a signed link, the intake) is no more dangerous with one.
        var byCookie = context.User.HasClaim(Access.ByClaim, "session") && context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null;
        if (!byCookie && !toPage || IsOwn(request))
            return next(context);
        return new ProblemAnswer(Problems.Of(403, "foreign-origin", "A browser's session may write from this installation's own pages alone. Programs send a key.")).ExecuteAsync(context);
    }

    // Every browser of today sends Origin with a write; one that does not is refused. Only the authority is compared: a proxy may have taken the encryption off.
    static bool IsOwn(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site && site is not ("same-origin" or "none"))
            return false;
        return Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
            && Uri.TryCreate($"{origin.Scheme}://{request.Host}", UriKind.Absolute, out var own)
            && string.Equals(origin.Authority, own.Authority, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>Marks an endpoint that only forms of our own pages may post to.</summary>
public sealed class FromOwnPages;
