using System.Security.Claims;

namespace Parcours.Security;

/// <summary>Who may do what, as policies of ASP.NET Core's authorisation. What names no policy needs a session or a key with the scope admin or read: forgetting one closes, never opens.</summary>
public static class Access
{
    public const string Scheme = "parcours";

    /// <summary><c>/api/v1</c>: reading for read and admin, everything else for admin.</summary>
    public const string Api = "api";
    /// <summary>Reading too is for admin alone: keys, users.</summary>
    public const string Admin = "admin";

    public const string ScopeClaim = "scope";
    /// <summary><c>session</c>, <c>key</c> or <c>local</c>.</summary>
    public const string ByClaim = "by";
    public const string IdClaim = "id";

    public static bool Has(ClaimsPrincipal user, KeyScope scope)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.HasClaim(ScopeClaim, scope.ToString());
    }

    /// <summary>Names the caller, for idempotency keys: two callers never share one.</summary>
    public static string IdOf(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return $"{user.FindFirstValue(ByClaim)}:{user.FindFirstValue(IdClaim)}";
    }

    public static void AddPolicies(IServiceCollection services)
    {
        services.AddAuthentication(Scheme).AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, CallerAuthentication>(Scheme, null);
        var may = services.AddAuthorizationBuilder()
            .AddPolicy(Admin, policy => policy.RequireClaim(ScopeClaim, nameof(KeyScope.Admin)))
            .AddPolicy(Api, policy => policy.RequireAssertion(context =>
                Has(context.User, KeyScope.Admin)
                || Has(context.User, KeyScope.Read) && context.Resource is HttpContext http && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))));
        may.SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser()
            .RequireClaim(ScopeClaim, nameof(KeyScope.Admin), nameof(KeyScope.Read)).Build());
    }
}
