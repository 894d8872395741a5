namespace RtpProxy.Sip.Sdp;

/// <summary>One <c>x=value</c> line, as places in the text.</summary>
/// <param name="Type">The letter before the equals sign; NUL for a line that is not of this form.</param>
/// <param name="Line">The whole line without its end.</param>
/// <param name="Value">What follows the equals sign, without blanks at its end.</param>
internal readonly record struct SdpLine(char Type, TextSpan Line, TextSpan Value)
{
    /// <summary>Cuts a description into lines; each ends in CR, LF or both, and empty ones are left out.</summary>
    public static IEnumerable<SdpLine> Split(string text, TextSpan where)
    {
        int position = where.Start;
        while (position < where.End)
        {
            int length = text.AsSpan(position, where.End - position).IndexOfAny('\r', '\n');
            int end = length < 0 ? where.End : position + length;
            if (end > position)
            {
                yield return Read(text, TextSpan.FromBounds(position, end));
            }

            position = end + 1;
        }
    }

    private static SdpLine Read(string text, TextSpan line) =>
        line.Length >= 2 && text[line.Start + 1] == '='
            ? new SdpLine(text[line.Start], line, TextSpan.FromBounds(line.Start + 2, line.End).Trim(text))
            : new SdpLine('\0', line, line);
}
