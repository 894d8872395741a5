namespace RtpProxy.SipEdge.Transport;

/// <summary>What SIP messages travel over (RFC 3261 section 18).</summary>
internal enum SipTransport
{
    Udp,
    Tcp,
}
