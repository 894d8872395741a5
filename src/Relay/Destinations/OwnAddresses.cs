using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Destinations;

/// <summary>
/// Everything that names this machine: addresses of its interfaces, the addresses media ports are bound to with the texts
/// shown instead of them, and the sockets that are not for media. Decides which addresses may be a party's.
/// </summary>
/// <remarks>Immutable; replaced whole when something has changed.</remarks>
public sealed class OwnAddresses
{
    private static readonly Endpoint AnyIPv4 = Endpoint.From(IPAddress.Any, 0);
    private static readonly Endpoint AnyIPv6 = Endpoint.From(IPAddress.IPv6Any, 0);

    private readonly FrozenSet<Endpoint> _hosts;
    private readonly FrozenSet<Endpoint> _broadcasts;
    private readonly FrozenDictionary<Endpoint, ImmutableArray<Endpoint>> _advertised;
    private readonly ImmutableArray<Endpoint> _sockets;
    private readonly ImmutableArray<AddressBlock> _allowed;
    private readonly bool _listensOnLoopback;
    private readonly bool _hasLinkLocalIPv4;

    /// <param name="hosts">Addresses of the interfaces.</param>
    /// <param name="broadcasts">Broadcast addresses of their networks.</param>
    /// <param name="media">The addresses that media ports are opened on.</param>
    /// <param name="sockets">Control, notification and management sockets, as they are bound.</param>
    /// <param name="allowed">Where media may go whatever kind of address it is (<c>--allow-media-to</c>).</param>
    public OwnAddresses(
        IEnumerable<Endpoint> hosts,
        IEnumerable<Endpoint> broadcasts,
        IReadOnlyCollection<LocalAddress> media,
        IEnumerable<Endpoint> sockets,
        IEnumerable<AddressBlock> allowed)
    {
        ArgumentNullException.ThrowIfNull(media);
        _sockets = [.. sockets.Select(socket => socket.Host.WithPort(socket.Port))];
        _allowed = [.. allowed];
        _hosts = hosts.Concat(_sockets).Concat(media.Select(HostOf))
            .Select(address => address.Host)
            .Where(host => !host.IsUnspecified)
            .ToFrozenSet();
        _broadcasts = broadcasts.Select(address => address.Host)
            .Where(host => !_hosts.Contains(host)) // a network of one host, as clouds give them, has that as its broadcast address
            .ToFrozenSet();
        _advertised = media
            .Where(address => IPAddress.TryParse(address.Advertised, out _))
            .GroupBy(address => Endpoint.From(IPAddress.Parse(address.Advertised!), 0).Host)
            .ToFrozenDictionary(group => group.Key, group => group.Select(HostOf).Distinct().ToImmutableArray());
        _listensOnLoopback = media.Any(address => address.IsWildcard || HostOf(address).IsLoopback);
        _hasLinkLocalIPv4 = _hosts.Any(host => host is { IsIPv4: true, IsLinkLocal: true });
    }

    /// <summary>Whether packets to this address reach the machine, as far as we know.</summary>
    public bool IsOurs(in Endpoint address)
    {
        Endpoint host = address.Host;
        return host.IsLoopback || _hosts.Contains(host) || _advertised.ContainsKey(host);
    }

    /// <summary>The sockets' port numbers, to ask <see cref="IOwnAddresses.Look"/> only where it matters.</summary>
    public bool IsPortOfSocket(ushort port) => _sockets.Any(socket => socket.Port == port);

    /// <summary>
    /// The addresses that a socket may be bound to which packets to <paramref name="address"/> reach: itself, the wildcard if
    /// it is the machine's, and what it is the advertised text of.
    /// </summary>
    /// <param name="bound">At least <see cref="MaxBound"/> places.</param>
    /// <returns>How many there are; ports are that of <paramref name="address"/>.</returns>
    public int FindBound(in Endpoint address, Span<Endpoint> bound)
    {
        Endpoint host = address.Host;
        int count = 0;
        bound[count++] = host.WithPort(address.Port);
        if (_advertised.TryGetValue(host, out ImmutableArray<Endpoint> instead))
        {
            for (int i = 0; i < instead.Length && count < MaxBound - 1; i++)
            {
                bound[count++] = instead[i].WithPort(address.Port);
            }
        }

        if (IsOurs(host))
        {
            bound[count++] = WildcardOf(host).WithPort(address.Port);
        }

        return count;
    }

