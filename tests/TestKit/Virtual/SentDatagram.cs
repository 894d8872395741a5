using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Virtual;

/// <summary>A datagram that left a <see cref="VirtualRelay"/>: from one of its own ports, to a party.</summary>
public sealed record SentDatagram(Endpoint From, Endpoint To, byte[] Bytes);
