using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace RtpProxy.Sip.Sdp;

/// <summary>Reads single lines of a description.</summary>
internal static class SdpLineParser
{
    /// <summary>
    /// Reads <c>o=</c> or <c>c=</c>. The address follows the first word <c>IP4</c> or <c>IP6</c>; the words before it
    /// are not checked.
    /// </summary>
    public static bool TryParseAddress(
        string text, SdpLine line, [NotNullWhen(true)] out SdpAddress? address, out ParseError error)
    {
        address = null;
        int position = line.Value.Start;
        while (ReadWord(text, line.Value.End, ref position, out TextSpan word))
        {
            if (word.In(text) is not ("IP4" or "IP6"))
            {
                continue;
            }

            if (!ReadWord(text, line.Value.End, ref position, out TextSpan host))
            {
                error = new ParseError(line.Value.End, "an address");
                return false;
            }

            var digit = new TextSpan(word.Start + 2, 1);
            SdpAddressFamily family = text[digit.Start] == '6' ? SdpAddressFamily.IPv6 : SdpAddressFamily.IPv4;
            address = new SdpAddress(line.Line, family, digit, host);
            error = default;
            return true;
        }

        error = new ParseError(line.Value.End, "IP4 or IP6 and an address");
        return false;
    }

    public static bool TryParseMediaLine(
        string text, SdpLine line, [NotNullWhen(true)] out SdpMediaLine? media, out ParseError error)
    {
        media = null;
        int position = line.Value.Start;
        int end = line.Value.End;
        if (!ReadWord(text, end, ref position, out TextSpan type)
            || !ReadWord(text, end, ref position, out TextSpan port)
            || !ReadWord(text, end, ref position, out TextSpan transport))
        {
            error = new ParseError(end, "a media type, a port and a transport");
            return false;
        }

        TextSpan formats = TextSpan.FromBounds(position, end).Trim(text);
        media = new SdpMediaLine(line.Line, type, port, transport, formats);
        error = default;
        return true;
    }

    public static ImmutableArray<SdpAttribute> ParseAttributes(string text, ReadOnlySpan<SdpLine> lines)
    {
        ImmutableArray<SdpAttribute>.Builder found = ImmutableArray.CreateBuilder<SdpAttribute>();
        foreach (SdpLine line in lines)
        {
            if (line.Type != 'a')
            {
                continue;
            }

            int colon = line.Value.In(text).IndexOf(':');
            found.Add(colon < 0
                ? new SdpAttribute(line.Line, line.Value, null)
                : new SdpAttribute(
                    line.Line,
                    new TextSpan(line.Value.Start, colon),
                    TextSpan.FromBounds(line.Value.Start + colon + 1, line.Value.End).Trim(text)));
        }

        return found.DrainToImmutable();
    }

    private static bool ReadWord(string text, int end, ref int position, out TextSpan word)
    {
        while (position < end && SipCharacters.IsBlank(text[position]))
        {
            position++;
        }

        int start = position;
        while (position < end && !SipCharacters.IsBlank(text[position]))
        {
            position++;
        }

        word = TextSpan.FromBounds(start, position);
        return !word.IsEmpty;
    }
}
