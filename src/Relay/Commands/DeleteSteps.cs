using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary><c>D</c> (control protocol, sections 3.8 and 6.4).</summary>
internal sealed class DeleteSteps(DeleteCommand command, CommandContext context) : ICommandSteps
{
    public Step First => Step.On(context.WorkerOf(command.Call));

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply) =>
        Delete(worker, command.Call, CommandTags.Of(command, command.FromTag, command.ToTag), command.Weak, now)
            ? Step.Ok(ref reply)
            : Step.Fail(ref reply, ErrorCode.UnknownSession);

    /// <summary>
    /// Clears a flag of every media line that the tags select and ends those that no flag holds any more. True if any
    /// was selected, even if it lives on.
    /// </summary>
    public static bool Delete(RelayWorker worker, string callId, in CommandTags tags, bool weak, Instant now)
    {
        List<(Session Session, TagMatch Match)> selected = worker.Sessions.Select(callId, tags);
        foreach ((Session session, TagMatch match) in selected)
        {
            ClearFlag(session, match, weak);
            if (!session.IsReleased)
            {
                worker.World.Events.On(new RelayEvent.LeftOut(
                    callId,
                    $"not deleted, the session is still held by {FlagsOf(session)}",
                    IsUsual: true));
                continue;
            }

            worker.World.Events.On(new RelayEvent.SessionDeleting(session));
            worker.Life.End(session, now);
            if (session.Tag == (match == TagMatch.Forward ? tags.From : tags.To))
            {
                break; // the complete tag names one media line
            }
        }

        return selected.Count > 0;
    }

    private static string FlagsOf(Session session)
    {
        string strong = session.IsStrong ? "the strong flag" : "";
        string weak = session.Caller.IsWeak || session.Callee.IsWeak ? "a weak flag" : "";
        return strong.Length > 0 && weak.Length > 0 ? $"{strong} and {weak}" : strong + weak;
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
