using System.Net;
using System.Net.Sockets;

namespace RtpProxy.Lines;

/// <summary>Opens stream sockets that listen.</summary>
internal static class ListeningSocket
{
    private const int DefaultBacklog = 128;

    /// <param name="local">Of TCP, or the path of a Unix socket, where nothing may be yet.</param>
    /// <param name="backlog">How many connections wait in the kernel until they are accepted.</param>
    /// <returns>Owned by the caller.</returns>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public static Socket Open(EndPoint local, int backlog = DefaultBacklog)
    {
        ArgumentNullException.ThrowIfNull(local);
        ProtocolType protocol = local.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp;
        var socket = new Socket(local.AddressFamily, SocketType.Stream, protocol);
        try
        {
            // Sets SO_REUSEADDR for TCP; ReuseAddress is SO_REUSEPORT besides, and two programs would share the port.
            socket.Bind(local);
            socket.Listen(backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
