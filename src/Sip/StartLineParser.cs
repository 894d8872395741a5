using System.Globalization;

namespace RtpProxy.Sip;

/// <summary>Reads <c>METHOD SP Request-URI SP SIP/2.0</c> and <c>SIP/2.0 SP 3DIGIT SP reason</c>.</summary>
internal static class StartLineParser
{
    private const string ResponsePrefix = "SIP/";

    public static bool TryParse(string text, TextSpan line, out SipStartLine startLine, out ParseError error)
    {
        // A blank follows the version of a response; "SIP/2.0" as a method would not be a token.
        return line.In(text).StartsWith(ResponsePrefix, StringComparison.OrdinalIgnoreCase)
            ? TryParseResponse(text, line, out startLine, out error)
            : TryParseRequest(text, line, out startLine, out error);
    }

    private static bool TryParseRequest(string text, TextSpan line, out SipStartLine startLine, out ParseError error)
    {
        startLine = default;
        int methodEnd = FindBlank(text, line.Start, line.End);
        var method = TextSpan.FromBounds(line.Start, methodEnd);
        if (!SipCharacters.IsToken(method.In(text)))
        {
            return Fail(line.Start, "a method", out error);
        }

        int uriStart = Math.Min(methodEnd + 1, line.End);
        int uriEnd = FindBlank(text, uriStart, line.End);
        if (methodEnd == line.End || uriEnd == uriStart)
        {
            return Fail(uriStart, "a Request-URI after one blank", out error);
        }

        var version = TextSpan.FromBounds(Math.Min(uriEnd + 1, line.End), line.End);
        if (uriEnd == line.End || !IsVersion(version.In(text)))
        {
            return Fail(version.Start, "SIP/2.0 after the Request-URI and one blank", out error);
        }

        startLine = new SipStartLine(line, method, TextSpan.FromBounds(uriStart, uriEnd), version, 0, default);
        error = default;
        return true;
    }

    private static bool TryParseResponse(string text, TextSpan line, out SipStartLine startLine, out ParseError error)
    {
        startLine = default;
        int versionEnd = FindBlank(text, line.Start, line.End);
        var version = TextSpan.FromBounds(line.Start, versionEnd);
        if (!IsVersion(version.In(text)))
        {
            return Fail(line.Start, "SIP/2.0", out error);
        }

        int codeStart = Math.Min(versionEnd + 1, line.End);
        int codeEnd = FindBlank(text, codeStart, line.End);
        if (codeEnd - codeStart != 3
            || !int.TryParse(text.AsSpan(codeStart, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int code)
            || code is < 100 or > 699)
        {
            return Fail(codeStart, "a status code of three digits from 100 to 699", out error);
        }

        var reason = TextSpan.FromBounds(Math.Min(codeEnd + 1, line.End), line.End);
        startLine = new SipStartLine(line, default, default, version, code, reason);
        error = default;
        return true;
    }

    private static bool IsVersion(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(ResponsePrefix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        ReadOnlySpan<char> number = text[ResponsePrefix.Length..];
        int dot = number.IndexOf('.');
        return dot > 0
            && dot < number.Length - 1
            && !number[..dot].ContainsAnyExceptInRange('0', '9')
            && !number[(dot + 1)..].ContainsAnyExceptInRange('0', '9');
    }

    private static int FindBlank(string text, int start, int end)
    {
        int index = text.AsSpan(start, end - start).IndexOfAny(' ', '\t');
        return index < 0 ? end : start + index;
    }

    private static bool Fail(int offset, string expected, out ParseError error)
    {
        error = new ParseError(offset, expected);
        return false;
    }
}
