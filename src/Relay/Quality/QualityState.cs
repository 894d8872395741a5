using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality;

/// <summary>What a <see cref="StreamQuality"/> knows of a received stream beside its history.</summary>
/// <remarks>
/// Plain data without references; all zero before the first packet. The upper part changes with every packet, the lower one with
/// every interval.
/// </remarks>
internal struct QualityState
{
    public bool HasPacket;

    /// <summary>Of the latest packet whose clock is known and that is no comfort noise; meaningful while the clock rate is not 0.</summary>
    public PayloadType PayloadType;

    public Ssrc Ssrc;

    /// <summary>Of the listener's de-jitter buffer, when the source began.</summary>
    public int BufferMilliseconds;

    public SequenceFates Fates;

    public PlayoutState Playout;

    /// <summary>Different packets that came too late to be played.</summary>
    public uint Late;

    /// <summary>How long after the one before of its source the last packet came, and the longest such time; nanoseconds.</summary>
    public long Delta;

    public long MaxDelta;

    /// <summary>Packets of other payload types: events, comfort noise, codecs that the signalling alone knows.</summary>
    public uint OtherPackets;

    public BurstState Bursts;

    /// <summary>When the interval began, and ticks of a second in it.</summary>
    public Instant IntervalAt;

    public byte IntervalSeconds;

    /// <summary>What the totals were then.</summary>
    public uint ExpectedBefore;

    public uint ReceivedBefore;

    public uint LateBefore;

    public uint OtherBefore;

    public uint MissedBefore;

    public uint RunsBefore;

    /// <summary>The interval before; meaningful with <see cref="HasInterval"/>.</summary>
    public bool HasInterval;

    public IntervalPoint Last;

    /// <summary>Intervals that have a score, and the sum of those in thousandths.</summary>
    public uint Scores;

    public ulong ScoreTotal;

    /// <summary>The same of the ratings, in hundredths, and the lowest one.</summary>
    public ulong RatingTotal;

    public ushort RatingMinimum;

    /// <summary>In thousandths, and when the first such interval began.</summary>
    public ushort ScoreMinimum;

    public Instant ScoreMinimumAt;

    public ushort ScoreMaximum;

    public Instant ScoreMaximumAt;
}
