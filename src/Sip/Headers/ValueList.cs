namespace RtpProxy.Sip.Headers;

/// <summary>
/// Comma-separated values of one field (RFC 3261 section 7.3.1); commas in quotes or angle brackets do not separate.
/// </summary>
public static class ValueList
{
    /// <summary>The values without surrounding white space; empty ones are left out.</summary>
    public static IEnumerable<TextSpan> Split(string text, TextSpan value)
    {
        return SplitAll(text, value).Where(item => !item.IsEmpty);
    }

    /// <summary>
    /// True when nothing stands between two commas, or before the first or behind the last; the grammar forbids it.
    /// </summary>
    internal static bool HasEmptyValue(string text, TextSpan value) => SplitAll(text, value).Any(item => item.IsEmpty);

    private static IEnumerable<TextSpan> SplitAll(string text, TextSpan value)
    {
        int start = value.Start;
        while (start <= value.End)
        {
            int end = Delimiters.Find(text, start, value.End, ',');
            yield return TextSpan.FromBounds(start, end).Trim(text);
            start = end + 1;
        }
    }
}
