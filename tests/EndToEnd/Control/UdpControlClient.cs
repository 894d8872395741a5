using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RtpProxy.EndToEnd.Control;

/// <summary>
/// <c>udp:</c> and <c>udp6:</c>: one datagram per command, led by a cookie (control protocol, section 1.7), and sent again as
/// controllers do: behind a flood the socket of the daemon may have no room.
/// </summary>
public sealed class UdpControlClient : ControlClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // One row of cookies for all clients: the daemon answers a cookie it has seen from its cache, whoever sends it.
    private static int _lastCookie;

    private readonly Socket _socket;

    public UdpControlClient(IPEndPoint daemon)
    {
        _socket = new Socket(daemon.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Connect(daemon);
    }

    public override void Dispose()
    {
        _socket.Dispose();
        base.Dispose();
    }

    protected override async Task<string> ExchangeAsync(string command, CancellationToken cancellation)
    {
        string cookie = $"{Environment.ProcessId}_{Interlocked.Increment(ref _lastCookie)}";
        while (true)
        {
            await _socket.SendAsync(Encoding.Latin1.GetBytes($"{cookie} {command}"), cancellation);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Patience);
            try
            {
                return await ReceiveAsync(cookie, limit.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Not in time: the same cookie again, so that nothing is done twice.
            }
        }
    }

    private async Task<string> ReceiveAsync(string cookie, CancellationToken cancellation)
    {
        byte[] buffer = new byte[8192];
        while (true)
        {
            string reply = Encoding.Latin1.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, cancellation));
            if (reply.StartsWith(cookie + " ", StringComparison.Ordinal))
            {
                return reply[(cookie.Length + 1)..];
            }
        }
    }
}
