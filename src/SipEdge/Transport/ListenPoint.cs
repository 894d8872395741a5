using System.Net;
using System.Net.Sockets;

namespace RtpProxy.SipEdge.Transport;

/// <summary>One address that the proxy listens on, and the name under which the world knows it.</summary>
/// <param name="Local">Where the socket is bound.</param>
/// <param name="Host">What stands in Via and Record-Route: a name or an address without brackets.</param>
/// <param name="Port">The port beside it.</param>
internal sealed record ListenPoint(SipTransport Transport, IPEndPoint Local, string Host, int Port)
{
    public const int DefaultPort = 5060; // RFC 3261 section 19.1.2

    public AddressFamily Family => Local.AddressFamily;

    /// <summary><c>UDP</c> or <c>TCP</c>, as in Via.</summary>
    public string TransportName => Transport == SipTransport.Udp ? "UDP" : "TCP";

    /// <summary><c>host:port</c>, with brackets around an IPv6 address.</summary>
    public string SentBy => $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";

    /// <summary>The URI of this point for Record-Route.</summary>
    public string RouteUri => $"<sip:{SentBy};{(Transport == SipTransport.Tcp ? "transport=tcp;" : "")}lr>";

    /// <summary>The address that SDP shows when a relay names none.</summary>
    public IPAddress Address => IPAddress.TryParse(Host, out IPAddress? advertised) ? advertised : Local.Address;

    /// <summary>Whether a URI's host and port mean this point.</summary>
    public bool IsNamedBy(string host, int? port)
    {
        int wanted = port ?? DefaultPort;
        bool sameHost = host.Equals(Host, StringComparison.OrdinalIgnoreCase);
        return (sameHost && wanted == Port)
            || (IPAddress.TryParse(host, out IPAddress? address)
                && ((address.Equals(Local.Address) && wanted == Local.Port) || (address.Equals(Address) && wanted == Port)));
    }
}
