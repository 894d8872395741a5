using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RtpProxy.TestKit.Daemon;

/// <summary>A datagram for each command, with a fresh cookie that is taken off the reply.</summary>
internal sealed class DatagramControlClient : ControlClient
{
    private readonly Socket _socket;
    private readonly string _name = Guid.NewGuid().ToString("N")[..8];
    private int _count;

    public DatagramControlClient(EndPoint endPoint)
    {
        _socket = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Connect(endPoint);
    }

    public override ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async Task<byte[]> ExchangeAsync(
        ReadOnlyMemory<byte> command, int lineCount, CancellationToken cancellationToken)
    {
        byte[] cookie = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_name}_{++_count} "));
        byte[] request = [.. cookie, .. command.Span];
        await _socket.SendAsync(request, cancellationToken);
        byte[] buffer = new byte[65_536];
        while (true)
        {
            int length = await _socket.ReceiveAsync(buffer, cancellationToken);
            if (buffer.AsSpan(0, length).StartsWith(cookie))
            {
                return buffer[cookie.Length..length];
            }
        }
    }
}
