namespace RtpProxy.Protocols.Rtpp.Commands;

/// <summary><c>X</c>.</summary>
public sealed record DeleteAllCommand() : Command;
