using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.ControlEndpoints.Loop;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay.Operations;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>A listening control socket: unix, cunix, tcp, tcp6 or one that systemd opened.</summary>
/// <remarks>Owned by the control loop from <see cref="ServeAsync"/> until that has ended.</remarks>
internal sealed unsafe class StreamEndpoint : IControlEndpoint, ILoopSocket
{
    private const int MaxConnectionsPerTurn = 16;

    private static readonly TimeSpan AcceptFaultPause = TimeSpan.FromMilliseconds(100);

    // All places are busy with commands: then the new connection is closed, as the original does at once.
    private static readonly TimeSpan SlotPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SlotPause = TimeSpan.FromMilliseconds(10);

    /// <summary>How the names begin under which connections are handed over.</summary>
    public const string ConnectionPrefix = "connection ";

    private readonly Socket _listener;
    private readonly Framing _framing;
    private readonly ControlSlots _slots;
    private readonly IControlProtocol _protocol;
    private readonly ControlLoop _loop;
    private readonly ILogger _logger;
    private IDisposable? _socketFile;
    private readonly LoopTimer _later;
    private readonly HashSet<StreamConnection> _connections = [];
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _handedOver = [];
    private StreamConnection? _waiting;
    private long _waitsSince;
    private LoopWatch _watch;

    /// <param name="listener">Bound and listening; owned.</param>
    /// <param name="socketFile">Disposed after the listener; removes the file of a Unix socket.</param>
    public StreamEndpoint(
        ControlSocketAddress address,
        Socket listener,
        Framing framing,
        ControlSlots slots,
        IControlProtocol protocol,
        ControlLoop loop,
        ILogger logger,
        IDisposable? socketFile = null)
    {
        Address = address;
        listener.Blocking = false;
        _listener = listener;
        _framing = framing;
        _slots = slots;
        _protocol = protocol;
        _loop = loop;
        _watch = new LoopWatch(loop, this);
        _logger = logger;
        _socketFile = socketFile;
        _later = new LoopTimer(loop, GoOn);
        BoundTo = listener.LocalEndPoint as IPEndPoint;
    }

    public ControlSocketAddress Address { get; }

    public IPEndPoint? BoundTo { get; }

    public int Descriptor => (int)_listener.SafeHandle.DangerousGetHandle();

    /// <summary>Connections end when they have nothing under way.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>What a keeper holds; null without one.</summary>
    public KeptSockets? Kept { get; init; }

    public Task ServeAsync(CancellationToken stop)
    {
        _loop.Post(new LoopLetter(AdoptConnections));
        _loop.Post(new LoopLetter(GoOn));
        stop.UnsafeRegister(
            static endpoint => ((StreamEndpoint)endpoint!)._loop.Post(new LoopLetter(((StreamEndpoint)endpoint).Stop)), this);
        return _end.Task;
    }

