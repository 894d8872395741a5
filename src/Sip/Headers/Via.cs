using System.Diagnostics.CodeAnalysis;

namespace RtpProxy.Sip.Headers;

/// <summary>One hop: <c>SIP/2.0/UDP host[:port];branch=...</c> (RFC 3261 section 20.42, RFC 3581 for rport).</summary>
public sealed class Via
{
    private readonly string _text;

    private Via(string text, TextSpan span, string transport, HostPort sentBy, HeaderParameters parameters)
    {
        _text = text;
        Span = span;
        Transport = transport;
        SentBy = sentBy;
        Parameters = parameters;
    }

    /// <summary>The whole value, without the commas around it.</summary>
    public TextSpan Span { get; }

    /// <summary><c>UDP</c>, <c>TCP</c>, ..., as written.</summary>
    public string Transport { get; }

    public HostPort SentBy { get; }

    public HeaderParameters Parameters { get; }

    /// <summary>The transaction identifier; null when there is none.</summary>
    public string? Branch => Parameters.ValueOf("branch");

    /// <summary>The address that the message came from, as the next hop saw it; null when there is none.</summary>
    public string? Received => Parameters.ValueOf("received");

    /// <summary>True when the sender asks for its source port (RFC 3581), answered or not.</summary>
    public bool AsksForPort => Parameters.Contains("rport");

    /// <summary>The source port that the next hop saw; null when it is absent, empty or no port.</summary>
    public int? ReceivedPort => HostPort.TryParsePort(Parameters.ValueOf("rport"), out int port) ? port : null;

    /// <summary>Reads one Via value.</summary>
    public static bool TryParse(string text, TextSpan value, [NotNullWhen(true)] out Via? via, out ParseError error)
    {
        via = null;
        int end = Delimiters.Find(text, value.Start, value.End, ';');

        // sent-protocol = name / version / transport, with blanks allowed around the slashes (RFC 3261 section 25.1)
        int position = value.Start;
        if (!ReadToken(text, ref position, end, out TextSpan name)
            || !name.In(text).Equals("SIP", StringComparison.OrdinalIgnoreCase)
            || !ReadSlash(text, ref position, end)
            || !ReadToken(text, ref position, end, out _)
            || !ReadSlash(text, ref position, end)
            || !ReadToken(text, ref position, end, out TextSpan transport))
        {
            error = new ParseError(position, "SIP/2.0/ and a transport");
            return false;
        }

        TextSpan sentBy = TextSpan.FromBounds(position, end).Trim(text);
        if (sentBy.Start == position || !HostPort.TryParse(text, sentBy, out HostPort hostPort, out _))
        {
            error = new ParseError(position, "a blank, a host and an optional port");
            return false;
        }

        var parameters = new HeaderParameters(text, TextSpan.FromBounds(end, value.End));
        via = new Via(text, value, transport.Copy(text), hostPort, parameters);
        error = default;
        return true;
    }

    public override string ToString() => Span.Copy(_text);

    private static bool ReadToken(string text, ref int position, int end, out TextSpan token)
    {
        int length = text.AsSpan(position, end - position).IndexOfAnyExcept(SipCharacters.Token);
        token = new TextSpan(position, length < 0 ? end - position : length);
        position = token.End;
        return !token.IsEmpty;
    }

    private static bool ReadSlash(string text, ref int position, int end)
    {
        SkipSpace(text, ref position, end);
        if (position >= end || text[position] != '/')
        {
            return false;
        }

        position++;
        SkipSpace(text, ref position, end);
        return true;
    }

    private static void SkipSpace(string text, ref int position, int end)
    {
        while (position < end && SipCharacters.IsSpace(text[position]))
        {
            position++;
        }
    }
}
