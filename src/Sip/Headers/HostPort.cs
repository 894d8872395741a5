using System.Globalization;
using System.Net;

namespace RtpProxy.Sip.Headers;

/// <summary><c>host[:port]</c> (RFC 3261 section 25.1); an IPv6 address stands in brackets.</summary>
/// <param name="Host">The host as written, without brackets.</param>
/// <param name="Port">1 to 65,535, null when none is given.</param>
/// <param name="Span">The place in the message's text.</param>
public readonly record struct HostPort(string Host, int? Port, TextSpan Span)
{
    /// <summary>The host as an address, null when it is a name.</summary>
    public IPAddress? Address =>
        IPAddress.TryParse(Host, out IPAddress? address) && (Host.Contains(':') || Host.Count(c => c == '.') == 3)
            ? address
            : null;

    public static bool TryParse(string text, TextSpan span, out HostPort hostPort, out ParseError error)
    {
        hostPort = default;
        ReadOnlySpan<char> content = span.In(text);
        int hostLength;
        string host;
        if (content.StartsWith("["))
        {
            int close = content.IndexOf(']');
            if (close < 0 || !IPAddress.TryParse(content[1..close], out _))
            {
                error = new ParseError(span.Start, "an IPv6 address and ']'");
                return false;
            }

            host = content[1..close].ToString();
            hostLength = close + 1;
        }
        else
        {
            int bad = content.IndexOfAnyExcept(SipCharacters.Token);
            hostLength = bad < 0 ? content.Length : bad;
            host = content[..hostLength].ToString();
        }

        if (host.Length == 0)
        {
            error = new ParseError(span.Start, "a host");
            return false;
        }

        ReadOnlySpan<char> rest = content[hostLength..].TrimStart(" \t\r\n");
        int? port = null;
        if (!rest.IsEmpty)
        {
            if (rest[0] != ':' || !TryParsePort(rest[1..].Trim(" \t\r\n"), out int number))
            {
                error = new ParseError(span.End - rest.Length, "':' and a port from 1 to 65535");
                return false;
            }

            port = number;
        }

        hostPort = new HostPort(host, port, span);
        error = default;
        return true;
    }

    internal static bool TryParsePort(ReadOnlySpan<char> text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)
        && port is > 0 and <= ushort.MaxValue;
}
