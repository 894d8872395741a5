using System.Net;
using RtpProxy.Daemon.Options;

namespace RtpProxy.Daemon.Tests.Options;

/// <summary>A small machine: one user, two groups, and two hosts.</summary>
internal sealed class KnownNames : ISystemNames
{
    public (uint UserId, uint GroupId)? FindUser(string name) => name == "relay" ? (1001u, 1002u) : null;

    public uint? FindGroup(string name) => name switch { "relay" => 1002u, "sip" => 1003u, _ => null };

    public IPAddress? Resolve(string host, bool ipv6, bool numericOnly, out string reason)
    {
        reason = "Name or service not known";
        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            bool isIPv6 = literal.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
            return isIPv6 == ipv6 ? literal : null;
        }

        return (host, ipv6, numericOnly) switch
        {
            ("inside.example", false, false) => IPAddress.Parse("10.0.0.1"),
            ("inside.example", true, false) => IPAddress.Parse("2001:db8::1"),
            _ => null,
        };
    }

    /// <summary>All but those that are there for documents (RFC 5737, RFC 3849) of the last network.</summary>
    public bool IsOfThisHost(IPAddress address) => !$"{address}".StartsWith("203.0.113.", StringComparison.Ordinal);
}
