using System.Net;

namespace RtpProxy.Relay.Operations;

/// <summary>What is known about the connection a request came over; it decides where wildcard notifications go.</summary>
/// <param name="Controller">The controller's IPv4 address on udp and tcp; null on all other transports.</param>
/// <param name="LocalBind">The IPv4 address the control socket is bound to, if it is a specific one.</param>
public readonly record struct RequestOrigin(IPAddress? Controller = null, IPAddress? LocalBind = null);
