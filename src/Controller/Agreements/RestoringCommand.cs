using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Controller.Agreements;

/// <summary>A command that makes a session on a node what the parties have agreed on.</summary>
/// <param name="Command">What to send.</param>
/// <param name="Relay">The name of the node that has the session; another one could not know it.</param>
internal readonly record struct RestoringCommand(Command Command, string Relay);
