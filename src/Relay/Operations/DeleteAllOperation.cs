using RtpProxy.Relay.Events;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>
/// Ends every session of every worker, whatever its flags (control protocol, section 3.15). Others are carried out meanwhile,
/// so the sessions of later ones are left alone; and media is relayed, so only so many end in one visit.
/// </summary>
public sealed class DeleteAllOperation : Operation
{
    private readonly OperationContext _context;
    private readonly long _number;
    private int _toVisit = int.MaxValue; // sessions of the present worker from here down have not been looked at

    internal DeleteAllOperation(OperationContext context)
    {
        _context = context;
        _number = context.TakeNumber();
        BeginAt(Step.On(0, EndSome));
    }

    private Step EndSome(RelayWorker worker, Instant now)
    {
        int ends = 0;

        // Backwards: the last session takes the place of one that ends, and has been looked at by then.
        for (_toVisit = Math.Min(_toVisit, worker.Sessions.Count - 1); _toVisit >= 0; _toVisit--)
        {
            Session session = worker.Sessions.All[_toVisit];
            if (session.CommandNumber >= _number)
            {
                continue;
            }

            if (ends++ == SessionAging.MaxEndsPerTurn)
            {
                return Step.On(worker.Index, EndSome); // once more, after the packets that have come meanwhile
            }

            worker.World.Events.On(new RelayEvent.SessionDeleting(session));
            worker.Life.End(session, SessionEnd.AllDeleted, now);
            _toVisit = Math.Min(_toVisit, worker.Sessions.Count); // others may have ended with it
        }

        _toVisit = int.MaxValue;
        return Step.OnNext(worker, _context, EndSome) ?? Step.Done;
    }
}
