using System.Net;
using System.Net.Sockets;

namespace RtpProxy.Io.Net.Hep;

/// <summary>A datagram for each packet. Whether they arrive nobody knows, but for a host that tells that nothing listens there.</summary>
internal sealed class UdpHepLink : IHepLink
{
    private const int ReceiveBytes = 4096; // what the collector says is not listened to
    private readonly Socket _socket;

    /// <exception cref="SocketException">There is no way there.</exception>
    public UdpHepLink(IPEndPoint collector)
    {
        _socket = new Socket(collector.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = ReceiveBytes };
        try
        {
            _socket.Connect(collector);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public Task Closed { get; } = new TaskCompletionSource().Task;

    public async Task<int> SendAsync(IReadOnlyList<byte[]> packets, CancellationToken stop)
    {
        int lost = 0;
        foreach (byte[] packet in packets)
        {
            try
            {
                await _socket.SendAsync(packet, SocketFlags.None, stop).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                lost++;
            }
        }

        return lost;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
