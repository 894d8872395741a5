using System.Net;
using System.Net.Sockets;

namespace RtpProxy.SipEdge.Transport;

/// <summary>All TCP connections, by the address of their other end; a request reuses what a phone has opened.</summary>
/// <remarks>Thread-safe. Bounded in number, those that peers open and ours together.</remarks>
internal sealed class TcpConnections(
    int maxConnections, int maxOfOne, Func<IPAddress, bool> isTrusted, int maxMessageLength, TimeSpan maxIdle, IMessageSink sink, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(4); // Well within timer B, so that 503 is still of use.

    private readonly Lock _gate = new();
    private readonly Dictionary<IPEndPoint, TcpConnection> _open = [];
    private readonly Dictionary<string, int> _bySource = new(StringComparer.Ordinal);
    private readonly Dictionary<IPEndPoint, Task<TcpConnection?>> _connecting = [];
    private readonly CancellationTokenSource _stop = new();

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _open.Count + _connecting.Count;
            }
        }
    }

    /// <returns>Null when there are too many already, in all or of that address; the socket is then closed.</returns>
    public TcpConnection? Admit(Socket socket, ListenPoint point)
    {
        TcpConnection connection;
        try
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true); // Phones vanish without a word.
            connection = new TcpConnection(socket, point, maxMessageLength, maxIdle, sink, time);
        }
        catch (SocketException)
        {
            socket.Dispose(); // Gone before it could be asked for its address.
            return null;
        }

        lock (_gate)
        {
            string source = LocalAddresses.AccountOf(connection.Remote.Address);
            int present = _bySource.GetValueOrDefault(source);
            if (_stop.IsCancellationRequested
                || _open.Count >= maxConnections
                || (present >= maxOfOne && !isTrusted(connection.Remote.Address)))
            {
                connection.Close();
                return null;
            }

            _bySource[source] = present + 1;
            _open[connection.Remote] = connection;
        }

        _ = RunAsync(connection);
        return connection;
    }

    /// <summary>The connection to an address, opened if there is none; null if it cannot be.</summary>
    public async ValueTask<TcpConnection?> GetAsync(ListenPoint point, IPEndPoint remote)
    {
        Task<TcpConnection?>? connecting;
        lock (_gate)
        {
            if (_open.TryGetValue(remote, out TcpConnection? open) && open.IsOpen)
            {
                return open;
            }

            if (_stop.IsCancellationRequested || _open.Count + _connecting.Count >= maxConnections)
            {
                return null;
            }

            if (!_connecting.TryGetValue(remote, out connecting))
            {
                connecting = Task.Run(() => ConnectAsync(point, remote));
                _connecting[remote] = connecting;
            }
        }

        return await connecting.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        TcpConnection[] open;
        lock (_gate)
        {
            open = [.. _open.Values];
        }

        foreach (TcpConnection connection in open)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<TcpConnection?> ConnectAsync(ListenPoint point, IPEndPoint remote)
    {
        var socket = new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            using var limit = new CancellationTokenSource(ConnectTime, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token);
            socket.Bind(new IPEndPoint(point.Local.Address, 0));
            await socket.ConnectAsync(remote, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            Forget(remote);
            return null;
        }

        Forget(remote);
        return Admit(socket, point);
    }

    private void Forget(IPEndPoint remote)
    {
        lock (_gate)
        {
            _connecting.Remove(remote);
        }
    }

    private async Task RunAsync(TcpConnection connection)
    {
        await connection.RunAsync().ConfigureAwait(false);
        lock (_gate)
        {
            string source = LocalAddresses.AccountOf(connection.Remote.Address);
            if ((_bySource[source] -= 1) == 0)
            {
                _bySource.Remove(source);
            }

            if (_open.TryGetValue(connection.Remote, out TcpConnection? present) && present == connection)
            {
                _open.Remove(connection.Remote);
            }
        }
    }
}
