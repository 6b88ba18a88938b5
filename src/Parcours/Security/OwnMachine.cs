using System.Net;
using Parcours.Http;

namespace Parcours.Security;

/// <summary>Whether a request was made on this very machine, by its own name, with nothing in between.</summary>
public static class OwnMachine
{
    static readonly string[] Tracks = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    /// <remarks>
    /// The address alone proves little: behind a proxy on the same machine everybody comes from here. So an installation that is told of a proxy or of a public address says no,
    /// and so does a request that bears a proxy's tracks or asks for another host (a page elsewhere whose name was made to lead here).
    /// </remarks>
    public static bool Asks(HttpContext context, HttpSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return !settings.BelieveForwardedHeaders && settings.PublicBase is null
            && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
            && (context.Request.Host.Host is "localhost" || IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host))
            && !Array.Exists(Tracks, context.Request.Headers.ContainsKey);
    }
}
