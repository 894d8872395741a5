using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Protocols.NgFront.Descriptions;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary><c>subscribe answer</c> and <c>unsubscribe</c> (docs/ng.md, recording servers).</summary>
internal sealed class SubscribeAnswerHandler : INgHandler
{
    private readonly CallRequest _request;
    private readonly string? _refusal;
    private readonly Operation _operation;

    public SubscribeAnswerHandler(SubscribeAnswerRequest request, in NgSetting setting)
    {
        _request = request;
        _refusal = request.FindRefusal();
        if (_refusal is null && TryRead(request, setting, out SpokenMedia? spoken, out _refusal))
        {
            _operation = setting.Relay.AnswerSubscription(request.CallId, request.ToTag!, spoken!.Lines);
        }
        else
        {
            _operation = setting.Relay.QueryCall(request.CallId); // an unknown call is the error that comes first
        }
    }

    public SubscribeAnswerHandler(UnsubscribeRequest request, in NgSetting setting)
    {
        _request = request;
        _refusal = request.FindRefusal();
        _operation = _refusal is null
            ? setting.Relay.EndSubscription(request.CallId, request.ToTag!)
            : setting.Relay.QueryCall(request.CallId);
    }

    public Operation? Operation => _operation;

    public void Write(NgReplyWriter reply) => reply.WriteOkUnless(_operation.Refusal switch
    {
        Refusal.UnknownCall => _request.UnknownCall,
        Refusal.UnknownParty => NgErrors.UnknownToTag,
        _ => _refusal,
    });

    private static bool TryRead(SubscribeAnswerRequest request, in NgSetting setting, out SpokenMedia? spoken, out string? error)
    {
        spoken = null;
        if (!SdpFacts.TryRead(request.Sdp!, out SdpFacts? facts, out error))
        {
            return false;
        }

        // We offered what is not encrypted.
        error = SdpRefusals.OfKeys(facts);
        return error is null && SpokenMedia.TryRead(facts, request.Options, setting, out spoken, out error);
    }
}
