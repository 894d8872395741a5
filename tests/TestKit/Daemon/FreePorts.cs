using System.Net;
using System.Net.Sockets;
using RtpProxy.TestKit.Conversations;

namespace RtpProxy.TestKit.Daemon;

/// <summary>Ports that nobody uses right now, found by asking the kernel.</summary>
public static class FreePorts
{
    // Below the range that the kernel itself takes ports from for clients.
    private const int Lowest = 10_000;
    private const int Highest = 32_000;

    /// <summary>One port for a control socket.</summary>
    public static ushort One(ProtocolType protocol, bool ipv6)
    {
        SocketType type = protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream;
        IPAddress address = ipv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        using Socket socket = new(address.AddressFamily, type, protocol);
        socket.Bind(new IPEndPoint(address, 0));
        return (ushort)((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>A range of as many ports, somewhere else, all of them free for IPv4 and IPv6.</summary>
    public static PortRange RangeLike(PortRange range)
    {
        int count = range.Max - range.Min;
        while (true)
        {
            int min = Random.Shared.Next(Lowest / 2, (Highest - count) / 2) * 2;
            PortRange candidate = new((ushort)(min + (range.Min % 2)), (ushort)(min + (range.Min % 2) + count));
            if (IsFree(candidate))
            {
                return candidate;
            }
        }
    }

    // A large range stays large with a few ports taken: only a small one must be free as a whole.
    private static bool IsFree(PortRange range)
    {
        const int LargeRange = 100;
        if (range.Max - range.Min >= LargeRange)
        {
            return true;
        }

        for (int port = range.Min; port <= range.Max; port++)
        {
            try
            {
                using Socket socket = new(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
                socket.DualMode = true;
                socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
            }
            catch (SocketException)
            {
                return false;
            }
        }

        return true;
    }
}
