using RtpProxy.Control;

namespace RtpProxy.Relay.Sessions;

/// <summary>One party's RTP and RTCP streams: our ports that it sends to, and where it is.</summary>
/// <remarks>Owned by its session.</remarks>
public sealed class Leg
{
    public required Side Side { get; init; }

    /// <summary>The address our ports for this party are opened on.</summary>
    public required LocalAddress Local { get; set; }
}
