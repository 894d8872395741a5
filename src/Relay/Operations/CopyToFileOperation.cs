using RtpProxy.Relay.Events;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>One party's media goes to files of a given name (control protocol, section 3.11).</summary>
public sealed class CopyToFileOperation : Operation
{
    private readonly CopyToFileRequest _request;
    private readonly OperationContext _context;
    private readonly RecordingPlan _plan;

    internal CopyToFileOperation(CopyToFileRequest request, OperationContext context)
    {
        _request = request;
        _context = context;
        _plan = new RecordingPlan(context);
        BeginAt(Step.On(Owner, Plan));
    }

    private int Owner => _context.WorkerOf(_request.CallId);

    private Step Plan(RelayWorker worker, Instant now)
    {
        if (worker.Sessions.Find(_request.CallId, _request.Tags, out TagMatch match) is not { } session)
        {
            return Step.Refused(Refusal.UnknownSession);
        }

        if (_request.WantsPort)
        {
            return Step.Refused(Refusal.NoCopy);
        }

        if (_request.Fault is { } fault)
        {
            worker.World.Events.On(new RelayEvent.RecordingFailed(_request.CallId, fault));
            return Step.Refused(Refusal.NoCopy);
        }

        Leg party = session.PartyOf(match);
        var mode = RecordingMode.Of(worker, _request.CallId, _context.Options, _request.IsSingle);
        if (party.IsRecorded || party.PendingRecording is not null)
        {
            RecordingPlan.TellRecordedAlready(worker, session, _request.Name);
            return mode.IsSingle ? Step.Refused(Refusal.NoCopy) : Step.Done;
        }

        if (!_plan.TryAdd(worker, party, RecordingNames.Given(_request.Name, mode.IsSingle), mode))
        {
            return Step.Refused(Refusal.NoCopy);
        }

        return _plan.NeedsFiles ? Step.Off(_plan.Open, Owner, then: Attach) : Attach(worker, now);
    }

    private Step Attach(RelayWorker worker, Instant now) =>
        _plan.Attach(worker) > 0 ? Step.Done : Step.Refused(Refusal.NoCopy);
}
