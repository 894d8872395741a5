using System.Net;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Relay.Operations;

namespace RtpProxy.TestKit.Virtual;

/// <summary>The names of hosts and services that a virtual system knows.</summary>
public sealed class VirtualNames : INameResolver, IServiceNames
{
    /// <summary>The names that the resolver knows.</summary>
    public Dictionary<string, IPAddress> Hosts { get; } = [];

    /// <summary>What the resolver was asked.</summary>
    public List<string> Asked { get; } = [];

    public IPAddress? ResolveIPv4(string host)
    {
        Asked.Add(host);
        return Hosts.GetValueOrDefault(host);
    }

    public bool TryFindUdp(string name, out ushort port)
    {
        port = name == "sip" ? (ushort)5060 : (ushort)0;
        return port != 0;
    }
}
