using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding;

/// <summary>What is known of a datagram that is copied into another session, beside its bytes.</summary>
/// <param name="Fork">Where it comes from and goes to.</param>
/// <param name="Listener">The party of the source that was sent the original.</param>
/// <param name="Kind">RTP or RTCP.</param>
/// <param name="Source">Who sent the original; our own port when it is from a prompt.</param>
/// <param name="Arrival">When and where the original came in.</param>
public readonly record struct ForkedPacket(Fork Fork, Side Listener, StreamKind Kind, Endpoint Source, Arrival Arrival);
