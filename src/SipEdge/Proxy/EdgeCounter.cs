namespace RtpProxy.SipEdge.Proxy;

/// <summary>What the proxy counts.</summary>
internal enum EdgeCounter
{
    /// <summary>A message came.</summary>
    Received,

    /// <summary>It could not be read as SIP, and was dropped.</summary>
    DroppedUnreadable,

    /// <summary>A response with a fault, an ACK with a fault, or one that nobody waits for; dropped.</summary>
    DroppedResponse,

    /// <summary>Too much was under way; dropped.</summary>
    DroppedOverload,

    /// <summary>It came from our own address, which only a forger has beside us; dropped.</summary>
    DroppedOwn,

    /// <summary>A request without the password that it needs; answered 401 or 407.</summary>
    Challenged,

    /// <summary>A request with a fault; answered 400 or 505.</summary>
    Refused,

    /// <summary>A request for the proxy itself, or one that it could not send on; answered.</summary>
    Answered,

    /// <summary>A request or response that had come before.</summary>
    Repeated,

    /// <summary>A request was sent on.</summary>
    RequestForwarded,

    /// <summary>A response was sent back.</summary>
    ResponseForwarded,

    /// <summary>A response, ACK or CANCEL that ended at the proxy, as the RFC says.</summary>
    Absorbed,

    /// <summary>An offer or answer was anchored on a relay.</summary>
    MediaAnchored,

    /// <summary>No relay could anchor an offer or answer.</summary>
    MediaFailed,

    /// <summary>A relay reported that media of a call has ended.</summary>
    MediaTimedOut,

    /// <summary>A defect of ours stopped the handling of a message; see the log.</summary>
    Faults,
}
