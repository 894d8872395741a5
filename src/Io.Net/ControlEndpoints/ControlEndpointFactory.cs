using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.ControlEndpoints.Loop;
using RtpProxy.Io.Net.Ports;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>Opens control sockets of every kind (control protocol, section 1.2).</summary>
internal sealed class ControlEndpointFactory
{
    // The original lets 32 wait: a burst of clients that do not, as most that do not block, was refused.
    private const int Backlog = 1024;
    private const int StreamBufferBytes = 16_384;

    // The original's 16 KiB hold forty commands: a SIP proxy with more workers than that lost some at every burst of calls,
    // and each of those calls waited a second for the next attempt. What the system does not grant is not needed.
    private const int DatagramBufferBytes = 1 << 20;

    private readonly IControlProtocol _protocol;
    private readonly ControlSlots _slots;
    private readonly ControlLoop _loop;
    private readonly ServiceNames _services;
    private readonly ILogger _logger;

    /// <param name="slots">Shared by all sockets of the daemon.</param>
    /// <param name="loop">Serves them all.</param>
    public ControlEndpointFactory(
        IControlProtocol protocol, ControlSlots slots, ControlLoop loop, ServiceNames services, ILogger logger)
    {
        _protocol = protocol;
        _slots = slots;
        _loop = loop;
        _services = services;
        _logger = logger;
    }

    /// <summary>What is spoken over sockets for it; null where there are none.</summary>
    public IControlProtocol? Ng { get; init; }

    /// <summary>False under <c>--no_resolve</c>: only numeric addresses.</summary>
    public bool ResolvesNames { get; init; } = true;

    /// <summary>Whose datagrams are no commands; null where there is no media.</summary>
    public OpenMediaPorts? MediaPorts { get; init; }

    /// <summary>What a keeper holds; null without one.</summary>
    public KeptSockets? Kept { get; init; }

    public UnixSocketAccess UnixAccess { get; init; } = new();

    /// <summary>The socket for <c>systemd:</c>; null to look for it as sd_listen_fds(3) says.</summary>
    public int? InheritedDescriptor { get; init; }

    /// <summary>How long a TCP port is waited for that connections of a daemon that has ended still hold.</summary>
    public TimeSpan LingerPatience { get; init; } = LingeringPort.UsualPatience;

    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    public Func<Stream> OpenOutput { get; init; } = Console.OpenStandardOutput;

    /// <param name="stop">Ends the waiting for a TCP port.</param>
    /// <exception cref="ControlSocketException">The socket cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public IControlEndpoint Open(ControlSocketAddress address, CancellationToken stop = default)
    {
        if (address.IsStdio)
        {
            return new StdioEndpoint(address, OpenInput(), OpenOutput(), _protocol, _logger); // which speaks RTPproxy's
        }

        try
        {
            UnixSocketFile? file = null;
            string name = KeptSockets.NameOfControl(address.ToString());
            Socket? socket = Kept?.Take(name);
            if (socket is null)
            {
                socket = OpenNew(address, stop, out file);
                Kept?.Hold(name, socket);
            }
            else if (address.IsUnix)
            {
                file = UnixSocketFile.Adopt(address.Path, _logger);
            }

            return Make(address, socket, file);
        }
        catch (SocketException fault)
        {
            throw new ControlSocketException($"the system says: {fault.Message}", fault);
        }
    }

    private IControlProtocol ProtocolOf(ControlSocketAddress address) => address.Language == ControlLanguage.Ng
        ? Ng ?? throw new InvalidOperationException("Nobody here speaks ng.")
        : _protocol;

    private ControlSocketResolver Resolver => new(_services, ResolvesNames);

    private Socket OpenNew(ControlSocketAddress address, CancellationToken stop, out UnixSocketFile? file)
    {
        file = null;
        return address.Kind switch
        {
            ControlSocketKind.Unix or ControlSocketKind.ConnectedUnix =>
                UnixSocketFile.Open(address.Path, UnixAccess, Backlog, _logger, out file),
            ControlSocketKind.Tcp or ControlSocketKind.Tcp6 => OpenTcp(address, stop),
            ControlSocketKind.Udp or ControlSocketKind.Udp6 =>
                Bind(Resolver.Resolve(address), SocketType.Dgram, ProtocolType.Udp),
            _ => InheritedListener.Open(
                InheritedDescriptor ?? InheritedListener.Find(Environment.GetEnvironmentVariable, Environment.ProcessId)),
        };
    }

    private IControlEndpoint Make(ControlSocketAddress address, Socket socket, UnixSocketFile? file)
    {
        if (address.IsDatagram)
        {
            return new DatagramEndpoint(address, socket, ProtocolOf(address), _loop, _logger) { MediaPorts = MediaPorts };
        }

        Framing framing = address.Language == ControlLanguage.Ng ? Framing.Cut
            : address.Kind == ControlSocketKind.Unix ? Framing.OneShot : Framing.Lines;
        return new StreamEndpoint(address, socket, framing, _slots, ProtocolOf(address), _loop, _logger, file) { Kept = Kept };
    }

    private Socket OpenTcp(ControlSocketAddress address, CancellationToken stop)
    {
        IPEndPoint local = Resolver.Resolve(address);
        return new LingeringPort(LingerPatience, _logger).Take(() => Listen(local), local, address.ToString(), stop);
    }

    private static Socket Listen(IPEndPoint local)
    {
        Socket socket = Bind(local, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    internal static Socket Bind(IPEndPoint local, SocketType type, ProtocolType protocol)
    {
        var socket = new Socket(local.AddressFamily, type, protocol);
        try
        {
            socket.ReceiveBufferSize = type == SocketType.Dgram ? DatagramBufferBytes : StreamBufferBytes;
            if (local.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            // For TCP this sets SO_REUSEADDR, so that a quick restart need not wait for old connections to be forgotten. What the
            // runtime calls ReuseAddress is SO_REUSEPORT besides, with which two daemons would share a port.
            socket.Bind(local);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
