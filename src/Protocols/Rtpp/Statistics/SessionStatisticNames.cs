namespace RtpProxy.Protocols.Rtpp.Statistics;

/// <summary>The names and formats of <see cref="SessionStatistic"/> on the wire; case-sensitive.</summary>
public static class SessionStatisticNames
{
    private static readonly WireNames<SessionStatistic> Names = new(
        (SessionStatistic.Ttl, "ttl"),
        (SessionStatistic.PacketsFromThisParty, "npkts_ina"),
        (SessionStatistic.PacketsFromOtherParty, "npkts_ino"),
        (SessionStatistic.PacketsRelayed, "nrelayed"),
        (SessionStatistic.PacketsDropped, "ndropped"),
        (SessionStatistic.RtpSent, "rtpa_nsent"),
        (SessionStatistic.RtpReceived, "rtpa_nrcvd"),
        (SessionStatistic.RtpDuplicates, "rtpa_ndups"),
        (SessionStatistic.RtpLost, "rtpa_nlost"),
        (SessionStatistic.RtpParseErrors, "rtpa_perrs"),
        (SessionStatistic.LongestGap, "longest_ipi"),
        (SessionStatistic.JitterLast, "rtpa_jlast"),
        (SessionStatistic.JitterMax, "rtpa_jmax"),
        (SessionStatistic.JitterMean, "rtpa_javg"));

    /// <summary>Every statistic, in the order of the protocol's table.</summary>
    public static IReadOnlyList<SessionStatistic> All => Names.All;

    /// <summary>The five that a <c>Q</c> without names shows.</summary>
    public static IReadOnlyList<SessionStatistic> Default { get; } =
    [
        SessionStatistic.Ttl,
        SessionStatistic.PacketsFromThisParty,
        SessionStatistic.PacketsFromOtherParty,
        SessionStatistic.PacketsRelayed,
        SessionStatistic.PacketsDropped,
    ];

    public static bool TryParse(string name, out SessionStatistic statistic) => Names.TryParse(name, out statistic);

    public static string Text(this SessionStatistic statistic) => Names.Text(statistic);

    /// <summary>True for a number with six decimals, false for an integer.</summary>
    public static bool IsFraction(this SessionStatistic statistic) => statistic >= SessionStatistic.LongestGap;
}
