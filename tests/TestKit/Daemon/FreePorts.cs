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

    // A small range must be free as a whole: it lies where no large one does, and is handed out once.
    private const int LargeRange = 100;
    private const int LowestOfLarge = 15_000;

    // Single ports lie below all ranges, one after the other from a place that each process chooses: until the daemon has
    // bound it, no client and no other test gets the same.
    private const int LowestOfOne = 6_000;

    private static readonly HashSet<int> HandedOut = [];
    private static int _lastOfOne = Random.Shared.Next(Lowest - LowestOfOne);

    /// <summary>One port for a control socket.</summary>
    public static ushort One(ProtocolType protocol, bool ipv6)
    {
        while (true)
        {
            int port = LowestOfOne + (int)((uint)Interlocked.Increment(ref _lastOfOne) % (Lowest - LowestOfOne));
            if (IsFree(port, protocol, ipv6 ? IPAddress.IPv6Any : IPAddress.Any))
            {
                return (ushort)port;
            }
        }
    }

    /// <summary>A range of as many ports, somewhere else, all of them free for IPv4 and IPv6.</summary>
    public static PortRange RangeLike(PortRange range)
    {
        int count = range.Max - range.Min;
        while (true)
        {
            int min = count >= LargeRange
                ? Random.Shared.Next(LowestOfLarge / 2, (Highest - count) / 2) * 2
                : Random.Shared.Next(Lowest / 2, (LowestOfLarge - count) / 2) * 2;
            PortRange candidate = new((ushort)(min + (range.Min % 2)), (ushort)(min + (range.Min % 2) + count));
            if (count >= LargeRange || (TryHandOut(candidate) && IsFree(candidate)))
            {
                return candidate;
            }
        }
    }

    private static bool TryHandOut(PortRange range)
    {
        lock (HandedOut)
        {
            IEnumerable<int> ports = Enumerable.Range(range.Min, range.Max - range.Min + 1);
            if (ports.Any(HandedOut.Contains))
            {
                return false;
            }

            HandedOut.UnionWith(ports);
            return true;
        }
    }

    private static bool IsFree(int port, ProtocolType protocol, IPAddress address)
    {
        try
        {
            using Socket socket = new(
                address.AddressFamily, protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream, protocol);
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsFree(PortRange range)
    {
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
