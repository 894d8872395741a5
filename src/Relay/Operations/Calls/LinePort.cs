using RtpProxy.Relay.Ports;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>A port of ours that a party is to be told of a media line.</summary>
/// <param name="Number">Of the RTP; RTCP has the next one.</param>
/// <param name="Address">The address that it is bound to, and what to call it.</param>
/// <param name="IsRtcpMuxed">RTCP of the party comes to it too.</param>
public readonly record struct LinePort(ushort Number, LocalAddress Address, bool IsRtcpMuxed);
