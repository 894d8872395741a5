using System.Globalization;
using System.Text;
using RtpProxy.Sip;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>Responses that the proxy gives itself (RFC 3261 section 8.2.6).</summary>
internal static class LocalResponse
{
    private static readonly HeaderKind[] Copied = [HeaderKind.Via, HeaderKind.From, HeaderKind.To, HeaderKind.CallId, HeaderKind.CSeq];

    /// <param name="tag">The To tag, where the request has none.</param>
    /// <param name="reason">Reason phrase; what a person at the other end reads first.</param>
    /// <param name="fields">Further header fields, each <c>Name: value</c>.</param>
    public static byte[] Build(SipMessage request, ViaMark mark, string tag, int status, string reason, params IEnumerable<string> fields)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"SIP/2.0 {status} {reason}\r\n");
        bool isTop = true;
        foreach (SipHeader header in request.Headers)
        {
            if (!Copied.Contains(header.Kind))
            {
                continue;
            }

            string line = header.Line.Copy(request.Text).TrimEnd('\r', '\n');
            if (header.Kind == HeaderKind.Via && isTop)
            {
                line = mark.ApplyTo(request, header);
                isTop = false;
            }
            else if (header.Kind == HeaderKind.To && status > 100 && request.ToTag is null)
            {
                line += $";tag={tag}";
            }

            text.Append(line).Append("\r\n");
        }

        foreach (string field in fields)
        {
            text.Append(field).Append("\r\n");
        }

        text.Append("Content-Length: 0\r\n\r\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
