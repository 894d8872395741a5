using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Hep;

/// <summary>What a HEP packet says of its payload.</summary>
/// <param name="Source">Whom it is about: who sent it. Unspecified of IPv4 if not known.</param>
/// <param name="Destination">Where it came to; of the same family as the source.</param>
/// <param name="WallMicroseconds">When, since the UNIX epoch.</param>
/// <param name="CallId">What belongs together; one byte a character.</param>
public readonly record struct HepHeader(
    HepPayload Payload, Endpoint Source, Endpoint Destination, long WallMicroseconds, string CallId);
