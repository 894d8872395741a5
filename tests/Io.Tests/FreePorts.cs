using System.Net;
using System.Net.Sockets;
using RtpProxy.Io.Net.Ports;

namespace RtpProxy.Io.Tests;

/// <summary>Finds runs of UDP ports that nobody uses, by asking the kernel.</summary>
internal static class FreePorts
{
    /// <summary>Ports for relays that may meet busy pairs and pass them over: so many that there are always enough.</summary>
    public static (int Lowest, int Highest) Plenty => (10_000, 29_998);

    /// <summary>
    /// Exactly so many pairs, all of them free, above the kernel's own range and out of <see cref="Plenty"/>. Somebody may
    /// take one meanwhile, but that is unlikely.
    /// </summary>
    public static PortRange Range(int pairs, PortOrder order = PortOrder.Ascending)
    {
        for (int attempt = 0; attempt < 2000; attempt++)
        {
            int lowest = Random.Shared.Next(61_000 / 2, (65_536 / 2) - pairs) * 2;
            if (Enumerable.Range(lowest, pairs * 2).All(IsFree))
            {
                return new PortRange(lowest, lowest + (2 * (pairs - 1)), order);
            }
        }

        throw new InvalidOperationException("no free ports on this machine");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
