using System.Net;
using System.Net.Sockets;

namespace RtpProxy.SipEdge.Transport;

/// <summary>One TCP listener.</summary>
internal sealed class TcpPoint : IAsyncDisposable
{
    private const int Backlog = 128;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener;
    private readonly TcpConnections _connections;
    private Task _accepting = Task.CompletedTask;

    private TcpPoint(Socket listener, ListenPoint point, TcpConnections connections)
    {
        _listener = listener;
        _connections = connections;
        Point = point;
    }

    public ListenPoint Point { get; }

    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public static TcpPoint Open(IPEndPoint local, Func<IPEndPoint, ListenPoint> describe, TcpConnections connections)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Sets SO_REUSEADDR for TCP; ReuseAddress is SO_REUSEPORT besides, and two programs would share the port.
            socket.Bind(local);
            socket.Listen(Backlog);
            var point = new TcpPoint(socket, describe((IPEndPoint)socket.LocalEndPoint!), connections);
            point._accepting = point.AcceptAsync();
            return point;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await _accepting.ConfigureAwait(false);
            _listener.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                _connections.Admit(socket, Point);
            }
            catch (SocketException)
            {
                // That peer is gone already, or descriptors are short: do not spin.
                await Task.Delay(Pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
