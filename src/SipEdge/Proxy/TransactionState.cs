namespace RtpProxy.SipEdge.Proxy;

/// <summary>How far a request has come through the proxy (RFC 3261 section 17, RFC 6026).</summary>
internal enum TransactionState
{
    /// <summary>Received; nothing has been sent on yet.</summary>
    Received,

    /// <summary>Sent on; nothing has come back.</summary>
    Calling,

    /// <summary>A provisional response has come back.</summary>
    Proceeding,

    /// <summary>An INVITE was answered with 2xx; the answer may be repeated by its sender.</summary>
    Accepted,

    /// <summary>A final response was sent back; for an INVITE its ACK is awaited.</summary>
    Completed,

    /// <summary>An INVITE's negative response was acknowledged.</summary>
    Confirmed,

    /// <summary>Over; not in the table any more.</summary>
    Terminated,
}
