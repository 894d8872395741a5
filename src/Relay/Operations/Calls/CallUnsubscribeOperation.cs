using RtpProxy.Relay.Calls;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>A subscriber is to hear no more (docs/ng.md, recording servers); its ports are free then, and the call goes on.</summary>
public sealed class CallUnsubscribeOperation : Operation
{
    private readonly string _callId;
    private readonly string _tag;

    internal CallUnsubscribeOperation(string callId, string tag, OperationContext context)
    {
        _callId = callId;
        _tag = tag;
        BeginAt(Step.On(context.WorkerOf(callId), CarryOut));
    }

    private Step CarryOut(RelayWorker worker, Instant now)
    {
        if (worker.Calls.Find(_callId) is not { } call)
        {
            return Step.Refused(Refusal.UnknownCall);
        }

        if (call.Facts.FindParty(_tag) is not { } party || call.Facts.FindSubscriptionOf(party) is not { } subscription)
        {
            return Step.Refused(Refusal.UnknownParty);
        }

        CallEnds.End(worker, call, subscription, now);
        return Step.Done;
    }
}
