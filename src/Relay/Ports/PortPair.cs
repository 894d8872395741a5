namespace RtpProxy.Relay.Ports;

/// <summary>An open RTP socket on an even port and the RTCP socket on the next one (RFC 3550 section 11).</summary>
/// <param name="Number">The RTP port number in host byte order; RTCP is one more.</param>
public readonly record struct PortPair(PortId Rtp, PortId Rtcp, ushort Number);
