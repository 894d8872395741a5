using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Relay.Operations.Calls;

namespace RtpProxy.Protocols.NgFront;

/// <summary>Which party a command means (ng protocol).</summary>
internal static class PartyChoices
{
    public static PartyChoice Of(in PartySelection selection) => selection.By switch
    {
        PartySelector.Tag => new PartyChoice(Tag: selection.Name),
        PartySelector.Label => new PartyChoice(Label: selection.Name),
        PartySelector.Address => new PartyChoice(Address: selection.Address),
        PartySelector.All => new PartyChoice(IsOfEachParty: true),
        _ => new PartyChoice(),
    };
}
