using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>
/// The call of a Call-ID, whichever protocol made it: sessions of RTPproxy's become its media lines with the first command of ng that
/// changes something (docs/ng.md, both protocols on one call). They go on as they are; a command that is refused leaves them what they were.
/// </summary>
internal readonly struct KnownCall
{
    private readonly RelayWorker _worker;
    private readonly CallFacts? _before; // null of one that there was not
    private readonly IReadOnlyList<JoinedSession> _joined;

    private KnownCall(RelayWorker worker, Call? call, CallFacts? before, IReadOnlyList<JoinedSession> joined)
    {
        _worker = worker;
        Call = call;
        _before = before;
        _joined = joined;
    }

    /// <summary>Null where there is nothing of that Call-ID.</summary>
    public Call? Call { get; }

    /// <summary>With all of its lines, as far as who looks at them sees. <see cref="Settle"/> says whether that stays.</summary>
    public static KnownCall Find(RelayWorker worker, string callId, OperationContext context, Instant now)
    {
        Call? call = worker.Calls.Find(callId);
        if (Loose(worker, call, callId, context, now) is not { } loose)
        {
            return new KnownCall(worker, call, call?.Facts, []);
        }

        CallFacts? before = call?.Facts;
        if (call is null)
        {
            call = new Call(callId, loose.Facts with { DigitTarget = context.Options.DigitTargets.FirstOrDefault() });
            worker.Calls.Add(call);
        }
        else
        {
            call.Change(loose.Facts);
        }

        var joined = new List<JoinedSession>(loose.Lines.Count);
        foreach ((Session session, LinePlace place) in loose.Lines)
        {
            joined.Add(new JoinedSession(session, session.Caller.DigitPayloadType, session.Callee.DigitPayloadType));
            CallTable.Attach(call, session, place, call.Facts);
            session.Caller.DigitPayloadType = LooseLines.DigitTypeOf(session.Caller, context.Options.DigitPayloadType);
            session.Callee.DigitPayloadType = LooseLines.DigitTypeOf(session.Callee, context.Options.DigitPayloadType);
        }

        return new KnownCall(worker, call, before, joined);
    }

    /// <summary>The same for who only asks: nothing changes.</summary>
    public static CallReport? Report(RelayWorker worker, string callId, OperationContext context, Instant now)
    {
        Call? call = worker.Calls.Find(callId);
        CallReport? report = call is null ? null : CallReports.Of(worker.Calls, call, now);
        return Loose(worker, call, callId, context, now) is not { } loose
            ? report
            : new CallReport(
                callId,
                loose.Facts,
                [.. report?.Lines ?? [], .. loose.Lines.Select(line => CallReports.Of(line.Session, line.Place, now))]);
    }

    /// <summary>Passes on what became of the command: unless it is refused, the sessions are lines of the call for good.</summary>
    public Step Settle(Step step)
    {
        if (step.Refusal != Refusal.None)
        {
            Leave();
        }
        else if (_joined.Count > 0 && Call is { } call)
        {
            _worker.Calls.Change(call, call.Facts); // all of its lines are put down with it
            PartyGates.Set(_worker, call);
            CallOperation.ListenForDigits(_worker, call);
        }

        return step;
    }

    /// <summary>The sessions are what they were before.</summary>
    public void Leave()
    {
        if (_joined.Count == 0 || Call is not { } call)
        {
            return;
        }

        foreach (JoinedSession joined in _joined)
        {
            CallTable.Detach(call, joined.Session);
            joined.Session.Line = default;
            joined.Session.Caller.DigitPayloadType = joined.CallerDigits;
            joined.Session.Callee.DigitPayloadType = joined.CalleeDigits;
        }

        if (_before is { } before)
        {
            call.TakeBack(before);
        }
        else
        {
            _worker.Calls.Remove(call);
        }
    }

    private static LooseLines? Loose(RelayWorker worker, Call? call, string callId, OperationContext context, Instant now) =>
        LooseLines.Find(worker.Sessions, call, callId, now, context.WallOf(now));

    private readonly record struct JoinedSession(Session Session, int CallerDigits, int CalleeDigits);
}
