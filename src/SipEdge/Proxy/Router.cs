using RtpProxy.Sip;
using RtpProxy.Sip.Headers;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Registration;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>Decides where a request goes: by its routes, by its dialog, to a registered phone, or to the next hop.</summary>
/// <remarks>RFC 3261 sections 16.4 to 16.6. One target for each request: calls are not forked.</remarks>
internal sealed class Router(Registrar registrar)
{
    public RouteDecision Decide(SipMessage request, EdgeSettings settings, IReadOnlyList<ListenPoint> points)
    {
        List<string> routes = [];
        bool changed = false;
        foreach (TextSpan value in request.ValuesOf(HeaderKind.Route))
        {
            if (!NameAddress.TryParse(request.Text, value, out NameAddress? address, out _))
            {
                return RouteDecision.Refuse(400, "Bad Route");
            }

            routes.Add(address.Uri);
        }

        string requestUri = request.RequestUri;
        string? newUri = null;
        if (routes.Count > 0 && IsOurRoute(requestUri, points))
        {
            // The element before us is a strict router: the real Request-URI is the last route (section 16.4).
            newUri = requestUri = routes[^1];
            routes.RemoveAt(routes.Count - 1);
            changed = true;
        }

        // Two when the call crosses from one of our addresses to another: the second is the one to leave by (RFC 5658).
        ListenPoint? leaving = null;
        while (routes.Count > 0 && FindOurs(routes[0], points) is { } own)
        {
            leaving = own;
            routes.RemoveAt(0);
            changed = true;
        }

        RouteDecision decision = routes.Count > 0
            ? FollowRoute(routes, changed, requestUri, newUri)
            : FollowUri(request, changed, requestUri, newUri, settings, points);
        bool isInDialog = request.ToTag is not null; // Else the Route is that of an outbound proxy, and says where we are, not where to go.
        return isInDialog && decision.Plan is { } plan ? decision with { Plan = plan with { Leaving = leaving } } : decision;
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
            NameAddress.TryParse(request.Text, value, out NameAddress? route, out _) && IsOurs(route.Uri, points));

    /// <summary>Whether a host is one that we answer for: an address of ours, or a configured domain.</summary>
    public static bool IsOurDomain(SipUri uri, EdgeSettings settings, IReadOnlyList<ListenPoint> points) =>
        points.Any(point => point.IsNamedBy(uri.Host, uri.Port))
        || (settings.Registrar?.Domains.Contains(uri.Host, StringComparer.OrdinalIgnoreCase) ?? false);

    private static RouteDecision FollowRoute(List<string> routes, bool changed, string requestUri, string? newUri)
    {
        if (!SipUri.TryParse(routes[0], out SipUri? next, out _))
        {
            return RouteDecision.Refuse(400, "Bad Route");
        }

        if (!TryFindTarget(next, out NextHop? target))
        {
            return RouteDecision.Refuse(503, "No Such Transport Here");
        }

        if (!next.IsLoose)
        {
            // The element after us is a strict router: it wants its own URI in the first line (section 16.6, step 6).
            routes.Add(requestUri);
            newUri = routes[0];
            routes.RemoveAt(0);
            changed = true;
        }

        return RouteDecision.Go(new RoutePlan(newUri, changed ? routes : null, target!));
    }

    private RouteDecision FollowUri(
        SipMessage request,
        bool changed,
        string requestUri,
        string? newUri,
        EdgeSettings settings,
        IReadOnlyList<ListenPoint> points)
    {
        IReadOnlyList<string>? routes = changed ? [] : null;
        bool isSip = SipUri.TryParse(requestUri, out SipUri? uri, out _);
        if (isSip && registrar.Find(uri!, settings, points) is { } binding)
        {
            return RouteDecision.Go(new RoutePlan(binding.Contact.ToString(), routes, binding.Target, binding.Flow));
        }

        bool isInDialog = request.ToTag is not null;
        if (isSip && isInDialog && !IsOurDomain(uri!, settings, points))
        {
            // Within a call phones name each other by Contact, which does not lead through a NAT or back over TCP.
            if (settings.Registrar is not null && registrar.FindContact(uri!) is { } phone)
            {
                return RouteDecision.Go(new RoutePlan(newUri, routes, phone.Target, phone.Flow));
            }

            return TryFindTarget(uri!, out NextHop? target)
                ? RouteDecision.Go(new RoutePlan(newUri, routes, target!))
                : RouteDecision.Refuse(503, "No Such Transport Here");
        }

        if (settings.NextHop is { } nextHop)
        {
            return RouteDecision.Go(new RoutePlan(newUri, routes, nextHop));
        }

        return isSip ? RouteDecision.Refuse(404, "Not Found") : RouteDecision.Refuse(416, "Unsupported URI Scheme");
    }

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

    private static bool IsOurRoute(string text, IReadOnlyList<ListenPoint> points) =>
        SipUri.TryParse(text, out SipUri? uri, out _) && uri.IsLoose && IsOurs(uri, points);

    private static bool IsOurs(string text, IReadOnlyList<ListenPoint> points) => FindOurs(text, points) is not null;

    private static bool IsOurs(SipUri uri, IReadOnlyList<ListenPoint> points) => FindOurs(uri, points) is not null;

    private static ListenPoint? FindOurs(string text, IReadOnlyList<ListenPoint> points) =>
        SipUri.TryParse(text, out SipUri? uri, out _) ? FindOurs(uri, points) : null;

    // The one of the URI's transport, if several have its address.
    private static ListenPoint? FindOurs(SipUri uri, IReadOnlyList<ListenPoint> points)
    {
        SipTransport wanted = "TCP".Equals(uri.Transport, StringComparison.OrdinalIgnoreCase) ? SipTransport.Tcp : SipTransport.Udp;
        ListenPoint[] named = [.. points.Where(point => point.IsNamedBy(uri.Host, uri.Port))];
        return named.FirstOrDefault(point => point.Transport == wanted) ?? named.FirstOrDefault();
    }
}
