using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary><c>list</c> (ng protocol).</summary>
internal sealed class ListHandler(ListRequest request, NgSetting setting) : INgHandler
{
    private readonly CallListOperation _operation = setting.Relay.ListCalls(request.Limit);

    public Operation? Operation => _operation;

    public void Write(NgReplyWriter reply) => reply.WriteCalls(_operation.CallIds);
}
