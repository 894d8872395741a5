using System.Net;

namespace RtpProxy.Relay.Commands;

/// <summary>What is known about the connection a command came over; it decides where wildcard notifications go.</summary>
/// <param name="Controller">The controller's IPv4 address on udp and tcp; null on all other transports.</param>
/// <param name="LocalBind">The IPv4 address the control socket is bound to, if it is a specific one.</param>
public readonly record struct CommandOrigin(IPAddress? Controller = null, IPAddress? LocalBind = null);
