using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding.Circles;

/// <summary>
/// The cheap half of finding packets that come round again: a packet with a number ahead of all before it has not been here.
/// Only the others are looked up in the <see cref="RepeatTable"/>, and for a second after one of those all are.
/// </summary>
/// <remarks>Owned by one stream. Plain data of 24 bytes.</remarks>
internal struct RepeatWatch
{
    private const int Remembered = 64; // numbers below the highest of which it is known whether they have been here

    public Ssrc Ssrc;
    public SequenceNumber Highest;
    public bool HasHighest;
    public ulong Seen; // bit n: the number n below the highest
    public Instant SuspectUntil;

    /// <summary>Takes note of a packet. True when it may have been here before and has to be looked up.</summary>
    /// <param name="wasSeen">A packet of this number has been here; where that is not known, false.</param>
    public bool IsSuspect(Ssrc ssrc, SequenceNumber sequence, Instant now, out bool wasSeen)
    {
        wasSeen = false;
        int ahead = sequence.DistanceFrom(Highest);
        if (HasHighest && ssrc == Ssrc && ahead > 0)
        {
            Highest = sequence;
            Seen = ahead < Remembered ? (Seen << ahead) | 1 : 1;
            return now < SuspectUntil;
        }

        SuspectUntil = now + RepeatTable.Window;
        if (!HasHighest || ssrc != Ssrc)
        {
            HasHighest = true;
            Ssrc = ssrc;
            Highest = sequence;
            Seen = 1;
        }
        else if (-ahead is >= 0 and < Remembered and var behind)
        {
            wasSeen = (Seen & (1UL << behind)) != 0;
            Seen |= 1UL << behind;
        }

        return true;
    }
}
