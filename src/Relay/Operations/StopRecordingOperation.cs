using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>Ends recordings and copies of a party, or of both (control protocol, section 3.11).</summary>
public sealed class StopRecordingOperation : Operation
{
    private readonly string _callId;
    private readonly SessionTags _tags;
    private readonly bool _ofBoth;

    internal StopRecordingOperation(string callId, in SessionTags tags, bool ofBoth, OperationContext context)
    {
        _callId = callId;
        _tags = tags;
        _ofBoth = ofBoth;
        BeginAt(Step.On(context.WorkerOf(callId), CarryOut));
    }

    private Step CarryOut(RelayWorker worker, Instant now)
    {
        bool stopped = false;
        foreach ((Session session, TagMatch match) in worker.Sessions.Select(_callId, _tags))
        {
            Leg party = session.PartyOf(match);
            stopped |= worker.Recorders.Stop(party);
            if (_ofBoth)
            {
                stopped |= worker.Recorders.Stop(session.Opposite(party));
            }
        }

        return stopped ? Step.Done : Step.Refused(Refusal.UnknownSession);
    }
}
