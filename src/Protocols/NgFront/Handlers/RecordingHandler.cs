using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary>
/// <c>start recording</c>, <c>stop recording</c>, <c>pause recording</c> (ng protocol). What goes on after a pause is a
/// recording of its own.
/// </summary>
internal sealed class RecordingHandler(RecordingRequest request, NgSetting setting) : INgHandler
{
    private readonly string? _refusal = request.FindRefusal();
    private readonly Operation _operation = request.FindRefusal() is null
        ? setting.Relay.RecordCall(request.CallId, request.Action == RecordingAction.Start)
        : setting.Relay.QueryCall(request.CallId); // an unknown call is the error that comes first

    public Operation? Operation => _operation;

    public void Write(NgReplyWriter reply)
    {
        if (_operation.Refusal == Refusal.UnknownCall)
        {
            reply.WriteError(request.UnknownCall);
        }
        else if (_refusal is not null)
        {
            reply.WriteError(_refusal);
        }
        else if (_operation is CallRecordOperation { Refusal: Refusal.NoCopy })
        {
            reply.WriteError(NgErrors.RecordingIsOff);
        }
        else
        {
            reply.WriteOk();
        }
    }
}
