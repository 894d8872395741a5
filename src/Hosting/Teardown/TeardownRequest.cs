using System.Globalization;
using System.Security;
using System.Text;
using RtpProxy.Relay.Calls;

namespace RtpProxy.Hosting.Teardown;

/// <summary>Writes requests to end a call, as the servers of rtpengine's users understand them (docs/ng.md, calls that time out).</summary>
internal static class TeardownRequest
{
    /// <summary>Whole HTTP requests, to be sent one after the other. Null for a call with characters in its names that XML has no way to write.</summary>
    public static byte[][]? Write(TeardownTarget target, TimedOutCall call)
    {
        (string Method, string[] Values)[] asked = target.Format switch
        {
            TeardownFormat.Tags => [("di", Of(call.FromTag)), ("di", Of(call.ToTag))],
            TeardownFormat.CallId => [("teardown", [call.CallId])],
            _ => [("dlg.terminate_dlg", [call.CallId, call.FromTag, call.ToTag])],
        };
        return asked.Any(request => request.Values.Any(value => value.AsSpan().ContainsAnyInRange('\0', '\u001f')))
            ? null
            : [.. asked.Select(request => Write(target, request.Method, request.Values))];

        static string[] Of(string tag) => ["sbc", "postControlCmd", tag, "teardown"];
    }

    private static byte[] Write(TeardownTarget target, string method, string[] values)
    {
        // A character is a byte of the controller's: sent as they came, they are the UTF-8 that they were.
        var body = new StringBuilder($"<?xml version=\"1.0\"?>\n<methodCall><methodName>{method}</methodName><params>");
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
