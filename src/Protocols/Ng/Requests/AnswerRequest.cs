using RtpProxy.Protocols.Ng.Options;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>answer</c> (ng protocol, 3.3).</summary>
/// <param name="ToTag">The answerer, whose session description this is; may be empty.</param>
public sealed record AnswerRequest(
    string Sdp,
    string CallId,
    string FromTag,
    string ToTag,
    string? ViaBranch,
    MediaOptions Options) : ExchangeRequest(Sdp, CallId, FromTag, ViaBranch, Options);
