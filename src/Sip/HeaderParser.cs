using System.Collections.Immutable;

namespace RtpProxy.Sip;

/// <summary>
/// Reads header fields up to the empty line (RFC 3261 section 7.3), folded lines joined to their field.
/// </summary>
/// <remarks>Lines end in CR LF, or in LF alone, which real senders use as well.</remarks>
internal static class HeaderParser
{
    /// <param name="text">The text that holds the fields.</param>
    /// <param name="start">Offset of the first field.</param>
    /// <param name="end">Where the text ends for this purpose.</param>
    /// <param name="headers">The fields in order.</param>
    /// <param name="bodyStart">Offset behind the empty line.</param>
    /// <param name="error">Set when false is returned.</param>
    public static bool TryParse(
        string text, int start, int end, out ImmutableArray<SipHeader> headers, out int bodyStart, out ParseError error)
    {
        headers = [];
        bodyStart = end;
        ImmutableArray<SipHeader>.Builder found = ImmutableArray.CreateBuilder<SipHeader>(16);
        int position = start;
        while (true)
        {
            if (IsEmptyLine(text, position, end, out int behind))
            {
                headers = found.DrainToImmutable();
                bodyStart = behind;
                error = default;
                return true;
            }

            if (position >= end)
            {
                return Fail(end, "an empty line after the header fields", out error);
            }

            int next = FindEndOfField(text, position, end);
            if (next < 0)
            {
                return Fail(end, "a line end after the header field", out error);
            }

            if (!TryParseField(text, TextSpan.FromBounds(position, next), out SipHeader header, out error))
            {
                return false;
            }

            found.Add(header);
            position = next;
        }
    }

    private static bool TryParseField(string text, TextSpan line, out SipHeader header, out ParseError error)
    {
        header = default;
        ReadOnlySpan<char> field = line.In(text);
        int colon = field.IndexOf(':');
        int nameLength = colon < 0 ? field.Length : field[..colon].TrimEnd(" \t").Length;
        int bad = field[..nameLength].IndexOfAnyExcept(SipCharacters.Token);
        if (bad >= 0 || nameLength == 0)
        {
            return Fail(line.Start + Math.Max(bad, 0), "a header name and ':'", out error);
        }

        var name = new TextSpan(line.Start, nameLength);
        TextSpan value = TextSpan.FromBounds(line.Start + colon + 1, line.End).Trim(text);
        header = new SipHeader(HeaderNames.KindOf(name.In(text)), name, value, line);
        error = default;
        return true;
    }

    // The offset behind the line end that is not followed by a blank, or -1.
    private static int FindEndOfField(string text, int start, int end)
    {
        int position = start;
        while (true)
        {
            int index = text.AsSpan(position, end - position).IndexOf('\n');
            if (index < 0)
            {
                return -1;
            }

            position += index + 1;
            if (position >= end || !SipCharacters.IsBlank(text[position]))
            {
                return position;
            }
        }
    }

    private static bool IsEmptyLine(string text, int position, int end, out int behind)
    {
        int lineFeed = position < end && text[position] == '\r' ? position + 1 : position;
        behind = lineFeed + 1;
        return lineFeed < end && text[lineFeed] == '\n';
    }

    private static bool Fail(int offset, string expected, out ParseError error)
    {
        error = new ParseError(offset, expected);
        return false;
    }
}
