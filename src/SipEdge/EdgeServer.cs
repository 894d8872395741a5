using System.Net;
using Microsoft.Extensions.Logging;
using RtpProxy.Controller;
using RtpProxy.Controller.Agreements;
using RtpProxy.Controller.Relays;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Hosting;
using RtpProxy.SipEdge.Management;
using RtpProxy.SipEdge.Proxy;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge;

/// <summary>The whole proxy, put together: sockets, relays, management; started, reloaded and ended as one.</summary>
internal sealed class EdgeServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _reloading = new(1);
    private readonly IRelayHost _host;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly EdgeCounters _counters = new();
    private readonly AgreedMedia _agreed;
    private readonly SipProxy _proxy;
    private RelaySets _relays = null!; // These four are set by StartAsync, the only way to make a server.
    private SipSockets _sockets = null!;
    private ManagementServer? _management;
    private TimeoutReports? _timeouts;
    private IRunningRelay? _ownRelay;

    private EdgeServer(EdgeState state, AgreedMedia agreed, IRelayHost host, TimeProvider time, ILogger logger)
    {
        _agreed = agreed;
        _host = host;
        _time = time;
        _logger = logger;
        _proxy = new SipProxy(state, _counters, time, logger);
    }

    /// <summary>The listening addresses in order of configuration.</summary>
    public IReadOnlyList<ListenPoint> Points => _sockets.Points;

    public EdgeCounters Counters => _counters;

    public int ConnectionCount => _sockets.ConnectionCount;

    public int BindingCount => _proxy.BindingCount;

    /// <summary>Requests under way.</summary>
    public int TransactionCount => _proxy.TransactionCount;

    /// <summary>Packets that the relay in this process got in the last second; 0 without one.</summary>
    public long PacketRate => Volatile.Read(ref _ownRelay)?.PacketRate ?? 0;

    /// <summary>Where the management interface listens; null when it is off.</summary>
    public IPEndPoint? Management => _management?.Local;

    /// <exception cref="ConfigurationException">Something configured cannot be had, such as an address to listen on.</exception>
    public static async Task<EdgeServer> StartAsync(
        EdgeSettings settings, IRelayHost host, TimeProvider time, ILogger logger, CancellationToken cancellation)
    {
        var relays = new RelaySets([], settings.RelayOptions, time);
        var agreed = new AgreedMedia();
        var media = new CallMedia(relays, settings.Media.Options, time, agreed);
        var server = new EdgeServer(new EdgeState(settings, media), agreed, host, time, logger) { _relays = relays };
        try
        {
            await server.UseRelaysAsync(settings, cancellation).ConfigureAwait(false);
            if (settings.Media.TimeoutSocket is { } socket)
            {
                server._timeouts = TimeoutReports.Listen(socket, server._counters, logger);
            }

            if (settings.Management is { } management)
            {
                server._management = ManagementServer.Listen(
                    management, new ManagementApi(relays, server._proxy, server._counters, logger), logger);
                Log.Management(logger, server._management.Local);
            }

            server._sockets = await SipSockets.OpenAsync(settings, server._proxy, time).ConfigureAwait(false);
            server._proxy.Attach(server._sockets);
            server.ProtectOwnSockets();
            foreach (ListenPoint point in server._sockets.Points)
            {
                Log.Listening(logger, point.TransportName, point.Local, point.SentBy);
            }

            server.WarnIfOpen(settings);

            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes new settings while calls are up. What needs new sockets stays as it is, with a warning.</summary>
    /// <exception cref="ConfigurationException">The new settings cannot be had; the present ones stay in force.</exception>
    public async Task ReloadAsync(EdgeSettings next, CancellationToken cancellation)
    {
        await _reloading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            EdgeSettings present = _proxy.State.Settings;
            WarnIf(!next.Listen.SequenceEqual(present.Listen), "listen");
            WarnIf(!Equals(next.Management, present.Management), "management");
            WarnIf(next.Limits != present.Limits, "limits");
            WarnIf(next.Media.TimeoutSocket != present.Media.TimeoutSocket, "media.timeoutSocket");
            WarnIf(next.Secret != present.Secret, "secret");
            WarnIf(next.LogLevel != present.LogLevel, "log");
            WarnIf(_ownRelay is not null && next.InProcessRelay != present.InProcessRelay, "inProcessRelay");
            MediaSettings media = next.Media with
            {
                TimeoutSocket = present.Media.TimeoutSocket,
                Options = next.Media.Options with { TimeoutSocket = present.Media.Options.TimeoutSocket },
            };
            EdgeSettings merged = next with
            {
                Listen = present.Listen,
                Management = present.Management,
                Limits = present.Limits,
                Secret = present.Secret,
                InProcessRelay = _ownRelay is null ? next.InProcessRelay : present.InProcessRelay,
                Media = media,
                LogLevel = present.LogLevel,
            };
            await UseRelaysAsync(merged, cancellation).ConfigureAwait(false);
            WarnIfOpen(merged);
            _proxy.State = new EdgeState(merged, new CallMedia(_relays, media.Options, _time, _agreed));
        }
        finally
        {
            _reloading.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_sockets is not null)
        {
            await _sockets.DisposeAsync().ConfigureAwait(false);
        }

        _proxy.Dispose();
        if (_management is not null)
        {
            await _management.DisposeAsync().ConfigureAwait(false);
        }

        if (_timeouts is not null)
        {
            await _timeouts.DisposeAsync().ConfigureAwait(false);
        }

        await _relays.DisposeAsync().ConfigureAwait(false);
        if (_ownRelay is not null)
        {
            await _ownRelay.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task UseRelaysAsync(EdgeSettings settings, CancellationToken cancellation)
    {
        IReadOnlyList<RelaySetDefinition> sets = settings.RelaySets;
        if (sets.Count == 0)
        {
            _ownRelay ??= await _host.StartAsync(settings, _logger, cancellation).ConfigureAwait(false);
            ProtectOwnSockets();
            Log.InProcessRelay(_logger, _ownRelay.Address.Url);
            sets = [new RelaySetDefinition(settings.Media.Set, [new RelayNodeDefinition(_ownRelay.Address)])];
        }
        else
        {
            RelayNodeDefinition[] nodes = [.. sets.SelectMany(set => set.Nodes)];
            Log.Relays(_logger, nodes.Length, string.Join(' ', nodes.Select(node => node.Address.Url)));
        }

        _relays.Replace(sets, settings.RelayOptions);

        // A relay that is down must not keep the proxy from starting: its probe goes on by itself.
        _ = _relays.ProbeAllAsync(CancellationToken.None);
    }

    /// <summary>A caller must not make the relay in this process say something to the proxy in it.</summary>
    private void ProtectOwnSockets()
    {
        IEnumerable<IPEndPoint> sip = _sockets?.Points.Select(point => point.Local) ?? [];
        _ownRelay?.Protect(_management is null ? sip : sip.Append(_management.Local));
    }

    private void WarnIfOpen(EdgeSettings settings)
    {
        if (settings.Authentication is null && Points.FirstOrDefault(point => !IPAddress.IsLoopback(point.Local.Address)) is { } open)
        {
            Log.OpenToAll(_logger, open.Local);
        }
    }

    private void WarnIf(bool changed, string key)
    {
        if (changed)
        {
            Log.NeedsRestart(_logger, key);
        }
    }
}
