using System.Globalization;
using RtpProxy.Sip;
using RtpProxy.SipEdge.Transport;
using RtpProxy.SipEdge.Trust;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>Writes a request as it leaves the proxy (RFC 3261 section 16.6).</summary>
internal static class ForwardedRequest
{
    /// <summary>The hops of a request that names none, and the most of one that names more (RFC 3261 section 16.6).</summary>
    private const int MaxForwards = 70;

    // RFC 3325 section 5, and its predecessor: gateways believe them.
    private static readonly string[] Assertions = ["P-Asserted-Identity", "Remote-Party-ID"];

    /// <param name="from">Where the request came from.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="branch">Our transaction identifier.</param>
    /// <param name="seal">What tells the dialog as ours.</param>
    /// <param name="isTrusted">The sender may say who calls; of others only From counts, which was compared with the password.</param>
    /// <param name="realm">Ours: credentials for it are not shown to others. Null when nobody is asked for any.</param>
    /// <param name="mediaChanges">What the relays changed.</param>
    public static string Write(
        SipMessage request,
        RoutePlan plan,
        Flow from,
        Flow to,
        string branch,
        string seal,
        bool isTrusted,
        string? realm,
        IReadOnlyList<Splice> mediaChanges)
    {
        var editor = new SipMessageEditor(request);
        editor.Changes.AddRange(mediaChanges);
        editor.Changes.AddRange(new ViaMark(from.Remote).Changes(request.TopVia!).Splices);
        editor.SetValue(HeaderKind.MaxForwards, (MaxForwardsOf(request) - 1).ToString(CultureInfo.InvariantCulture));
        if (plan.RequestUri is not null)
        {
            editor.ReplaceRequestUri(plan.RequestUri);
        }

        if (plan.Routes is not null)
        {
            ReplaceRoutes(editor, plan.Routes);
        }

        if (request.ToTag is null && request.Method is "INVITE" or "SUBSCRIBE" or "REFER")
        {
            AddRecordRoute(editor, from.Point, to.Point, seal);
        }

        if (realm is not null && DigestGate.FindField(request, HeaderKind.ProxyAuthorization, realm) is { } credentials)
        {
            editor.Changes.Remove(credentials.Line);
        }

        foreach (SipHeader assertion in isTrusted ? [] : request.Headers.Where(header => IsAssertion(request, header)))
        {
            editor.Changes.Remove(assertion.Line);
        }

        editor.AddFirst(HeaderKind.Via, $"SIP/2.0/{to.Point.TransportName} {to.Point.SentBy};branch={branch}");
        if (to.Point.Transport == SipTransport.Tcp && request.DeclaredLength is null)
        {
            // A datagram ends by itself; a stream has to be told (RFC 3261 section 18.3).
            int length = request.Body.Length + editor.Changes.LengthChangeIn(request.Body);
            editor.AddLast("Content-Length", length.ToString(CultureInfo.InvariantCulture));
        }

        return editor.Build();
    }

    /// <summary>The hops that a request may still make.</summary>
    public static int MaxForwardsOf(SipMessage request) =>
        request.TryFind(HeaderKind.MaxForwards, out SipHeader header)
        && int.TryParse(header.Value.In(request.Text), NumberStyles.None, CultureInfo.InvariantCulture, out int hops)
            ? Math.Min(hops, MaxForwards)
            : MaxForwards;

    private static bool IsAssertion(SipMessage request, SipHeader header) =>
        header.Kind == HeaderKind.Other && Assertions.Contains(header.Name.Copy(request.Text), StringComparer.OrdinalIgnoreCase);

    private static void ReplaceRoutes(SipMessageEditor editor, IReadOnlyList<string> routes)
    {
        if (!editor.Message.TryFind(HeaderKind.Route, out SipHeader first))
        {
            return;
        }

        if (routes.Count > 0)
        {
            editor.Changes.Insert(first.Line.Start, $"Route: {string.Join(", ", routes.Select(route => $"<{route}>"))}\r\n");
        }

        editor.RemoveAll(HeaderKind.Route);
    }

    // The one that the next hop sees first comes first. Two when a call crosses from one of our points to another (RFC 5658).
    private static void AddRecordRoute(SipMessageEditor editor, ListenPoint from, ListenPoint to, string seal)
    {
        editor.AddFirst(HeaderKind.RecordRoute, from == to ? to.RouteUri(seal) : $"{to.RouteUri(seal)}, {from.RouteUri(seal)}");
    }
}
