using RtpProxy.Relay.Quality;

namespace RtpProxy.Relay.Calls;

/// <summary>How a media line fares.</summary>
/// <param name="Caller">RTP and RTCP of the association's caller.</param>
/// <param name="Callee">And of its callee.</param>
public sealed record LineReport(LinePlace Place, SessionReport Session, LegTraffic Caller, LegTraffic Callee)
{
    public LegTraffic this[Side side] => side == Side.Caller ? Caller : Callee;
}
