using System.Net;
using System.Net.Sockets;

namespace RtpProxy.SipEdge.Transport;

/// <summary>One UDP socket: a datagram is a message.</summary>
internal sealed class UdpPoint : IAsyncDisposable
{
    private const int BufferLength = 65_535;
    private const int KernelBufferLength = 1 << 20; // A burst of calls is not lost while one message is worked on.

    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _socket;
    private readonly IMessageSink _sink;
    private Task _receiving = Task.CompletedTask;

    private UdpPoint(Socket socket, ListenPoint point, IMessageSink sink)
    {
        _socket = socket;
        _sink = sink;
        Point = point;
    }

    public ListenPoint Point { get; }

    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public static UdpPoint Open(IPEndPoint local, Func<IPEndPoint, ListenPoint> describe, IMessageSink sink)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = KernelBufferLength };
        try
        {
            socket.Bind(local);
            var point = new UdpPoint(socket, describe((IPEndPoint)socket.LocalEndPoint!), sink);
            point._receiving = point.ReceiveAsync();
            return point;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <returns>False if the kernel refuses to send there.</returns>
    public async ValueTask<bool> SendAsync(IPEndPoint remote, ReadOnlyMemory<byte> message)
    {
        try
        {
            await _socket.SendToAsync(message, SocketFlags.None, remote, _stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await _receiving.ConfigureAwait(false);
            _socket.Dispose();
        }
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferLength);
        var any = new IPEndPoint(Point.Family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult received = await _socket
                    .ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token).ConfigureAwait(false);
                _sink.OnReceived(
                    new Flow(Point, (IPEndPoint)received.RemoteEndPoint), buffer.AsSpan(0, received.ReceivedBytes).ToArray());
            }
            catch (SocketException)
            {
                // An earlier datagram found nobody (ICMP); that ends its transaction by time, not this loop.
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
