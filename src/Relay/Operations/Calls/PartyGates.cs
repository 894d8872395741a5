using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>What is known of a call's gates comes to the legs of its sessions, where packets meet it.</summary>
internal static class PartyGates
{
    public static void Set(RelayWorker worker, Call call)
    {
        CallFacts facts = call.Facts;
        foreach (Session session in worker.Calls.SessionsOf(call))
        {
            if (facts.FindAssociation(session.Line.Association) is { } association)
            {
                Set(session.Caller, Of(facts, association.Caller, session.Line.Index));
                Set(session.Callee, Of(facts, association.Callee, session.Line.Index));
            }
        }
    }

    /// <summary>What is encrypted cannot be made silence of: it goes no further.</summary>
    private static MediaGates Of(CallFacts facts, int number, int line)
    {
        CallParty party = facts[number];
        MediaGates gates = facts.Gates | party.Gates;
        return gates.HasFlag(MediaGates.Silence) && line < party.Media.Length && party.Media[line].IsEncrypted
            ? gates | MediaGates.Media
            : gates;
    }

    private static void Set(Leg leg, MediaGates gates) => leg.Gates = (leg.Gates & MediaGates.Toward) | gates;
}
