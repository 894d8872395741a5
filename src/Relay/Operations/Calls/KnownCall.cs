using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>
/// The call of a Call-ID, whichever protocol made it: sessions of RTPproxy's become its media lines with the first command of ng that
/// is to change something (ng protocol, section 6.7). They go on as they are.
/// </summary>
internal static class KnownCall
{
    /// <returns>Null where there is nothing of that Call-ID.</returns>
    public static Call? Find(RelayWorker worker, string callId, OperationContext context, Instant now)
    {
        Call? call = worker.Calls.Find(callId);
        if (Loose(worker, call, callId, context, now) is not { } loose)
        {
            return call;
        }

        if (call is null)
        {
            call = new Call(callId, loose.Facts with { DigitTarget = context.Options.DigitTargets.FirstOrDefault() });
            worker.Calls.Add(call);
        }
        else
        {
            call.Change(loose.Facts);
        }

        foreach ((Session session, LinePlace place) in loose.Lines)
        {
            CallTable.Attach(call, session, place, call.Facts);
            session.Caller.DigitPayloadType = LooseLines.DigitTypeOf(session.Caller, context.Options.DigitPayloadType);
            session.Callee.DigitPayloadType = LooseLines.DigitTypeOf(session.Callee, context.Options.DigitPayloadType);
        }

        worker.Calls.Change(call, call.Facts); // all of its lines are put down with it
        PartyGates.Set(worker, call);
        return call;
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

    private static LooseLines? Loose(RelayWorker worker, Call? call, string callId, OperationContext context, Instant now) =>
        LooseLines.Find(worker.Sessions, call, callId, now, context.WallOf(now));
}
