using RtpProxy.Protocols.Ng.Options;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>offer</c> (ng protocol, 3.2).</summary>
/// <param name="ToTag">The party that gets the offer, when it is known.</param>
public sealed record OfferRequest(
    string Sdp,
    string CallId,
    string FromTag,
    string? ToTag,
    string? ViaBranch,
    MediaOptions Options) : ExchangeRequest(Sdp, CallId, FromTag, ViaBranch, Options);
