using System.Net;
using RtpProxy.Rtp;
using RtpProxy.Sip;
using RtpProxy.Sip.Headers;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Registration;
using RtpProxy.SipEdge.Transport;
using RtpProxy.SipEdge.Trust;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>Decides where a request goes: by its routes, by its dialog, to a registered phone, or to the next hop.</summary>
/// <remarks>RFC 3261 sections 16.4 to 16.6. One target for each request: calls are not forked.</remarks>
internal sealed class Router(Registrar registrar)
{
    /// <param name="sender">Who may name third parties, and whose dialog it is.</param>
    public RouteDecision Decide(SipMessage request, Sender sender, EdgeSettings settings, IReadOnlyList<ListenPoint> points)
    {
        OwnRoutes own = OwnRoutes.Of(request, settings, points);
        if (own.IsBad)
        {
            return RouteDecision.Refuse(400, "Bad Route");
        }

        RouteDecision decision = own switch
        {
            _ when sender.Dialog is { } ends => FollowDialog(request, own, sender, ends, settings),
            { Others.Count: > 0 } => FollowRoute(own, sender, settings),
            _ => FollowUri(request, own, sender, settings, points),
        };
        bool isInDialog = request.ToTag is not null; // Else the Route is that of an outbound proxy, and says where we are, not where to go.
        return isInDialog && decision.Plan is { } plan ? decision with { Plan = plan with { Leaving = own.Leaving } } : decision;
    }

    /// <summary>
    /// Whether a request is for the proxy itself rather than for someone behind it. A phone that has us as its outbound
    /// proxy names us in Route as well.
    /// </summary>
    public static bool IsForProxy(SipMessage request, EdgeSettings settings, IReadOnlyList<ListenPoint> points) =>
        SipUri.TryParse(request.RequestUri, out SipUri? uri, out _)
        && string.IsNullOrEmpty(uri.User)
        && IsOurDomain(uri, settings, points)
        && request.ValuesOf(HeaderKind.Route).All(value =>
            NameAddress.TryParse(request.Text, value, out NameAddress? route, out _) && OwnRoutes.IsOurs(route.Uri, settings, points));

    /// <summary>Whether a host is one that we answer for: an address of ours, or a configured domain.</summary>
    public static bool IsOurDomain(SipUri uri, EdgeSettings settings, IReadOnlyList<ListenPoint> points) =>
        IsDomain(uri.Host, settings) || points.Any(point => point.IsNamedBy(uri.Host, uri.Port));

    /// <summary>Whether a request to a URI would come back to us, as far as that is known without asking for its name.</summary>
    public static bool LeadsToUs(SipUri uri, EdgeSettings settings, IReadOnlyList<ListenPoint> points)
    {
        string host = uri.Parameters.ValueOf("maddr") ?? uri.Host;
        int port = uri.Port ?? ListenPoint.DefaultPort;
        return IsOurDomain(uri, settings, points)
            || IsDomain(host, settings)
            || points.Any(point => point.IsNamedBy(host, port))
            || (ListenPoint.IsSameName(host, "localhost")
                && points.Any(point => point.IsReachedBy(IPAddress.Loopback, port) || point.IsReachedBy(IPAddress.IPv6Loopback, port)));
    }

    /// <summary>Whether a host is a configured domain.</summary>
    public static bool IsDomain(string host, EdgeSettings settings) =>
        settings.Registrar?.Domains.Any(domain => ListenPoint.IsSameName(domain, host)) ?? false;

    /// <summary>
    /// Whether nobody at all is reached by a request, whoever sends it: it is new, names no route, and another domain than
    /// ours, for which there is no next hop.
    /// </summary>
    public static bool IsForNobody(SipMessage request, EdgeSettings settings, IReadOnlyList<ListenPoint> points) =>
        request.ToTag is null
        && settings.NextHop is null
        && OwnRoutes.Of(request, settings, points) is { IsBad: false, Others.Count: 0 } own
        && !(SipUri.TryParse(own.RequestUri, out SipUri? uri, out _) && IsOurDomain(uri, settings, points));

    /// <summary>404, with the domains that it would not have been said for.</summary>
    public static RouteDecision NotFound(string requestUri, EdgeSettings settings, IReadOnlyList<ListenPoint> points)
    {
        if (!SipUri.TryParse(requestUri, out SipUri? uri, out _))
        {
            return RouteDecision.Refuse(416, "Unsupported URI Scheme");
        }

        IEnumerable<string> domains = settings.Registrar?.Domains is { Count: > 0 } named ? named : points.Select(point => point.SentBy);
        return IsOurDomain(uri, settings, points)
            ? RouteDecision.Refuse(404, "Not Found")
            : RouteDecision.Refuse(404, $"Not Found; Expected Domain {Shown(domains)}");
    }

    // A reason phrase is short.
    private static string Shown(IEnumerable<string> domains) =>
        string.Join(" or ", domains.Where(domain => domain.Length < 64).Distinct(StringComparer.OrdinalIgnoreCase).Take(3));

