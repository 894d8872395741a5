namespace RtpProxy.Ctl.Output;

/// <summary>The reply of one node to one command.</summary>
/// <param name="Reply">The reply without its last line end; null without one.</param>
/// <param name="Error">Why there is no reply, or that it is an error; null when all is well.</param>
internal sealed record SendResult(string Socket, string Command, string? Reply, string? Error);
