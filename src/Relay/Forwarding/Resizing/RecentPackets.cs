using System.Runtime.CompilerServices;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>The last few packets of a party, to know one that the network, or a sender that doubles, brings twice.</summary>
/// <remarks>Owned by one worker. Plain data. A number alone is no proof: a sender may begin its numbers anew.</remarks>
internal struct RecentPackets
{
    public const int Capacity = 32; // more than half a second of audio

    private const ulong Spread = 0x9E37_79B9_7F4A_7C15; // an odd number without a pattern: 2^64 over the golden ratio

    /// <summary>One for each packet; all but the last <see cref="Count"/> mean nothing.</summary>
    public Marks Seen;

    public byte Count;

    /// <summary>Where the next one goes.</summary>
    public byte Next;

    [InlineArray(Capacity)]
    internal struct Marks
    {
        private ulong _first;
    }

    /// <summary>False if the packet was noted already.</summary>
    public bool TryNote(in RtpPacket packet)
    {
        uint place = ((uint)packet.Sequence.Value << 16) | packet.PayloadType.Value;
        ulong mark = (((ulong)packet.Ssrc.Value << 32) | packet.Timestamp.Value) ^ (place * Spread);
        if (((ReadOnlySpan<ulong>)Seen)[..Count].Contains(mark))
        {
            return false;
        }

        Seen[Next] = mark;
        Next = (byte)((Next + 1) % Capacity);
        Count = (byte)Math.Min(Count + 1, Capacity);
        return true;
    }
}
