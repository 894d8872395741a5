namespace RtpProxy.Relay.Calls;

/// <summary>What is said of RTCP on the port of RTP, for one media line (RFC 5761; ng protocol).</summary>
[Flags]
public enum RtcpMuxFacts : byte
{
    None = 0,

    /// <summary>The party can do it.</summary>
    IsSaid = 1,

    /// <summary>Of an offer: the other party is offered it.</summary>
    IsOffered = 2,

    /// <summary>Of an offer: whether it is done with who offered does not wait for the answer.</summary>
    IsDecided = 4,

    /// <summary>Of an offer that is decided: it is done.</summary>
    IsDone = 8,
}
