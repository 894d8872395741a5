using RtpProxy.Relay.Operations.Further;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>Tells the figures of a party (control protocol, section 3.12).</summary>
public sealed class QueryOperation : Operation
{
    private readonly string _callId;
    private readonly SessionTags _tags;
    private readonly IReadOnlyList<FurtherOperation> _further;
    private readonly IFiguresReader _reader;
    private readonly OperationContext _context;

    internal QueryOperation(
        string callId, in SessionTags tags, IReadOnlyList<FurtherOperation> further, IFiguresReader reader, OperationContext context)
    {
        _callId = callId;
        _tags = tags;
        _further = further;
        _reader = reader;
        _context = context;
        BeginAt(Step.On(context.WorkerOf(callId), CarryOut));
    }

    /// <summary>
    /// The session was found by what was given as from-tag, which was the to-tag; what was given as to-tag is none. Only where
    /// <see cref="SessionTags.FromMayBeEmpty"/>.
    /// </summary>
    public bool IsFoundWithoutFromTag { get; private set; }

    /// <summary>Of the operations that followed.</summary>
    public IReadOnlyList<FurtherResult> Further { get; private set; } = [];

    private Step CarryOut(RelayWorker worker, Instant now)
    {
        if (worker.Sessions.Find(_callId, _tags, out TagMatch match) is not { } session)
        {
            if (_tags is not { FromMayBeEmpty: true, To: not null }
                || worker.Sessions.FindAnswered(_callId, "", _tags.From, out match) is not { } answered)
            {
                return Step.Refused(Refusal.UnknownSession);
            }

            session = answered;
            IsFoundWithoutFromTag = true;
        }

        Leg party = session.PartyOf(match);
        if (!_reader.TryRead(PartyFigures.Of(party, now)))
        {
            return Step.Refused(Refusal.NotWanted);
        }

        Further = new FurtherRun(worker, session, party, now, _context).Run(_further, _reader);
        return Step.Done;
    }
}
