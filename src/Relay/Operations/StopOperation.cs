using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>Silence for one party; good whether or not anything was playing (control protocol, section 3.10).</summary>
public sealed class StopOperation : Operation
{
    private readonly string _callId;
    private readonly SessionTags _tags;

    internal StopOperation(string callId, in SessionTags tags, OperationContext context)
    {
        _callId = callId;
        _tags = tags;
        BeginAt(Step.On(context.WorkerOf(callId), CarryOut));
    }

    private Step CarryOut(RelayWorker worker, Instant now)
    {
        if (worker.Sessions.Find(_callId, _tags, out TagMatch match) is not { } session)
        {
            return Step.Refused(Refusal.UnknownSession);
        }

        worker.Players.Stop(session.PartyOf(match));
        return Step.Done;
    }
}
