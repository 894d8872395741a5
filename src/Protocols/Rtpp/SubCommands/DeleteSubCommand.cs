namespace RtpProxy.Protocols.Rtpp.SubCommands;

/// <summary><c>D[w]</c>: delete the session that the main command found.</summary>
public sealed record DeleteSubCommand(bool Weak = false) : SubCommand;
