using RtpProxy.Relay.Events;
using RtpProxy.Relay.Operations.Further;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>The answer to an offer; never makes a session (control protocol, sections 3.3 and 6.1).</summary>
public sealed class AnswerOperation : Operation
{
    private readonly AnswerRequest _request;
    private readonly IReplyRoom _room;
    private readonly OperationContext _context;

    internal AnswerOperation(AnswerRequest request, IReplyRoom room, OperationContext context)
    {
        _request = request;
        _room = room;
        _context = context;
        BeginAt(Step.On(context.WorkerOf(request.CallId), CarryOut));
    }

    /// <summary>The port that the party that offered is to be told.</summary>
    public AnsweredPort Port { get; private set; }

    /// <summary>Of the operations that followed.</summary>
    public IReadOnlyList<FurtherResult> Further { get; private set; } = [];

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
        if (!_room.HasRoomFor(_request.Leg.AddressFor(answered), isFollowed: _request.Further.Count > 0))
        {
            return Step.Refused(Refusal.NoRoomForReply);
        }

        if (!LegChange.TryAnswer(worker, answered, _request.Leg, now, _context))
        {
            return Step.Refused(Refusal.NoLegPorts);
        }

        LegChange.Name(speaker, answeredTag, answeredTag);
        worker.World.Events.On(new RelayEvent.SessionUpdated(session));
        Port = new AnsweredPort(answered.PortNumber, answered.Local);
        Further = new FurtherRun(worker, session, speaker, now, _context).Run(_request.Further, _room);
        return Step.Done;
    }
}
