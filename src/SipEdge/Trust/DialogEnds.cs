using RtpProxy.SipEdge.Configuration;

namespace RtpProxy.SipEdge.Trust;

/// <summary>Who a dialog that went through us is between: what its seal keeps.</summary>
/// <param name="Initiator">Where its first request came from.</param>
/// <param name="Responder">Where we sent it.</param>
/// <param name="Traits">What we knew of them.</param>
internal readonly record struct DialogEnds(NextHop Initiator, NextHop Responder, DialogTraits Traits);
