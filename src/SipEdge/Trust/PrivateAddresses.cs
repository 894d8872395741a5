using System.Net;

namespace RtpProxy.SipEdge.Trust;

/// <summary>Addresses that mean another host in every network.</summary>
internal static class PrivateAddresses
{
    // RFC 1918, 6598, 3927, 5735; RFC 4193 and 4291.
    private static readonly IPNetwork[] Networks =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("::/127"),
    ];

    public static bool Contain(IPAddress address) => Networks.Any(network => network.Contains(address));
}
