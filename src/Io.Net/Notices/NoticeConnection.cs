using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace RtpProxy.Io.Net.Notices;

/// <summary>The connection to one target: opened when it is needed, kept, and opened anew once the target has closed it.</summary>
/// <remarks>Used by the task of its channel alone.</remarks>
internal sealed class NoticeConnection
{
    private const string UnusableFrom = "not from this address";

    // For so long after it was opened a connection is looked after, so often.
    private static readonly TimeSpan WatchTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WatchPause = TimeSpan.FromMilliseconds(100);

    // A peer that is alive answers within this time on any network where controllers and relays live together.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _name;
    private readonly EndPoint? _remote;
    private readonly IPAddress? _local;
    private readonly ILogger _logger;
    private readonly CancellationToken _stop;
    private Socket? _socket;
    private long _openedAt; // by Stopwatch; 0 once the connection is old, or was found closed

    /// <param name="name">For logs.</param>
    /// <param name="remote">Null if the target's path is none that a Unix socket can have.</param>
    /// <param name="local">The address to connect from; null leaves it to the system.</param>
    /// <param name="stop">Ends whatever waits for the target.</param>
    public NoticeConnection(string name, EndPoint? remote, IPAddress? local, ILogger logger, CancellationToken stop)
    {
        _name = name;
        _remote = remote;
        _local = local;
        _logger = logger;
        _stop = stop;
    }

    /// <summary>Opens it, unless it is open and the target has not closed it.</summary>
    /// <returns>False if that cannot be; the log says why.</returns>
    public async Task<bool> TryOpenAsync()
    {
        if (_socket is not null && IsClosedByPeer(_socket))
        {
            CloseAfterPeer();
        }

        return _socket is not null || await TryConnectAsync().ConfigureAwait(false);
    }

    /// <summary>Sends a message over the connection, which is open; after a failure it is closed.</summary>
    public async Task<bool> TrySendAsync(byte[] message)
    {
        try
        {
            using CancellationTokenSource limited = LimitTime();
            await _socket!.SendAsync(message, SocketFlags.None, limited.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            Log.NoticeSendFailed(_logger, _name, fault is SocketException ? fault.Message : "it does not read");
            Close();
            return false;
        }
    }

    /// <summary>
    /// Looks after a connection while it is new, and until there is more to send. A controller that does not take notices from
    /// this address accepts the connection and closes it, without a word.
    /// </summary>
    public async Task WatchAsync(Task more)
    {
        while (_openedAt != 0 && !more.IsCompleted)
        {
            await Task.WhenAny(more, Task.Delay(WatchPause, _stop)).ConfigureAwait(false);
            if (IsClosedByPeer(_socket!))
            {
                CloseAfterPeer();
            }
            else if (Stopwatch.GetElapsedTime(_openedAt) > WatchTime)
            {
                _openedAt = 0;
            }
        }
    }

    public void Close()
    {
        _openedAt = 0;
        _socket?.Dispose();
        _socket = null;
    }

    private async Task<bool> TryConnectAsync()
    {
        if (_remote is null)
        {
            Log.NoticeConnectFailed(_logger, _name, "socket name is too long");
            return false;
        }

        string? fault = await TryConnectAsync(_local).ConfigureAwait(false);
        if (fault is UnusableFrom && _local is not null)
        {
            // The target cannot be reached from there, as from loopback to another host: better from elsewhere than not at all.
            fault = await TryConnectAsync(local: null).ConfigureAwait(false);
        }

        if (fault is not null)
        {
            Log.NoticeConnectFailed(_logger, _name, fault);
        }

        return fault is null;
    }

    private async Task<string?> TryConnectAsync(IPAddress? local)
    {
        bool isUnix = _remote!.AddressFamily == AddressFamily.Unix;
        var socket = new Socket(
            _remote.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            if (local is not null)
            {
                socket.Bind(new IPEndPoint(local, 0));
            }

            using CancellationTokenSource limited = LimitTime();
            await socket.ConnectAsync(_remote, limited.Token).ConfigureAwait(false);
            _socket = socket;
            _openedAt = Stopwatch.GetTimestamp();
            return null;
        }
        catch (SocketException refusal) when (local is not null && refusal.SocketErrorCode
            is SocketError.InvalidArgument or SocketError.AddressNotAvailable or SocketError.NetworkUnreachable
            or SocketError.HostUnreachable)
        {
            socket.Dispose();
            return UnusableFrom;
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            return fault is SocketException refusal ? Reason(refusal) : "no answer";
        }
    }

    // The runtime reports a path where nothing is as an address that cannot be had.
    private string Reason(SocketException refusal) =>
        _remote is UnixDomainSocketEndPoint && refusal.SocketErrorCode == SocketError.AddressNotAvailable
            ? "No such file or directory"
            : refusal.Message;

    private CancellationTokenSource LimitTime()
    {
        var limited = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        limited.CancelAfter(Patience);
        return limited;
    }

    // Nothing is ever expected from the peer, so a readable connection has ended, or holds something to throw away.
    private static bool IsClosedByPeer(Socket connection)
    {
        const int MaxReads = 16;
        Span<byte> ignored = stackalloc byte[1024];
        try
        {
            for (int i = 0; i < MaxReads && connection.Poll(TimeSpan.Zero, SelectMode.SelectRead); i++)
            {
                if (connection.Receive(ignored) == 0)
                {
                    return true;
                }
            }

            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private void CloseAfterPeer()
    {
        if (_openedAt != 0 && Stopwatch.GetElapsedTime(_openedAt) <= WatchTime)
        {
            string from = _socket!.LocalEndPoint is IPEndPoint local ? $" from {local.Address}" : "";
            Log.NoticeConnectionClosed(_logger, _name, from);
        }

        Close();
    }
}
