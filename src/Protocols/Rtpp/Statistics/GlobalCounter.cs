namespace RtpProxy.Protocols.Rtpp.Statistics;

/// <summary>What <c>G</c> can be asked for (control protocol, section 9, which says when each is counted).</summary>
public enum GlobalCounter
{
    /// <summary><c>nsess_created</c></summary>
    SessionsCreated,

    /// <summary><c>nsess_destroyed</c></summary>
    SessionsDestroyed,

    /// <summary><c>nsess_timeout</c></summary>
    SessionsTimedOut,

    /// <summary><c>nsess_complete</c></summary>
    SessionsComplete,

    /// <summary><c>nsess_nortp</c></summary>
    SessionsWithoutRtp,

    /// <summary><c>nsess_owrtp</c></summary>
    SessionsWithOneWayRtp,

    /// <summary><c>nsess_nortcp</c></summary>
    SessionsWithoutRtcp,

    /// <summary><c>nsess_owrtcp</c></summary>
    SessionsWithOneWayRtcp,

    /// <summary><c>nplrs_created</c></summary>
    PlayersCreated,

    /// <summary><c>nplrs_destroyed</c></summary>
    PlayersDestroyed,

    /// <summary><c>npkts_rcvd</c></summary>
    PacketsReceived,

    /// <summary><c>npkts_played</c></summary>
    PacketsPlayed,

    /// <summary><c>npkts_relayed</c></summary>
    PacketsRelayed,

    /// <summary><c>npkts_resizer_in</c></summary>
    ResizerPacketsIn,

    /// <summary><c>npkts_resizer_out</c></summary>
    ResizerPacketsOut,

    /// <summary><c>npkts_resizer_discard</c></summary>
    ResizerPacketsDiscarded,

    /// <summary><c>npkts_discard</c></summary>
    PacketsDiscarded,

    /// <summary><c>total_duration</c>, seconds with six decimals</summary>
    TotalDuration,

    /// <summary><c>ncmds_rcvd</c></summary>
    CommandsReceived,

    /// <summary><c>ncmds_rcvd_ndups</c></summary>
    CommandsRepeated,

    /// <summary><c>ncmds_succd</c></summary>
    CommandsSucceeded,

    /// <summary><c>ncmds_errs</c></summary>
    CommandsFailed,

    /// <summary><c>ncmds_repld</c></summary>
    CommandsReplied,

    /// <summary><c>rtpa_nsent</c></summary>
    RtpSent,

    /// <summary><c>rtpa_nrcvd</c></summary>
    RtpReceived,

    /// <summary><c>rtpa_ndups</c></summary>
    RtpDuplicates,

    /// <summary><c>rtpa_nlost</c></summary>
    RtpLost,

    /// <summary><c>rtpa_perrs</c></summary>
    RtpParseErrors,

    /// <summary><c>pps_in</c>, packets per second over the last second, six decimals</summary>
    PacketRate,
}
