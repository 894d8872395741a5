using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using RtpProxy.Sip.Framing;

namespace RtpProxy.SipEdge.Transport;

/// <summary>
/// One TCP connection, whoever opened it. What waits to be written is bounded: a peer that does not read loses its
/// connection. So does one that brings no whole message soon, leaves one unfinished, or brings none for a long time.
/// </summary>
internal sealed class TcpConnection : IAsyncDisposable
{
    private const int MaxUnwritten = 512 * 1024;
    private const int CostOfMessage = 128; // What a waiting message takes beside its bytes.
    private const int MaxLineEnd = 2; // A lone CR LF may be half of a keep-alive.
    private const int ReadBufferLength = 16_384;

    private static readonly TimeSpan MessageTime = TimeSpan.FromSeconds(32); // 64 T1: longer than any answer takes.
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(4);

    private readonly Channel<ReadOnlyMemory<byte>> _outgoing =
        Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Socket _socket;
    private readonly SipStreamFramer _framer;
    private readonly IMessageSink _sink;
    private readonly TimeSpan _maxIdle;
    private readonly ITimer _idle;
    private readonly Flow _flow;
    private Task _running = Task.CompletedTask;
    private bool _hasBegun; // A message of which not all has come.
    private int _unwritten;
    private int _isEnding;
    private int _isClosed;

    /// <param name="maxIdle">How long a connection may bring no whole message once it has brought one.</param>
    public TcpConnection(
        Socket socket, ListenPoint point, int maxMessageLength, TimeSpan maxIdle, IMessageSink sink, TimeProvider time)
    {
        _socket = socket;
        _framer = new SipStreamFramer(maxMessageLength);
        _sink = sink;
        _maxIdle = maxIdle;
        _flow = new Flow(point, (IPEndPoint)socket.RemoteEndPoint!, this);
        _idle = time.CreateTimer(static state => ((TcpConnection)state!).Close(), this, MessageTime, Timeout.InfiniteTimeSpan);
    }

    public IPEndPoint Remote => _flow.Remote;

    public bool IsOpen => Volatile.Read(ref _isEnding) == 0;

    /// <summary>Reads and writes until either side ends the connection.</summary>
    public Task RunAsync() => _running = Task.WhenAll(ReadAsync(), WriteAsync());

    /// <returns>False when the connection is gone, or its peer has not read for too long.</returns>
    public bool TrySend(ReadOnlyMemory<byte> message)
    {
        if (!IsOpen)
        {
            return false;
        }

        if (Interlocked.Add(ref _unwritten, message.Length + CostOfMessage) <= MaxUnwritten && _outgoing.Writer.TryWrite(message))
        {
            return true;
        }

        Close();
        return false;
    }

    public void Close()
    {
        Volatile.Write(ref _isEnding, 1);
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
            int received;
            while ((received = await _socket.ReceiveAsync(buffer, SocketFlags.None).ConfigureAwait(false)) > 0)
            {
                // Behind a fault nothing can be understood; it is read so that our answer is not lost by a reset.
                if (IsOpen)
                {
                    _framer.Append(buffer.AsSpan(0, received));
                    await TakeFramesAsync().ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The peer is gone; transactions that used the connection end by time or find another one.
        }

        Close();
    }

    private async Task TakeFramesAsync()
    {
        while (true)
        {
            switch (_framer.TryRead(out byte[] message))
            {
                case SipFrame.Message:
                    Rest();
                    _sink.OnReceived(_flow, message);
                    break;
                case SipFrame.KeepAlive:
                    Rest();
                    TrySend("\r\n"u8.ToArray());
                    break;
                case SipFrame.Incomplete:
                    Await();
                    return;
                default:
                    await _sink.OnBrokenAsync(_flow, message, _framer.Fault!.Value).ConfigureAwait(false);
                    TakeLeave();
                    return;
            }
        }
    }

    private void Rest()
    {
        _hasBegun = false;
        _idle.Change(_maxIdle, Timeout.InfiniteTimeSpan);
    }

    // Who begins a message has so long for all of it, however many pieces it comes in.
    private void Await()
    {
        if (!_hasBegun && _framer.Buffered > MaxLineEnd)
        {
            _hasBegun = true;
            _idle.Change(MessageTime, Timeout.InfiniteTimeSpan);
        }
    }

    // What waits is still written, then the peer is told that nothing follows, and has a moment to close its end.
    private void TakeLeave()
    {
        Volatile.Write(ref _isEnding, 1);
        _idle.Change(FarewellTime, Timeout.InfiniteTimeSpan);
        _outgoing.Writer.TryComplete();
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

                Interlocked.Add(ref _unwritten, -(message.Length + CostOfMessage));
            }

            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Close();
        }
    }
}
