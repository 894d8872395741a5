using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary>
/// <c>X</c>: every session of every worker, whatever its flags (control protocol, section 3.15). Other commands run
/// meanwhile, so the sessions of later ones are left alone; and media does, so only so many end in one visit.
/// </summary>
/// <param name="number">The number of this command.</param>
internal sealed class DeleteAllSteps(long number, CommandContext context) : ICommandSteps
{
    private int _toVisit = int.MaxValue; // sessions of the present worker from here down have not been looked at

    public Step First => Step.On(0);

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply)
    {
        int ends = 0;

        // Backwards: the last session takes the place of one that ends, and has been looked at by then.
        for (_toVisit = Math.Min(_toVisit, worker.Sessions.Count - 1); _toVisit >= 0; _toVisit--)
        {
            Session session = worker.Sessions.All[_toVisit];
            if (session.CommandNumber >= number)
            {
                continue;
            }

            if (ends++ == SessionAging.MaxEndsPerTurn)
            {
                return Step.On(worker.Index); // once more, after the packets that have come meanwhile
            }

            worker.World.Events.On(new RelayEvent.SessionDeleting(session));
            worker.Life.End(session, now);
        }

        _toVisit = int.MaxValue;
        return Step.OnNext(worker, context) ?? Step.Ok(ref reply);
    }
}
