namespace RtpProxy.Protocols.Rtpp.Statistics;

/// <summary>
/// What <c>Q</c> can be asked for (control protocol, section 3.12). "This party" is the one of the from-tag in the command.
/// </summary>
public enum SessionStatistic
{
    /// <summary><c>ttl</c>: seconds until the session times out.</summary>
    Ttl,

    /// <summary><c>npkts_ina</c>: RTP packets received from this party.</summary>
    PacketsFromThisParty,

    /// <summary><c>npkts_ino</c>: RTP packets received from the other party.</summary>
    PacketsFromOtherParty,

    /// <summary><c>nrelayed</c>: RTP packets relayed, both directions.</summary>
    PacketsRelayed,

    /// <summary><c>ndropped</c>: RTP packets dropped after acceptance.</summary>
    PacketsDropped,

    /// <summary><c>rtpa_nsent</c>: packets that this party must have sent, from its sequence numbers.</summary>
    RtpSent,

    /// <summary><c>rtpa_nrcvd</c>: distinct packets received from this party.</summary>
    RtpReceived,

    /// <summary><c>rtpa_ndups</c>: duplicates received from this party.</summary>
    RtpDuplicates,

    /// <summary><c>rtpa_nlost</c>: <see cref="RtpSent"/> less <see cref="RtpReceived"/>.</summary>
    RtpLost,

    /// <summary><c>rtpa_perrs</c>: datagrams from this party that are not valid RTP.</summary>
    RtpParseErrors,

    /// <summary><c>longest_ipi</c>: longest gap between two packets of this party, seconds with six decimals.</summary>
    LongestGap,

    /// <summary><c>rtpa_jlast</c>: latest interarrival jitter of this party, RTP clock units with six decimals.</summary>
    JitterLast,

    /// <summary><c>rtpa_jmax</c>: largest interarrival jitter.</summary>
    JitterMax,

    /// <summary><c>rtpa_javg</c>: mean interarrival jitter.</summary>
    JitterMean,
}
