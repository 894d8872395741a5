using System.Globalization;
using System.Text;
using RtpProxy.Sip;
using RtpProxy.Sip.Headers;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>
/// Requests within the dialog that a 2xx has made, in the name of the party that sent the INVITE (RFC 3261 section 12.2.1):
/// what ends a call that cannot be.
/// </summary>
internal static class DialogRequest
{
    /// <param name="invite">The INVITE as it left the proxy.</param>
    /// <param name="response">The 2xx.</param>
    /// <param name="method">ACK or BYE.</param>
    /// <param name="number">Number of the CSeq.</param>
    /// <param name="to">Where it goes: where the INVITE went.</param>
    /// <param name="branch">Our transaction identifier.</param>
    public static byte[] Write(SipMessage invite, SipMessage response, string method, uint number, Flow to, string branch)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{method} {TargetOf(response) ?? invite.RequestUri} SIP/2.0\r\n");
        text.Append(CultureInfo.InvariantCulture, $"Via: SIP/2.0/{to.Point.TransportName} {to.Point.SentBy};branch={branch}\r\n");
        foreach (string route in RoutesOf(invite, response, to))
        {
            text.Append("Route: ").Append(route).Append("\r\n");
        }

        Copy(invite, HeaderKind.From);
        Copy(response, HeaderKind.To);
        Copy(invite, HeaderKind.CallId);
        text.Append(CultureInfo.InvariantCulture, $"CSeq: {number} {method}\r\n");
        text.Append("Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
        return Encoding.Latin1.GetBytes(text.ToString());

        void Copy(SipMessage source, HeaderKind kind)
        {
            if (source.TryFind(kind, out SipHeader header))
            {
                text.Append(HeaderNames.NameOf(kind)).Append(": ").Append(source.ValueOf(header)).Append("\r\n");
            }
        }
    }

    private static string? TargetOf(SipMessage response) =>
        response.ValuesOf(HeaderKind.Contact).Select(value => NameAddress.TryParse(response.Text, value, out NameAddress? contact, out _)
            ? contact.Uri
            : null).FirstOrDefault();

    // Within a dialog the route set stands, and what is left of it is in the INVITE. A dialog that begins takes it from
    // Record-Route: what others have put before our own, the last of them first.
    private static IEnumerable<string> RoutesOf(SipMessage invite, SipMessage response, Flow to) => invite.ToTag is not null
        ? invite.ValuesOf(HeaderKind.Route).Select(value => value.Copy(invite.Text).Trim())
        : response.ValuesOf(HeaderKind.RecordRoute)
            .Select(value => value.Copy(response.Text).Trim())
            .TakeWhile(value => !value.Contains(to.Point.SentBy, StringComparison.OrdinalIgnoreCase))
            .Reverse();
}
