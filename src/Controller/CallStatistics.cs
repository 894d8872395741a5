using System.Globalization;

namespace RtpProxy.Controller;

/// <summary>
/// The five counters of a call's first medium, by the parties of the message that they were asked with.
/// </summary>
/// <param name="TimeToLive">Seconds until the session times out if no more media comes; of any whole number.</param>
/// <param name="PacketsFromFromParty">RTP packets received from the party in From.</param>
/// <param name="PacketsFromToParty">RTP packets received from the party in To.</param>
/// <param name="Relayed">RTP packets relayed, both ways.</param>
/// <param name="Dropped">RTP packets dropped, both ways.</param>
public sealed record CallStatistics(
    TimeSpan TimeToLive, ulong PacketsFromFromParty, ulong PacketsFromToParty, ulong Relayed, ulong Dropped)
{
    private const int CounterCount = 5;

    /// <summary>Reads <c>TTL FIRST SECOND RELAYED DROPPED</c>.</summary>
    /// <param name="text">The reply; blanks and line ends around it do not matter.</param>
    /// <param name="fromPartyIsFirst">Whether the first tag of the query was that of From.</param>
    /// <returns>Null when it is not five whole numbers.</returns>
    public static CallStatistics? TryParse(string text, bool fromPartyIsFirst)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] words = text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != CounterCount
            || !int.TryParse(words[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int ttl))
        {
            return null;
        }

        Span<ulong> counters = stackalloc ulong[CounterCount];
        for (int i = 1; i < CounterCount; i++)
        {
            if (!ulong.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out counters[i]))
            {
                return null;
            }
        }

        (ulong from, ulong to) = fromPartyIsFirst ? (counters[1], counters[2]) : (counters[2], counters[1]);
        return new CallStatistics(TimeSpan.FromSeconds(ttl), from, to, counters[3], counters[4]);
    }
}
