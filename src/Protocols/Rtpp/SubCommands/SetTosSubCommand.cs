namespace RtpProxy.Protocols.Rtpp.SubCommands;

/// <summary><c>S tos=N</c> or <c>Sr tos=N</c>: the IPv4 TOS byte of the leg's sockets, 1..255.</summary>
/// <param name="Outgoing"><c>r</c>: acts on the outgoing leg.</param>
public sealed record SetTosSubCommand(byte Tos, bool Outgoing = false) : SubCommand;
