using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Sdp;

/// <summary>
/// The line that says "media goes through a relay already" (<c>nortpproxy_str</c>), so that a second proxy on the path
/// does not anchor it once more.
/// </summary>
internal static class RelayMark
{
    /// <summary>
    /// True when a line at this place of the text begins with the mark; the rest of that line does not matter.
    /// </summary>
    public static bool IsIn(string text, TextSpan where, string mark)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(mark);
        for (int position = where.Start; position < where.End;)
        {
            ReadOnlySpan<char> rest = text.AsSpan(position, where.End - position);
            if (rest.StartsWith(mark, StringComparison.Ordinal))
            {
                return true;
            }

            int lineEnd = rest.IndexOfAny('\r', '\n');
            position = lineEnd < 0 ? where.End : position + lineEnd + 1;
        }

        return false;
    }

    /// <summary>
    /// Adds the mark as the last line. A description that ended in a line end still ends in one, and one without still
    /// has none.
    /// </summary>
    public static void Add(SdpBody body, string mark, SpliceList changes)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(changes);
        changes.Insert(body.Span.End, "\r\n" + mark);
    }
}