    // The ends were sealed when the dialog began. Who is known may go where the routes and Contacts say; everybody else,
    // and whoever speaks to somebody unknown, gets no further than the other end. The tags say only which end a request
    // speaks for: everybody on the way has seen them.
    private RouteDecision FollowDialog(
        SipMessage request, OwnRoutes own, Sender sender, DialogEnds ends, EdgeSettings settings)
    {
        NextHop other = sender.IsInitiator ? ends.Responder : ends.Initiator;
        if (!SipUri.TryParse(own.Others.Count > 0 ? own.Others[0] : own.RequestUri, out SipUri? next, out _))
        {
            return own.Others.Count > 0
                ? RouteDecision.Refuse(400, "Bad Route")
                : RouteDecision.Go(new RoutePlan(own.NewUri, own.Remaining, other));
        }

        // Within a call phones name each other by Contact, which does not lead through a NAT or back over TCP.
        if (own.Others.Count == 0 && registrar.FindContact(next, other) is { } phone)
        {
            return RouteDecision.Go(new RoutePlan(own.NewUri, own.Remaining, phone.Target, phone));
        }

        bool isKnown = sender.Standing == Standing.Known;
        if (!isKnown && !sender.IsAtItsEnd)
        {
            return RouteDecision.Go(own.Others.Count > 0 ? own.Towards(next, other) : new RoutePlan(own.NewUri, own.Remaining, other));
        }

        bool isFree = isKnown || (sender.IsInitiator && ends.Traits.HasFlag(DialogTraits.InitiatorIsFree));
        bool isToStranger = !sender.IsInitiator && !ends.Traits.HasFlag(DialogTraits.InitiatorIsFree);
        bool isNeighbour = sender.IsInitiator
            ? ends.Traits.HasFlag(DialogTraits.ResponderIsPhone)
            : !ends.Traits.HasFlag(DialogTraits.InitiatorIsServer);
        bool isThere = IsAddressOf(next, other.Host) || IsSettled(next, settings);
        if (!isThere && isNeighbour && own.Others.Count == 0 && registrar.FindContact(next, CalleeOf(request)) is { } moved)
        {
            return RouteDecision.Go(new RoutePlan(own.NewUri, own.Remaining, moved.Target, moved));
        }

        bool isAsSaid = isThere || (isFree && !isToStranger && !(isNeighbour && IsUnreachable(next)));
        return isAsSaid && TryFindTarget(next, out NextHop? target)
            ? RouteDecision.Go(own.Towards(next, target!))
            : RouteDecision.Go(own.Others.Count > 0 ? own.Towards(next, other) : new RoutePlan(own.NewUri, own.Remaining, other));
    }

    private static RouteDecision FollowRoute(OwnRoutes own, Sender sender, EdgeSettings settings)
    {
        if (!SipUri.TryParse(own.Others[0], out SipUri? next, out _))
        {
            return RouteDecision.Refuse(400, "Bad Route");
        }

        if (sender.Standing != Standing.Known && !IsNextHop(next, settings))
        {
            return RouteDecision.Refuse(403, "Route Not Allowed");
        }

        return TryFindTarget(next, out NextHop? target)
            ? RouteDecision.Go(own.Towards(next, target!))
            : RouteDecision.Refuse(503, "No Such Transport Here");
    }

    private RouteDecision FollowUri(
        SipMessage request, OwnRoutes own, Sender sender, EdgeSettings settings, IReadOnlyList<ListenPoint> points)
    {
        bool isSip = SipUri.TryParse(own.RequestUri, out SipUri? uri, out _);
        if (isSip && registrar.Find(uri!, settings, points) is { } binding)
        {
            return RouteDecision.Go(new RoutePlan(binding.Contact.ToString(), own.Remaining, binding.Target, binding));
        }

        bool isInDialog = request.ToTag is not null;
        if (isSip && isInDialog && !IsOurDomain(uri!, settings, points))
        {
            if (registrar.FindContact(uri!, CalleeOf(request)) is { } phone)
            {
                return RouteDecision.Go(new RoutePlan(own.NewUri, own.Remaining, phone.Target, phone));
            }

            if (sender.Standing == Standing.Known)
            {
                return TryFindTarget(uri!, out NextHop? target)
                    ? RouteDecision.Go(new RoutePlan(own.NewUri, own.Remaining, target!))
                    : RouteDecision.Refuse(503, "No Such Transport Here");
            }

            if (settings.NextHop is null)
            {
                return RouteDecision.Refuse(481, "Call Does Not Exist");
            }
        }

        return settings.NextHop is { } nextHop
            ? RouteDecision.Go(new RoutePlan(own.NewUri, own.Remaining, nextHop))
            : NotFound(own.RequestUri, settings, points);
    }

    private static string? CalleeOf(SipMessage request) =>
        request.To is { } to && SipUri.TryParse(to.Uri, out SipUri? uri, out _) ? uri.User : null;

    private static bool IsAddressOf(SipUri uri, string address) =>
        IPAddress.TryParse(uri.Host, out IPAddress? host)
        && IPAddress.TryParse(address, out IPAddress? other)
        && LocalAddresses.Plain(host).Equals(LocalAddresses.Plain(other));

    // What the configuration names is no third party.
    private static bool IsSettled(SipUri uri, EdgeSettings settings) =>
        IsNextHop(uri, settings) || (IPAddress.TryParse(uri.Host, out IPAddress? address) && settings.IsTrusted(address));

    private static bool IsNextHop(SipUri uri, EdgeSettings settings) =>
        settings.NextHop is { } hop
        && (uri.Port ?? ListenPoint.DefaultPort) == hop.Port
        && (ListenPoint.IsSameName(uri.Host, hop.Host) || IsAddressOf(uri, hop.Host));

    // A Contact of a phone behind a NAT leads nowhere.
    private static bool IsUnreachable(SipUri uri) =>
        IPAddress.TryParse(uri.Host, out IPAddress? address)
        && Endpoint.From(address, 0) is { Reach: not Reach.Public } or { IsUnspecified: true };

    private static bool TryFindTarget(SipUri uri, out NextHop? target)
    {
        SipTransport? transport = uri.IsSecure
            ? null
            : uri.Transport?.ToUpperInvariant() switch
            {
                null or "UDP" => SipTransport.Udp,
                "TCP" => SipTransport.Tcp,
                _ => null,
            };
        target = transport is { } known ? new NextHop(known, uri.Host, uri.Port ?? ListenPoint.DefaultPort) : null;
        return target is not null;
    }
}
