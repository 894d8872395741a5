using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>All that an <see cref="RtcpLatch"/> knows. Plain data; all zero is a latch that knows nothing.</summary>
internal struct RtcpLatchState
{
    /// <inheritdoc cref="RtcpLatch.Signalled"/>
    public Endpoint Signalled;

    /// <inheritdoc cref="RtcpLatch.Remote"/>
    public Endpoint Remote;

    /// <inheritdoc cref="RtcpLatch.Source"/>
    public Endpoint Source;

    /// <summary>The host that the leg's RTP was heard from, or is sent to.</summary>
    public Endpoint Vetted;

    public Instant HeardAt;

    public SourceRank Rank;

    /// <summary>Of the signalled address.</summary>
    public Reach Reach;

    /// <inheritdoc cref="RtcpLatch.IsAsymmetric"/>
    public bool IsAsymmetric;

    /// <summary>Something changed: the vetted host may report from another port.</summary>
    public bool IsOpen;
}
