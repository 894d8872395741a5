using RtpProxy.Admin;

namespace RtpProxy.Ctl.Output;

/// <summary>A session as the admin socket of a relay tells it.</summary>
internal sealed record SessionDetailResult(string Socket, SessionDetail Session);
