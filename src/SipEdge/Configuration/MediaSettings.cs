using RtpProxy.Controller;
using RtpProxy.Controller.Offers;

namespace RtpProxy.SipEdge.Configuration;

/// <summary>How media is anchored.</summary>
/// <param name="Address">Written into SDP instead of what relays say; null for theirs.</param>
/// <param name="RejectWhenUnavailable">Without a relay a call is refused with 503; otherwise it passes without one.</param>
/// <param name="TimeoutSocket">Where relays report calls whose media ended; null for nowhere.</param>
internal sealed record MediaSettings(
    MediaFlags Flags,
    string? Address,
    int Set,
    bool RejectWhenUnavailable,
    CallMediaOptions Options,
    TimeoutSocket? TimeoutSocket);
