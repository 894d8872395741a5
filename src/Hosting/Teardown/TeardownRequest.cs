using System.Globalization;
using System.Security;
using System.Text;
using RtpProxy.Relay.Calls;

namespace RtpProxy.Hosting.Teardown;

/// <summary>Writes the request to end a dialog, as Kamailio's dialog module understands it (ng protocol, section 8.3).</summary>
internal static class TeardownRequest
{
    /// <summary>A whole HTTP request. Null for a call with characters in its names that XML has no way to write.</summary>
    public static byte[]? Write(TeardownTarget target, TimedOutCall call)
    {
        string[] values = [call.CallId, call.FromTag, call.ToTag];
        if (values.Any(value => value.AsSpan().ContainsAnyInRange('\0', '\u001f')))
        {
            return null;
        }

        // A character is a byte of the controller's: sent as they came, they are the UTF-8 that they were.
        var body = new StringBuilder("<?xml version=\"1.0\"?>\n<methodCall><methodName>dlg.terminate_dlg</methodName><params>");
        foreach (string value in values)
        {
            body.Append(CultureInfo.InvariantCulture, $"<param><value><string>{SecurityElement.Escape(value)}</string></value></param>");
        }

        body.Append("</params></methodCall>\n");
        string head = $"POST {target.Path} HTTP/1.1\r\nHost: {target.Host}\r\nUser-Agent: rtpproxy\r\nConnection: close\r\n"
            + string.Create(CultureInfo.InvariantCulture, $"Content-Type: text/xml\r\nContent-Length: {body.Length}\r\n\r\n");
        return Encoding.Latin1.GetBytes(head + body);
    }
}
