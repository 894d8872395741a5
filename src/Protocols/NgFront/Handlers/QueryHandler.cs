using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Protocols.NgFront.Views;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary><c>query</c> (ng protocol).</summary>
internal sealed class QueryHandler(QueryRequest request, NgSetting setting) : INgHandler
{
    private readonly CallQueryOperation _operation = setting.Relay.QueryCall(request.CallId);

    public Operation? Operation => _operation;

    public void Write(NgReplyWriter reply)
    {
        if (_operation.Report is { } report)
        {
            reply.WriteCall(CallView.Of(report, request.Tag));
        }
        else
        {
            reply.WriteError(request.UnknownCall);
        }
    }
}
