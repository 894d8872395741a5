using System.Net;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Ports;

/// <summary>
/// One of the daemon's own addresses, as <c>-l</c> or <c>-6</c> or the modifiers <c>l</c> and <c>r</c> name it
/// (control protocol, sections 3.4 and 10.3).
/// </summary>
/// <param name="Address">The address that sockets are bound to; may be a wildcard.</param>
/// <param name="Advertised">The text shown in replies instead of the address; any text, may be empty; null if none.</param>
/// <param name="Label">The name before <c>@</c>; null if none.</param>
public sealed record LocalAddress(IPAddress Address, string? Advertised = null, string? Label = null)
{
    /// <summary>True for 0.0.0.0 and ::, whose replies show no address.</summary>
    public bool IsWildcard => Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any);

    public bool IsIPv6 => Endpoint.From(Address, 0).IsIPv6;
}
