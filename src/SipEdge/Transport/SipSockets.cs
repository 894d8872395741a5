using System.Net;
using System.Net.Sockets;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.SipEdge.Configuration;

namespace RtpProxy.SipEdge.Transport;

/// <summary>All sockets of the proxy: receives for a sink, sends along flows.</summary>
internal sealed class SipSockets : ISipSender, IAsyncDisposable
{
    private static readonly TimeSpan MaxIdle = TimeSpan.FromMinutes(30);

    private readonly List<UdpPoint> _udp = [];
    private readonly List<TcpPoint> _tcp = [];
    private readonly TcpConnections _connections;
    private readonly InterfaceHosts _interfaces;

    private SipSockets(TcpConnections connections, InterfaceHosts interfaces)
    {
        _connections = connections;
        _interfaces = interfaces;
    }

    /// <summary>The listening addresses in order of configuration.</summary>
    public IReadOnlyList<ListenPoint> Points { get; private set; } = [];

    public int ConnectionCount => _connections.Count;

    /// <exception cref="ConfigurationException">An address cannot be bound; the message names the key and the address.</exception>
    public static async Task<SipSockets> OpenAsync(EdgeSettings settings, IMessageSink sink, TimeProvider time)
    {
        // The connection is the only way to a phone that registered over it: it may be silent until it registers again.
        TimeSpan registration = (settings.Registrar?.MaxTime ?? TimeSpan.Zero) + TimeSpan.FromMinutes(1);
        TimeSpan maxIdle = registration > MaxIdle ? registration : MaxIdle;
        LimitSettings limits = settings.Limits;
        var connections = new TcpConnections(
            limits.Connections, limits.ConnectionsOfOne, settings.IsTrusted, limits.MessageBytes, maxIdle, sink, time);
        var sockets = new SipSockets(connections, new InterfaceHosts(time));
        try
        {
            for (int i = 0; i < settings.Listen.Count; i++)
            {
                sockets.Open(settings.Listen[i], i, sink);
            }

            return sockets;
        }
        catch
        {
            await sockets.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ListenPoint? FindPoint(SipTransport transport, IPEndPoint remote, ListenPoint preferred)
    {
        ListenPoint[] fitting = [.. Points.Where(point => point.Transport == transport && point.Family == remote.AddressFamily)];
        IPAddress? source = fitting.Length < 2 || IPAddress.IsLoopback(remote.Address) ? null : RouteLookup.LocalAddressToward(remote.Address);
        ListenPoint[] onTheWay = [.. fitting.Where(point => point.Local.Address.Equals(source))];
        ListenPoint[] best = onTheWay.Length > 0 ? onTheWay : fitting;
        return best.Contains(preferred) ? preferred : best.FirstOrDefault();
    }

    public async ValueTask<bool> SendAsync(Flow to, ReadOnlyMemory<byte> message)
    {
        if (to.Point.Transport == SipTransport.Udp)
        {
            return _udp.Find(udp => udp.Point == to.Point) is { } point
                && await point.SendAsync(to.Remote, message).ConfigureAwait(false);
        }

        if (to.Connection is { } connection && connection.TrySend(message))
        {
            return true;
        }

        return await _connections.GetAsync(to.Point, to.Remote).ConfigureAwait(false) is { } opened && opened.TrySend(message);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (UdpPoint point in _udp)
        {
            await point.DisposeAsync().ConfigureAwait(false);
        }

        foreach (TcpPoint point in _tcp)
        {
            await point.DisposeAsync().ConfigureAwait(false);
        }

        await _connections.DisposeAsync().ConfigureAwait(false);
    }

    private void Open(ListenSettings settings, int index, IMessageSink sink)
    {
        try
        {
            if (settings.Transport == SipTransport.Udp)
            {
                _udp.Add(UdpPoint.Open(settings.Local, Describe, sink));
                Points = [.. Points, _udp[^1].Point];
            }
            else
            {
                _tcp.Add(TcpPoint.Open(settings.Local, Describe, _connections));
                Points = [.. Points, _tcp[^1].Point];
            }
        }
        catch (SocketException e)
        {
            throw new ConfigurationException(
                $"listen[{index}]", $"cannot listen on {settings.Transport} {settings.Local}: {e.Message}", e);
        }

        ListenPoint Describe(IPEndPoint bound) =>
            new(settings.Transport, bound, settings.AdvertisedHost ?? bound.Address.ToString(), settings.AdvertisedPort ?? bound.Port, _interfaces);
    }
}
