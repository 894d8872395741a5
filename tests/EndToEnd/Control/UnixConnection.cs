using System.Net.Sockets;

namespace RtpProxy.EndToEnd.Control;

/// <summary>Connections to Unix stream sockets.</summary>
internal static class UnixConnection
{
    /// <summary>Connects, and waits where a blocking connect(2) would: while the listener's queue is full.</summary>
    public static async Task<Socket> OpenAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                return socket;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                socket.Dispose();
                await Task.Delay(10, cancellation);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
