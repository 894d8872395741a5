namespace RtpProxy.Protocols.Rtpp;

/// <summary>
/// One extension of the protocol: the date that <c>VF</c> asks for, and what <c>rtpproxy -v</c> says about it.
/// </summary>
internal sealed record Capability(string Date, string Text);
