namespace RtpProxy.TestKit.Operations;

/// <summary>Every operation that has a budget, freshly made on request.</summary>
public static class WatchedOperations
{
    /// <summary>By the name used in <c>bench/budgets.json</c>: that of the class.</summary>
    public static IReadOnlyDictionary<string, Func<IOperation>> All { get; } = new Dictionary<string, Func<IOperation>>
    {
        [nameof(RelayRtpPacket)] = static () => new RelayRtpPacket(),
        [nameof(RelayRtcpReport)] = static () => new RelayRtcpReport(),
        [nameof(RefuseStranger)] = static () => new RefuseStranger(),
        [nameof(ParseRtpPacket)] = static () => new ParseRtpPacket(),
        [nameof(AnalyseRtpPacket)] = static () => new AnalyseRtpPacket(),
        [nameof(DecideLatchedSource)] = static () => new DecideLatchedSource(),
        [nameof(DecideMovingSource)] = static () => new DecideMovingSource(),
        [nameof(ParseUpdateCommand)] = static () => new ParseUpdateCommand(),
        [nameof(RewriteOffer)] = static () => new RewriteOffer(),
    };
}
