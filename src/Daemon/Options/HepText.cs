using System.Net;
using RtpProxy.Io.Net.Hep;
using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Daemon.Options;

/// <summary>Reads an argument of <c>--hep</c>: <c>udp:HOST[:PORT]</c>, <c>tcp:…</c> or <c>tls:…</c>; IPv6 addresses in brackets.</summary>
internal static class HepText
{
    /// <summary>The port of collectors when none is named.</summary>
    public const int DefaultPort = 9060;

    private const string Forms = "udp:HOST[:PORT], tcp:HOST[:PORT] or tls:HOST[:PORT], where IPv6 addresses are in brackets";

    private static readonly string[] Kinds = ["udp", "tcp", "tls"];

    /// <param name="names">Resolves HOST, whatever <c>--no_resolve</c> says.</param>
    /// <param name="target">Without its capture id; null exactly when something is wrong.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    public static ValueFault? Read(string argument, ISystemNames names, out HepTarget? target)
    {
        target = null;
        SocketText text = SocketText.Split(argument, Kinds);
        if (text.Kind is null)
        {
            return new(Forms, MistypedScheme.Explain(argument, Kinds, "udp"));
        }

        string host = text.HostAndPort(takesBrackets: true, out string? portText).Trim('[', ']');
        if (host.Length == 0)
        {
            return new(Forms, "no host is named");
        }

        int port = DefaultPort;
        if (portText is not null && HostArgument.ReadPort(portText, out port) is { } fault)
        {
            return fault;
        }

        HepTransport transport = text.Kind switch
        {
            "udp" => HepTransport.Udp,
            "tcp" => HepTransport.Tcp,
            _ => HepTransport.Tls,
        };
        target = Resolve(transport, host, port, names, out string reason);
        return target is null ? new(Forms, $"for '{host}' the answer is: {reason}") : null;
    }

    /// <summary>A collector by its name or address, of either family.</summary>
    public static HepTarget? Resolve(HepTransport transport, string host, int port, ISystemNames names, out string reason)
    {
        IPAddress? address = HostArgument.Resolve(host, names, out reason);
        string kind = transport switch { HepTransport.Udp => "udp", HepTransport.Tcp => "tcp", _ => "tls" };
        string shown = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return address is null
            ? null
            : new HepTarget($"{kind}:{shown}:{port}", transport, host, new IPEndPoint(address, port), CaptureId: 0);
    }
}
