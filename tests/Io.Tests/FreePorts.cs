using System.Net;
using System.Net.Sockets;
using RtpProxy.Io.Ports;

namespace RtpProxy.Io.Tests;

/// <summary>Finds runs of UDP ports that nobody uses, by asking the kernel.</summary>
internal static class FreePorts
{
    /// <summary>A range of free pairs on both loopback addresses. Somebody may take one meanwhile, but that is unlikely.</summary>
    public static PortRange Range(int pairs, PortOrder order = PortOrder.Ascending)
    {
        for (int attempt = 0; attempt < 200; attempt++)
        {
            // Below the range of ephemeral ports, where the kernel puts no sockets by itself.
            int lowest = Random.Shared.Next(5_000, 15_000) * 2;
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
