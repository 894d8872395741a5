namespace RtpProxy.Daemon.Options;

/// <summary>Who the daemon becomes after its start (<c>-u</c>).</summary>
/// <param name="UserName">Null if only a group was named.</param>
/// <param name="UserId">Null exactly when <paramref name="UserName"/> is.</param>
/// <param name="GroupId">The named group's, else the user's primary group's.</param>
/// <param name="NamesGroup">A group was named: then <c>-w</c> applies.</param>
internal sealed record RunAs(string? UserName, uint? UserId, uint GroupId, bool NamesGroup);
