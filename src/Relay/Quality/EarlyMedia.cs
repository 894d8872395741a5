using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality;

/// <summary>RTP that came to a party's port before both parties had one: it can go nowhere, and is dropped.</summary>
/// <param name="Source">Of the last packet; nobody has found out whether that is the party.</param>
/// <param name="Count">Packets.</param>
/// <param name="Ago">Since the last one.</param>
public sealed record EarlyMedia(Endpoint Source, ulong Count, TimeSpan Ago);
