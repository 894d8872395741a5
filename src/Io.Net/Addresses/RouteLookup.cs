using System.Net;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Addresses;

/// <summary>Asks the routing table which of our addresses it would use, by connecting a UDP socket: nothing is sent.</summary>
public static unsafe class RouteLookup
{
    private const int AnyPort = 9; // discard; connect(2) refuses port 0 on some systems

    /// <summary>Our address toward <paramref name="remote"/>; null without a route or without descriptors. Does not block.</summary>
    public static IPAddress? LocalAddressToward(IPAddress remote)
    {
        SockAddr target = SockAddr.From(Endpoint.From(remote, AnyPort), out uint length);
        int family = remote.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? LibC.AF_INET6
            : LibC.AF_INET;
        using FdHandle socket = LibC.socket(family, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0);
        if (socket.IsInvalid || LibC.connect(socket.Number, &target, length) != 0)
        {
            return null;
        }

        SockAddr local;
        length = SockAddr.Size;
        return LibC.getsockname(socket.Number, &local, &length) == 0 ? local.ToEndpoint().ToIPAddress() : null;
    }
}
