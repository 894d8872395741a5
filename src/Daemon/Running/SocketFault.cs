using RtpProxy.Daemon.Options;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.ControlEndpoints;

namespace RtpProxy.Daemon.Running;

/// <summary>Tells of a socket that cannot be opened, by the option that names it.</summary>
internal static class SocketFault
{
    private const string Path = "a path where this program can make a socket";

    /// <param name="fault">Of a control socket, or without an address of the admin socket.</param>
    public static StartFault Of(ControlSocketException fault, Settings settings) => fault.Address is { } address
        ? Of(address, fault, settings)
        : settings.Refuse("admin", new(Path, fault.Message));

    public static StartFault Of(ControlSocketAddress address, ControlSocketException fault, Settings settings) =>
        StartFault.Of(settings.Of(address).Refuse(new(ExpectedOf(address), fault.Message)));

    private static string ExpectedOf(ControlSocketAddress address) => address.Kind switch
    {
        ControlSocketKind.Unix or ControlSocketKind.ConnectedUnix => Path,
        ControlSocketKind.Systemd => "one listening socket, passed by systemd",
        _ => "an address of this host, and a port that is free and permitted",
    };
}
