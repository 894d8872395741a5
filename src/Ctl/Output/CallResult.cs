using RtpProxy.Admin;

namespace RtpProxy.Ctl.Output;

/// <summary>A call in the list of <c>calls</c>.</summary>
internal sealed record CallResult(string Socket, SessionRow Call);
