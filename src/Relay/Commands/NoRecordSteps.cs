using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary><c>N</c>: ends recordings and copies of a party or, with <c>a</c>, of both (control protocol, section 3.11).</summary>
internal sealed class NoRecordSteps(NoRecordCommand command, CommandContext context) : ICommandSteps
{
    public Step First => Step.On(context.WorkerOf(command.Call));

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply)
    {
        bool stopped = false;
        CommandTags tags = CommandTags.Of(command, command.FromTag, command.ToTag);
        foreach ((Session session, TagMatch match) in worker.Sessions.Select(command.Call, tags))
        {
            Leg party = session.PartyOf(match);
            stopped |= worker.Recorders.Stop(party);
            if (command.BothParties)
            {
                stopped |= worker.Recorders.Stop(session.Opposite(party));
            }
        }

        return stopped ? Step.Ok(ref reply) : Step.Fail(ref reply, ErrorCode.UnknownSession);
    }
}
