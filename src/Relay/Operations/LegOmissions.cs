using RtpProxy.Relay.Events;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>Tells what an offer or an answer asks for and a leg does not get, although it is carried out.</summary>
internal static class LegOmissions
{
    /// <summary>A leg with a port keeps its address unless a new port is asked for; a network is named too late for one without.</summary>
    public static void TellAddress(RelayWorker worker, Leg answered, LegRequest request)
    {
        LocalAddress? asked = request.IsAddressNamed ? request.Address : request.TowardOther;
        LocalAddress kept = request.AddressFor(answered);
        if (asked is not null && !asked.Address.Equals(kept.Address))
        {
            worker.World.Events.On(new RelayEvent.LeftOut(
                answered.Session.CallId,
                $"the leg stays on {kept.Address}: without n another address, {asked.Address}, comes too late",
                IsUsual: true));
        }
    }

    /// <summary>What was read over in the message, and in the codecs.</summary>
    public static void TellIgnored(RelayWorker worker, Session session, LegRequest request)
    {
        foreach (string sentence in request.LeftOut)
        {
            worker.World.Events.On(new RelayEvent.LeftOut(session.CallId, sentence));
        }

        if (request.Codecs is { } codecs && !PromptCodecs.AreAllKnown(codecs))
        {
            worker.World.Events.On(new RelayEvent.LeftOut(
                session.CallId, $"not all of the codecs '{codecs}' are payload types, which go from 0 to 127: prompts skip the others"));
        }
    }
}
