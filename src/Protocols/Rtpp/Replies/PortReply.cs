namespace RtpProxy.Protocols.Rtpp.Replies;

/// <summary>
/// Where a party shall send its media, as <c>U</c> and <c>L</c> answer (control protocol, section 3.7).
/// </summary>
/// <param name="Port">The RTP port, 1..65535; odd ones are passed on as they are.</param>
/// <param name="Address">
/// The address word, unchecked; null when the relay does not know which of its addresses to tell.
/// </param>
/// <param name="IsIPv6">The third word says so; without one the address is IPv4, whatever it looks like.</param>
public readonly record struct PortReply(ushort Port, string? Address, bool IsIPv6);
