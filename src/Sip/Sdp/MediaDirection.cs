namespace RtpProxy.Sip.Sdp;

/// <summary>
/// Which way media flows, from the view of the party that sent the description (RFC 3264 section 5.1).
/// </summary>
public enum MediaDirection
{
    /// <summary>Also when nothing is said.</summary>
    SendReceive,
    SendOnly,
    ReceiveOnly,
    Inactive,
}
