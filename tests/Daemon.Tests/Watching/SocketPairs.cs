using System.Net;
using System.Net.Sockets;

namespace RtpProxy.Daemon.Tests.Watching;

/// <summary>Two sockets that are connected to each other.</summary>
internal static class SocketPairs
{
    public static async Task<(Socket One, Socket Other)> ConnectAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var one = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await one.ConnectAsync(listener.LocalEndPoint!);
        return (one, await listener.AcceptAsync());
    }
}
