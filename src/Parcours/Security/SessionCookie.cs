namespace Parcours.Security;

/// <summary>The cookie that holds a session's token.</summary>
public static class SessionCookie
{
    /// <summary>Under https the name has the prefix with which browsers refuse a cookie that another host or an unencrypted page set.</summary>
    public static string Name(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.IsHttps ? "__Host-parcours" : "parcours";
    }

    public static void Set(HttpContext context, string token, TimeSpan length)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Append(Name(context.Request), token, Options(context.Request, length));
    }

    public static void Clear(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Delete(Name(context.Request), Options(context.Request, null));
    }

    static CookieOptions Options(HttpRequest request, TimeSpan? length) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = length,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = request.IsHttps,
    };
}
