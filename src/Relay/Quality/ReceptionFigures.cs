using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality;

/// <summary>
/// What was measured on the RTP that a party sends ("before us"; media rules, section 4.5). Rates are 0 to 1; what is not
/// known is null, never an invented number.
/// </summary>
public sealed record ReceptionFigures
{
    /// <summary>Datagrams of the party.</summary>
    public ulong Packets { get; init; }

    /// <summary>Payloads of UDP.</summary>
    public ulong Bytes { get; init; }

    /// <summary>RTP packets that must have been sent, by their numbers.</summary>
    public uint Expected { get; init; }

    public uint Lost { get; init; }

    public uint Duplicates { get; init; }

    /// <summary>Packets that a de-jitter buffer would have thrown away.</summary>
    public uint Late { get; init; }

    /// <summary>Datagrams that are not RTP.</summary>
    public uint NotRtp { get; init; }

    /// <summary>Lost of expected.</summary>
    public double LossRate { get; init; }

    /// <summary>Late of expected.</summary>
    public double DiscardRate { get; init; }

    /// <summary>Share of packets lost or late within bursts (RFC 3611, section 4.7.2).</summary>
    public double BurstDensity { get; init; }

    /// <summary>Mean length of bursts.</summary>
    public TimeSpan BurstDuration { get; init; }

    /// <summary>Share of packets lost or late between bursts.</summary>
    public double GapDensity { get; init; }

    /// <summary>Mean length of gaps between bursts.</summary>
    public TimeSpan GapDuration { get; init; }

    /// <summary>Mean run of packets lost or late in a row; 0 without any.</summary>
    public double MeanLossRun { get; init; }

    /// <summary>Burst ratio, at least 1 (ITU-T G.107, section 7.5).</summary>
    public double BurstRatio { get; init; } = 1;

    public double? JitterLastMilliseconds { get; init; }

    public double? JitterMeanMilliseconds { get; init; }

    public double? JitterMaximumMilliseconds { get; init; }

    /// <summary>Of the latest packet.</summary>
    public PayloadType? PayloadType { get; init; }

    /// <summary>Hz, 0 where not known.</summary>
    public int ClockRateHz { get; init; }

    /// <summary>Duration of a packet, from steps of timestamps.</summary>
    public double? PacketMilliseconds { get; init; }

    public Ssrc? Ssrc { get; init; }

    /// <summary>Changes of the SSRC, the first one included.</summary>
    public uint SsrcChanges { get; init; }

    /// <summary>Of the latest packet.</summary>
    public SequenceNumber? LastSequence { get; init; }

    /// <summary>Of the latest packet.</summary>
    public RtpTimestamp? LastTimestamp { get; init; }

    /// <summary>Different packets that came after one with a higher number.</summary>
    public uint OutOfOrder { get; init; }

    /// <summary>From the last packet but one to the last one; null before there were two.</summary>
    public double? DeltaMilliseconds { get; init; }

    /// <summary>The longest such time, within a source.</summary>
    public double? DeltaMaximumMilliseconds { get; init; }

    /// <summary>
    /// How much earlier the latest packet came than by the sender's clock, counted from the packet that its talk spurt began with; negative
    /// where it came later. Null where the clock is not known.
    /// </summary>
    public double? SkewMilliseconds { get; init; }

    /// <summary>That of the packet which was furthest off, earlier or later.</summary>
    public double? SkewMaximumMilliseconds { get; init; }

    /// <summary>Transmission rating of the whole stream, 0 to 100, for listening alone.</summary>
    public double? Rating { get; init; }

    /// <summary>MOS-LQ of the whole stream.</summary>
    public double? Score { get; init; }

    /// <summary>MOS-CQ: with the delay, where a round-trip time is known.</summary>
    public double? ConversationalScore { get; init; }

    /// <summary>Mean and lowest rating of intervals of 5 s.</summary>
    public double? RatingMean { get; init; }

    public double? RatingMinimum { get; init; }

    /// <summary>Mean, lowest and highest MOS-LQ of intervals of 5 s.</summary>
    public double? ScoreMean { get; init; }

    public double? ScoreMinimum { get; init; }

    /// <summary>When the worst interval began, since the session was set up.</summary>
    public TimeSpan? ScoreMinimumAt { get; init; }

    public double? ScoreMaximum { get; init; }

    public TimeSpan? ScoreMaximumAt { get; init; }

    /// <summary>
    /// The last whole interval; null in the first 5 s. When the session has ended it is the one that it ended in, if 50 packets or more
    /// were expected in that.
    /// </summary>
    public IntervalFigures? LastInterval { get; init; }
}
