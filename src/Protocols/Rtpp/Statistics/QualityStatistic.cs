namespace RtpProxy.Protocols.Rtpp.Statistics;

/// <summary>
/// What <c>Q</c> can be asked for beside the original's names (control protocol, section 3.12). "Of" is about the packets that the
/// party sends, whatever the order of tags in the command: <c>_ina</c> the caller's, <c>_ino</c> the callee's. What is not known is
/// <c>-</c>.
/// </summary>
public enum QualityStatistic
{
    /// <summary><c>mos_lq_ino</c>: MOS-LQ of the whole stream, two decimals.</summary>
    ScoreOfCallee,

    /// <summary><c>mos_lq_ina</c></summary>
    ScoreOfCaller,

    /// <summary><c>mos_lq_min_ino</c>: MOS-LQ of the worst interval of 5 s, two decimals.</summary>
    LowestScoreOfCallee,

    /// <summary><c>mos_lq_min_ina</c></summary>
    LowestScoreOfCaller,

    /// <summary><c>jitter_ino</c>: latest, milliseconds with one decimal.</summary>
    JitterOfCallee,

    /// <summary><c>jitter_ina</c></summary>
    JitterOfCaller,

    /// <summary><c>jitter_max_ino</c>: largest, milliseconds with one decimal.</summary>
    LargestJitterOfCallee,

    /// <summary><c>jitter_max_ina</c></summary>
    LargestJitterOfCaller,

    /// <summary><c>nlate_ino</c>: packets that a de-jitter buffer would have thrown away.</summary>
    LateOfCallee,

    /// <summary><c>nlate_ina</c></summary>
    LateOfCaller,

    /// <summary><c>nlost_ino</c>: packets that did not come.</summary>
    LostOfCallee,

    /// <summary><c>nlost_ina</c></summary>
    LostOfCaller,

    /// <summary><c>rtt_ino</c>: from us to the party and back, by its RTCP; milliseconds with one decimal.</summary>
    RoundTripOfCallee,

    /// <summary><c>rtt_ina</c></summary>
    RoundTripOfCaller,

    /// <summary><c>silent_ino</c>: since its last packet, milliseconds with one decimal.</summary>
    SilenceOfCallee,

    /// <summary><c>silent_ina</c></summary>
    SilenceOfCaller,

    /// <summary><c>verdict</c>: what is the matter with the call, in one word.</summary>
    Verdict,
}
