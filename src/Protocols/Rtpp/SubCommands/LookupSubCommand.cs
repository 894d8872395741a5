namespace RtpProxy.Protocols.Rtpp.SubCommands;

/// <summary><c>L[mods] remote_ip remote_port</c> under a <c>U</c> with a to-tag: the second leg in the same command.</summary>
public sealed record LookupSubCommand(RemoteMedia Remote, LegModifiers? Modifiers = null) : SubCommand;
