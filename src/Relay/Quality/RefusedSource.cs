using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality;

/// <summary>Who sends to a party's port and is not taken for the party.</summary>
/// <param name="Source">Of the last such datagram.</param>
/// <param name="Count">Of all such datagrams of the stream, whatever their source.</param>
/// <param name="Ago">Since the last one.</param>
/// <param name="Reason">Why the last one was refused.</param>
public sealed record RefusedSource(Endpoint Source, ulong Count, TimeSpan Ago, DropReason Reason);
