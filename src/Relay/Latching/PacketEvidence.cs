using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>What an RTP header tells of who sent it; <c>default</c> for a datagram that is not RTP.</summary>
public readonly record struct PacketEvidence(bool IsRtp, Ssrc Ssrc, SequenceNumber Sequence, RtpTimestamp Timestamp)
{
    public static PacketEvidence From(in RtpPacket packet) =>
        new(true, packet.Ssrc, packet.Sequence, packet.Timestamp);
}
