using System.Globalization;
using RtpProxy.Sip.Headers;

namespace RtpProxy.Sip;

/// <summary>
/// What a proxy checks before it acts on a message (RFC 3261 section 16.3, step 1, and section 8.1.1): version, the
/// fields that every message has, each once and readable, and a body that is all there. Fields that only an endpoint
/// needs are not looked at.
/// </summary>
public static class MessageCheck
{
    private static readonly HeaderKind[] Single =
    [
        HeaderKind.From, HeaderKind.To, HeaderKind.CallId, HeaderKind.CSeq, HeaderKind.MaxForwards,
        HeaderKind.ContentLength, HeaderKind.ContentType,
    ];

    private static readonly HeaderKind[] Mandatory =
        [HeaderKind.Via, HeaderKind.From, HeaderKind.To, HeaderKind.CallId, HeaderKind.CSeq];

    /// <summary>The first fault of a message, or null for a sound one.</summary>
    public static MessageFault? FindFault(SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return CheckStartLine(message)
            ?? CheckPresence(message)
            ?? CheckVia(message)
            ?? CheckAddress(message, HeaderKind.From)
            ?? CheckAddress(message, HeaderKind.To)
            ?? CheckCSeq(message)
            ?? CheckMaxForwards(message)
            ?? CheckLength(message);
    }

    private static MessageFault? CheckStartLine(SipMessage message)
    {
        TextSpan version = message.StartLine.Version;
        if (!version.In(message.Text).Equals("SIP/2.0", StringComparison.OrdinalIgnoreCase))
        {
            return new MessageFault(505, "Version", new ParseError(version.Start, "SIP/2.0"));
        }

        TextSpan uri = message.StartLine.RequestUri;
        bool hasScheme = uri.In(message.Text).IndexOf(':') > 0;
        if (message.IsRequest && (!hasScheme || uri.In(message.Text).IndexOfAny('<', '>', '"') >= 0))
        {
            return Bad("Request-URI", uri.Start, "a URI with a scheme, without angle brackets and quotes");
        }

        return null;
    }

    private static MessageFault? CheckPresence(SipMessage message)
    {
        foreach (HeaderKind kind in Mandatory)
        {
            if (!message.TryFind(kind, out SipHeader header))
            {
                return Bad(HeaderNames.NameOf(kind), message.Rest.Start, "this field before the empty line");
            }

            if (header.Value.IsEmpty)
            {
                return Bad(HeaderNames.NameOf(kind), header.Value.Start, "a value");
            }
        }

        foreach (HeaderKind kind in Single)
        {
            bool seen = false;
            foreach (SipHeader header in message.Headers)
            {
                if (header.Kind == kind && seen)
                {
                    return Bad(HeaderNames.NameOf(kind), header.Line.Start, "this field only once");
                }

                seen |= header.Kind == kind;
            }
        }

        return null;
    }

    private static MessageFault? CheckVia(SipMessage message)
    {
        foreach (SipHeader header in message.Headers)
        {
            if (header.Kind == HeaderKind.Via && ValueList.HasEmptyValue(message.Text, header.Value))
            {
                return Bad("Via", header.Value.Start, "a value between commas");
            }
        }

        foreach (TextSpan value in message.ValuesOf(HeaderKind.Via))
        {
            if (!Via.TryParse(message.Text, value, out Via? via, out ParseError error))
            {
                return new MessageFault(400, "Via", error);
            }

            if (via.Parameters.HasEmptyParameter)
            {
                return Bad("Via", via.Parameters.Span.Start, "a parameter behind each semicolon");
            }
        }

        return null;
    }

    private static MessageFault? CheckAddress(SipMessage message, HeaderKind kind)
    {
        return message.TryFind(kind, out SipHeader header)
            && !NameAddress.TryParse(message.Text, header.Value, out _, out ParseError error)
                ? new MessageFault(400, HeaderNames.NameOf(kind), error)
                : null;
    }

    private static MessageFault? CheckCSeq(SipMessage message)
    {
        if (!message.TryFind(HeaderKind.CSeq, out SipHeader header))
        {
            return null;
        }

        if (!CSeq.TryParse(message.Text, header.Value, out CSeq cseq, out ParseError error))
        {
            return new MessageFault(400, "CSeq", error);
        }

        return message.IsRequest && !message.StartLine.Method.In(message.Text).SequenceEqual(cseq.Method)
            ? Bad("CSeq", header.Value.Start, "the method of the start line")
            : null;
    }

    private static MessageFault? CheckMaxForwards(SipMessage message)
    {
        return message.TryFind(HeaderKind.MaxForwards, out SipHeader header)
            && !byte.TryParse(header.Value.In(message.Text), NumberStyles.None, CultureInfo.InvariantCulture, out _)
                ? Bad("Max-Forwards", header.Value.Start, "a number from 0 to 255")
                : null;
    }

    private static MessageFault? CheckLength(SipMessage message)
    {
        if (!message.TryFind(HeaderKind.ContentLength, out SipHeader header))
        {
            return null;
        }

        if (message.DeclaredLength is not int length)
        {
            return Bad("Content-Length", header.Value.Start, "a number of bytes");
        }

        return length > message.Rest.Length
            ? Bad("Content-Length", message.Text.Length, "as many bytes of body as Content-Length says")
            : null;
    }

    private static MessageFault Bad(string subject, int offset, string expected) =>
        new(400, subject, new ParseError(offset, expected));
}
