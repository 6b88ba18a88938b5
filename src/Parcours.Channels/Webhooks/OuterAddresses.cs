using System.Net;
using System.Net.Sockets;

namespace Parcours.Channels.Webhooks;

/// <summary>Which addresses lie outside of the own network: the only ones that a webhook may ask, unless a setting allows others.</summary>
static class OuterAddresses
{
    /// <summary>IANA's registries of addresses for special purposes, as far as they are not reachable by everybody.</summary>
    static readonly IPNetwork[] Inner = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    }.Select(IPNetwork.Parse)];

    static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96"), LocalNat64 = IPNetwork.Parse("64:ff9b:1::/48"), SixToFour = IPNetwork.Parse("2002::/16");

    public static bool IsOuter(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return IsOuter(address.MapToIPv4());
        // An address of the old kind inside of a new one is judged as what it leads to.
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && (Nat64.Contains(address) || SixToFour.Contains(address)))
            return IsOuter(new IPAddress(address.GetAddressBytes().AsSpan(Nat64.Contains(address) ? 12 : 2, 4)));
        return !LocalNat64.Contains(address) && !Array.Exists(Inner, network => network.Contains(address));
    }
}
