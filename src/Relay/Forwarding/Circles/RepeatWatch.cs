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

    private Ssrc _ssrc;
    private SequenceNumber _highest;
    private bool _hasHighest;
    private ulong _seen; // bit n: the number n below the highest
    private Instant _suspectUntil;

    /// <summary>Takes note of a packet. True when it may have been here before and has to be looked up.</summary>
    /// <param name="wasSeen">A packet of this number has been here; where that is not known, false.</param>
    public bool IsSuspect(Ssrc ssrc, SequenceNumber sequence, Instant now, out bool wasSeen)
    {
        wasSeen = false;
        int ahead = sequence.DistanceFrom(_highest);
        if (_hasHighest && ssrc == _ssrc && ahead > 0)
        {
            _highest = sequence;
            _seen = ahead < Remembered ? (_seen << ahead) | 1 : 1;
            return now < _suspectUntil;
        }

        _suspectUntil = now + RepeatTable.Window;
        if (!_hasHighest || ssrc != _ssrc)
        {
            _hasHighest = true;
            _ssrc = ssrc;
            _highest = sequence;
            _seen = 1;
        }
        else if (-ahead is >= 0 and < Remembered and var behind)
        {
            wasSeen = (_seen & (1UL << behind)) != 0;
            _seen |= 1UL << behind;
        }

        return true;
    }
}
