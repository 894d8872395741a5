using RtpProxy.Control.Replies;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary>
/// <c>X</c>: every session of every worker, whatever its flags (control protocol, section 3.15). Other commands run
/// meanwhile, so the sessions of later ones are left alone.
/// </summary>
/// <param name="number">The number of this command.</param>
internal sealed class DeleteAllSteps(long number, CommandContext context) : ICommandSteps
{
    public Step First => Step.On(0);

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply)
    {
        // Backwards: the last session takes the place of one that ends, and has been looked at by then.
        for (int i = worker.Sessions.Count - 1; i >= 0; i--)
        {
            Session session = worker.Sessions.All[i];
            if (session.CommandNumber < number)
            {
                worker.World.Journal.SessionDeleting(session);
                worker.End(session, now);
            }
        }

        return Step.OnNext(worker, context) ?? Step.Ok(ref reply);
    }
}
