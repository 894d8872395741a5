using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>The last few packets of a party, to know one that the network, or a sender that doubles, brings twice.</summary>
/// <remarks>Owned by one worker. A number alone is no proof: a sender may begin its numbers anew.</remarks>
internal sealed class RecentPackets
{
    private const int Capacity = 32; // more than half a second of audio

    private const ulong Spread = 0x9E37_79B9_7F4A_7C15; // an odd number without a pattern: 2^64 over the golden ratio

    private readonly ulong[] _seen = new ulong[Capacity];
    private int _count;
    private int _next;

    /// <summary>False if the packet was noted already.</summary>
    public bool TryNote(in RtpPacket packet)
    {
        uint place = ((uint)packet.Sequence.Value << 16) | packet.PayloadType.Value;
        ulong mark = (((ulong)packet.Ssrc.Value << 32) | packet.Timestamp.Value) ^ (place * Spread);
        if (_seen.AsSpan(0, _count).Contains(mark))
        {
            return false;
        }

        _seen[_next] = mark;
        _next = (_next + 1) % Capacity;
        _count = Math.Max(_count, _next == 0 ? Capacity : _next);
        return true;
    }
}
