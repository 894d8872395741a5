using RtpProxy.Control;
using RtpProxy.Control.Commands;
using RtpProxy.Control.Replies;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary><c>D</c> (control protocol, sections 3.8 and 6.4).</summary>
internal sealed class DeleteSteps(DeleteCommand command, CommandContext context) : ICommandSteps
{
    public Step First => Step.On(context.WorkerOf(command.Call));

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply) =>
        Delete(worker, command.Call, command.FromTag, command.ToTag, command.Weak, now)
            ? Step.Ok(ref reply)
            : Step.Fail(ref reply, ErrorCode.UnknownSession);

    /// <summary>
    /// Clears a flag of every media line that the tags select and ends those that no flag holds any more. True if any
    /// was selected, even if it lives on.
    /// </summary>
    public static bool Delete(RelayWorker worker, string callId, string fromTag, string? toTag, bool weak, Instant now)
    {
        bool found = false;
        Session? next;
        for (Session? session = worker.Sessions.FirstOfCall(callId); session is not null; session = next)
        {
            next = session.NextOfCall;
            TagMatch match = TagRules.MatchBase(session.Tag, fromTag, toTag);
            if (match == TagMatch.None)
            {
                continue;
            }

            found = true;
            ClearFlag(session, match, weak);
            if (!session.IsReleased)
            {
                continue;
            }

            worker.World.Journal.SessionDeleting(session);
            worker.End(session, now);
            if (session.Tag == (match == TagMatch.Forward ? fromTag : toTag))
            {
                break; // the complete tag names one media line
            }
        }

        return found;
    }

    private static void ClearFlag(Session session, TagMatch match, bool weak)
    {
        if (!weak)
        {
            session.IsStrong = false;
        }
        else if (match == TagMatch.Forward)
        {
            session.Caller.IsWeak = false;
        }
        else
        {
            session.Callee.IsWeak = false;
        }
    }
}
