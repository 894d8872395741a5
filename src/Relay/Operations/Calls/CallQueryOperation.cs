using RtpProxy.Relay.Calls;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>Tells what is known of a call, or of one that ended lately (ng protocol).</summary>
public sealed class CallQueryOperation : Operation
{
    private readonly string _callId;
    private readonly OperationContext _context;

    internal CallQueryOperation(string callId, OperationContext context)
    {
        _callId = callId;
        _context = context;
        BeginAt(Step.On(context.WorkerOf(callId), Look));
    }

    /// <summary>Null when refused.</summary>
    public CallReport? Report { get; private set; }

    private Step Look(RelayWorker worker, Instant now)
    {
        Report = KnownCall.Report(worker, _callId, _context, now) ?? worker.Calls.FindEnded(_callId);
        return Report is null ? Step.Refused(Refusal.UnknownCall) : Step.Done;
    }
}
