using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.TestKit.Conversations;

namespace RtpProxy.TestKit.Daemon;

/// <summary>One control socket of a daemon, and how to reach it.</summary>
/// <param name="Argument">The argument of <c>-s</c>.</param>
/// <param name="EndPoint">Where clients connect or send to; null for <c>stdio</c>.</param>
public sealed record ControlSocket(Transport Transport, string Argument, EndPoint? EndPoint)
{
    /// <summary>Chooses an address in the working directory or on loopback that nobody uses.</summary>
    internal static ControlSocket Choose(Transport transport, WorkingDirectory directory)
    {
        return transport switch
        {
            Transport.Stdio => new(transport, "stdio:", null),
            Transport.Unix => OfFile(transport, "unix:", directory.File("unix.sock")),
            Transport.Cunix => OfFile(transport, "cunix:", directory.File("cunix.sock")),
            Transport.Systemd => new(transport, "systemd:", new UnixDomainSocketEndPoint(directory.File("systemd.sock"))),
            Transport.Tcp => OfPort(transport, "tcp:", IPAddress.Loopback, ProtocolType.Tcp),
            Transport.Tcp6 => OfPort(transport, "tcp6:", IPAddress.IPv6Loopback, ProtocolType.Tcp),
            Transport.Udp => OfPort(transport, "udp:", IPAddress.Loopback, ProtocolType.Udp),
            Transport.Udp6 => OfPort(transport, "udp6:", IPAddress.IPv6Loopback, ProtocolType.Udp),
            _ => throw new ArgumentOutOfRangeException(nameof(transport), transport, "no such control socket"),
        };
    }

    private static ControlSocket OfFile(Transport transport, string prefix, string path) =>
        new(transport, prefix + path, new UnixDomainSocketEndPoint(path));

    private static ControlSocket OfPort(Transport transport, string prefix, IPAddress address, ProtocolType protocol)
    {
        ushort port = FreePorts.One(protocol, address.AddressFamily == AddressFamily.InterNetworkV6);
        return new(
            transport,
            string.Create(CultureInfo.InvariantCulture, $"{prefix}{address}:{port}"),
            new IPEndPoint(address, port));
    }
}
