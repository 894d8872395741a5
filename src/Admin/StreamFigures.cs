namespace RtpProxy.Admin;

/// <summary>Measured on the packets of a party (media rules, section 4.5). Rates are 0 to 1, durations milliseconds; absent is unknown.</summary>
public sealed record StreamFigures
{
    public ulong Packets { get; init; }

    public ulong Bytes { get; init; }

    public uint Expected { get; init; }

    public uint Lost { get; init; }

    public uint Duplicates { get; init; }

    public uint Late { get; init; }

    public uint NotRtp { get; init; }

    public double LossRate { get; init; }

    public double DiscardRate { get; init; }

    public double BurstDensity { get; init; }

    public double BurstMilliseconds { get; init; }

    public double GapDensity { get; init; }

    public double GapMilliseconds { get; init; }

    public double MeanLossRun { get; init; }

    public double BurstRatio { get; init; }

    public double? JitterLast { get; init; }

    public double? JitterMean { get; init; }

    public double? JitterMaximum { get; init; }

    public int? PayloadType { get; init; }

    public string? Codec { get; init; }

    public int? ClockRate { get; init; }

    public double? PacketMilliseconds { get; init; }

    public uint? Ssrc { get; init; }

    public uint SsrcChanges { get; init; }

    public double? Rating { get; init; }

    /// <summary>MOS-LQ.</summary>
    public double? Score { get; init; }

    /// <summary>MOS-CQ.</summary>
    public double? ConversationalScore { get; init; }

    public double? ScoreMean { get; init; }

    public double? ScoreMinimum { get; init; }

    /// <summary>Seconds since the session was set up.</summary>
    public double? ScoreMinimumAt { get; init; }

    public double? ScoreMaximum { get; init; }

    public double? ScoreMaximumAt { get; init; }

    public IntervalPoint? LastInterval { get; init; }
}
