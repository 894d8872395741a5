using RtpProxy.Sip;
using RtpProxy.Sip.Headers;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Transport;
using RtpProxy.SipEdge.Trust;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>The Route values of a request, ours taken off (RFC 3261 section 16.4).</summary>
internal sealed class OwnRoutes
{
    private readonly bool _changed;

    private OwnRoutes(SipMessage request, EdgeSettings settings, IReadOnlyList<ListenPoint> points)
    {
        RequestUri = request.RequestUri;
        foreach (TextSpan value in request.ValuesOf(HeaderKind.Route))
        {
            if (!NameAddress.TryParse(request.Text, value, out NameAddress? address, out _))
            {
                IsBad = true;
                return;
            }

            Others.Add(address.Uri);
        }

        if (Others.Count > 0 && IsOurRoute(RequestUri, settings, points))
        {
            // The element before us is a strict router: the real Request-URI is the last route.
            Seal = SealOf(RequestUri);
            NewUri = RequestUri = Others[^1];
            Others.RemoveAt(Others.Count - 1);
            _changed = true;
        }

        // Two when the call crosses from one of our addresses to another: the second is the one to leave by (RFC 5658).
        while (Others.Count > 0 && IsOurs(Others[0], settings, points))
        {
            Leaving = FindPoint(Others[0], points) ?? Leaving;
            Seal ??= SealOf(Others[0]);
            Others.RemoveAt(0);
            _changed = true;
        }
    }

    /// <summary>A value cannot be read.</summary>
    public bool IsBad { get; }

    /// <summary>The routes that remain, in order.</summary>
    public List<string> Others { get; } = [];

    /// <summary>The URI that the request is for.</summary>
    public string RequestUri { get; }

    /// <summary>The same where it stood in a route; null when the first line has it.</summary>
    public string? NewUri { get; }

    /// <summary>The point that the last route of ours names; null without.</summary>
    public ListenPoint? Leaving { get; }

    /// <summary>What may be the seal of a dialog of ours; null without.</summary>
    public string? Seal { get; }

    /// <summary>What remains of the routes if nothing more is taken off; null when nothing was.</summary>
    public IReadOnlyList<string>? Remaining => _changed ? Others : null;

    public static OwnRoutes Of(SipMessage request, EdgeSettings settings, IReadOnlyList<ListenPoint> points) =>
        new(request, settings, points);

    public static bool IsOurs(string text, EdgeSettings settings, IReadOnlyList<ListenPoint> points) =>
        SipUri.TryParse(text, out SipUri? uri, out _) && Router.IsOurDomain(uri, settings, points);

    /// <summary>The plan to follow the first of the other routes.</summary>
    public RoutePlan Towards(SipUri next, NextHop target)
    {
        if (Others.Count == 0 || next.IsLoose)
        {
            return new RoutePlan(NewUri, Remaining, target);
        }

        // The element after us is a strict router: it wants its own URI in the first line (RFC 3261 section 16.6, step 6).
        return new RoutePlan(Others[0], [.. Others.Skip(1), RequestUri], target);
    }

    private static string? SealOf(string text) =>
        SipUri.TryParse(text, out SipUri? uri, out _) ? uri.Parameters.ValueOf(DialogSeals.Parameter) : null;

    private static bool IsOurRoute(string text, EdgeSettings settings, IReadOnlyList<ListenPoint> points) =>
        SipUri.TryParse(text, out SipUri? uri, out _) && uri.IsLoose && Router.IsOurDomain(uri, settings, points);

    // The one of the URI's transport, if several have its address.
    private static ListenPoint? FindPoint(string text, IReadOnlyList<ListenPoint> points)
    {
        if (!SipUri.TryParse(text, out SipUri? uri, out _))
        {
            return null;
        }

        SipTransport wanted = "TCP".Equals(uri.Transport, StringComparison.OrdinalIgnoreCase) ? SipTransport.Tcp : SipTransport.Udp;
        ListenPoint[] named = [.. points.Where(point => point.IsNamedBy(uri.Host, uri.Port))];
        return named.FirstOrDefault(point => point.Transport == wanted) ?? named.FirstOrDefault();
    }
}
