using RtpProxy.Protocols.Rtpp.Replies;

namespace RtpProxy.Controller.Relays;

/// <summary>What <c>U</c> and <c>L</c> answer.</summary>
/// <param name="Port">The node's port and perhaps address, to be handed to the other party.</param>
/// <param name="SubCommands">Results of sub-commands; silent successes at the end are not in it.</param>
public sealed record LegReply(PortReply Port, IReadOnlyList<SubCommandResult> SubCommands);
