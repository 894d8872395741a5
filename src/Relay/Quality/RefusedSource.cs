using RtpProxy.Relay.Destinations;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality;

/// <summary>Who sends to a party's port and is not taken for the party.</summary>
/// <param name="Source">Of the last such datagram.</param>
/// <param name="Count">Of all such datagrams of the stream, whatever their source.</param>
/// <param name="Ago">Since the last one.</param>
/// <param name="Reason">Why the last one was refused.</param>
/// <param name="Belief">What is made of the address of the last one; not believed, it can be nobody's.</param>
/// <param name="GoesOn">More than a stray packet, and just now.</param>
public sealed record RefusedSource(
    Endpoint Source, ulong Count, TimeSpan Ago, DropReason Reason, AddressBelief Belief, bool GoesOn);
