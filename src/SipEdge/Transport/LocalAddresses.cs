using System.Net;
using System.Net.Sockets;
using RtpProxy.Rtp;

namespace RtpProxy.SipEdge.Transport;

/// <summary>Addresses as they are written, and addresses as they are.</summary>
internal static class LocalAddresses
{
    /// <summary>The address without its IPv6 disguise (RFC 4291 section 2.5.5.2) and without a scope.</summary>
    public static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } ? new IPAddress(address.GetAddressBytes())
        : address;

    /// <summary>Every address of the host, or none in particular: the kernel sends what is meant for it to the host itself.</summary>
    public static bool IsWildcard(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>Whether nobody in particular is meant: no request goes there.</summary>
    public static bool IsNobody(IPAddress address) =>
        Endpoint.From(address, 0) is { IsUnspecified: true } or { IsLimitedBroadcast: true } or { IsMulticast: true };

    /// <summary>What an address is counted under: one network of IPv6 has more addresses than could be told apart.</summary>
    public static string AccountOf(IPAddress address)
    {
        IPAddress plain = Plain(address);
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, 8))
            : plain.ToString();
    }
}
