using System.Net;
using System.Net.Sockets;

namespace Billing.Api.Webhooks;

/// <summary>Addresses that are nobody's on the internet: this machine, private and link-local networks, the cloud's metadata service, multicast.</summary>
static class PrivateAddress
{
    static readonly IPNetwork[] Networks =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "fc00::/7", "fe80::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6) || Networks.Any(network => network.Contains(address));
    }
}