    public Task HandOverAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(new LoopLetter(() =>
        {
            HandOver();
            done.TrySetResult();
        }));
        return done.Task;
    }

    public void TakeBack() => _loop.Post(new LoopLetter(() =>
    {
        _handedOver.ForEach(name => Kept?.Drop(name));
        _handedOver.Clear();
    }));

    public void OnReady()
    {
        for (int i = 0; i < MaxConnectionsPerTurn && _waiting is null; i++)
        {
            SockAddr peer = default;
            uint length = SockAddr.Size;
            FdHandle connection = LibC.accept4(
                _listener.SafeHandle, &peer, &length, LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC);
            if (connection.IsInvalid)
            {
                Errno errno = LibC.LastErrno;
                connection.Dispose();
                OnNothing(errno);
                return;
            }

            Admit(Make(connection, peer.ToEndpoint()));
        }
    }

    public void OnDefect(Exception defect) => Log.CommandFault(_logger, Address.ToString(), defect);

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _socketFile?.Dispose();
        return ValueTask.CompletedTask;
    }

    public void LetGo() => _socketFile = null;

    public void RemoveFile() => _socketFile?.Dispose();

    /// <summary>The connection is closed.</summary>
    internal void Forget(StreamConnection connection)
    {
        _connections.Remove(connection);
        EndIfEmpty();
    }

    private void HandOver()
    {
        foreach (StreamConnection connection in _waiting is null ? _connections : _connections.Append(_waiting))
        {
            string name = string.Create(
                CultureInfo.InvariantCulture,
                $"{ConnectionPrefix}{Address} {Environment.ProcessId}.{connection.Descriptor}");
            if (Kept is not null && connection.IsBetweenCommands && Kept.TryHold(name, connection.Socket))
            {
                _handedOver.Add(name);
            }
        }
    }

    /// <summary>Goes on with connections to the process before.</summary>
    private void AdoptConnections()
    {
        foreach (string name in Kept?.NamesOf($"{ConnectionPrefix}{Address} ") ?? [])
        {
            Socket? socket = Kept!.Take(name);
            Kept.Drop(name);
            if (socket is null)
            {
                continue;
            }

            FdHandle connection = FdHandle.Own((int)socket.SafeHandle.DangerousGetHandle());
            socket.SafeHandle.SetHandleAsInvalid();
            StreamConnection adopted = Make(connection, PeerOf(connection));
            if (!TryAdmit(adopted))
            {
                adopted.Close();
            }
        }
    }

    private static Endpoint PeerOf(FdHandle connection)
    {
        SockAddr peer = default;
        uint length = SockAddr.Size;
        return LibC.getpeername(connection.Number, &peer, &length) == 0 ? peer.ToEndpoint() : default;
    }

    private StreamConnection Make(FdHandle connection, in Endpoint peer)
    {
        // A web page can reach a TCP socket, but no Unix socket.
        bool isTcp = peer.IsKnown;
        RequestOrigin origin = Address.Kind == ControlSocketKind.Tcp
            ? new RequestOrigin(peer.ToIPAddress(), SpecificAddress(BoundTo))
            : default;
        if (isTcp)
        {
            int noDelay = 1;
            _ = LibC.setsockopt(connection.Number, LibC.IPPROTO_TCP, LibC.TCP_NODELAY, &noDelay, sizeof(int));
        }

        return new StreamConnection(
            connection, this, _protocol.OpenStream(origin, isGuarded: isTcp), _framing, _protocol.MaxCommandLength, isTcp, _loop, _logger);
    }

    // Further connections wait to be accepted while this one waits for a place.
    private void Admit(StreamConnection connection)
    {
        if (!TryAdmit(connection))
        {
            _watch.End();
            _waiting = connection;
            _waitsSince = Environment.TickCount64;
            _later.Set(SlotPause);
        }
    }

    private bool TryAdmit(StreamConnection connection)
    {
        if (_slots.TryTake(connection.Close) is not { } slot)
        {
            return false;
        }

        _connections.Add(connection);
        connection.Open(slot);
        return true;
    }

    /// <summary>Tries the one that waits for a place again; without one, accepts.</summary>
    private void GoOn()
    {
        if (IsStopping)
        {
            return;
        }

        if (_waiting is { } connection && !TryAdmit(connection))
        {
            if (Environment.TickCount64 - _waitsSince <= SlotPatience.TotalMilliseconds)
            {
                _later.Set(SlotPause);
                return;
            }

            connection.Close();
        }

        _waiting = null;
        if (!_watch.TryWatchFor(output: false))
        {
            _later.Set(AcceptFaultPause);
        }
    }

    private void Stop()
    {
        IsStopping = true;
        _later.Clear();
        _watch.End();
        _waiting?.Close();
        foreach (StreamConnection connection in _connections.ToList())
        {
            connection.Stop();
        }

        EndIfEmpty();
    }

    private void OnNothing(Errno errno)
    {
        if (errno is Errno.EAGAIN or Errno.EINTR)
        {
            return;
        }

        // Out of descriptors, or the client was gone before we looked: neither ends the service.
        Log.AcceptFailed(_logger, Address.ToString(), Marshal.GetPInvokeErrorMessage((int)errno));
        _watch.End();
        _later.Set(AcceptFaultPause);
    }

    private void EndIfEmpty()
    {
        if (IsStopping && _connections.Count == 0)
        {
            _end.TrySetResult();
        }
    }

    private static IPAddress? SpecificAddress(IPEndPoint? bound) =>
        bound is null || bound.Address.Equals(IPAddress.Any) ? null : bound.Address;
}
