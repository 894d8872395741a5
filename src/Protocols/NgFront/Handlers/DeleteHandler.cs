using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Protocols.NgFront.Views;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary><c>delete</c> (ng protocol).</summary>
internal sealed class DeleteHandler : INgHandler
{
    private readonly DeleteRequest _request;
    private readonly CallDeleteOperation _operation;

    public DeleteHandler(DeleteRequest request, in NgSetting setting)
    {
        _request = request;
        _operation = setting.Relay.DeleteCall(new CallDeleteRequest(
            request.CallId,
            request.FromTag,
            request.ToTag,
            request.ViaBranch,
            request.Delay ?? setting.Settings.DeleteDelay));
    }

    public Operation? Operation => _operation;

    public void Write(NgReplyWriter reply)
    {
        if (_operation.Refusal != Refusal.None)
        {
            WriteNothingMeant(reply);
        }
        else if (_request.IsFast)
        {
            reply.WriteOk();
        }
        else
        {
            reply.WriteCall(CallView.Of(_operation.Report!, tag: null));
        }
    }

    private void WriteNothingMeant(NgReplyWriter reply)
    {
        if (_request.IsFatal)
        {
            reply.WriteError(NgErrors.NothingDeleted);
        }
        else
        {
            reply.WriteOk(new OkReply { Warning = NgErrors.NothingDeleted });
        }
    }
}
