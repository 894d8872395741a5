namespace RtpProxy.Relay.Notices;

/// <summary>A destination of notifications that <c>-n</c> permits, found once when a session names it.</summary>
/// <param name="Id">Names the connection inside the host's notifier.</param>
/// <param name="Name">For logs: <c>unix:/path</c> or <c>tcp:host:port</c>.</param>
public sealed record NoticeTarget(int Id, string Name);
