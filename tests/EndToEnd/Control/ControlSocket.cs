using System.Net;
using System.Net.Sockets;
using RtpProxy.EndToEnd.Processes;

namespace RtpProxy.EndToEnd.Control;

/// <summary>A control socket as the daemon's <c>-s</c> and Kamailio's <c>rtpproxy_sock</c> spell it, and a client for it.</summary>
public sealed record ControlSocket(string Argument, Func<ControlClient> Connect)
{
    /// <summary>A socket of the given kind (the prefix of <c>-s</c>) on a free path or port.</summary>
    public static ControlSocket Create(string kind, string name, WorkDirectory directory, IPAddress address)
    {
        switch (kind)
        {
            case "unix":
                string path = directory[name + ".sock"];
                return new ControlSocket("unix:" + path, () => new UnixControlClient(path));
            case "cunix":
                string kept = directory[name + ".sock"];
                return new ControlSocket("cunix:" + kept, () => new LineControlClient(new UnixDomainSocketEndPoint(kept)));
            case "udp":
            case "udp6":
                IPAddress host = kind == "udp" ? address : IPAddress.IPv6Loopback;
                var local = new IPEndPoint(host, Loopback.FreeUdpPort(host));

                // The port follows the last colon; an IPv6 address has no brackets here.
                return new ControlSocket($"{kind}:{host}:{local.Port}", () => new UdpControlClient(local));
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "unix, cunix, udp or udp6");
        }
    }
}
