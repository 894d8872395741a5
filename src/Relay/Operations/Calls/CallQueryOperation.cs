using RtpProxy.Relay.Calls;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>Tells what is known of a call, or of one that ended lately (ng protocol, section 3.5).</summary>
public sealed class CallQueryOperation : Operation
{
    private readonly string _callId;

    internal CallQueryOperation(string callId, OperationContext context)
    {
        _callId = callId;
        BeginAt(Step.On(context.WorkerOf(callId), Look));
    }

    /// <summary>Null when refused.</summary>
    public CallReport? Report { get; private set; }

    private Step Look(RelayWorker worker, Instant now)
    {
        Report = worker.Calls.Find(_callId) is { } call
            ? CallReports.Of(worker.Calls, call, now)
            : worker.Calls.FindEnded(_callId);
        return Report is null ? Step.Refused(Refusal.UnknownCall) : Step.Done;
    }
}
