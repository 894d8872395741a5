using RtpProxy.Relay.Calls;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>Records a whole call into files that the relay names, or ends that (ng protocol); both may be asked for again.</summary>
public sealed class CallRecordOperation : Operation
{
    private readonly string _callId;
    private readonly bool _isStart;
    private readonly OperationContext _context;
    private RecordingPlan? _plan;

    internal CallRecordOperation(string callId, bool isStart, OperationContext context)
    {
        _callId = callId;
        _isStart = isStart;
        _context = context;
        BeginAt(Step.On(Owner, CarryOut));
    }

    private int Owner => _context.WorkerOf(_callId);

    private Step CarryOut(RelayWorker worker, Instant now)
    {
        KnownCall known = KnownCall.Find(worker, _callId, _context, now);
        return known.Settle(known.Call is { } call ? Record(worker, call, now) : Step.Refused(Refusal.UnknownCall));
    }

    private Step Record(RelayWorker worker, Call call, Instant now)
    {
        if (!_context.Recordings.IsConfigured)
        {
            return Step.Refused(Refusal.NoCopy);
        }

        if (!_isStart)
        {
            CallRecording.Stop(worker, call);
            return Step.Done;
        }

        _plan = CallRecording.Plan(worker, call, _context);
        return _plan.NeedsFiles ? Step.Off(_plan.Open, Owner, then: Attach) : Attach(worker, now);
    }

    private Step Attach(RelayWorker worker, Instant now)
    {
        _plan!.Attach(worker);
        return Step.Done;
    }
}
