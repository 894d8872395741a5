using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RtpProxy.Hosting.Admin;
using RtpProxy.Io.Net;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.ControlEndpoints.Loop;
using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Protocols.NgFront;
using RtpProxy.Protocols.RtppFront;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Hosting.Commands;

/// <summary>The control sockets of a relay, and what is spoken over them: RTPproxy's protocol and ng.</summary>
/// <remarks>Opened, started and stopped by the host.</remarks>
internal sealed class ControlPlane : IDisposable
{
    // Of each protocol, for another process: some ten thousand of the latest, in less than a millisecond.
    private const int MaxSavedReplies = 1 << 20;
    private const string RepliesName = "replies rtpp";
    private const string NgRepliesName = "replies ng";

    private readonly ImmutableArray<ControlSocketAddress> _addresses;
    private readonly ILogger _logger;
    private readonly RtppProtocol _rtpp;
    private readonly NgProtocol _ng;
    private readonly ControlEndpointFactory _factory;
    private readonly HeldBytes? _heldBytes;
    private readonly List<Task> _serving = [];
    private readonly CancellationTokenSource _stop = new();
    private int _singleChannels;

    /// <param name="range">Ports of media, of each address.</param>
    /// <param name="mediaPorts">Whose datagrams are no commands.</param>
    /// <param name="kept">Sockets that a keeper holds; null without one.</param>
    /// <param name="meter">Null where nobody asks for what it counts.</param>
    public ControlPlane(
        RelayHostOptions options,
        RelayOperations operations,
        ErrandRouter router,
        PortRange range,
        OpenMediaPorts mediaPorts,
        KeptSockets? kept,
        WallClock clock,
        CommandMeter? meter,
        ILogger logger)
    {
        _addresses = options.ControlSockets;
        _logger = logger;
        _heldBytes = options.Continuity is { } continuity ? new HeldBytes(continuity.Keeper, continuity.Legacies) : null;
        Loop = new ControlLoop(logger);
        var services = ServiceNames.OfSystem();
        var processor = new CommandProcessor(
            new CommandDesk(new ServicePorts(services), operations, options.DigitCatchers), router, logger, meter);
        _rtpp = new RtppProtocol(processor);
        var interfaces = new NgInterfaces(options.Addresses, range);
        var ngDesk = new NgDesk(operations, options.Ng, clock.Microseconds(MonotonicClock.Now))
        {
            Interfaces = () => interfaces.Figures,
        };
        _ng = new NgProtocol(ngDesk, router, clock, logger, meter);
        Commands = [processor, _ng];
        _factory = new ControlEndpointFactory(_rtpp, new ControlSlots(options.ControlSockets), Loop, services, logger)
        {
            Ng = _ng,
            ResolvesNames = !options.IsNumericOnly,
            MediaPorts = mediaPorts,
            UnixAccess = options.UnixSocketAccess,
            InheritedDescriptor = options.InheritedSocket,
            OpenInput = () => options.StandardInput ?? Console.OpenStandardInput(),
            OpenOutput = () => options.StandardOutput ?? Console.OpenStandardOutput(),
            Kept = kept,
        };
    }

    /// <summary>In the order of the options; none before <see cref="Open"/>.</summary>
    public ImmutableArray<IControlEndpoint> Endpoints { get; private set; } = [];

    /// <summary>Serves them all.</summary>
    public ControlLoop Loop { get; }

    /// <summary>By protocol.</summary>
    public IReadOnlyList<ICommandsUnderWay> Commands { get; }

    /// <summary>Ends when all have been served, after <see cref="BeginStopAsync"/>.</summary>
    public Task Served => Task.WhenAll(_serving);

    /// <exception cref="ControlSocketException">One of them cannot be opened; those before it are closed by stopping.</exception>
    /// <exception cref="OperationCanceledException">Stopped while a port of a daemon that has ended was waited for.</exception>
    public void Open(CancellationToken stop)
    {
        foreach (ControlSocketAddress address in _addresses)
        {
            try
            {
                Endpoints = Endpoints.Add(_factory.Open(address, stop));
            }
            catch (ControlSocketException fault)
            {
                throw new ControlSocketException(fault.Message, fault) { Address = address };
            }
        }

        _singleChannels = _addresses.Count(socket => socket.IsDatagram || socket.IsStdio);
    }

    /// <summary>Begins to serve. Before the first command is read, replies of the process before this one are known.</summary>
    /// <param name="onInputEnd">Called when standard input has ended, which is to begin a slow shutdown.</param>
    public void Start(Action onInputEnd)
    {
        if (_heldBytes is not null)
        {
            _rtpp.Cache.Load(_heldBytes.Take(RepliesName, MaxSavedReplies));
            _ng.Cache.Load(_heldBytes.Take(NgRepliesName, MaxSavedReplies));
        }

        Loop.Start();
        foreach (IControlEndpoint endpoint in Endpoints)
        {
            _serving.Add(ServeAsync(endpoint, onInputEnd));
        }
    }

    /// <summary>Once a second: forgets replies that are too old to be repeated.</summary>
    public void SweepReplies()
    {
        _rtpp.SweepReplies();
        _ng.SweepReplies();
    }

    /// <summary>For another process, with all commands at their end.</summary>
    public void SaveReplies()
    {
        _ = _heldBytes?.TryHold(RepliesName, _rtpp.Cache.Save(MaxSavedReplies));
        _ = _heldBytes?.TryHold(NgRepliesName, _ng.Cache.Save(MaxSavedReplies));
    }

    /// <summary>No other process wants them.</summary>
    public void LetGoOfReplies()
    {
        _heldBytes?.LetGo(RepliesName);
        _heldBytes?.LetGo(NgRepliesName);
    }

    /// <summary>Another process may go on with the sockets.</summary>
    public Task HandOverAsync() => Task.WhenAll(Endpoints.Select(endpoint => endpoint.HandOverAsync()));

    /// <summary>No other process does.</summary>
    public void TakeBack()
    {
        foreach (IControlEndpoint endpoint in Endpoints)
        {
            endpoint.TakeBack();
        }
    }

    /// <summary>Another process does: files and connections stay when this one stops.</summary>
    public void LetGo()
    {
        foreach (IControlEndpoint endpoint in Endpoints)
        {
            endpoint.LetGo();
        }
    }

    /// <summary>Removes the files of Unix sockets, and nothing else. Thread-safe.</summary>
    public void RemoveFiles()
    {
        foreach (IControlEndpoint endpoint in Endpoints)
        {
            endpoint.RemoveFile();
        }
    }

    /// <summary>Reads no more; <see cref="Served"/> tells when all have noticed.</summary>
    public Task BeginStopAsync() => _stop.CancelAsync();

    /// <summary>Closes the sockets.</summary>
    public async Task StopAsync()
    {
        Loop.Stop();
        foreach (IControlEndpoint endpoint in Endpoints)
        {
            await endpoint.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        Loop.Dispose();
        _heldBytes?.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(IControlEndpoint endpoint, Action onInputEnd)
    {
        try
        {
            await endpoint.ServeAsync(_stop.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // One control socket's defect leaves the calls and the other sockets alone.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Log.EndpointFault(_logger, endpoint.Address.ToString(), defect);
        }

        if (endpoint.Address.IsStdio && !_stop.IsCancellationRequested)
        {
            bool isLast = Interlocked.Decrement(ref _singleChannels) == 0;
            if (isLast || endpoint.Address.Kind == ControlSocketKind.ClosingStdio)
            {
                onInputEnd();
            }
        }
    }
}
