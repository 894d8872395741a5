namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>Who may use the files of Unix control sockets (options <c>-u</c> and <c>-w</c>).</summary>
/// <param name="UserId">New owner; null leaves it.</param>
/// <param name="GroupId">New group; null leaves it.</param>
/// <param name="Mode">Permission bits; null leaves what the umask gave.</param>
public sealed record UnixSocketAccess(uint? UserId = null, uint? GroupId = null, uint? Mode = null);
