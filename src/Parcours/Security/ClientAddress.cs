using System.Net;

namespace Parcours.Security;

/// <summary>Where a request comes from, for limits.</summary>
public static class ClientAddress
{
    /// <summary>The IPv4 address, or the /64 of an IPv6 address, which one customer has whole.</summary>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Connection.RemoteIpAddress is not { } address)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]) + "/64" : address.ToString();
    }
}
