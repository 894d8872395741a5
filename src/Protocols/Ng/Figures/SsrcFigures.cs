namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>An RTP source: one that a party sends, or one that we send to it (ng protocol, 7.2).</summary>
public sealed record SsrcFigures
{
    public required uint Ssrc { get; init; }

    public long Packets { get; init; }

    /// <summary>Of UDP payload.</summary>
    public long Bytes { get; init; }

    public uint LastTimestamp { get; init; }

    public ushort LastSequenceNumber { get; init; }

    public long CumulativeLoss { get; init; }

    /// <summary>As measured where we stand; null while there is no sample.</summary>
    public QualityFigures? Quality { get; init; }

    /// <summary>
    /// As the source's owner reports by RTCP what it hears, which is the other direction; written as <c>rtcp</c>. Null
    /// without reports.
    /// </summary>
    public QualityFigures? Reported { get; init; }
}
