namespace RtpProxy.Watch.Views;

/// <summary>The sessions (media lines) of one call.</summary>
/// <param name="Away">Relays that could not be asked.</param>
internal sealed record CallView(
    DateTimeOffset At, string CallId, IReadOnlyList<NodeSession> Sessions, IReadOnlyList<string> Away);
