using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>Ends media lines of a call, unless another flag keeps them (control protocol, sections 3.8 and 6.4).</summary>
public sealed class DeleteOperation : Operation
{
    private readonly string _callId;
    private readonly SessionTags _tags;
    private readonly bool _isWeak;

    internal DeleteOperation(string callId, in SessionTags tags, bool isWeak, OperationContext context)
    {
        _callId = callId;
        _tags = tags;
        _isWeak = isWeak;
        BeginAt(Step.On(context.WorkerOf(callId), CarryOut));
    }

    private Step CarryOut(RelayWorker worker, Instant now) => Delete(worker, _callId, _tags, _isWeak, now)
        ? Step.Done
        : Step.Refused(Refusal.UnknownSession);

    /// <summary>
    /// Clears a flag of every media line that the tags select and ends those that no flag keeps any more. True if any
    /// was selected, even if it lives on.
    /// </summary>
    internal static bool Delete(RelayWorker worker, string callId, in SessionTags tags, bool weak, Instant now)
    {
        List<(Session Session, TagMatch Match)> selected = worker.Sessions.Select(callId, tags);
        Call? call = selected.Count > 0 ? worker.Calls.Find(callId) : null;
        CallReport? report = call is null ? null : CallReports.Of(worker.Calls, call, now, isBrief: true);
        foreach ((Session session, TagMatch match) in selected)
        {
            if (session.IsEnded)
            {
                continue; // with the last line of those whom it heard
            }

            ClearFlag(session, match, weak);
            if (!session.IsReleased)
            {
                worker.World.Events.On(new RelayEvent.LeftOut(
                    callId,
                    $"not deleted, the session is still held by {FlagsOf(session)}",
                    IsUsual: true));
                continue;
            }

            worker.Life.Delete(session, now);
            if (session.Tag == (match == TagMatch.Forward ? tags.From : tags.To))
            {
                break; // the complete tag names one media line
            }
        }

        if (report is not null && worker.Calls.Find(callId) is null)
        {
            worker.Calls.Remember(report, now);
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
