using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace RtpProxy.Sip.Sdp;

/// <summary>Reads single lines of a description.</summary>
internal static class SdpLineParser
{
    private const string AddressType = " IP";

    /// <summary>
    /// Reads <c>o=</c> or <c>c=</c>. The address follows the last word that begins with <c>IP</c>, which must be <c>IP4</c> or
    /// <c>IP6</c>: the words before it may be anything, a user called <c>IP4</c> included, and are not checked.
    /// </summary>
    public static bool TryParseAddress(
        string text, SdpLine line, [NotNullWhen(true)] out SdpAddress? address, out ParseError error)
    {
        address = null;
        int index = line.Value.In(text).LastIndexOf(AddressType, StringComparison.Ordinal);
        int digit = line.Value.Start + index + AddressType.Length;
        int position = digit + 1;
        if (index < 0 || digit >= line.Value.End || text[digit] is not ('4' or '6')
            || (position < line.Value.End && !SipCharacters.IsBlank(text[position])))
        {
            error = new ParseError(line.Value.End, "IP4 or IP6 and an address");
            return false;
        }

        if (!ReadWord(text, line.Value.End, ref position, out TextSpan host))
        {
            error = new ParseError(line.Value.End, "an address");
            return false;
        }

        SdpAddressFamily family = text[digit] == '6' ? SdpAddressFamily.IPv6 : SdpAddressFamily.IPv4;
        address = new SdpAddress(line.Line, family, new TextSpan(digit, 1), host);
        error = default;
        return true;
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

            // A name begins right behind the equals sign: "a= rtcp:1" is some other attribute.
            var whole = TextSpan.FromBounds(line.Line.Start + 2, Math.Max(line.Line.Start + 2, line.Value.End));
            int colon = whole.In(text).IndexOf(':');
            found.Add(colon < 0
                ? new SdpAttribute(line.Line, whole, null)
                : new SdpAttribute(
                    line.Line,
                    new TextSpan(whole.Start, colon),
                    TextSpan.FromBounds(whole.Start + colon + 1, whole.End).Trim(text)));
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
