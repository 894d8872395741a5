using System.Net;

namespace RtpProxy.SipEdge.Configuration;

/// <summary>Where relays report timeouts: a Unix socket, or an address for TCP.</summary>
internal sealed record TimeoutSocket(string? Path, IPEndPoint? Tcp);
