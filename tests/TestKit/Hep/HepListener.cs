using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace RtpProxy.TestKit.Hep;

/// <summary>A collector of datagrams that keeps what it gets.</summary>
public sealed class HepListener : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
    {
        ReceiveBufferSize = 4 << 20,
    };

    private readonly ConcurrentQueue<HepMessage> _messages = [];

    /// <param name="port">0 for any.</param>
    public HepListener(int port = 0)
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _ = Task.Run(ReceiveAllAsync);
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public IReadOnlyList<HepMessage> All => [.. _messages];

    /// <summary>Waits for so many messages of a kind.</summary>
    public async Task<IReadOnlyList<HepMessage>> WaitForAsync(int payloadType, int count = 1)
    {
        await Eventually.TrueAsync(
            () => _messages.Count(message => message.PayloadType == payloadType) >= count, $"{count} messages of type {payloadType}");
        return [.. _messages.Where(message => message.PayloadType == payloadType)];
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReceiveAllAsync()
    {
        byte[] buffer = new byte[65_536];
        try
        {
            while (true)
            {
                int length = await _socket.ReceiveAsync(buffer);
                _messages.Enqueue(HepMessage.Parse(buffer.AsSpan(0, length)));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
