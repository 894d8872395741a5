namespace RtpProxy.Sip.Sdp;

/// <summary>One <c>x=value</c> line, as places in the text.</summary>
/// <param name="Type">The letter before the equals sign; NUL for a line that is not of this form.</param>
/// <param name="Line">The whole line without its end.</param>
/// <param name="Value">What follows the equals sign, without blanks at its end.</param>
internal readonly record struct SdpLine(char Type, TextSpan Line, TextSpan Value)
{
    /// <summary>Cuts a description into lines; each ends in CR, LF or both, and empty ones are left out.</summary>
    public static SdpLine[] Split(string text, TextSpan where)
    {
        var lines = new SdpLine[CountLines(where.In(text))];
        int count = 0;
        for (int position = where.Start; position < where.End;)
        {
            int end = EndOfLine(text, position, where.End);
            if (end > position)
            {
                lines[count++] = Read(text, TextSpan.FromBounds(position, end));
            }

            position = end + 1;
        }

        return lines;
    }

    private static int CountLines(ReadOnlySpan<char> text)
    {
        int count = 0;
        bool isInLine = false;
        foreach (char c in text)
        {
            bool isEnd = SipCharacters.IsLineEnd(c);
            count += !isEnd && !isInLine ? 1 : 0;
            isInLine = !isEnd;
        }

        return count;
    }

    private static int EndOfLine(string text, int start, int end)
    {
        int length = text.AsSpan(start, end - start).IndexOfAny('\r', '\n');
        return length < 0 ? end : start + length;
    }

    private static SdpLine Read(string text, TextSpan line) =>
        line.Length >= 2 && text[line.Start + 1] == '='
            ? new SdpLine(text[line.Start], line, TextSpan.FromBounds(line.Start + 2, line.End).Trim(text))
            : new SdpLine('\0', line, line);
}
