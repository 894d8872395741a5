using RtpProxy.Rtp;

namespace RtpProxy.ExtractAudio.Loading;

/// <summary>The packets of one source, all mixed into the side that had them first.</summary>
internal sealed class RecordedChannel(Ssrc ssrc, RecordedSide side, SpillFile spill)
{
    public Ssrc Ssrc { get; } = ssrc;

    public RecordedSide Side { get; } = side;

    public PacketOrder Packets { get; } = new(spill);

    /// <summary>When the first packet in order arrived.</summary>
    public double StartSeconds => Packets.First.ArrivalSeconds;
}
