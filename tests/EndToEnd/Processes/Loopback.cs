using System.Net;
using System.Net.Sockets;

namespace RtpProxy.EndToEnd.Processes;

/// <summary>Loopback addresses and ports that nobody else uses.</summary>
/// <remarks>
/// The whole of 127.0.0.0/8 is local, so each test process takes addresses made of its process id and every party of a test
/// one of its own: suites that run at the same time do not meet. Ports are the kernel's choice.
/// </remarks>
public static class Loopback
{
    private static int _taken;

    /// <summary>An IPv4 loopback address that no other party of this test process has.</summary>
    public static IPAddress NextAddress()
    {
        int index = Interlocked.Increment(ref _taken);
        int id = Environment.ProcessId;
        return new IPAddress([127, (byte)(16 + ((id >> 8) + (index / 250 * 61)) % 230), (byte)id, (byte)(1 + index % 250)]);
    }

    /// <summary>A UDP port that was free on this address a moment ago, for a program that must be told its port.</summary>
    public static int FreeUdpPort(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Whether a UDP port of this address can be bound, that is: whether nobody holds it.</summary>
    public static bool IsFree(IPEndPoint local)
    {
        using var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(local);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
