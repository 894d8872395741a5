using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace RtpProxy.Sip;

/// <summary>
/// A SIP request or response (RFC 3261 section 7) as a view of its own text: the start line, the header fields and the
/// body are places in <see cref="Text"/>. Parsing checks the frame only (start line, fields, empty line); single fields
/// are read when asked for, and <see cref="MessageCheck"/> tells whether those that every message needs are in order.
/// </summary>
/// <remarks>Immutable, and so safe on any thread. Changes are made by <see cref="SipMessageEditor"/>.</remarks>
public sealed partial class SipMessage
{
    private SipMessage(string text, SipStartLine startLine, ImmutableArray<SipHeader> headers, int bodyStart)
    {
        Text = text;
        StartLine = startLine;
        Headers = headers;
        Rest = TextSpan.FromBounds(bodyStart, text.Length);
        DeclaredLength = ReadDeclaredLength();
        Body = DeclaredLength is int length && length <= Rest.Length ? new TextSpan(bodyStart, length) : Rest;
    }

    /// <summary>The message as Latin-1: one character for each byte, whatever the bytes mean.</summary>
    public string Text { get; }

    public SipStartLine StartLine { get; }

    /// <summary>All header fields in order; a field with several comma-separated values is one entry.</summary>
    public ImmutableArray<SipHeader> Headers { get; }

    /// <summary>The value of Content-Length; null when it is missing or not a number below 2^31.</summary>
    public int? DeclaredLength { get; }

    /// <summary>Everything behind the empty line, also what Content-Length does not cover.</summary>
    public TextSpan Rest { get; }

    /// <summary>
    /// The body: as long as Content-Length says, or all of <see cref="Rest"/> if it says nothing usable.
    /// </summary>
    public TextSpan Body { get; }

    public bool IsRequest => StartLine.IsRequest;

    /// <summary>The status code of a response, 0 for a request.</summary>
    public int StatusCode => StartLine.StatusCode;

    /// <summary>The method of the start line, or of CSeq in a response; empty if CSeq cannot be read.</summary>
    public string Method => IsRequest ? StartLine.Method.Copy(Text) : CSeq?.Method ?? "";

    /// <summary>The Request-URI as written; empty in a response.</summary>
    public string RequestUri => StartLine.RequestUri.Copy(Text);

    /// <summary>Reads one message, for example a datagram.</summary>
    /// <param name="bytes">The whole message; copied.</param>
    /// <param name="message">The message when true is returned.</param>
    /// <param name="error">The first thing that is wrong when false is returned.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SipMessage message, out ParseError error) =>
        TryParse(Encoding.Latin1.GetString(bytes), out message, out error);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out SipMessage, out ParseError)"/>
    /// <param name="text">The whole message as Latin-1.</param>
    public static bool TryParse(string text, out SipMessage message, out ParseError error)
    {
        ArgumentNullException.ThrowIfNull(text);
        message = null!;

        // RFC 3261 section 7.5: empty lines before the start line are ignored.
        int start = 0;
        while (start < text.Length && SipCharacters.IsLineEnd(text[start]))
        {
            start++;
        }

        int lineFeed = text.AsSpan(start).IndexOf('\n');
        if (lineFeed < 0)
        {
            error = new ParseError(text.Length, "a start line and a line end");
            return false;
        }

        int headersStart = start + lineFeed + 1;
        int lineEnd = start + lineFeed;
        var line = TextSpan.FromBounds(start, lineEnd > start && text[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd);
        if (!StartLineParser.TryParse(text, line, out SipStartLine startLine, out error)
            || !HeaderParser.TryParse(text, headersStart, text.Length, out var headers, out int bodyStart, out error))
        {
            return false;
        }

        message = new SipMessage(text, startLine, headers, bodyStart);
        return true;
    }

    /// <summary>The bytes of the message, as they came.</summary>
    public byte[] ToBytes() => Encoding.Latin1.GetBytes(Text);

    public override string ToString() => Text;

    private int? ReadDeclaredLength() =>
        TryFind(HeaderKind.ContentLength, out SipHeader header)
        && int.TryParse(header.Value.In(Text), NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            ? length
            : null;
}
