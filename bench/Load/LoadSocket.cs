using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace RtpProxy.Load;

/// <summary>A UDP socket of 127.0.0.1 with so large a buffer that the load is not what loses.</summary>
internal static class LoadSocket
{
    private const int SolSocket = 1;
    private const int RcvBufForce = 33; // beyond the system's limit where root allows it

    /// <param name="bytes">For what comes in a burst.</param>
    public static Socket Open(int bytes = 16 << 20)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        try
        {
            Span<byte> size = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(size, bytes);
            socket.SetRawSocketOption(SolSocket, RcvBufForce, size);
        }
        catch (SocketException)
        {
            socket.ReceiveBufferSize = 4 << 20;
        }

        return socket;
    }
}
