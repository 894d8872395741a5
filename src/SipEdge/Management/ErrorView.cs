namespace RtpProxy.SipEdge.Management;

/// <summary>What is wrong, and what was expected.</summary>
internal sealed record ErrorView(string Error);
