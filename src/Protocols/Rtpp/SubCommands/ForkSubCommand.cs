namespace RtpProxy.Protocols.Rtpp.SubCommands;

/// <summary><c>C call_id from_tag to_tag</c> under a <c>U</c> with a to-tag: send a source session's media through this one too.</summary>
public sealed record ForkSubCommand(string SourceCall, string FromTag, string ToTag) : SubCommand;
