using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>What a <see cref="Resizer"/> knows beside the packets that wait. Plain data.</summary>
internal struct ResizerState
{
    /// <inheritdoc cref="Resizer.PtimeMilliseconds"/>
    public int PtimeMilliseconds;

    /// <summary>The end of what was sent; null while nothing was.</summary>
    public RtpTimestamp? SentUpTo;

    /// <summary>From our clock to the party's; null before its first packet.</summary>
    public uint? Delta;

    /// <summary>All that waits: what follows it has come.</summary>
    public bool MustLeave;

    /// <summary>The packet that is taken next does.</summary>
    public bool BeginsAnew;

    public StreamTimeline Timeline;

    public RecentPackets Recent;
}
