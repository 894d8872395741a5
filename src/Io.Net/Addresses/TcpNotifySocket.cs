using System.Net;

namespace RtpProxy.Io.Net.Addresses;

/// <summary>A TCP listener, IPv4 only, resolved when the daemon started.</summary>
/// <param name="Name">The argument as it was given.</param>
public sealed record TcpNotifySocket(string Name, IPEndPoint EndPoint) : NotifySocket(Name);
