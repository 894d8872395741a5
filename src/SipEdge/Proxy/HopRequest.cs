using System.Globalization;
using System.Text;
using RtpProxy.Sip;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>Requests that belong to one hop: CANCEL of what we forwarded, and ACK of a negative response to it.</summary>
internal static class HopRequest
{
    /// <summary>RFC 3261 section 9.1.</summary>
    /// <param name="forwarded">The INVITE as it left the proxy.</param>
    public static byte[] Cancel(SipMessage forwarded) => Write(forwarded, "CANCEL", forwarded);

    /// <summary>RFC 3261 section 17.1.1.3.</summary>
    /// <param name="forwarded">The INVITE as it left the proxy.</param>
    /// <param name="response">The response; its To is acknowledged.</param>
    public static byte[] Ack(SipMessage forwarded, SipMessage response) => Write(forwarded, "ACK", response);

    private static byte[] Write(SipMessage forwarded, string method, SipMessage toOf)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{method} {forwarded.RequestUri} SIP/2.0\r\n");
        text.Append(CultureInfo.InvariantCulture, $"Via: {forwarded.TopVia}\r\n");
        Copy(forwarded, HeaderKind.Route);
        Copy(forwarded, HeaderKind.From);
        Copy(toOf, HeaderKind.To);
        Copy(forwarded, HeaderKind.CallId);
        text.Append(CultureInfo.InvariantCulture, $"CSeq: {forwarded.CSeq!.Value.Number} {method}\r\n");
        text.Append("Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
        return Encoding.Latin1.GetBytes(text.ToString());

        void Copy(SipMessage source, HeaderKind kind)
        {
            foreach (SipHeader header in source.Headers)
            {
                if (header.Kind == kind)
                {
                    text.Append(HeaderNames.NameOf(kind)).Append(": ").Append(source.ValueOf(header)).Append("\r\n");
                }
            }
        }
    }
}
