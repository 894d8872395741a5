using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>A party's media, on every media line that the tags select, goes to files (control protocol, section 3.11).</summary>
public sealed class RecordOperation : Operation
{
    private readonly RecordRequest _request;
    private readonly OperationContext _context;
    private readonly RecordingPlan _plan;
    private int _recorded;

    internal RecordOperation(RecordRequest request, OperationContext context)
    {
        _request = request;
        _context = context;
        _plan = new RecordingPlan(context);
        BeginAt(Step.On(Owner, Plan));
    }

    private int Owner => _context.WorkerOf(_request.CallId);

    private Step Plan(RelayWorker worker, Instant now)
    {
        var mode = RecordingMode.Of(worker, _request.CallId, _context.Options, _request.IsSingle);
        foreach ((Session session, TagMatch match) in worker.Sessions.Select(_request.CallId, _request.Tags))
        {
            Leg party = session.PartyOf(match);
            if (party.IsRecorded || party.PendingRecording is not null)
            {
                _recorded += mode.IsSingle ? 0 : 1; // a second time: good for separate files, refused for a single one
            }
            else
            {
                _plan.TryAdd(worker, party, RecordingNames.Derive(party, mode.IsSingle), mode);
            }
        }

        return _plan.NeedsFiles ? Step.Off(_plan.Open, Owner, then: Attach) : Attach(worker, now);
    }

    private Step Attach(RelayWorker worker, Instant now)
    {
        _recorded += _plan.Attach(worker);
        return _recorded > 0 ? Step.Done : Step.Refused(Refusal.UnknownSession);
    }
}
