using System.Net;
using RtpProxy.Control;
using RtpProxy.Relay.Commands;

namespace RtpProxy.TestKit.Virtual;

/// <summary>Numeric hosts and one service name: all that a virtual system knows.</summary>
public sealed class VirtualNames : INameResolver, IServiceNames
{
    public IPAddress? ResolveIPv4(string host) =>
        IPAddress.TryParse(host, out IPAddress? address)
            && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            ? address
            : null;

    public bool TryFindUdp(string name, out ushort port)
    {
        port = name == "sip" ? (ushort)5060 : (ushort)0;
        return port != 0;
    }
}
