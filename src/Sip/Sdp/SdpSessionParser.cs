using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace RtpProxy.Sip.Sdp;

/// <summary>Reads the lines of one session description, the first of which is its <c>v=</c>.</summary>
internal static class SdpSessionParser
{
    public static bool TryParse(
        string text, ReadOnlySpan<SdpLine> lines, [NotNullWhen(true)] out SdpSession? session, out ParseError error)
    {
        session = null;
        int firstMedia = FindNext(lines, 0, 'm');
        int originIndex = FindNext(lines, 0, 'o');
        if (originIndex > firstMedia || originIndex == lines.Length)
        {
            return Fail(lines[0].Line.End, "an o= line before the first m=", out error);
        }

        if (firstMedia == lines.Length)
        {
            return Fail(lines[^1].Line.End, "an m= line", out error);
        }

        // A c= counts for the session only behind o=, where RFC 8866 section 5 puts it.
        ReadOnlySpan<SdpLine> head = lines[originIndex..firstMedia];
        if (!SdpLineParser.TryParseAddress(text, lines[originIndex], out SdpAddress? origin, out error))
        {
            return false;
        }

        // A line that nobody can read is a fault only of the media that depends on it.
        ParseError? fault = TryParseConnection(text, head, out SdpAddress? connection, out error) ? null : error;
        ImmutableArray<SdpAttribute> attributes = SdpLineParser.ParseAttributes(text, head);
        if (!TryParseMedia(text, lines[firstMedia..], connection, fault, attributes, out var media, out error))
        {
            return false;
        }

        int name = FindNext(head, 0, 's');
        session = new SdpSession(
            TextSpan.FromBounds(lines[0].Line.Start, lines[^1].Line.End),
            origin,
            name < head.Length ? head[name].Value : null,
            connection,
            attributes,
            media);
        return true;
    }

    private static bool TryParseMedia(
        string text,
        ReadOnlySpan<SdpLine> lines,
        SdpAddress? sessionConnection,
        ParseError? sessionFault,
        ImmutableArray<SdpAttribute> sessionAttributes,
        out ImmutableArray<SdpMedia> media,
        out ParseError error)
    {
        media = [];
        ImmutableArray<SdpMedia>.Builder found = ImmutableArray.CreateBuilder<SdpMedia>();
        MediaDirection direction = SdpDirection.Find(text, sessionAttributes) ?? MediaDirection.SendReceive;
        for (int start = 0; start < lines.Length;)
        {
            int next = FindNext(lines, start + 1, 'm');
            ReadOnlySpan<SdpLine> section = lines[start..next];
            if (!SdpLineParser.TryParseMediaLine(text, section[0], out SdpMediaLine? line, out error))
            {
                return false;
            }

            bool isReadable = TryParseConnection(text, section, out SdpAddress? connection, out error);
            var one = new SdpMedia(text, line, connection, SdpLineParser.ParseAttributes(text, section), direction);
            if (one.NeedsRelay && !isReadable)
            {
                return false;
            }

            if (one.NeedsRelay && connection is null && sessionConnection is null)
            {
                error = sessionFault ?? new ParseError(section[0].Line.End, "a c= line for this media, its own or the session's");
                return false;
            }

            found.Add(one);
            start = next;
        }

        media = found.DrainToImmutable();
        error = default;
        return true;
    }

    // Only the first c= counts; null when there is none.
    private static bool TryParseConnection(
        string text, ReadOnlySpan<SdpLine> lines, out SdpAddress? connection, out ParseError error)
    {
        connection = null;
        error = default;
        int index = FindNext(lines, 0, 'c');
        return index == lines.Length || SdpLineParser.TryParseAddress(text, lines[index], out connection, out error);
    }

    private static int FindNext(ReadOnlySpan<SdpLine> lines, int start, char type)
    {
        for (int i = start; i < lines.Length; i++)
        {
            if (lines[i].Type == type)
            {
                return i;
            }
        }

        return lines.Length;
    }

    private static bool Fail(int offset, string expected, out ParseError error)
    {
        error = new ParseError(offset, expected);
        return false;
    }
}
