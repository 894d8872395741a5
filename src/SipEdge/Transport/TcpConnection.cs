using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using RtpProxy.Sip.Framing;

namespace RtpProxy.SipEdge.Transport;

/// <summary>
/// One TCP connection, whoever opened it. What waits to be written is bounded: a peer that does not read loses its
/// connection, and a connection without traffic is closed after a while.
/// </summary>
internal sealed class TcpConnection : IAsyncDisposable
{
    private const int MaxUnwritten = 256;
    private const int ReadBufferLength = 16_384;

    private static readonly TimeSpan MaxIdle = TimeSpan.FromMinutes(30);

    private readonly Channel<ReadOnlyMemory<byte>> _outgoing =
        Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(MaxUnwritten) { SingleReader = true });

    private readonly Socket _socket;
    private readonly SipStreamFramer _framer;
    private readonly IMessageSink _sink;
    private readonly ITimer _idle;
    private readonly Flow _flow;
    private Task _running = Task.CompletedTask;
    private int _isClosed;

    public TcpConnection(Socket socket, ListenPoint point, int maxMessageLength, IMessageSink sink, TimeProvider time)
    {
        _socket = socket;
        _framer = new SipStreamFramer(maxMessageLength);
        _sink = sink;
        _flow = new Flow(point, (IPEndPoint)socket.RemoteEndPoint!, this);
        _idle = time.CreateTimer(static state => ((TcpConnection)state!).Close(), this, MaxIdle, Timeout.InfiniteTimeSpan);
    }

    public IPEndPoint Remote => _flow.Remote;

    public bool IsOpen => Volatile.Read(ref _isClosed) == 0;

    /// <summary>Reads and writes until either side ends the connection.</summary>
    public Task RunAsync() => _running = Task.WhenAll(ReadAsync(), WriteAsync());

    /// <returns>False when the connection is gone, or its peer has not read for too long.</returns>
    public bool TrySend(ReadOnlyMemory<byte> message)
    {
        if (!IsOpen)
        {
            return false;
        }

        if (_outgoing.Writer.TryWrite(message))
        {
            return true;
        }

        Close();
        return false;
    }

    public void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _idle.Dispose();
            _outgoing.Writer.TryComplete();
            _socket.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        await _running.ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[ReadBufferLength];
        try
        {
            while (true)
            {
                int received = await _socket.ReceiveAsync(buffer, SocketFlags.None).ConfigureAwait(false);
                if (received == 0)
                {
                    break;
                }

                _idle.Change(MaxIdle, Timeout.InfiniteTimeSpan);
                _framer.Append(buffer.AsSpan(0, received));
                if (!TakeFrames())
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The peer is gone; transactions that used the connection end by time or find another one.
        }

        Close();
    }

    private bool TakeFrames()
    {
        while (true)
        {
            switch (_framer.TryRead(out byte[] message))
            {
                case SipFrame.Message:
                    _sink.OnReceived(_flow, message);
                    break;
                case SipFrame.KeepAlive:
                    TrySend("\r\n"u8.ToArray());
                    break;
                case SipFrame.Incomplete:
                    return true;
                default:
                    return false;
            }
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (ReadOnlyMemory<byte> message in _outgoing.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                for (ReadOnlyMemory<byte> rest = message; !rest.IsEmpty;)
                {
                    rest = rest[await _socket.SendAsync(rest, SocketFlags.None).ConfigureAwait(false)..];
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Close();
        }
    }
}
