using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary>What there is no such thing as here; that the call is unknown is the error that comes first.</summary>
internal sealed class RefusedHandler(CallRequest request, NgSetting setting) : INgHandler
{
    public Operation? Operation { get; } = setting.Relay.QueryCall(request.CallId);

    public void Write(NgReplyWriter reply) => reply.WriteError(
        Operation!.Refusal == Refusal.UnknownCall ? request.UnknownCall : request.FindRefusal() ?? NgErrors.Unsupported);
}
