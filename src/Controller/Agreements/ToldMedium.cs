using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Controller.Agreements;

/// <summary>A command of an exchange that a node has carried out.</summary>
/// <param name="Number">Number of the media description, from 1.</param>
/// <param name="Command">What the node was told.</param>
/// <param name="Relay">The node's name.</param>
internal readonly record struct ToldMedium(int Number, Command Command, string Relay);
