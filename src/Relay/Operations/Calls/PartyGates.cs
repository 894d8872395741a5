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
                Set(session.Caller, Of(facts, association.Caller, association.Callee, session.Line.Index));
                Set(session.Callee, Of(facts, association.Callee, association.Caller, session.Line.Index));
            }
        }
    }

    /// <summary>What is encrypted cannot be made silence of: it goes no further.</summary>
    private static MediaGates Of(CallFacts facts, int speaker, int listener, int line)
    {
        MediaGates gates = facts.Gates | facts[speaker].Gates;
        return gates.HasFlag(MediaGates.Silence) && IsEncrypted(LineOf(facts[speaker], line), LineOf(facts[listener], line))
            ? gates | MediaGates.Media
            : gates;
    }

    /// <summary>Who has said nothing yet will do as the other one.</summary>
    private static bool IsEncrypted(MediaDescription? speaker, MediaDescription? listener) =>
        (speaker ?? listener) is { } spoken && (spoken.NeedsKeys || (spoken.OffersKeys && (listener ?? spoken).OffersKeys));

    private static MediaDescription? LineOf(CallParty party, int line) => line < party.Media.Length ? party.Media[line] : null;

    private static void Set(Leg leg, MediaGates gates) => leg.Gates = (leg.Gates & MediaGates.Toward) | gates;
}
