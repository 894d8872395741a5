using System.Net;

namespace RtpProxy.Relay.Operations;

/// <summary>Resolves the host of <c>C udp:host:port</c>. Called off the workers; may block; thread-safe.</summary>
public interface INameResolver
{
    /// <summary>An IPv4 address, or null when the name is unknown or <c>--no_resolve</c> forbids asking.</summary>
    IPAddress? ResolveIPv4(string host);
}
