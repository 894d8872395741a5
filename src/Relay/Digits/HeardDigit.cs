using RtpProxy.Rtp;

namespace RtpProxy.Relay.Digits;

/// <summary>A key that a party pressed and let go.</summary>
/// <param name="Key">A digit, <c>*</c>, <c>#</c>, <c>A</c> to <c>D</c>; a blank for flash.</param>
/// <param name="Volume">0 to 63, in dBm0 below zero.</param>
/// <param name="Duration">In units of the RTP clock.</param>
/// <param name="PayloadType">Of the packets that told it.</param>
public readonly record struct HeardDigit(char Key, byte Volume, ushort Duration, PayloadType PayloadType);
