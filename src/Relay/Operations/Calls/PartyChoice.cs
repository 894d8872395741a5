using System.Net;
using RtpProxy.Relay.Calls;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>Which party of a call is meant (ng protocol): by the first of these that is told; the whole call if none is.</summary>
/// <param name="Label">What controllers call it.</param>
/// <param name="Address">A host that its description names.</param>
/// <param name="IsOfEachParty">With the whole call also what was set for single parties.</param>
public sealed record PartyChoice(string? Tag = null, string? Label = null, IPAddress? Address = null, bool IsOfEachParty = false)
{
    public bool IsWholeCall => Tag is null && Label is null && Address is null;

    internal CallParty? Find(CallFacts facts) =>
        Tag is { } tag ? facts.FindParty(tag)
        : Label is { } label ? facts.Parties.FirstOrDefault(party => party.Label == label)
        : Address is { } address ? facts.Parties.FirstOrDefault(party => Names(party, Endpoint.From(address, 0)))
        : null;

    private static bool Names(CallParty party, Endpoint host) => party.Media.Any(media => media.Rtp.WithPort(0) == host);
}
