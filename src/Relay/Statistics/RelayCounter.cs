namespace RtpProxy.Relay.Statistics;

/// <summary>What every worker counts, as whole numbers (control protocol, section 9, which says when).</summary>
public enum RelayCounter
{
    SessionsCreated,
    SessionsDestroyed,
    SessionsTimedOut,

    /// <summary>Both legs have had a port.</summary>
    SessionsComplete,

    /// <summary>Complete sessions that ended without RTP from either party.</summary>
    SessionsWithoutRtp,

    /// <summary>Complete sessions that ended with RTP from one party only.</summary>
    SessionsWithOneWayRtp,

    /// <summary>As <see cref="SessionsWithoutRtp"/>, of RTCP.</summary>
    SessionsWithoutRtcp,

    /// <summary>As <see cref="SessionsWithOneWayRtp"/>, of RTCP.</summary>
    SessionsWithOneWayRtcp,

    PlayersCreated,
    PlayersDestroyed,

    /// <summary>Datagrams that came to our media ports.</summary>
    PacketsReceived,

    PacketsPlayed,
    PacketsRelayed,
    ResizerPacketsIn,
    ResizerPacketsOut,
    ResizerPacketsDiscarded,
    PacketsDiscarded,

    /// <summary>Of sessions that ended: packets that their parties must have sent, from the sequence numbers.</summary>
    RtpSent,

    RtpReceived,
    RtpDuplicates,
    RtpLost,
    RtpParseErrors,

    /// <summary>Of <see cref="SessionsDestroyed"/>: ended by a command that ends all; not shown by the protocol.</summary>
    SessionsAllDeleted,

    /// <summary>Sessions, and calls of several lines, that a limit or the end of the daemon kept from beginning; not shown by the protocol.</summary>
    SessionsRefused,

    /// <summary>Of <see cref="SessionsTimedOut"/>: nobody had answered; not shown by the protocol.</summary>
    SessionsTimedOutUnanswered,

    /// <summary>Of <see cref="SessionsTimedOut"/>: a party was on hold; not shown by the protocol.</summary>
    SessionsTimedOutOnHold,

    /// <summary>Digits that nobody was told, since they came faster than keys are pressed; not shown by the protocol.</summary>
    DigitsTooFast,
}
