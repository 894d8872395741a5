using RtpProxy.Relay.Calls;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>Keeps media of a call's parties from going further, or lets it go on (ng protocol).</summary>
public sealed class CallGatesOperation : Operation
{
    private readonly string _callId;
    private readonly PartyChoice _who;
    private readonly MediaGates _gate;
    private readonly bool _isShut;
    private readonly OperationContext _context;

    internal CallGatesOperation(string callId, PartyChoice who, MediaGates gate, bool isShut, OperationContext context)
    {
        _callId = callId;
        _who = who;
        _gate = gate;
        _isShut = isShut;
        _context = context;
        BeginAt(Step.On(context.WorkerOf(callId), CarryOut));
    }

    private Step CarryOut(RelayWorker worker, Instant now)
    {
        KnownCall known = KnownCall.Find(worker, _callId, _context, now);
        return known.Settle(known.Call is { } call ? SetGates(worker, call) : Step.Refused(Refusal.UnknownCall));
    }

    private Step SetGates(RelayWorker worker, Call call)
    {
        CallFacts facts = call.Facts;
        if (_who.IsWholeCall)
        {
            facts = facts with { Gates = Set(facts.Gates) };
            if (_who.IsOfEachParty && !_isShut)
            {
                facts = facts with { Parties = [.. facts.Parties.Select(party => party with { Gates = Set(party.Gates) })] };
            }
        }
        else if (_who.Find(facts) is { } party)
        {
            facts = facts.With(party with { Gates = Set(party.Gates) });
        }
        else
        {
            return Step.Refused(Refusal.UnknownParty);
        }

        worker.Calls.Change(call, facts);
        PartyGates.Set(worker, call);
        return Step.Done;
    }

    private MediaGates Set(MediaGates gates) => _isShut ? gates | _gate : gates & ~_gate;
}