    /// <summary>Most places that <see cref="FindBound"/> fills.</summary>
    public const int MaxBound = 8;

    /// <summary>Whether media may be sent to an address; the ports of sessions are not looked at here.</summary>
    /// <param name="local">The address of our port that it would be sent from.</param>
    public AddressBelief Judge(in Endpoint remote, in Endpoint local)
    {
        if (IsOwnSocket(remote))
        {
            return AddressBelief.OwnSocket;
        }

        if (IsAllowed(remote))
        {
            return AddressBelief.Believed;
        }

        if (remote.IsLoopback)
        {
            return local.IsLoopback ? AddressBelief.Believed
                : _listensOnLoopback ? AddressBelief.OnlyFromLoopback
                : AddressBelief.Loopback;
        }

        if (remote.IsMulticast)
        {
            return AddressBelief.Multicast;
        }

        if (remote.IsThisNetwork)
        {
            return AddressBelief.ThisNetwork;
        }

        if (remote.IsLimitedBroadcast || _broadcasts.Contains(remote.Host))
        {
            return AddressBelief.Broadcast;
        }

        return remote.IsLinkLocal && !IsLinkKnown(remote, local) ? AddressBelief.LinkLocal : AddressBelief.Believed;
    }

    /// <summary>
    /// Whether a party can be at an address, seen from our port for it. A private address may be anywhere; it is likely to be where
    /// we are if our port has one of the same network, and told it to nobody as a public one, or if we have a neighbour of it.
    /// </summary>
    internal AddressPlace PlaceOf(in Endpoint remote, LocalAddress local)
    {
        var bound = Endpoint.From(local.Address, 0);
        if (IsAllowed(remote))
        {
            return AddressPlace.Possible;
        }

        if (remote.IsLoopback)
        {
            return bound.IsLoopback ? AddressPlace.Possible : AddressPlace.Loopback;
        }

        if (remote.IsLinkLocal)
        {
            return IsLinkKnown(remote, bound) ? AddressPlace.Possible : AddressPlace.LinkLocal;
        }

        return IsOurs(remote) ? AddressPlace.OwnHost
            : remote.Reach == Reach.Public || IsNear(remote, bound, local) ? AddressPlace.Possible
            : AddressPlace.Private;
    }

    private bool IsNear(in Endpoint remote, in Endpoint bound, LocalAddress local)
    {
        bool isInside = !(IPAddress.TryParse(local.Advertised, out IPAddress? advertised)
            && Endpoint.From(advertised, 0).Reach == Reach.Public);
        if (isInside && PrivateNetworks.AreOfOne(remote, bound))
        {
            return true;
        }

        foreach (Endpoint host in _hosts)
        {
            if (PrivateNetworks.AreNeighbours(remote, host)
                || (isInside && bound.IsUnspecified && PrivateNetworks.AreOfOne(remote, host)))
            {
                return true;
            }
        }

        return false;
    }

    internal static Endpoint WildcardOf(in Endpoint host) => host.IsIPv4 ? AnyIPv4 : AnyIPv6;

    private bool IsAllowed(in Endpoint remote)
    {
        foreach (AddressBlock block in _allowed)
        {
            if (block.Contains(remote))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A port that is bound on a link sends to that link; IPv4 has one at most, which the routing table knows.</summary>
    private bool IsLinkKnown(in Endpoint remote, in Endpoint local) =>
        remote.ScopeId != 0
        || local.IsLinkLocal
        || (remote.Host.IsIPv4 && local.IsUnspecified && _hasLinkLocalIPv4);

    private bool IsOwnSocket(in Endpoint remote)
    {
        foreach (Endpoint socket in _sockets)
        {
            if (socket.Port == remote.Port && Reaches(remote.Host, socket.Host))
            {
                return true;
            }
        }

        return false;
    }

    // An advertised address is a NAT's, and what that passes on to which of our addresses is for it to know.
    private bool Reaches(in Endpoint host, in Endpoint socket) =>
        host == socket
        || (socket.IsUnspecified && socket.IsIPv4 == host.IsIPv4 && IsOurs(host))
        || _advertised.ContainsKey(host);

    private static Endpoint HostOf(LocalAddress address) => Endpoint.From(address.Address, 0).Host;
}
