using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using RtpProxy.Lines;

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

    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<TimeoutNotice> _notices;
    private readonly Socket _listener;
    private readonly string? _path;
    private readonly AcceptLoop _connections;
    private readonly Task _serving;
    private long _dropped;
    private int _isDisposed;

    private TimeoutListener(Socket listener, string notifySocket, string? path)
    {
        _listener = listener;
        _path = path;
        NotifySocket = notifySocket;
        _notices = Channel.CreateBounded<TimeoutNotice>(
            new BoundedChannelOptions(MaxUnread) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _dropped));
        _connections = new AcceptLoop(listener, MaxConnections, ServeAsync);
        _serving = _connections.RunAsync(_stop.Token);
    }

    /// <summary>What a <c>U</c> names as its notification socket: <c>unix:PATH</c> or <c>tcp:ADDRESS:PORT</c>.</summary>
    public string NotifySocket { get; }

    /// <summary>Notices lost because nobody read them, and lines and connections that broke a bound.</summary>
    public long Dropped => Interlocked.Read(ref _dropped) + _connections.Refused;

    /// <summary>Listens on a Unix stream socket. A socket that a former process left at the path is replaced.</summary>
    /// <exception cref="IOException">Something that is no socket is at the path.</exception>
    /// <exception cref="SocketException">The path cannot be bound.</exception>
    public static TimeoutListener ListenUnix(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RemoveStaleSocket(path);
        return new TimeoutListener(ListeningSocket.Open(new UnixDomainSocketEndPoint(path), Backlog), $"unix:{path}", path);
    }

    /// <summary>Listens on TCP; daemons connect over IPv4 only.</summary>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public static TimeoutListener ListenTcp(IPEndPoint local)
    {
        ArgumentNullException.ThrowIfNull(local);
        Socket listener = ListeningSocket.Open(local, Backlog);
        return new TimeoutListener(listener, $"tcp:{listener.LocalEndPoint}", null);
    }

    /// <summary>Notices as they come, each once, whoever reads. Ends when the listener is disposed.</summary>
    public IAsyncEnumerable<TimeoutNotice> ReadAllAsync(CancellationToken cancellationToken = default) =>
        _notices.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _serving.ConfigureAwait(false);
        _notices.Writer.TryComplete();
        _stop.Dispose();
        if (_path is not null)
        {
            RemoveStaleSocket(_path);
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

    // Half a tag says nothing.
    private async Task ServeAsync(Socket connection, CancellationToken stop)
    {
        using Socket owned = connection;
        IPAddress? node = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        var tags = new LineReader(PipeReader.Create(new NetworkStream(connection)), MaxTagLength);
        MessageRead tag;
        while ((tag = await tags.ReadAsync(stop).ConfigureAwait(false)).IsWhole)
        {
            if (!tag.Bytes.IsEmpty)
            {
                _notices.Writer.TryWrite(new TimeoutNotice(tag.Bytes.ToArray(), node));
            }
        }

        if (tag.Status == MessageStatus.TooLong)
        {
            Interlocked.Increment(ref _dropped);
        }
    }
}
