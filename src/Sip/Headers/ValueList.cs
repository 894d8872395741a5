namespace RtpProxy.Sip.Headers;

/// <summary>Comma-separated values of one field (RFC 3261 section 7.3.1); commas in quotes or angle brackets do not separate.</summary>
public static class ValueList
{
    /// <summary>The values without surrounding white space; empty ones are left out.</summary>
    public static IEnumerable<TextSpan> Split(string text, TextSpan value)
    {
        int start = value.Start;
        while (start < value.End)
        {
            int end = Delimiters.Find(text, start, value.End, ',');
            TextSpan item = TextSpan.FromBounds(start, end).Trim(text);
            if (!item.IsEmpty)
            {
                yield return item;
            }

            start = end + 1;
        }
    }
}
