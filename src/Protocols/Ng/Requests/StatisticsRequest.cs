namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>statistics</c> (ng protocol, 7.5).</summary>
public sealed record StatisticsRequest : NgRequest;
