using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>All that an <see cref="RtpLatch"/> knows. Plain data; all zero is a latch that knows nothing.</summary>
internal struct RtpLatchState
{
    /// <inheritdoc cref="RtpLatch.Signalled"/>
    public Endpoint Signalled;

    /// <inheritdoc cref="RtpLatch.Remote"/>
    public Endpoint Remote;

    /// <inheritdoc cref="RtpLatch.Source"/>
    public Endpoint Source;

    /// <inheritdoc cref="RtpLatch.IsAsymmetric"/>
    public bool IsAsymmetric;

    /// <inheritdoc cref="RtpLatch.AllowsHandover"/>
    public bool AllowsHandover;

    /// <summary>More than one datagram came from the source, not counting those that are no media.</summary>
    public bool IsHeardAgain;

    /// <summary><see cref="Stream"/> and <see cref="Other"/> were heard in turn.</summary>
    public bool IsOtherBeside;

    /// <summary>Packets went back to the source, which has not gone on for long yet.</summary>
    public bool IsOnTrial;

    public SourceRank Rank;

    /// <summary>Of the signalled address.</summary>
    public Reach Reach;

    public Hint Hint;

    /// <summary>Packets without a pause from the source since the last new address.</summary>
    public byte Proofs;

    /// <summary>The last number of what is not RTP, as UDPTL has them.</summary>
    public SequenceNumber OtherMedia;

    public Instant HeardAt;

    /// <summary>When what the source sends followed on last: neither keepalives nor numbers out of nowhere do.</summary>
    public Instant WentOnAt;

    public Instant HintAt;

    /// <summary>Between packets of the source, lately.</summary>
    public TimeSpan UsualGap;

    /// <summary>How long the source, or its host, has gone on; of its pauses a tenth.</summary>
    public TimeSpan HeardFor;

    /// <summary>What the source speaks: gives rights elsewhere.</summary>
    public HeardStream Stream;

    /// <summary>Another SSRC from the same source: gives none yet.</summary>
    public HeardStream Other;

    /// <summary>An SSRC that came once while the other goes on.</summary>
    public HeardStream Third;

    public LeftSource Left;

    public Challenger Challenger;
}
