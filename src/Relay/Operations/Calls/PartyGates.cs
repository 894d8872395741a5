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
                Set(session.Caller, facts.Gates | facts[association.Caller].Gates);
                Set(session.Callee, facts.Gates | facts[association.Callee].Gates);
            }
        }
    }

    private static void Set(Leg leg, MediaGates gates) => leg.Gates = (leg.Gates & MediaGates.Toward) | gates;
}
