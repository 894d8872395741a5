using RtpProxy.Control.Replies;

namespace RtpProxy.Relay.Commands;

/// <summary><c>X</c>: every session of every worker, whatever its flags (control protocol, section 3.15).</summary>
internal sealed class DeleteAllSteps(CommandContext context) : ICommandSteps
{
    public Step First => Step.On(0);

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply)
    {
        while (worker.Sessions.Count > 0)
        {
            Sessions.Session session = worker.Sessions.All[^1];
            worker.World.Journal.SessionDeleting(session);
            worker.End(session, now);
        }

        return Step.OnNext(worker, context) ?? Step.Ok(ref reply);
    }
}
