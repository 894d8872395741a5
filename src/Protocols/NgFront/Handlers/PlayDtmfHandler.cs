using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Relay.Digits.Dialling;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary><c>play DTMF</c> (ng protocol).</summary>
internal sealed class PlayDtmfHandler : INgHandler
{
    private readonly PlayDtmfRequest _request;
    private readonly string? _refusal;
    private readonly Operation _operation;

    public PlayDtmfHandler(PlayDtmfRequest request, in NgSetting setting)
    {
        _request = request;
        _refusal = request.FindRefusal();
        _operation = _refusal is null && request.Event is { } code
            ? setting.Relay.Dial(request.CallId, PartyChoices.Of(request.Party), new DialledDigit(
                code, request.Volume, (int)request.Duration.TotalMilliseconds, (int)request.Pause.TotalMilliseconds))
            : setting.Relay.QueryCall(request.CallId); // an unknown call is the error that comes first
    }

    public Operation? Operation => _operation;

    public void Write(NgReplyWriter reply)
    {
        reply.WriteOkUnless(_operation.Refusal switch
        {
            Refusal.None => _refusal,
            Refusal.UnknownCall => _request.UnknownCall,
            Refusal.UnknownParty => _request.Party.NotFound,
            Refusal.NotHeard => NgErrors.NoStreamForDtmf,
            Refusal.TooManyDigits => NgErrors.TooMuchDtmf,
            _ => NgErrors.Unsupported,
        });
    }
}
