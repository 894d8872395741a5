namespace RtpProxy.Protocols.Rtpp.Statistics;

/// <summary>The names of <see cref="QualityStatistic"/> on the wire; case-sensitive.</summary>
public static class QualityStatisticNames
{
    private static readonly WireNames<QualityStatistic> Names = new(
        (QualityStatistic.ScoreOfCallee, "mos_lq_ino"),
        (QualityStatistic.ScoreOfCaller, "mos_lq_ina"),
        (QualityStatistic.LowestScoreOfCallee, "mos_lq_min_ino"),
        (QualityStatistic.LowestScoreOfCaller, "mos_lq_min_ina"),
        (QualityStatistic.JitterOfCallee, "jitter_ino"),
        (QualityStatistic.JitterOfCaller, "jitter_ina"),
        (QualityStatistic.LargestJitterOfCallee, "jitter_max_ino"),
        (QualityStatistic.LargestJitterOfCaller, "jitter_max_ina"),
        (QualityStatistic.LateOfCallee, "nlate_ino"),
        (QualityStatistic.LateOfCaller, "nlate_ina"),
        (QualityStatistic.LostOfCallee, "nlost_ino"),
        (QualityStatistic.LostOfCaller, "nlost_ina"),
        (QualityStatistic.RoundTripOfCallee, "rtt_ino"),
        (QualityStatistic.RoundTripOfCaller, "rtt_ina"),
        (QualityStatistic.SilenceOfCallee, "silent_ino"),
        (QualityStatistic.SilenceOfCaller, "silent_ina"),
        (QualityStatistic.Verdict, "verdict"));

    /// <summary>Every statistic, in the order of the protocol's table.</summary>
    public static IReadOnlyList<QualityStatistic> All => Names.All;

    public static bool TryParse(string name, out QualityStatistic statistic) => Names.TryParse(name, out statistic);

    public static string Text(this QualityStatistic statistic) => Names.Text(statistic);
}
