using RtpProxy.Relay.Events;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>The answer to an offer; never makes a session (control protocol, sections 3.3 and 6.1).</summary>
public sealed class AnswerOperation : MediaOperation
{
    private readonly AnswerRequest _request;

    internal AnswerOperation(AnswerRequest request, IReplyRoom room, OperationContext context)
        : base(request, room, context)
    {
        _request = request;
        BeginAt(Step.On(Owner, CarryOut));
    }

    private Step CarryOut(RelayWorker worker, Instant now)
    {
        if (worker.Sessions.Find(_request.CallId, _request.FromTag, _request.ToTag, out TagMatch match) is not { } session)
        {
            return Step.Refused(Refusal.UnknownSession);
        }

        // A late offer with one tag twice: whoever has another tag answers it, in whatever order the tags come.
        bool isAnswerOfFromTag = match == TagMatch.Reverse && session.IsOfferedToNobody;
        string? answeredTag = match == TagMatch.Reverse ? _request.FromTag : _request.ToTag;
        match = isAnswerOfFromTag ? TagMatch.Forward : match;

        // The from-tag's party offered, so the one that speaks now is the other.
        Leg answered = session.PartyOf(match);
        Leg speaker = session.Opposite(answered);
        if (!HasRoomFor(_request.Leg.AddressFor(answered)))
        {
            return Step.Refused(Refusal.NoRoomForReply);
        }

        CallLine.Connect(worker, answered, now);
        if (!LegChange.TryAnswer(worker, answered, _request.Leg, now, Context))
        {
            return Step.Refused(Refusal.NoLegPorts);
        }

        LegChange.Name(speaker, answeredTag, answeredTag);
        CallLine.OnAnswered(worker, speaker, _request.Leg, answeredTag, Context, now);
        worker.World.Events.On(new RelayEvent.SessionUpdated(session));
        Answer(worker, speaker, now);
        return Step.Done;
    }
}
