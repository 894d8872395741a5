using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality;

/// <summary>Packets for a party that the system does not take, now: the last one was refused.</summary>
/// <param name="To">Where they should go.</param>
/// <param name="Outcome">What became of the last one.</param>
/// <param name="Count">In a row: packets that the system refused, or, where <paramref name="IsTold"/>, messages of the network.</param>
/// <param name="Since">Since the first of them.</param>
/// <param name="IsTold">The system took the packets, and the network told afterwards (ICMP) of some what became of them.</param>
public sealed record SendFault(Endpoint To, SendOutcome Outcome, ulong Count, TimeSpan Since, bool IsTold);
