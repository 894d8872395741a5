using System.Net;
using System.Net.Sockets;
using RtpProxy.Io.Net.Addresses;

namespace RtpProxy.SipEdge.Transport;

/// <summary>One address that the proxy listens on, and the name under which the world knows it.</summary>
/// <param name="Local">Where the socket is bound.</param>
/// <param name="Host">What stands in Via and Record-Route: a name or an address without brackets.</param>
/// <param name="Port">The port beside it.</param>
/// <param name="Interfaces">What a wildcard address stands for.</param>
internal sealed record ListenPoint(SipTransport Transport, IPEndPoint Local, string Host, int Port, InterfaceHosts Interfaces)
{
    public const int DefaultPort = 5060; // RFC 3261 section 19.1.2

    public AddressFamily Family => Local.AddressFamily;

    /// <summary><c>UDP</c> or <c>TCP</c>, as in Via.</summary>
    public string TransportName => Transport == SipTransport.Udp ? "UDP" : "TCP";

    /// <summary><c>host:port</c>, with brackets around an IPv6 address.</summary>
    public string SentBy => $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";

    /// <summary>The URI of this point for Record-Route.</summary>
    /// <param name="seal">What tells our dialogs from others, see <see cref="Trust.DialogSeals"/>.</param>
    public string RouteUri(string seal) =>
        $"<sip:{SentBy};{(Transport == SipTransport.Tcp ? "transport=tcp;" : "")}lr;{Trust.DialogSeals.Parameter}={seal}>";

    /// <summary>The address that SDP shows when a relay names none.</summary>
    public IPAddress Address => IPAddress.TryParse(Host, out IPAddress? advertised) ? advertised : Local.Address;

    /// <summary>Whether a URI's host and port mean this point, whatever transport it asks for.</summary>
    public bool IsNamedBy(string host, int? port)
    {
        int wanted = port ?? DefaultPort;
        return IPAddress.TryParse(host, out IPAddress? address)
            ? IsReachedBy(address, wanted)
            : IsSameName(host, Host) && (wanted == Port || wanted == Local.Port);
    }

    /// <summary>Whether what is sent to an address comes back to this point.</summary>
    public bool IsReachedBy(IPAddress address, int port)
    {
        if (port != Local.Port && port != Port)
        {
            return false;
        }

        IPAddress plain = LocalAddresses.Plain(address);
        return plain.Equals(LocalAddresses.Plain(Address))
            || (port == Local.Port && (plain.Equals(LocalAddresses.Plain(Local.Address))
                || LocalAddresses.IsWildcard(plain)
                || (LocalAddresses.IsWildcard(Local.Address) && Interfaces.Contains(plain))));
    }

    /// <summary>Names of hosts are equal in any letter case, with and without the dot of the root.</summary>
    public static bool IsSameName(string one, string other) =>
        one.AsSpan().TrimEnd('.').Equals(other.AsSpan().TrimEnd('.'), StringComparison.OrdinalIgnoreCase);
}
