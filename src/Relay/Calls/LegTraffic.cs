using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Calls;

/// <summary>What came from a party and what was sent to it.</summary>
public readonly record struct LegTraffic(StreamTraffic Rtp, StreamTraffic Rtcp)
{
    internal static LegTraffic Of(Leg leg)
    {
        Leg other = leg.Session.Opposite(leg);
        return new LegTraffic(StreamTraffic.Of(leg.Rtp, other.Rtp), StreamTraffic.Of(leg.Rtcp, other.Rtcp));
    }
}
