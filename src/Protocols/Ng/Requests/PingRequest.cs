namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>ping</c>, which is never refused.</summary>
public sealed record PingRequest : NgRequest;
