using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.ControlEndpoints.Loop;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay;
using RtpProxy.Relay.Operations;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// A UDP control socket (control protocol, section 1.7). Datagrams are started in the order of their arrival and
/// answered as they finish, by whoever finished them; so many at most are under way, then the kernel's buffer holds the rest
/// back.
/// </summary>
internal sealed unsafe class DatagramEndpoint : IControlEndpoint, ILoopSocket
{
    private const int MaxUnderWay = 1024;
    private const int MaxDatagramBytes = 65_536;
    private const int MaxDatagramsPerTurn = 16;

    private static readonly TimeSpan ReceiveFaultPause = TimeSpan.FromMilliseconds(1);

    private readonly Socket _socket;
    private readonly IControlProtocol _protocol;
    private readonly ControlLoop _loop;
    private readonly ILogger _logger;
    private readonly IPAddress? _specificAddress;
    private readonly LoopTimer _afterFault;
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _buffer = new byte[MaxDatagramBytes];
    private Instant _emptyAt = MonotonicClock.Now;
    private LoopWatch _watch;
    private volatile bool _isStopping;
    private int _underWay; // by all threads that answer
    private int _isFull;

    /// <param name="socket">Bound; owned.</param>
    public DatagramEndpoint(
        ControlSocketAddress address, Socket socket, IControlProtocol protocol, ControlLoop loop, ILogger logger)
    {
        Address = address;
        BoundTo = (IPEndPoint)socket.LocalEndPoint!;
        _socket = socket;
        _protocol = protocol;
        _loop = loop;
        _watch = new LoopWatch(loop, this);
        _logger = logger;
        _afterFault = new LoopTimer(loop, Watch);
        _specificAddress = BoundTo.AddressFamily != AddressFamily.InterNetwork || BoundTo.Address.Equals(IPAddress.Any)
            ? null
            : BoundTo.Address;
    }

    /// <summary>
    /// What comes from one of our own media ports is somebody's media, not a controller's command: the relay carries what a
    /// caller says, and must not obey it.
    /// </summary>
    public OpenMediaPorts? MediaPorts { get; init; }

    public ControlSocketAddress Address { get; }

    public IPEndPoint BoundTo { get; }

    public int Descriptor => (int)_socket.SafeHandle.DangerousGetHandle();

    public Task ServeAsync(CancellationToken stop)
    {
        _loop.Post(new LoopLetter(Watch));
        stop.UnsafeRegister(
            static endpoint => ((DatagramEndpoint)endpoint!)._loop.Post(new LoopLetter(((DatagramEndpoint)endpoint).Stop)), this);
        return _end.Task;
    }

    public void OnReady()
    {
        for (int i = 0; i < MaxDatagramsPerTurn && _watch.IsOn; i++)
        {
            // What waits may be older than the closing of the port it came from, what comes later may not.
            Instant now = MonotonicClock.Now;
            int length = Receive(out SockAddr source);
            if (length < 0)
            {
                OnNothing(LibC.LastErrno, now);
                return;
            }

            Start(_buffer.AsSpan(0, length), source);
        }
    }

    public void OnDefect(Exception defect) => Log.CommandFault(_logger, Address.ToString(), defect);

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Watch()
    {
        if (_isStopping)
        {
            return;
        }

        if (!_watch.TryWatchFor(output: false))
        {
            _afterFault.Set(ReceiveFaultPause);
        }
    }

    private void Stop()
    {
        _isStopping = true;
        _afterFault.Clear();
        _watch.End();
        EndIfIdle(Interlocked.CompareExchange(ref _underWay, 0, 0));
    }

    private int Receive(out SockAddr source)
    {
        fixed (byte* buffer = _buffer)
        fixed (SockAddr* address = &source)
        {
            uint length = SockAddr.Size;
            return (int)LibC.recvfrom(_socket.SafeHandle, buffer, MaxDatagramBytes, LibC.MSG_DONTWAIT, address, &length);
        }
    }

    private void OnNothing(Errno errno, Instant now)
    {
        switch (errno)
        {
            case Errno.EAGAIN:
                _emptyAt = now;
                break;
            case Errno.EINTR:
                break;
            default:
                Log.ControlReceiveFailed(_logger, Address.ToString(), Marshal.GetPInvokeErrorMessage((int)errno));
                _watch.End();
                _afterFault.Set(ReceiveFaultPause);
                break;
        }
    }

    private void Start(ReadOnlySpan<byte> datagram, in SockAddr source)
    {
        Endpoint from = source.ToEndpoint();
        if (MediaPorts is { } ports && ports.Sent(from, _emptyAt))
        {
            Log.MediaIsNoCommand(_logger, Address.ToString(), from.ToString());
            return;
        }

        RequestOrigin origin = from.IsIPv4 ? new RequestOrigin(from.ToIPAddress(), _specificAddress) : default;
        bool isFull = Interlocked.Increment(ref _underWay) >= MaxUnderWay;
        _protocol.OnDatagram(datagram, origin, new DatagramReply(this, source));
        if (isFull)
        {
            _watch.End();
            Interlocked.Exchange(ref _isFull, 1);
            if (Volatile.Read(ref _underWay) < MaxUnderWay)
            {
                ResumeOnce(Watch); // somebody ended before the mark was there to be seen
            }
        }
    }

    /// <summary>By the thread on which the command ended: a datagram does not wait.</summary>
    internal void Send(ReadOnlySpan<byte> reply, SockAddr destination)
    {
        try
        {
            uint length = destination.Length;
            fixed (byte* bytes = reply)
            {
                // A reply that cannot be sent is lost like any datagram: the controller asks again.
                _ = LibC.sendto(
                    _socket.SafeHandle, bytes, reply.Length, LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL, &destination, length);
            }
        }
        catch (ObjectDisposedException)
        {
            // Stopped meanwhile.
        }

        OnEnded();
    }

    internal void GiveUp(Exception? defect)
    {
        if (defect is not null)
        {
            Log.CommandFault(_logger, Address.ToString(), defect);
        }

        OnEnded();
    }

    private void OnEnded()
    {
        int left = Interlocked.Decrement(ref _underWay);
        if (Volatile.Read(ref _isFull) == 1)
        {
            ResumeOnce(() => _loop.Post(new LoopLetter(Watch)));
        }

        EndIfIdle(left);
    }

    private void ResumeOnce(Action resume)
    {
        if (Interlocked.Exchange(ref _isFull, 0) == 1)
        {
            resume();
        }
    }

    private void EndIfIdle(int left)
    {
        if (_isStopping && left == 0)
        {
            _end.TrySetResult();
        }
    }
}
