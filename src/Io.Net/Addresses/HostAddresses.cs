using System.Collections.Immutable;
using System.Net;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Addresses;

/// <summary>
/// The machine's addresses as the system tells them, beside what the options say. Read again from time to time, since
/// interfaces come and go.
/// </summary>
/// <remarks>Thread-safe: readers see an immutable whole, which writers replace under a lock.</remarks>
internal sealed class HostAddresses : IOwnAddresses
{
    // How old the list of the interfaces gets.
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    // Addresses that no interface has, and packets to which come here all the same (ip route add local). Anybody can name
    // some, so there is a bound; those beyond it are compared as strangers'.
    private const int MaxRouted = 64;

    private readonly ImmutableArray<LocalAddress> _media;
    private readonly ImmutableArray<AddressBlock> _allowed;
    private readonly Func<IPAddress, IPAddress?> _localToward;
    private readonly Lock _lock = new();
    private ImmutableArray<Endpoint> _sockets = [];
    private ImmutableHashSet<Endpoint> _hosts = [];
    private ImmutableHashSet<Endpoint> _broadcasts = [];
    private ImmutableHashSet<Endpoint> _routed = [];
    private OwnAddresses _current;
    private Instant _readAt = MonotonicClock.Now;

    /// <param name="media">The addresses of the command line that media ports are opened on.</param>
    /// <param name="allowed">Where media may go whatever kind of address it is.</param>
    public HostAddresses(ImmutableArray<LocalAddress> media, ImmutableArray<AddressBlock> allowed)
        : this(media, allowed, RouteLookup.LocalAddressToward)
    {
    }

    /// <param name="media">As above.</param>
    /// <param name="allowed">As above.</param>
    /// <param name="localToward">Which of our addresses the routing table would use toward another; null without a route.</param>
    internal HostAddresses(
        ImmutableArray<LocalAddress> media, ImmutableArray<AddressBlock> allowed, Func<IPAddress, IPAddress?> localToward)
    {
        _media = media;
        _allowed = allowed;
        _localToward = localToward;
        _current = Build();
        Refresh();
    }

    public OwnAddresses Current => Volatile.Read(ref _current);

    /// <summary>Media goes to none of these sockets, whatever names them.</summary>
    /// <param name="sockets">As they are bound.</param>
    public void Protect(IEnumerable<IPEndPoint> sockets)
    {
        lock (_lock)
        {
            _sockets = [.. _sockets.Concat(sockets.Select(socket => Endpoint.From(socket.Address, socket.Port))).Distinct()];
            Volatile.Write(ref _current, Build());
        }
    }

    /// <summary>Asks the system again when what it told is old. For one thread, which may wait.</summary>
    public void RefreshWhenOld()
    {
        if (MonotonicClock.Now - _readAt >= MaxAge)
        {
            _readAt = MonotonicClock.Now;
            Refresh();
        }
    }

    /// <summary>Asks the system; what it tells replaces what it told before, unless it is the same.</summary>
    public void Refresh()
    {
        var hosts = new List<Endpoint>();
        var broadcasts = new List<Endpoint>();
        if (!InterfaceAddresses.TryRead(hosts, broadcasts))
        {
            return;
        }

        // Asked outside the lock; what is looked at meanwhile is as good as new.
        List<Endpoint> gone = [.. Volatile.Read(ref _routed).Where(host => hosts.Contains(host) || !IsRoutedHere(host))];
        lock (_lock)
        {
            if (_hosts.SetEquals(hosts) && _broadcasts.SetEquals(broadcasts) && gone.Count == 0)
            {
                return;
            }

            _hosts = [.. hosts];
            _broadcasts = [.. broadcasts];
            _routed = _routed.Except(gone);
            Volatile.Write(ref _current, Build());
        }
    }

    public void Look(in Endpoint address)
    {
        Endpoint host = address.Host;
        if (!IsRoutedHere(host))
        {
            return;
        }

        lock (_lock)
        {
            if (_routed.Count < MaxRouted && !Current.IsOurs(host))
            {
                _routed = _routed.Add(host);
                Volatile.Write(ref _current, Build());
            }
        }
    }

    // The kernel sends to an address of its own from that address.
    private bool IsRoutedHere(in Endpoint host) =>
        _localToward(host.ToIPAddress()) is { } local && Endpoint.From(local, 0).Host.Equals(host);

    private OwnAddresses Build() => new(_hosts.Concat(_routed), _broadcasts, _media, _sockets, _allowed);
}
