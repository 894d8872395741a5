using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Calls;

/// <summary>What came from a party and what was sent to it.</summary>
/// <param name="IsRtcpMuxed">Its RTCP goes over the port of RTP.</param>
/// <param name="IsAsymmetric">It receives elsewhere than it sends from.</param>
/// <param name="AllowsHandover">Another source may follow it.</param>
public readonly record struct LegTraffic(
    StreamTraffic Rtp, StreamTraffic Rtcp, bool IsRtcpMuxed, bool IsAsymmetric, bool AllowsHandover)
{
    internal static LegTraffic Of(Leg leg)
    {
        Leg other = leg.Session.Opposite(leg);
        return new LegTraffic(
            StreamTraffic.Of(leg.Rtp, other.Rtp),
            StreamTraffic.Of(leg.Rtcp, other.Rtcp),
            leg.IsRtcpMuxed,
            leg.RtpLatch.IsAsymmetric,
            leg.RtpLatch.AllowsHandover);
    }
}
