namespace RtpProxy.Admin;

/// <summary>Packets for a party that the system does not take.</summary>
/// <param name="Outcome"><c>Unreachable</c>, <c>NotPermitted</c> …</param>
/// <param name="Count">In a row.</param>
public sealed record SendFaultDetail(string To, string Outcome, ulong Count, DateTimeOffset Since);
