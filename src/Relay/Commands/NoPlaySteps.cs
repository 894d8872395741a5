using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary><c>S</c>: silence for one party; good whether or not anything was playing (control protocol, section 3.10).</summary>
internal sealed class NoPlaySteps(NoPlayCommand command, CommandContext context) : ICommandSteps
{
    public Step First => Step.On(context.WorkerOf(command.Call));

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply)
    {
        if (worker.Sessions.Find(command.Call, CommandTags.Of(command, command.FromTag, command.ToTag), out TagMatch match) is not { } session)
        {
            return Step.Fail(ref reply, ErrorCode.UnknownSession);
        }

        worker.Players.Stop(session.PartyOf(match));
        return Step.Ok(ref reply);
    }
}
