using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace RtpProxy.Io.Net.Notices;

/// <summary>
/// The way to one target: a bounded queue and one stream connection, opened when the first message is due and kept
/// (control protocol, section 7.4).
/// </summary>
/// <remarks>Posting is thread-safe; a single task sends.</remarks>
internal sealed class NoticeChannel : IAsyncDisposable
{
    private const int MaxQueued = 4096;
    private const int MaxReopenings = 3;
    private const string UnusableFrom = "not from this address";

    // For so long after it was opened a connection is looked after, so often.
    private static readonly TimeSpan WatchTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WatchPause = TimeSpan.FromMilliseconds(100);

    // A peer that is alive answers within this time on any network where controllers and relays live together.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // What is still queued when the daemon ends gets this long: the original ends within about a second.
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromMilliseconds(400);

    private readonly string _name;
    private readonly EndPoint? _remote;
    private readonly IPAddress? _local;
    private readonly ILogger _logger;
    private readonly Channel<byte[]> _queue = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private Task? _sending;
    private Socket? _connection;
    private long _connectedAt; // by Stopwatch; 0 once the connection is old, or was found closed
    private long _sent;
    private long _dropped;
    private int _isFull;

    /// <param name="name">For logs.</param>
    /// <param name="remote">Null if the target's path is none that a Unix socket can have.</param>
    /// <param name="local">The address to connect from; null leaves it to the system.</param>
    public NoticeChannel(string name, EndPoint? remote, IPAddress? local, ILogger logger)
    {
        _name = name;
        _remote = remote;
        _local = local;
        _logger = logger;
    }

    /// <summary>The target as the option names it.</summary>
    public required string Configured { get; init; }

    /// <summary>Messages that the target's system took.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Messages lost because the queue was full or the target could not be reached.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Post(byte[] message)
    {
        if (_queue.Writer.TryWrite(message))
        {
            Volatile.Write(ref _isFull, 0);
            EnsureSending();
            return;
        }

        Interlocked.Increment(ref _dropped);
        if (Interlocked.Exchange(ref _isFull, 1) == 0)
        {
            Log.NoticeQueueFull(_logger, _name);
        }
    }

    /// <summary>Takes no more messages, and gives those that are queued a moment to leave.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        Task? sending;
        lock (_lock)
        {
            sending = _sending;
        }

        if (sending is not null)
        {
            _stop.CancelAfter(FarewellPatience);
            await sending.ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private void EnsureSending()
    {
        if (Volatile.Read(ref _sending) is not null)
        {
            return;
        }

        lock (_lock)
        {
            _sending ??= Task.Run(SendAllAsync);
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            Task<bool> more = _queue.Reader.WaitToReadAsync(_stop.Token).AsTask();
            while (await more.ConfigureAwait(false))
            {
                while (_queue.Reader.TryRead(out byte[]? message))
                {
                    await SendAsync(message).ConfigureAwait(false);
                }

                more = _queue.Reader.WaitToReadAsync(_stop.Token).AsTask();
                await WatchAsync(more).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped, with messages left.
        }
        finally
        {
            Disconnect();
        }
    }

    // A controller that does not take notices from this address accepts the connection and closes it, without a word.
    private async Task WatchAsync(Task<bool> more)
    {
        while (_connectedAt != 0 && !more.IsCompleted)
        {
            await Task.WhenAny(more, Task.Delay(WatchPause, _stop.Token)).ConfigureAwait(false);
            if (IsClosedByPeer(_connection!))
            {
                DisconnectAfterPeer();
            }
            else if (Stopwatch.GetElapsedTime(_connectedAt) > WatchTime)
            {
                _connectedAt = 0;
            }
        }
    }

    private async Task SendAsync(byte[] message)
    {
        for (int attempt = 0; attempt <= MaxReopenings; attempt++)
        {
            if (_connection is not null && IsClosedByPeer(_connection))
            {
                DisconnectAfterPeer();
            }

            if (_connection is null && !await TryConnectAsync().ConfigureAwait(false))
            {
                break;
            }

            if (await TrySendAsync(message).ConfigureAwait(false))
            {
                return;
            }
        }

        Log.NoticeLost(_logger, _name);
        Interlocked.Increment(ref _dropped);
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
            _connection = socket;
            _connectedAt = Stopwatch.GetTimestamp();
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

    private async Task<bool> TrySendAsync(byte[] message)
    {
        try
        {
            using CancellationTokenSource limited = LimitTime();
            await _connection!.SendAsync(message, SocketFlags.None, limited.Token).ConfigureAwait(false);
            Interlocked.Increment(ref _sent);
            return true;
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            Log.NoticeSendFailed(_logger, _name, fault is SocketException ? fault.Message : "it does not read");
            Disconnect();
            return false;
        }
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

    private CancellationTokenSource LimitTime()
    {
        var limited = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limited.CancelAfter(Patience);
        return limited;
    }

    private void DisconnectAfterPeer()
    {
        if (_connectedAt != 0 && Stopwatch.GetElapsedTime(_connectedAt) <= WatchTime)
        {
            string from = _connection!.LocalEndPoint is IPEndPoint local ? $" from {local.Address}" : "";
            Log.NoticeConnectionClosed(_logger, _name, from);
        }

        Disconnect();
    }

    private void Disconnect()
    {
        _connectedAt = 0;
        _connection?.Dispose();
        _connection = null;
    }
}
