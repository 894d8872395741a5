namespace RtpProxy.Protocols.Rtpp.Commands;

/// <summary><c>I[b][l]</c>.</summary>
public sealed record InfoCommand(bool Brief = false, bool Load = false) : Command;
