using System.Net;

namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>One of our ports toward a party (ng protocol, 7.1).</summary>
public sealed record StreamFigures
{
    /// <summary>Null once it is closed.</summary>
    public IPEndPoint? Local { get; init; }

    /// <summary>Where we send now; null if unknown.</summary>
    public IPEndPoint? Remote { get; init; }

    /// <summary>Where the session description says.</summary>
    public IPEndPoint? Advertised { get; init; }

    /// <summary>The last packet received; before the first one when the stream was made.</summary>
    public required DateTimeOffset LastPacket { get; init; }

    /// <summary>The source received last; null before any media.</summary>
    public uint? Ssrc { get; init; }

    public StreamFlags Flags { get; init; }

    /// <summary>From the party.</summary>
    public TrafficFigures Received { get; init; }

    /// <summary>To the party.</summary>
    public TrafficFigures Sent { get; init; }

    /// <summary>True for a stream without RTP.</summary>
    public bool IsRtcp => (Flags & (StreamFlags.Rtp | StreamFlags.Rtcp)) == StreamFlags.Rtcp;
}
