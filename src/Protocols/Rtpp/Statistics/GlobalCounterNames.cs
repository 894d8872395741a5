namespace RtpProxy.Protocols.Rtpp.Statistics;

/// <summary>The names and formats of <see cref="GlobalCounter"/> on the wire; case-sensitive.</summary>
public static class GlobalCounterNames
{
    private static readonly WireNames<GlobalCounter> Names = new(
        (GlobalCounter.SessionsCreated, "nsess_created"),
        (GlobalCounter.SessionsDestroyed, "nsess_destroyed"),
        (GlobalCounter.SessionsTimedOut, "nsess_timeout"),
        (GlobalCounter.SessionsComplete, "nsess_complete"),
        (GlobalCounter.SessionsWithoutRtp, "nsess_nortp"),
        (GlobalCounter.SessionsWithOneWayRtp, "nsess_owrtp"),
        (GlobalCounter.SessionsWithoutRtcp, "nsess_nortcp"),
        (GlobalCounter.SessionsWithOneWayRtcp, "nsess_owrtcp"),
        (GlobalCounter.PlayersCreated, "nplrs_created"),
        (GlobalCounter.PlayersDestroyed, "nplrs_destroyed"),
        (GlobalCounter.PacketsReceived, "npkts_rcvd"),
        (GlobalCounter.PacketsPlayed, "npkts_played"),
        (GlobalCounter.PacketsRelayed, "npkts_relayed"),
        (GlobalCounter.ResizerPacketsIn, "npkts_resizer_in"),
        (GlobalCounter.ResizerPacketsOut, "npkts_resizer_out"),
        (GlobalCounter.ResizerPacketsDiscarded, "npkts_resizer_discard"),
        (GlobalCounter.PacketsDiscarded, "npkts_discard"),
        (GlobalCounter.TotalDuration, "total_duration"),
        (GlobalCounter.CommandsReceived, "ncmds_rcvd"),
        (GlobalCounter.CommandsRepeated, "ncmds_rcvd_ndups"),
        (GlobalCounter.CommandsSucceeded, "ncmds_succd"),
        (GlobalCounter.CommandsFailed, "ncmds_errs"),
        (GlobalCounter.CommandsReplied, "ncmds_repld"),
        (GlobalCounter.RtpSent, "rtpa_nsent"),
        (GlobalCounter.RtpReceived, "rtpa_nrcvd"),
        (GlobalCounter.RtpDuplicates, "rtpa_ndups"),
        (GlobalCounter.RtpLost, "rtpa_nlost"),
        (GlobalCounter.RtpParseErrors, "rtpa_perrs"),
        (GlobalCounter.PacketRate, "pps_in"));

    /// <summary>Every counter, in the order of the protocol's table.</summary>
    public static IReadOnlyList<GlobalCounter> All => Names.All;

    public static bool TryParse(string name, out GlobalCounter counter) => Names.TryParse(name, out counter);

    public static string Text(this GlobalCounter counter) => Names.Text(counter);

    /// <summary>True for a number with six decimals, false for an integer.</summary>
    public static bool IsFraction(this GlobalCounter counter) =>
        counter is GlobalCounter.TotalDuration or GlobalCounter.PacketRate;
}
