using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace RtpProxy.Controller.Relays;

/// <summary>
/// Listens where daemons report sessions that timed out (control protocol, section 7): any number of lasting connections,
/// each a sequence of tags that end in LF. Nothing is ever answered.
/// </summary>
/// <remarks>
/// Thread-safe. What a daemon can send is bounded: a line without an end and a connection too many are closed, and notices
/// that nobody reads push out the oldest; both are counted.
/// </remarks>
public sealed class TimeoutListener : IAsyncDisposable
{
    /// <summary>Connections at the same time; a daemon keeps one.</summary>
    public const int MaxConnections = 128;

    /// <summary>Bytes of a tag. A tag travels in a command of 8,191 bytes at most.</summary>
    public const int MaxTagLength = 8_191;

    private const int Backlog = 32;
    private const int NoSuchDeviceOrAddress = 6; // ENXIO
    private const int MaxUnread = 4_096;

    private readonly Lock _gate = new();
    private readonly HashSet<Task> _connections = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<TimeoutNotice> _notices;
    private readonly Socket _listener;
    private readonly string? _path;
    private readonly Task _accepting;
    private long _dropped;
    private bool _isDisposed;

    private TimeoutListener(Socket listener, string notifySocket, string? path)
    {
        _listener = listener;
        _path = path;
        NotifySocket = notifySocket;
        _notices = Channel.CreateBounded<TimeoutNotice>(
            new BoundedChannelOptions(MaxUnread) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _dropped));
        _accepting = AcceptAsync();
    }

    /// <summary>What a <c>U</c> names as its notification socket: <c>unix:PATH</c> or <c>tcp:ADDRESS:PORT</c>.</summary>
    public string NotifySocket { get; }

    /// <summary>Notices lost because nobody read them, and lines and connections that broke a bound.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Listens on a Unix stream socket. A socket that a former process left at the path is replaced.</summary>
    /// <exception cref="IOException">Something that is no socket is at the path.</exception>
    /// <exception cref="SocketException">The path cannot be bound.</exception>
    public static TimeoutListener ListenUnix(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RemoveStaleSocket(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        return Listen(socket, new UnixDomainSocketEndPoint(path), path);
    }

    /// <summary>Listens on TCP; daemons connect over IPv4 only.</summary>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public static TimeoutListener ListenTcp(IPEndPoint local)
    {
        ArgumentNullException.ThrowIfNull(local);
        // Bind sets SO_REUSEADDR for TCP; ReuseAddress is SO_REUSEPORT besides, and two programs would share the port.
        var socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        return Listen(socket, local, null);
    }

    /// <summary>Notices as they come, each once, whoever reads. Ends when the listener is disposed.</summary>
    public IAsyncEnumerable<TimeoutNotice> ReadAllAsync(CancellationToken cancellation = default) =>
        _notices.Reader.ReadAllAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        Task[] connections;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            connections = [.. _connections];
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(connections).ConfigureAwait(false);
        _notices.Writer.TryComplete();
        _stop.Dispose();
        if (_path is not null)
        {
            RemoveStaleSocket(_path);
        }
    }

    private static TimeoutListener Listen(Socket socket, EndPoint local, string? path)
    {
        try
        {
            socket.Bind(local);
            socket.Listen(Backlog);
            return new TimeoutListener(socket, path is null ? $"tcp:{socket.LocalEndPoint}" : $"unix:{path}", path);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void RemoveStaleSocket(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            // Only a socket refuses to be opened with ENXIO (open(2)); read and write, so that a FIFO does not wait.
            File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
        }
        catch (IOException e) when (e.HResult == NoSuchDeviceOrAddress)
        {
            File.Delete(path);
            return;
        }

        throw new IOException($"'{path}' exists and is no socket; expected a free path or an old socket");
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket connection = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                Admit(connection);
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                // That connection was gone before it was accepted, or descriptors are short; the next one may do better.
                await Task.Delay(TimeSpan.FromMilliseconds(50), _stop.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Admit(Socket connection)
    {
        lock (_gate)
        {
            if (_isDisposed || _connections.Count >= MaxConnections)
            {
                Interlocked.Increment(ref _dropped);
                connection.Dispose();
                return;
            }

            Task serving = Task.Run(() => ServeAsync(connection));
            _connections.Add(serving);
            _ = serving.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private void Forget(Task serving)
    {
        lock (_gate)
        {
            _connections.Remove(serving);
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        using Socket owned = connection;
        byte[] buffer = new byte[MaxTagLength + 1];
        int filled = 0;
        try
        {
            IPAddress? node = (connection.RemoteEndPoint as IPEndPoint)?.Address;
            while (filled < buffer.Length)
            {
                int received = await connection.ReceiveAsync(buffer.AsMemory(filled), SocketFlags.None, _stop.Token)
                    .ConfigureAwait(false);
                if (received == 0)
                {
                    return;
                }

                filled += received;
                int consumed = TakeTags(buffer.AsSpan(0, filled), node);
                buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
                filled -= consumed;
            }

            Interlocked.Increment(ref _dropped);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The daemon, or we, are gone. Half a tag says nothing.
        }
    }

    private int TakeTags(ReadOnlySpan<byte> received, IPAddress? node)
    {
        int consumed = 0;
        for (int end; (end = received[consumed..].IndexOf((byte)'\n')) >= 0; consumed += end + 1)
        {
            if (end > 0)
            {
                _notices.Writer.TryWrite(new TimeoutNotice(received.Slice(consumed, end).ToArray(), node));
            }
        }

        return consumed;
    }
}
