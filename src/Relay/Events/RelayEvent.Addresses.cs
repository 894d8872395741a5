using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Events;

/// <content>Where a party is, who is not the party, and where nothing can be sent.</content>
public abstract partial record RelayEvent
{
    public sealed record RemotePrefilled(RelayStream Stream, Endpoint Remote) : OfStream(Stream);

    /// <summary>
    /// A description or a packet's source named an address that is no party's, such as a port or a control socket of our own:
    /// nothing is sent there. Once for an address, ten times for a stream.
    /// </summary>
    public sealed record AddressNotBelieved(RelayStream Stream, Endpoint Address, AddressBelief Why) : OfStream(Stream);

    /// <summary>A party's address is of another family than our port for it: nothing can be sent there.</summary>
    public sealed record OtherFamilySignalled(Leg Leg, Endpoint Address) : OfLeg(Leg);

    /// <summary>The stream's source was settled; ten times for a stream.</summary>
    /// <param name="Ssrc">Null if it has none.</param>
    /// <param name="Again">It was settled elsewhere before.</param>
    public sealed record Latched(RelayStream Stream, Endpoint Source, Ssrc? Ssrc, SequenceNumber? Sequence, bool Again)
        : OfStream(Stream);

    /// <summary>The party was settled elsewhere than signalling said: packets for it go there.</summary>
    public sealed record RemoteLearned(RelayStream Stream, Endpoint Remote) : OfStream(Stream);

    public sealed record RtcpPortGuessed(Leg Leg, ushort Port) : OfLeg(Leg);

    /// <summary>The first datagram of a stranger at this stream; once per stream and leg, the rest is only counted.</summary>
    public sealed record StrangerRefused(RelayStream Stream, Endpoint Source) : OfStream(Stream);

    /// <summary>The party is heard where it was signalled; until now a stranger had been taken for it, and was sent its media.</summary>
    public sealed record StrangerDisplaced(RelayStream Stream, Endpoint Stranger) : OfStream(Stream);

    /// <summary>The first packet of this stream that came round again; the rest is only counted.</summary>
    public sealed record PacketCircling(RelayStream Stream, Endpoint Source) : OfStream(Stream);

    /// <summary>The first packet for a party, at this address of its, that was not taken; the rest is only counted.</summary>
    public sealed record SendRefused(RelayStream Stream, Endpoint To, SendOutcome Outcome) : OfStream(Stream);

    /// <summary>The first copy of what a party sends that was not taken; the rest is lost without a word.</summary>
    public sealed record CopyRefused(RelayStream Stream, Endpoint To, SendOutcome Outcome) : OfStream(Stream);
}
