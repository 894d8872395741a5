using RtpProxy.Rtp;

namespace RtpProxy.ExtractAudio.Survey;

/// <summary>What a survey found out about the packets between two addresses.</summary>
internal sealed class FlowFacts(Flow flow, Ssrc firstSsrc)
{
    public Flow Flow { get; } = flow;

    /// <summary>Source identifier of its first packet with audio.</summary>
    public Ssrc FirstSsrc { get; } = firstSsrc;

    /// <summary>Packets with audio that can be decoded.</summary>
    public long Packets { get; set; }

    /// <summary>Those of them that another flow of the capture had carried just before.</summary>
    public long Copies { get; set; }

    /// <summary>The same stream once more, as it leaves a relay that was captured on both sides.</summary>
    public bool IsCopy => Copies * 2 > Packets;
}
