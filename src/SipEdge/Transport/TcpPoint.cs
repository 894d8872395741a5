using System.Net;
using System.Net.Sockets;
using RtpProxy.Lines;

namespace RtpProxy.SipEdge.Transport;

/// <summary>One TCP listener.</summary>
internal sealed class TcpPoint : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener;
    private readonly Task _accepting;

    private TcpPoint(Socket listener, ListenPoint point, TcpConnections connections)
    {
        _listener = listener;
        Point = point;
        // Each is handed over at once: how many there may be is for the connections of all points to say.
        var loop = new AcceptLoop(listener, maxConnections: 1, (connection, _) =>
        {
            connections.Admit(connection, point);
            return Task.CompletedTask;
        })
        { WhenFull = WhenFull.Wait };
        _accepting = loop.RunAsync(_stop.Token);
    }

    public ListenPoint Point { get; }

    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public static TcpPoint Open(IPEndPoint local, Func<IPEndPoint, ListenPoint> describe, TcpConnections connections)
    {
        Socket listener = ListeningSocket.Open(local);
        return new TcpPoint(listener, describe((IPEndPoint)listener.LocalEndPoint!), connections);
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
}
