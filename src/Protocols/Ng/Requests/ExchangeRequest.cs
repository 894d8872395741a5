using RtpProxy.Protocols.Ng.Options;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>An offer or an answer: a session description to rewrite.</summary>
/// <param name="Sdp">1 to <see cref="NgLimits.MaxSdpLength"/> bytes, one to one.</param>
/// <param name="FromTag">The offerer of the exchange, in both; may be empty.</param>
/// <param name="ViaBranch">Tells the branches of a forked call from each other (6.4).</param>
public abstract record ExchangeRequest(string Sdp, string CallId, string FromTag, string? ViaBranch, MediaOptions Options)
    : CallRequest(CallId)
{
    /// <summary>The client understands the reply <c>load limit</c> (8.1).</summary>
    public bool SupportsLoadLimit { get; init; }

    public override string UnknownCall => NgErrors.UnknownCallId;

    /// <summary>See <see cref="MediaOptions.FindRefusal()"/>; of an offer asked before a call is made.</summary>
    public override string? FindRefusal() => Options.FindRefusal();
}
