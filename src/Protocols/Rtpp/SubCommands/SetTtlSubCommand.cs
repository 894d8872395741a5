namespace RtpProxy.Protocols.Rtpp.SubCommands;

/// <summary><c>S ttl=N</c> or <c>Sr ttl=N</c>: the leg's inactivity limit, 1..2,147,483,647 seconds.</summary>
/// <param name="Outgoing"><c>r</c>: acts on the outgoing leg.</param>
public sealed record SetTtlSubCommand(int Seconds, bool Outgoing = false) : SubCommand;
