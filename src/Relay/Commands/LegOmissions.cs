using RtpProxy.Protocols.Rtpp;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary>Tells what a <c>U</c> or <c>L</c> asks for and a leg does not get, although the command is carried out.</summary>
internal static class LegOmissions
{
    /// <summary>A leg with a port keeps its address unless a new port is asked for; letters come too late for one without.</summary>
    public static void TellAddress(RelayWorker worker, Leg answered, LegModifiers modifiers, CommandContext context)
    {
        LocalAddress? asked = modifiers.Local is not null
            ? modifiers.ChosenAddress
            : modifiers.SecondDirection is { } direction ? context.AddressOf(direction) : null;
        LocalAddress kept = LegChange.AddressFor(answered, modifiers, context);
        if (asked is not null && !asked.Address.Equals(kept.Address))
        {
            worker.World.Events.On(new RelayEvent.LeftOut(
                answered.Session.CallId,
                $"the leg stays on {kept.Address}: without n another address, {asked.Address}, comes too late",
                IsUsual: true));
        }
    }

    /// <summary>What is read over in the address and the codecs.</summary>
    public static void TellIgnored(RelayWorker worker, Session session, LegModifiers modifiers, RemoteMedia remote)
    {
        if (remote.Address is null)
        {
            worker.World.Events.On(new RelayEvent.LeftOut(
                session.CallId,
                $"no {(modifiers.IsIPv6 ? "IPv6" : "IPv4")} address has the length of '{remote.AddressText}': it is ignored, and its port with it"));
        }

        if (modifiers.Codecs is { } codecs && !PromptCodecs.AreAllKnown(codecs))
        {
            worker.World.Events.On(new RelayEvent.LeftOut(
                session.CallId, $"not all of the codecs '{codecs}' are payload types, which go from 0 to 127: prompts skip the others"));
        }
    }
}
