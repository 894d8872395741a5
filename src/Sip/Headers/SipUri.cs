using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace RtpProxy.Sip.Headers;

/// <summary>
/// <c>sip:user:password@host:port;parameters?headers</c> (RFC 3261 section 19.1), also with <c>sips</c>.
/// </summary>
public sealed class SipUri
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(" \t\r\n<>\"");

    private readonly string _text;

    private SipUri(
        string text, string scheme, string? userInfo, HostPort hostPort, HeaderParameters parameters, string? headers)
    {
        _text = text;
        Scheme = scheme;
        UserInfo = userInfo;
        HostPort = hostPort;
        Parameters = parameters;
        Headers = headers;
    }

    /// <summary><c>sip</c> or <c>sips</c>, in small letters.</summary>
    public string Scheme { get; }

    public bool IsSecure => Scheme == "sips";

    /// <summary>What stands before <c>@</c>, password included, escapes kept; null when there is none.</summary>
    public string? UserInfo { get; }

    /// <summary>The user without its password, escapes kept; null when there is none.</summary>
    public string? User => UserInfo is null ? null : UserInfo.Split(':', 2)[0];

    public HostPort HostPort { get; }

    public string Host => HostPort.Host;

    public int? Port => HostPort.Port;

    public HeaderParameters Parameters { get; }

    /// <summary>What stands behind <c>?</c>; null when there is none.</summary>
    public string? Headers { get; }

    /// <summary>
    /// True for a loose router (RFC 3261 section 16.4): parameter <c>lr</c>, with or without a value.
    /// </summary>
    public bool IsLoose => Parameters.Contains("lr");

    /// <summary>The parameter <c>transport</c>; null when absent.</summary>
    public string? Transport => Parameters.ValueOf("transport");

    public static bool TryParse(string text, [NotNullWhen(true)] out SipUri? uri, out ParseError error)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, new TextSpan(0, text.Length), out uri, out error);
    }

    public static bool TryParse(string text, TextSpan span, [NotNullWhen(true)] out SipUri? uri, out ParseError error)
    {
        uri = null;
        ReadOnlySpan<char> content = span.In(text);
        int colon = content.IndexOf(':');
        if (colon < 0 || !IsSip(content[..colon]))
        {
            error = new ParseError(span.Start, "sip: or sips:");
            return false;
        }

        if (content.IndexOfAny(Forbidden) is >= 0 and int bad)
        {
            error = new ParseError(span.Start + bad, "a URI without blanks, quotes and angle brackets");
            return false;
        }

        int start = span.Start + colon + 1;
        int at = text.AsSpan(start, span.End - start).LastIndexOf('@');
        string? userInfo = at < 0 ? null : text.Substring(start, at);
        int hostStart = start + at + 1;
        int hostEnd = FindAny(text, hostStart, span.End, ";?");
        if (!HostPort.TryParse(text, TextSpan.FromBounds(hostStart, hostEnd), out HostPort hostPort, out error))
        {
            return false;
        }

        int parametersEnd = FindAny(text, hostEnd, span.End, "?");
        string? headers = parametersEnd < span.End ? text[(parametersEnd + 1)..span.End] : null;
        var parameters = new HeaderParameters(text, TextSpan.FromBounds(hostEnd, parametersEnd));
        string scheme = colon == 4 ? "sips" : "sip";
        uri = new SipUri(text[span.Start..span.End], scheme, userInfo, hostPort, parameters, headers);
        return true;
    }

    public override string ToString() => _text;

    private static bool IsSip(ReadOnlySpan<char> scheme) =>
        scheme.Equals("sip", StringComparison.OrdinalIgnoreCase)
        || scheme.Equals("sips", StringComparison.OrdinalIgnoreCase);

    private static int FindAny(string text, int start, int end, string characters)
    {
        int index = text.AsSpan(start, end - start).IndexOfAny(characters);
        return index < 0 ? end : start + index;
    }
}
