using RtpProxy.Protocols.Ng.Options;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>subscribe answer</c> (ng protocol, 3.10): where the subscribed media goes.</summary>
/// <param name="ToTag">The subscriber; null if it was not given.</param>
/// <param name="Sdp">Null if it was not given.</param>
public sealed record SubscribeAnswerRequest(string CallId, string? ToTag, string? Sdp, MediaOptions Options) : CallRequest(CallId)
{
    public override string? FindRefusal() =>
        ToTag is null ? NgErrors.NoToTag : Sdp is null ? NgErrors.NoSdp : Options.FindRefusal();
}
