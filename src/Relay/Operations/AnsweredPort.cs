using RtpProxy.Relay.Ports;

namespace RtpProxy.Relay.Operations;

/// <summary>A port of ours that somebody is to be told.</summary>
/// <param name="Number">Of the RTP; RTCP has the next one.</param>
/// <param name="Address">The address that it is bound to, and what to call it.</param>
public readonly record struct AnsweredPort(ushort Number, LocalAddress Address);
