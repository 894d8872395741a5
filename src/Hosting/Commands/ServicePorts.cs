using RtpProxy.Io.Net.Addresses;
using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Hosting.Commands;

/// <summary>The system's names of ports, for the parser.</summary>
internal sealed class ServicePorts(ServiceNames names) : IServiceNames
{
    public bool TryFindUdp(string name, out ushort port) => names.TryFindUdp(name, out port);
}
