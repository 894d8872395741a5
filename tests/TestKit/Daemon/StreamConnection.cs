using System.Net;
using System.Net.Sockets;

namespace RtpProxy.TestKit.Daemon;

/// <summary>Connects to the stream sockets of a daemon.</summary>
public static class StreamConnection
{
    public static async Task<Socket> OpenAsync(EndPoint endPoint)
    {
        bool isUnix = endPoint is UnixDomainSocketEndPoint;
        Socket socket = new(
            endPoint.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
