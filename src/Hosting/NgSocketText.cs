using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Hosting;

/// <summary>Reads an argument of <c>--ng</c>: a socket that speaks rtpengine's protocol (ng protocol).</summary>
public static class NgSocketText
{
    /// <summary>What an argument may look like, for messages.</summary>
    public const string Forms = "udp:PORT, udp:HOST:PORT, tcp:PORT or tcp:HOST:PORT, where IPv6 addresses are in brackets; udp6: and tcp6: for IPv6";

    private static readonly string[] Names = ["udp", "tcp", "udp6", "tcp6"];

    /// <summary>Takes an argument apart. Whoever names no host means this one: nobody else is to command it.</summary>
    public static bool TryParse(string argument, [NotNullWhen(true)] out ControlSocketAddress? address)
    {
        address = null;
        SocketText text = SocketText.Split(argument, Names);
        if (text.Kind is not { } name)
        {
            return false;
        }

        bool isIPv6 = name.EndsWith('6');
        string host = text.HostAndPort(takesBrackets: true, out string? port);
        if (port is null)
        {
            (host, port) = (isIPv6 ? "::1" : "127.0.0.1", host);
        }

        if (host.Length == 0 || !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) || number == 0)
        {
            return false;
        }

        host = host.Trim('[', ']');
        isIPv6 |= IPAddress.TryParse(host, out IPAddress? literal) && literal.AddressFamily == AddressFamily.InterNetworkV6;
        ControlSocketKind kind = name.StartsWith("udp", StringComparison.Ordinal)
            ? isIPv6 ? ControlSocketKind.Udp6 : ControlSocketKind.Udp
            : isIPv6 ? ControlSocketKind.Tcp6 : ControlSocketKind.Tcp;
        address = new ControlSocketAddress(kind, name) { Host = host, Port = port, Language = ControlLanguage.Ng };
        return true;
    }
}
