namespace RtpProxy.Relay.Operations.Calls;

/// <summary>What of a call is to end (ng protocol).</summary>
/// <param name="FromTag">Null or empty for the whole call, unless a branch is named.</param>
/// <param name="ToTag">Null if none was told.</param>
/// <param name="ViaBranch">Null if none was told.</param>
/// <param name="Delay">Until then all goes on, and an offer or an answer takes it back.</param>
public sealed record CallDeleteRequest(string CallId, string? FromTag, string? ToTag, string? ViaBranch, TimeSpan Delay);
